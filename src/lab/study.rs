//! What is drawn of the surface itself, on two canvases under the paths: one for what only the surface decides, one for the
//! region that depends on the open run's learning rate. Neither is drawn again while only the cursor moves.
//!
//! What takes long is worked out over the next frames, so that zooming, panning and dragging stay smooth.

use super::html::{document, html};
use super::{overlays, view};
use crate::canvas::Layer;
use crate::link::Link;
use crate::look::Overlay;
use crate::scene::study::{Study, StudyPen};
use crate::scene::{Theme, Viewport};
use crate::surface::study::Search;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlCanvasElement};

/// How many evaluations of the surface a frame may take: a few milliseconds.
const WORK_PER_FRAME: usize = 9_000;

thread_local! {
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
    shown: Shown,
    /// The rate whose region is shown.
    lr: Option<f64>,
    /// The region, and the rest.
    layers: [Layer; 2],
}

/// Shows what is on of the link's surface, on a stage of this size, with the open run's learning rate.
pub fn show(over: &Element, link: &Link, lr: Option<f64>, (width_px, height_px): (f64, f64)) {
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
    let port = Viewport::fitted(config.visible(), width_px, height_px);
    let (surface, levels) = (&config.surface, config.levels());
    let kept = KEPT.take().filter(|kept| kept.layers[0].canvas.is_connected());
    let (mut kept, new) = match kept {
        Some(kept) => (kept, false),
        None => {
            let Some(layers) = layers(over) else { return };
            let study = Study::new(surface, port, levels);
            let shown = Shown { port, theme: Theme::Light, on: Vec::new(), labels };
            (Kept { study, shown, lr: None, layers }, true)
        }
    };
    let other = kept.study.surface() != surface;
    kept.study.look_at(surface, port, levels);
    kept.study.want(&on, labels);
    let news = kept.study.advance(WORK_PER_FRAME);
    let shown = Shown { port, theme: overlays::theme(link.theme), on, labels };
    let mut changed = new | other | news | (kept.shown != shown);
    for layer in &kept.layers {
        changed |= layer.resize((width_px, height_px));
    }
    let region = changed || kept.lr != lr;
    (kept.shown, kept.lr) = (shown, lr);
    if changed {
        kept.draw();
    }
    if region {
        kept.draw_region();
    }
    KEPT.set(Some(kept));
    if changed {
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
    fn draw(&self) {
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
    let waits = KEPT.with_borrow(|kept| kept.as_ref().is_some_and(|k| k.study.waits()));
    if !waits || ASKED.replace(true) {
        return;
    }
    let frame = Closure::once_into_js(|| {
        ASKED.set(false);
        let news = KEPT.with_borrow_mut(|kept| {
            let Some(kept) = kept else { return false };
            let news = kept.study.advance(WORK_PER_FRAME);
            if news {
                kept.draw();
                kept.draw_region();
            }
            news
        });
        if news {
            view::found();
        }
        go_on();
    });
    let asked = document().default_view().map(|w| w.request_animation_frame(frame.unchecked_ref()));
    if !matches!(asked, Some(Ok(_))) {
        ASKED.set(false);
    }
}

/// Looks at the search for critical points, if one is wanted: what has been found, and whether that is of what is in view now.
pub fn with_critical<T>(see: impl FnOnce(Option<&Search>, bool) -> T) -> T {
    KEPT.with_borrow(|kept| {
        let slot = kept.as_ref().map(|k| &k.study.critical);
        see(slot.and_then(|s| s.get()), slot.is_some_and(|s| s.waits()))
    })
}

/// Which part of the view the open run's learning rate is stable in, where that is shown.
pub fn stable_share() -> Option<f64> {
    KEPT.with_borrow(|kept| {
        let kept = kept.as_ref()?;
        Some(kept.study.curvature.get()?.share(kept.lr?))
    })
}
