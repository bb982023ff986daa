//! What is on the stage: the map on one canvas, the paths on a second, so that playing only adds what is new, and a small
//! one that moves for each run's position.

use super::super::app;
use super::super::dom;
use super::super::store::{Dirty, Picture, Store};
use super::map::{self, Map};
use super::{Port, space};
use crate::canvas::Layer;
use crate::link;
use crate::math::num;
use crate::run::{Status, Trace};
use crate::scene::{MapKind, PathCursor, PathLook, Theme, Viewport, path, run_style, stage};
use crate::session::Session;
use crate::surface::Levels;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, HtmlElement};

/// The stage's canvases and what is on them.
pub struct StagePicture {
    plot: Element,
    /// The map and the paths.
    layers: [Layer; 2],
    /// A small canvas for each run's position, moved about: drawing all of them on one of the stage's size would mean
    /// copying that to the screen in every frame.
    marks: RefCell<Vec<Mark>>,
    /// Where runs start.
    pin: HtmlElement,
    /// What is shown of the plane, for the pin and the pointer.
    port: Port,
    state: RefCell<State>,
    /// What has become old while the plane was covered.
    covered: Cell<Dirty>,
}

struct State {
    map: Map,
    port: Viewport,
    theme: Theme,
    /// How many times as thick as usual lines are.
    thick: f64,
    /// Its colours and levels.
    look: (MapKind, Levels),
    /// How much of each path is drawn, and whether its end in divergence is.
    paths: Vec<(PathCursor, bool)>,
    /// Whether the paths were drawn in the quick way, to be drawn again when nothing is dragged.
    quick: bool,
    /// Whether the positions are among the paths, which are drawn in every frame anyway while something is dragged.
    together: bool,
    /// Whether the fine map is still being computed.
    refining: bool,
    /// Frames in which nothing was added to the paths.
    skipped: u32,
}

impl StagePicture {
    /// The picture on these canvases.
    pub fn new(plot: &Element, canvases: [HtmlCanvasElement; 2], port: Port) -> Option<Self> {
        let [a, b] = canvases;
        let state = State {
            map: Map::new()?,
            port: Viewport::stretched(crate::surface::View::square(1.0), 1.0, 1.0),
            theme: Theme::Light,
            look: (MapKind::Viridis, Levels::Linear),
            paths: Vec::new(),
            quick: false,
            thick: 1.0,
            together: false,
            refining: false,
            skipped: 0,
        };
        Some(Self {
            plot: plot.clone(),
            layers: [Layer::new(a)?, Layer::new(b)?],
            marks: RefCell::default(),
            pin: plot.query_selector(".pin").ok()??.unchecked_into(),
            port,
            state: RefCell::new(state),
            covered: Cell::default(),
        })
    }

    /// Takes over the size and the view; tells whether that changes the map.
    fn measure(&self, state: &mut State, dirty: Dirty, store: Store) -> bool {
        let mut changed = dirty.view;
        if dirty.look {
            let size = dom::size_px(&self.plot);
            // All, not any: each layer has to take its size.
            changed |= self.layers.iter().fold(false, |any, l| l.resize(size) | any);
            let theme = app::theme(store);
            changed |= theme != state.theme;
            state.theme = theme;
            let projected = store.peek_ui(|ui| ui.theme == link::Theme::Projector);
            state.thick = if projected { 1.7 } else { 1.0 };
            state.port.width_px = size.0.max(1.0);
            state.port.height_px = size.1.max(1.0);
        }
        let (view, look) = store.peek(|s| (s.config().visible(), map::look(s.config())));
        if look != state.look {
            changed = true;
            state.look = look;
        }
        let port = Viewport::fitted(view, state.port.width_px, state.port.height_px);
        changed |= port != state.port;
        state.port = port;
        if changed {
            self.port.set(Some(port));
        }
        changed
    }

    fn draw_map(&self, state: &mut State, restart: bool, session: &Session) {
        let State { map, port, theme, look, refining, .. } = state;
        if !session.config().is_plane() {
            // A matrix has no map.
            self.layers[0].clear();
            *refining = false;
            return;
        }
        let surface = &session.config().surface;
        if restart {
            map.restart(&self.layers[0], port, surface, *theme, *look);
            *refining = true;
        } else if *refining {
            *refining = map.refine(&self.layers[0], port, surface, *theme);
        }
    }

    /// Draws the paths up to the cursor: what is new, or all of it if it has to be.
    fn draw_paths(&self, state: &mut State, anew: bool, session: &Session, ahead: bool) {
        let State { paths, port, theme, quick, thick, .. } = state;
        let traces = session.traces();
        let step = session.playback.step() as usize;
        let back = paths.iter().any(|(p, _)| p.row().is_some_and(|row| row > step));
        let layer = &self.layers[1];
        let mut painter = layer.painter();
        let anew = anew || back || paths.len() != traces.len();
        if anew {
            layer.clear_drawn();
            *quick = session.playback.held;
            *paths = traces.iter().map(|_| Default::default()).collect();
            for (i, trace) in traces.iter().enumerate() {
                let look = PathLook { style: run_style(i), theme: *theme, quick: *quick, thick: *thick };
                let from = if ahead { step.min(trace.last()) } else { trace.len() };
                path::paint_future(&mut painter, trace, port, from, &look);
            }
        }
        for (i, (trace, (cursor, ended))) in traces.iter().zip(paths).enumerate() {
            let look = PathLook { style: run_style(i), theme: *theme, quick: *quick, thick: *thick };
            cursor.paint_to(&mut painter, trace, port, step, &look);
            if !*ended
                && has_diverged(trace, step)
                && let Some(at) = cursor.last_in_sight_px()
            {
                stage::diverged(&mut painter, at, port, &look.style, *theme);
                *ended = true;
            }
        }
        if state.together {
            // The focused one over the others.
            for focused in [false, true] {
                for (i, trace) in traces.iter().enumerate().filter(|(i, _)| (*i == session.focus) == focused)
                {
                    if let Some(point) = trace.point2(step) {
                        stage::position(
                            &mut painter,
                            point,
                            &state.port,
                            &run_style(i),
                            state.theme,
                            focused,
                        );
                    }
                }
            }
        }
    }

    /// Moves the pin to the start.
    fn place_pin(&self, port: &Viewport, start: [f64; 2]) {
        // Far beyond the edge it is hidden anyway, and browsers are vague about lengths there.
        let [x, y] = port.px_from_plot(start).map(|px| num::clamp(px, -1e4, 1e4));
        dom::move_to(&self.pin.style(), [x, y]);
    }

    /// Moves the positions; each is drawn again only when it looks different.
    fn draw_marks(&self, state: &State, session: &Session) {
        let step = session.playback.step() as usize;
        let mut marks = self.marks.borrow_mut();
        while marks.len() < session.traces().len() {
            let Some(mark) = Mark::new(&self.plot, &self.pin) else { return };
            marks.push(mark);
        }
        for (i, mark) in marks.iter_mut().enumerate() {
            let trace = session.traces().get(i).filter(|_| !state.together);
            let point = trace.and_then(|t| t.point2(step));
            mark.show(i, point, &state.port, state.theme, i == session.focus);
        }
    }
}

/// A run's position on the stage.
struct Mark {
    layer: Layer,
    /// How it looks now; none must be drawn.
    look: Option<(Theme, bool, f64)>,
    hidden: bool,
}

/// Half the width of a position's canvas, in CSS pixels.
const REACH: f64 = stage::POSITION_REACH_PX;

impl Mark {
    /// A canvas on the stage, below its controls.
    fn new(plot: &Element, pin: &Element) -> Option<Self> {
        let layer = Layer::detached()?;
        layer.canvas.set_class_name("position");
        layer.resize((2.0 * REACH, 2.0 * REACH));
        plot.insert_before(&layer.canvas, Some(pin)).ok()?;
        Some(Self { layer, look: None, hidden: false })
    }

    fn show(&mut self, run: usize, point: Option<[f64; 2]>, port: &Viewport, theme: Theme, focused: bool) {
        let place = point.and_then(|p| Some((p, stage::position_px(port, p)?)));
        let style = self.layer.canvas.style();
        let Some((point, at)) = place else {
            if !std::mem::replace(&mut self.hidden, true) {
                self.look = None;
                let _ = style.set_property("display", "none");
            }
            return;
        };
        self.hidden = false;
        let [x, y] = at.map(f64::from);
        dom::move_to(&style, [x, y]);
        let ratio = leptos::prelude::window().device_pixel_ratio();
        let look = Some((theme, focused, ratio));
        if self.look == look && port.view.contains(point) {
            return;
        }
        // Beyond the edge the arrow turns as the run moves, so it is drawn anew each time.
        self.look = look.filter(|_| port.view.contains(point));
        let _ = style.set_property("display", "block");
        let _ = style.set_property("z-index", if focused { "1" } else { "0" });
        self.layer.resize((2.0 * REACH, 2.0 * REACH));
        self.layer.clear();
        self.layer.ctx.save();
        let _ = self.layer.ctx.translate(REACH - x, REACH - y);
        stage::position(&mut self.layer.painter(), point, port, &run_style(run), theme, focused);
        self.layer.ctx.restore();
    }
}

/// Paths are added to in one of this many frames while the cursor moves slowly.
const LAG_FRAMES: u32 = 3;
/// Faster than this, the gap would be seen.
const LAG_SPEED: f64 = 2.0;

fn may_lag(session: &Session) -> bool {
    session.playback.is_moving() && session.playback.speed() <= LAG_SPEED
}

/// Whether the run has left the finite numbers by this step.
fn has_diverged(trace: &Trace, step: usize) -> bool {
    matches!(trace.status, Status::Diverged { .. }) && step >= trace.last()
}

impl Picture for StagePicture {
    fn draw(&self, dirty: Dirty, store: Store) -> bool {
        let dirty = dirty.and(self.covered.take());
        if store.peek(space::covers) && self.plot.client_width() == 0 {
            self.covered.set(dirty);
            return false;
        }
        let mut state = self.state.borrow_mut();
        if !dirty.any() && !state.refining {
            return false;
        }
        let map = if dirty.view || dirty.look { self.measure(&mut state, dirty, store) } else { false };
        store.peek(|session| {
            self.draw_map(&mut state, map, session);
            let held = session.playback.held;
            let settled = state.quick && !held;
            let apart = state.together && dirty.cursor && !dirty.traces;
            let paths = map || dirty.traces || dirty.look || settled || apart;
            if paths {
                state.together = held && dirty.traces;
                self.place_pin(&state.port, session.config().start);
            }
            if paths || dirty.cursor {
                self.draw_marks(&state, session);
                // What the positions leave behind may follow a little later: the whole canvas is copied to the screen for
                // each few pixels that are added to it.
                state.skipped = if paths || !may_lag(session) { 0 } else { (state.skipped + 1) % LAG_FRAMES };
                if state.skipped == 0 {
                    self.draw_paths(&mut state, paths, session, store.peek_ui(|ui| ui.hide.shows_ahead()));
                }
            }
        });
        state.refining
    }
}
