//! What is pointed at, and what is edited.

use super::super::super::super::html::{replace, set, set_text};
use super::super::editor::{Editor, Tell};
use super::super::layout::Unit;
use super::super::picture::Target;
use super::super::{build, params, words};
use super::{Edited, View};
use crate::net::PLANE;

impl View {
    /// Another thing is pointed at.
    pub fn point_at(&mut self, target: Option<Target>) {
        if self.hover == target {
            return;
        }
        let before = self.enlarged();
        self.hover = target;
        self.relight(before);
    }

    fn relight(&mut self, before: Option<Unit>) {
        if self.grids.is_empty() {
            return;
        }
        self.draw_network();
        if self.enlarged() != before {
            self.paint_plane(self.pace.resting().output.min(96));
            self.show_key();
        }
        self.read();
    }

    pub(super) fn show_key(&mut self) {
        let unit = self.enlarged();
        let children = build::key(&self.network, &self.palette, unit.is_some(), self.reading.largest);
        replace(&self.parts.key, children);
        let title = unit.map_or_else(|| "Output".to_owned(), |u| params::name(&self.network.model, u));
        set_text(&self.parts.title, &title);
    }

    /// Opens the editor of what a target belongs to, or closes it.
    pub fn pin(&mut self, target: Option<Target>, tell: &Tell) {
        let before = self.enlarged();
        let shape = &self.network.model.shape;
        let owner = target.and_then(|t| match t {
            Target::Unit(unit) => Some(unit),
            Target::Param(i) => params::owner(shape, i).map(|(unit, _)| unit),
        });
        let owner = owner.filter(|u| !params::of(shape, *u).is_empty());
        self.pinned = target.filter(|_| owner.is_some());
        let _ = self.parts.editor.toggle_attribute_with_force("hidden", owner.is_none());
        let _ = self.parts.root.toggle_attribute_with_force("data-editing", owner.is_some());
        match owner {
            Some(unit) if self.editor.as_ref().is_none_or(|e| e.unit != unit) => {
                self.editor = Some(Editor::new(&self.parts.editor, &self.network.model, unit, &self.w, tell));
            }
            Some(_) => {}
            None => {
                self.editor = None;
                set_text(&self.parts.editor, "");
            }
        }
        if let (Some(editor), Some(Target::Param(index))) = (&self.editor, target) {
            editor.mark(index);
        }
        self.measure();
        self.relight(before);
        if self.painted.is_none() {
            self.move_to(self.step);
        }
    }

    /// What takes the focus in the editor.
    pub fn slider(&self) -> Option<web_sys::HtmlElement> {
        let index = match self.pinned? {
            Target::Param(i) => Some(i),
            Target::Unit(_) => None,
        };
        self.editor.as_ref()?.slider(index)
    }

    /// A parameter has been set here: it is shown at once, and training follows.
    pub fn note_edit(&mut self, index: usize, value: f64) {
        // After the last step an edit is one of the start.
        if self.step >= self.steps {
            return;
        }
        let mut w = self.w.clone();
        if let Some(w) = w.get_mut(index) {
            *w = value;
        }
        self.edited = Some(Edited { run: self.focus, step: self.step, w });
    }

    /// Shows in words what is pointed at.
    pub fn read(&mut self) {
        let reading = words::reading(self);
        set(&self.parts.readout, "data-value", &reading.value);
        set_text(&self.parts.readout, &reading.text);
    }

    /// What a unit gives near a place, as it is painted.
    pub fn grid_at(&self, unit: Unit, [x, y]: [f64; 2]) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a picture's pixels")]
        let side = self.side as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates, which is meant"
        )]
        let pixel = |at: f64| (((at + PLANE) / (2.0 * PLANE) * side) as usize).min(self.side - 1);
        let grid = self.grids.get(self.layout.index(unit));
        let value = grid.and_then(|g| g.get(pixel(-y) * self.side + pixel(x)));
        value.map_or(f64::NAN, |v| f64::from(*v))
    }

    /// The ends of what a unit gives on the plane.
    pub fn of_unit(&self, unit: Unit) -> (f64, f64) {
        let grid = self.grids.get(self.layout.index(unit));
        let ends = grid.into_iter().flatten().map(|v| f64::from(*v));
        ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)))
    }
}
