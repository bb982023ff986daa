//! What is drawn of the surface itself, on two canvases under the paths: one for what only the surface decides, one for the
//! region that depends on the open run's learning rate. Neither is drawn again while only the cursor moves.
//!
//! What takes long is worked out over the next frames. While the stage is zoomed or panned the canvases are moved as they are,
//! which costs nothing, and drawn anew when it rests.

use super::html::html;
use super::{frames, overlays, view};
use crate::canvas::Layer;
use crate::lab::place::per_place;
use crate::link::Link;
use crate::look::Overlay;
use crate::scene::study::{Slot, Study, StudyPen};
use crate::scene::{Theme, Viewport};
use crate::surface::study::Search;
use crate::surface::{Levels, SurfaceObjective, View};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};

/// How many evaluations of the surface a frame may take: a few milliseconds.
const WORK_PER_FRAME: usize = 9_000;
/// While the view moves on and on, the picture is drawn anew in one of this many frames.
const MOVED_FRAMES: u32 = 10;
/// When it rests, the fine map comes first: so many frames.
const REST_FRAMES: u32 = 6;
/// While more is being found, the picture is drawn in one of this many frames.
const DRAWN_FRAMES: u32 = 8;

per_place! {
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
    /// Whether a frame was asked for.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// What the canvases show.
#[derive(Clone, PartialEq)]
struct Shown {
    port: Viewport,
    theme: Theme,
    on: Vec<Overlay>,
    labels: bool,
}

struct Kept {
    study: Study,
    /// The surface and its levels as they are now; the study may still be at what they were while a slider is dragged.
    wanted: (SurfaceObjective, Levels),
    shown: Shown,
    /// What is in view now, where the canvases have only been moved there.
    moved: Option<Viewport>,
    /// Whether that is new since the last frame, and in how many frames in a row it was.
    moves: (bool, u32),
    /// How many frames are still to pass before the work begins, and how many have since the last picture.
    rests: u32,
    since: u32,
    /// Whether something was found that is not drawn yet.
    owed: bool,
    /// The rate whose region is shown.
    lr: Option<f64>,
    /// The region, and the rest.
    layers: [Layer; 2],
}

/// Shows what is on of the link's surface, on a stage of this size, with the open run's learning rate.
pub fn show(over: &Element, link: &Link, lr: Option<f64>, size_px: (f64, f64)) {
    let config = &link.config;
    let is_of_study = |o: &Overlay| {
        o.is_of_surface() && !matches!(o, Overlay::Model | Overlay::Newton) && config.is_plane()
    };
    let on: Vec<Overlay> = config.overlays.iter().copied().filter(is_of_study).collect();
    let labels = config.look.is("labels", "1") && config.is_plane();
    if on.is_empty() && !labels {
        stop();
        return;
    }
    let port = Viewport::fitted(config.visible(), size_px.0, size_px.1);
    let shown = Shown { port, theme: overlays::theme(link.theme), on, labels };
    let wanted = (config.surface.clone(), config.levels());
    let kept = KEPT.take().filter(|kept| kept.layers[0].canvas.is_connected());
    let Some(mut kept) = kept.or_else(|| Kept::new(over, &wanted, &shown)) else {
        return;
    };
    kept.wanted = wanted;
    let news = kept.show(shown, lr, size_px);
    KEPT.set(Some(kept));
    if news {
        view::found();
    }
    go_on();
}

/// Takes the canvases away.
fn stop() {
    if let Some(kept) = KEPT.take() {
        for layer in kept.layers {
            layer.canvas.remove();
        }
        view::found();
    }
}

/// The canvases, under the one with the paths.
fn layers(over: &Element) -> Option<[Layer; 2]> {
    let plot = over.parent_element()?;
    let paths = plot.query_selector(":scope > canvas:nth-of-type(2)").ok()??;
    let new = || {
        let canvas: HtmlCanvasElement = html("canvas").attr("class", "study").0.dyn_into().ok()?;
        plot.insert_before(&canvas, Some(&paths)).ok()?;
        Layer::new(canvas)
    };
    Some([new()?, new()?])
}

impl Kept {
    fn new(over: &Element, (surface, levels): &(SurfaceObjective, Levels), shown: &Shown) -> Option<Self> {
        Some(Self {
            study: Study::new(surface, shown.port, *levels),
            wanted: (surface.clone(), *levels),
            shown: Shown { on: Vec::new(), labels: false, ..shown.clone() },
            moved: None,
            moves: (false, 0),
            rests: 0,
            since: 0,
            owed: false,
            lr: None,
            layers: layers(over)?,
        })
    }

    /// Brings the canvases up to date, as far as this frame's work goes; tells whether they show something else now.
    fn show(&mut self, shown: Shown, lr: Option<f64>, size_px: (f64, f64)) -> bool {
        let resized = self.layers.iter().fold(false, |any, layer| layer.resize(size_px) | any);
        let now = self.moved.unwrap_or(self.shown.port);
        let only_moved = !resized
            && (&shown.theme, &shown.on, shown.labels)
                == (&self.shown.theme, &self.shown.on, self.shown.labels)
            && self.study.surface().spec == self.wanted.0.spec;
        if only_moved && shown.port != now && self.moves.1 < MOVED_FRAMES {
            self.moved = Some(shown.port);
            self.moves = (true, self.moves.1 + 1);
            self.lr = lr;
            self.place();
            return false;
        }
        if only_moved && shown.port == now && self.moved.is_some() {
            // Drawn when it rests.
            self.lr = lr;
            return false;
        }
        let changed = resized || shown != self.shown;
        let region = self.lr != lr;
        (self.shown, self.lr, self.moved, self.moves.1) = (shown, lr, None, 0);
        let news = self.work();
        if changed || news {
            self.place();
            self.draw();
        }
        if changed || news || region {
            self.draw_region();
        }
        changed || news
    }

    /// Turns the study to what is wanted and goes on with it; tells whether something is found.
    fn work(&mut self) -> bool {
        let (surface, levels) = &self.wanted;
        // What a dragged slider has made old is worked out to its end, or nothing would ever be seen.
        if !self.study.waits()
            || self.study.surface().spec != surface.spec
            || self.study.port() != &self.shown.port
        {
            self.study.look_at(surface, self.shown.port, *levels);
        }
        self.study.want(&self.shown.on, self.shown.labels);
        self.study.advance(WORK_PER_FRAME)
    }

    fn waits(&self) -> bool {
        let (surface, levels) = &self.wanted;
        let is_old = self.study.surface() != surface || self.study.levels() != *levels;
        self.owed || self.moved.is_some() || self.study.waits() || is_old
    }

    /// A frame later; tells whether the canvases show something else now.
    fn frame(&mut self) -> bool {
        if std::mem::take(&mut self.moves.0) {
            self.rests = REST_FRAMES;
            return false;
        }
        if self.rests > 0 {
            self.rests -= 1;
            return false;
        }
        if let Some(port) = self.moved.take() {
            self.shown.port = port;
            self.moves.1 = 0;
            self.owed = true;
        }
        self.owed |= self.work();
        self.since += 1;
        if !self.owed || self.study.waits() && self.since < DRAWN_FRAMES {
            return false;
        }
        self.place();
        self.draw();
        self.draw_region();
        true
    }

    /// Puts the canvases where what they show is now.
    fn place(&self) {
        let transform = self.moved.map_or_else(String::new, |to| {
            let View { x, y } = self.shown.port.view;
            let [left, top] = to.px_from_plot([x.0, y.1]);
            let [right, bottom] = to.px_from_plot([x.1, y.0]);
            let scale = [(right - left) / to.width_px, (bottom - top) / to.height_px];
            format!("matrix({},0,0,{},{left},{top})", scale[0], scale[1])
        });
        for layer in &self.layers {
            let _ = layer.canvas.style().set_property("transform", &transform);
        }
    }

    fn draw(&mut self) {
        (self.owed, self.since) = (false, 0);
        let layer = &self.layers[1];
        layer.clear();
        let Shown { port, theme, .. } = &self.shown;
        StudyPen { painter: &mut layer.painter(), port, theme: *theme }.paint(&self.study);
    }

    fn draw_region(&self) {
        let layer = &self.layers[0];
        layer.clear();
        let Shown { port, theme, .. } = &self.shown;
        if let (Some(curvature), Some(lr)) = (self.study.curvature.get(), self.lr) {
            StudyPen { painter: &mut layer.painter(), port, theme: *theme }.stable(curvature, lr);
        }
    }
}

/// Asks for another frame while anything is left to do.
fn go_on() {
    let waits = KEPT.with_borrow(|kept| kept.as_ref().is_some_and(Kept::waits));
    if waits {
        frames::ask(&ASKED, || {
            if KEPT.with_borrow_mut(|kept| kept.as_mut().is_some_and(Kept::frame)) {
                view::found();
            }
            go_on();
        });
    }
}

/// Looks at the search for critical points, if one is wanted: what has been found, and whether that is of what is in view now.
pub fn with_critical<T>(see: impl FnOnce(Option<&Search>, bool) -> T) -> T {
    KEPT.with_borrow(|kept| {
        let slot = kept.as_ref().map(|k| &k.study.critical);
        see(slot.and_then(Slot::get), slot.is_some_and(Slot::waits))
    })
}

/// Which part of the view the open run's learning rate is stable in, where that is shown.
pub fn stable_share() -> Option<f64> {
    KEPT.with_borrow(|kept| {
        let kept = kept.as_ref()?;
        Some(kept.study.curvature.get()?.share(kept.lr?))
    })
}
