//! What of the pictures is painted when: coarsely while something moves, finely when nothing does.

use super::super::super::runs::NetRun;
use super::super::layout::Unit;
use super::super::pace::Sides;
use super::super::picture::{Target, What};
use super::super::plane::{Content, Marks};
use super::{Painted, View};
use crate::lab::frames::now_ms;
use crate::lab::projector;
use crate::modifier::Sampling;
use crate::net::{Network, PLANE};
use crate::objective::Objective;
use crate::run::deal;
use crate::train::Record;
use std::rc::Rc;

impl View {
    pub(super) fn weights(&self, run: usize) -> Option<(u32, Vec<f64>)> {
        let (known, w) = self.runs.get(run)?.weights(self.step);
        let edited =
            self.edited.as_ref().filter(|e| e.run == run && e.step == self.step && known < self.step);
        Some(edited.map_or((known, w), |e| (e.step, e.w.clone())))
    }

    /// Follows the cursor, as finely as there is time for; tells whether there is something to refine.
    pub fn move_to(&mut self, step: u32) -> bool {
        if self.step == step {
            // It is not the cursor that has moved.
            self.take_theme();
        }
        self.step = step;
        let known = |run: &Rc<NetRun>| (Rc::as_ptr(run), step.min(run.record(Record::last)));
        let painted = Painted {
            runs: self.runs.iter().map(known).collect(),
            focus: self.focus,
            theme: self.palette.theme(),
            projected: projector::is_on(),
            options: self.options,
            network: Rc::as_ptr(&self.network),
            edited: self.edited.is_some(),
        };
        let same = self.painted.as_ref() == Some(&painted) && self.edited.is_none();
        if same || self.size_px < 1.0 {
            return false;
        }
        let from = now_ms();
        if self.pace.is_due(from) {
            self.painted = Some(painted);
            let sides = self.pace.moving();
            self.paint(sides);
            if self.small.len() > 1 {
                self.turn = (self.turn + 1) % self.small.len();
                self.paint_small(self.turn, sides.small);
            }
            let points = sides.units * sides.units + sides.output * sides.output;
            self.pace.note(from, now_ms(), true, points);
        }
        true
    }

    /// The network and the large picture.
    fn paint(&mut self, sides: Sides) {
        let Some((known, w)) = self.weights(self.focus) else {
            return;
        };
        (self.known, self.w) = (known, w);
        self.paint_network(sides.units);
        self.paint_plane(sides.output);
        self.paint_points();
        if let Some(editor) = &self.editor {
            editor.show(&self.w);
        }
        self.read();
    }

    fn paint_network(&mut self, side: usize) {
        let Network { model, train, .. } = &*self.network;
        self.grids = model.units_on_grid(&self.w, train, PLANE, side, &mut self.work);
        self.side = side;
        self.draw_network();
    }

    pub(super) fn draw_network(&mut self) {
        self.net.paint(&What {
            layout: &self.layout,
            model: &self.network.model,
            w: &self.w,
            grids: &self.grids,
            side: self.side,
            palette: &self.palette,
            lit: self.hover.or(self.pinned),
        });
    }

    /// The unit that the large picture shows; none for the output.
    pub fn enlarged(&self) -> Option<Unit> {
        let of = |target: Option<Target>| match target {
            Some(Target::Unit(unit)) => Some(unit),
            _ => None,
        };
        let owner = || self.editor.as_ref().map(|e| e.unit).filter(|_| self.pinned.is_some());
        let unit = of(self.hover).or_else(|| if self.hover.is_none() { owner() } else { None })?;
        let only = self.network.model.shape.outputs() == 1 && unit.column + 1 == self.layout.columns();
        (!only).then_some(unit)
    }

    pub(super) fn paint_plane(&mut self, side: usize) {
        let unit = self.enlarged();
        let Self { network, reading, palette, options, .. } = self;
        let Network { model, train, .. } = &**network;
        if let Some(unit) = unit {
            let grids = model.units_on_grid(&self.w, train, PLANE, side, &mut self.work);
            let grid = grids.get(self.layout.index(unit)).map_or(&[][..], |g| g);
            self.plane.paint(side, &Content::Unit(grid), reading, palette, false);
        } else {
            let outputs = model.outputs(&self.w, train, &middles(side), &mut self.work);
            let content = Content::Outputs(&outputs, model.shape.outputs());
            self.plane.paint(side, &content, reading, palette, options.discrete);
        }
    }

    fn paint_small(&mut self, run: usize, side: usize) {
        let Some((_, w)) = self.weights(run) else {
            return;
        };
        let Network { model, train, .. } = &*self.network;
        let outputs = model.outputs(&w, train, &middles(side), &mut self.work);
        let content = Content::Outputs(&outputs, model.shape.outputs());
        if let Some(plane) = self.small.get_mut(run) {
            plane.paint(side, &content, &self.reading, &self.palette, self.options.discrete);
        }
    }

    /// Paints one piece as finely as is good, when nothing moves; tells whether there is another.
    pub fn refine(&mut self, piece: usize) -> bool {
        if self.size_px < 1.0 {
            return false;
        }
        let from = now_ms();
        let sides = self.pace.resting();
        let points = match piece {
            0 => {
                let device = self.layout.side * self.net.ratio();
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some pixels")]
                let side = sides.units.min((device.ceil() as usize).max(16));
                if let Some((known, w)) = self.weights(self.focus) {
                    (self.known, self.w) = (known, w);
                    self.paint_network(side);
                }
                side * side
            }
            1 => {
                self.paint_plane(sides.output);
                self.paint_points();
                self.read();
                sides.output * sides.output
            }
            _ => {
                self.paint_small(piece - 2, sides.small);
                sides.small * sides.small
            }
        };
        self.pace.note(from, now_ms(), false, points);
        let count = if self.small.len() > 1 { 2 + self.small.len() } else { 2 };
        piece + 1 < count
    }

    /// Which client each example is dealt to, where there are clients.
    pub(super) fn clients(&self) -> Option<(Vec<usize>, usize)> {
        let spec = &self.runs.get(self.focus)?.spec;
        let settings = spec.settings_at(self.step);
        let mut how = Sampling::default();
        for choice in &settings.modifiers {
            if let Some(new) = choice.spec.new {
                new().sample(&mut how, &choice.values);
            }
        }
        let (count, skew) = how.clients?;
        let mut owner = vec![0; self.network.train.len()];
        let objective: &dyn Objective = &*self.network;
        for (client, rows) in
            deal(objective.classes(), count as usize, skew, spec.seed).into_iter().enumerate()
        {
            for row in rows {
                owner[row as usize] = client;
            }
        }
        Some((owner, count as usize))
    }

    fn wrong(&mut self, test: bool) -> Vec<usize> {
        let Network { model, train, test: others, .. } = &*self.network;
        let examples = if test { others } else { train };
        let places: Vec<_> = (0..examples.len()).map(|i| examples.point(i)).collect();
        let outputs = model.outputs(&self.w, train, &places, &mut self.work);
        let each = outputs.chunks_exact(model.shape.outputs().max(1)).zip(examples.classes()).enumerate();
        each.filter(|(_, (o, class))| self.reading.class(o) != Some(**class as usize))
            .map(|(i, _)| i)
            .collect()
    }

    fn paint_points(&mut self) {
        let (rings, test) = (self.options.rings, self.options.test);
        let wrong = [rings, rings && test];
        let wrong = [(wrong[0], false), (wrong[1], true)]
            .map(|(on, test)| if on { self.wrong(test) } else { Vec::new() });
        let marks = Marks { test, wrong, clients: self.clients() };
        let now = (self.size_px, self.palette.theme(), Rc::as_ptr(&self.network), marks);
        if self.marked.as_ref() != Some(&now) {
            self.points.paint(self.size_px, &self.network, &self.reading, &self.palette, &now.3);
            self.marked = Some(now);
        }
    }
}

/// The middles of the pixels of a picture of the plane, top row first.
fn middles(side: usize) -> Vec<[f64; 2]> {
    #[expect(clippy::cast_precision_loss, reason = "a picture's pixels")]
    let at = |i: usize| -PLANE + 2.0 * PLANE * (i as f64 + 0.5) / side as f64;
    (0..side * side).map(|p| [at(p % side), -at(p / side)]).collect()
}
