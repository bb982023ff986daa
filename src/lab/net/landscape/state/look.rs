//! What is told in words, and what the page is told.

use super::{Here, QUICK, REST_MS, Reading, State};
use crate::lab::frames::now_ms;
use crate::landscape::{Search, cost, loss, shortened};
use crate::math::num;
use crate::scene::Viewport;
use crate::surface::View;
use web_sys::Element;

impl State {
    /// Plans to work out what is told of the open run: at once where that is quick, otherwise when the cursor rests.
    pub(super) fn look_soon(&mut self) {
        let wait = self.network().is_some_and(|network| cost(&network) > QUICK);
        self.look_at = Some(if wait { self.moved_ms + REST_MS } else { 0.0 });
    }

    /// Works it out.
    pub(super) fn look(&mut self) {
        self.look_at = None;
        self.here = None;
        // The run works out one step at a time that it has not kept, and that of the origin comes first.
        if self.origin.0 != self.origin.1 {
            return;
        }
        let (Some(network), Some(open)) = (self.network(), self.tracks.get(self.focus)) else {
            return;
        };
        let Some(Ok((plane, _))) = self.search.as_ref().and_then(Search::outcome) else {
            return;
        };
        let (step, weights) = open.run.weights(self.step);
        let at = plane.project(&weights);
        let of = self.settings.loss;
        let below = plane.point(at.at);
        let losses = [&weights, &below].map(|w| loss(&network, w, of, &mut self.work));
        self.here = Some(Here { step, at, losses });
        self.marks_are_old = true;
    }

    /// Reads the loss at a point of the plane.
    pub fn read(&mut self, at: Option<[f64; 2]>) {
        self.reading = None;
        self.marks_are_old = true;
        let (Some(at), Some(network)) = (at, self.network()) else {
            return;
        };
        let Some(Ok((plane, _))) = self.search.as_ref().and_then(Search::outcome) else {
            return;
        };
        let loss = loss(&network, &plane.point(at), self.settings.loss, &mut self.work);
        self.reading = Some(Reading { at, loss });
    }

    /// Shows another part of the plane, and tells the page when that rests.
    pub fn set_port(&mut self, port: &Viewport) {
        let View { x, y } = port.view;
        let half = 0.5 * (x.1 - x.0).min(y.1 - y.0);
        self.settings.square = Some((port.centre(), half));
        self.tell_at = Some(now_ms() + REST_MS);
        self.map_is_old = true;
        self.marks_are_old = true;
    }

    /// What the page is to be told by now.
    pub fn unsaid(&mut self, now: f64) -> Option<(Element, String)> {
        self.tell_at.filter(|at| now >= *at)?;
        self.tell_at = None;
        self.settings.square = self.settings.square.map(shortened);
        self.map_is_old = true;
        Some((self.parts.root.clone(), format!("show {}", self.settings.write())))
    }

    /// Whether something is to be done later.
    pub fn is_waiting(&self) -> bool {
        self.tell_at.is_some() || self.coming.is_some() || self.look_at.is_some()
    }

    /// How far the picture is, in words.
    pub fn progress(&self) -> String {
        let Some(search) = &self.search else {
            return String::new();
        };
        if search.outcome().is_none() {
            return format!("Looking for the directions: {} products.", search.products());
        }
        let Some((grid, _)) = &self.grid else {
            return String::new();
        };
        let gaps =
            self.field.as_ref().map_or(0, |(f, _)| f.values().iter().filter(|v| !v.is_finite()).count());
        let gaps = if gaps > 0 { format!(" Grey: {gaps} of them not finite.") } else { String::new() };
        if grid.is_done() {
            return format!("{} × {} values.{gaps}", grid.columns, grid.rows);
        }
        let (done, all) = grid.progress();
        let percent = num::clamp(
            100.0 * f64::from(u32::try_from(done * 1000 / all.max(1)).unwrap_or(0)) / 1000.0,
            0.0,
            99.0,
        );
        format!("Computing finer values: {percent:.0} %.{gaps}")
    }
}
