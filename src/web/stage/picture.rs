//! What is on the stage: the map on one canvas, the paths on a second, the markers on a third, so that playing only adds
//! what is new.

use super::super::app;
use super::super::canvas::Layer;
use super::super::dom;
use super::super::store::{Dirty, Picture, Store};
use super::Port;
use super::map::Map;
use crate::run::{Status, Trace};
use crate::scene::{PathCursor, PathLook, Theme, Viewport, path, run_style, stage};
use crate::session::Session;
use std::cell::RefCell;
use web_sys::{Element, HtmlCanvasElement};

/// The stage's canvases and what is on them.
pub struct StagePicture {
    plot: Element,
    layers: [Layer; 3],
    /// What is shown of the plane, for the pin and the pointer.
    port: Port,
    state: RefCell<State>,
}

struct State {
    map: Map,
    port: Viewport,
    theme: Theme,
    /// How much of each path is drawn.
    paths: Vec<PathCursor>,
    /// Whether the fine map is still being computed.
    refining: bool,
}

impl StagePicture {
    /// The picture on these canvases.
    pub fn new(plot: &Element, canvases: [HtmlCanvasElement; 3], port: Port) -> Option<Self> {
        let [a, b, c] = canvases;
        let state = State {
            map: Map::new()?,
            port: Viewport::stretched(crate::surface::View::square(1.0), 1.0, 1.0),
            theme: Theme::Light,
            paths: Vec::new(),
            refining: false,
        };
        Some(Self {
            plot: plot.clone(),
            layers: [Layer::new(a)?, Layer::new(b)?, Layer::new(c)?],
            port,
            state: RefCell::new(state),
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
            state.port.width_px = size.0.max(1.0);
            state.port.height_px = size.1.max(1.0);
        }
        let view = store.peek(|s| s.config().visible());
        let port = Viewport::fitted(view, state.port.width_px, state.port.height_px);
        changed |= port != state.port;
        state.port = port;
        if changed {
            self.port.set(Some(port));
        }
        changed
    }

    fn draw_map(&self, state: &mut State, restart: bool, session: &Session) {
        let State { map, port, theme, refining, .. } = state;
        let surface = &session.config().surface;
        if restart {
            map.restart(&self.layers[0], port, surface, *theme);
            *refining = true;
        } else if *refining {
            *refining = map.refine(&self.layers[0], port, surface, *theme);
        }
    }

    /// Draws the paths up to the cursor: what is new, or all of it if it has to be.
    fn draw_paths(&self, state: &mut State, anew: bool, session: &Session) {
        let State { paths, port, theme, .. } = state;
        let traces = session.traces();
        let step = session.playback.step() as usize;
        let back = paths.iter().any(|p| p.row().is_some_and(|row| row > step));
        let layer = &self.layers[1];
        let mut painter = layer.painter();
        let look = |i: usize| PathLook { style: run_style(i), theme: *theme };
        if anew || back || paths.len() != traces.len() {
            layer.clear();
            *paths = traces.iter().map(|_| PathCursor::default()).collect();
            for (i, trace) in traces.iter().enumerate() {
                path::paint_future(&mut painter, trace, port, step.min(trace.last()), &look(i));
            }
        }
        for (i, (trace, cursor)) in traces.iter().zip(paths).enumerate() {
            cursor.paint_to(&mut painter, trace, port, step, &look(i));
        }
    }

    fn draw_marks(&self, state: &State, session: &Session) {
        let layer = &self.layers[2];
        layer.clear();
        let mut painter = layer.painter();
        let step = session.playback.step() as usize;
        // The focused run last, on top.
        let order = (0..session.traces().len()).filter(|i| *i != session.focus).chain([session.focus]);
        for i in order {
            let Some(trace) = session.traces().get(i).filter(|t| !t.is_empty()) else {
                continue;
            };
            let Some(point) = trace.point2(step) else {
                continue;
            };
            let style = run_style(i);
            stage::position(&mut painter, point, &state.port, &style, state.theme, i == session.focus);
            let last_seen = state.paths.get(i).and_then(PathCursor::last_in_sight_px);
            if has_diverged(trace, step)
                && let Some(at) = last_seen
            {
                stage::diverged(&mut painter, at, &state.port, &style, state.theme);
            }
        }
    }
}

/// Whether the run has left the finite numbers by this step.
fn has_diverged(trace: &Trace, step: usize) -> bool {
    matches!(trace.status, Status::Diverged { .. }) && step >= trace.last()
}

impl Picture for StagePicture {
    fn draw(&self, dirty: Dirty, store: Store) -> bool {
        let mut state = self.state.borrow_mut();
        if !dirty.any() && !state.refining {
            return false;
        }
        let map = if dirty.view || dirty.look { self.measure(&mut state, dirty, store) } else { false };
        store.peek(|session| {
            self.draw_map(&mut state, map, session);
            let paths = map || dirty.traces || dirty.look;
            if paths || dirty.cursor {
                self.draw_paths(&mut state, paths, session);
                self.draw_marks(&state, session);
            }
        });
        state.refining
    }
}
