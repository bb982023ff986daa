//! Copies of a method that run side by side: local SGD (Stich 2019, <https://arxiv.org/abs/1805.09767>). Each worker takes
//! its own steps, meeting its own noise; every H steps all continue from the average of their parameters, each with the
//! state it has. The run's point is that average. What modifiers do to it after the rule is done to every worker.

use crate::optim::{Optimizer, StateItem, StateKind, StepCtx};

/// All workers of a run.
pub struct Workers {
    /// How many there are, and how many steps each takes alone.
    shape: (u32, u32),
    /// The methods of all but the first worker, which has the run's own.
    others: Vec<Box<dyn Optimizer>>,
    /// The parameters of all, one after the other.
    points: Vec<f64>,
    average: Vec<f64>,
    /// Where the round began.
    anchor: Vec<f64>,
    /// Where all were when they were averaged last.
    met: Vec<f64>,
    since: u32,
}

impl Workers {
    /// Workers at a point, each with a copy of the method.
    pub fn new(shape: (u32, u32), x: &[f64], optimizer: &dyn Optimizer) -> Self {
        let others = (1..shape.0).map(|_| optimizer.snapshot()).collect();
        Self {
            shape,
            others,
            points: x.repeat(shape.0 as usize),
            average: x.to_vec(),
            anchor: x.to_vec(),
            met: Vec::new(),
            since: 0,
        }
    }

    /// A copy that continues on its own.
    pub fn snapshot(&self) -> Self {
        Self {
            shape: self.shape,
            others: self.others.iter().map(|o| o.snapshot()).collect(),
            points: self.points.clone(),
            average: self.average.clone(),
            anchor: self.anchor.clone(),
            met: self.met.clone(),
            since: self.since,
        }
    }

    /// Visits what the methods of all but the first worker keep.
    pub fn kept(&mut self, visit: &mut dyn FnMut(&mut [f64])) {
        for other in &mut self.others {
            other.kept(visit);
        }
    }

    /// How many there are, and how many steps each takes alone.
    pub fn shape(&self) -> (u32, u32) {
        self.shape
    }

    /// Takes a step with every worker and leaves the average in `x`.
    pub fn step(&mut self, x: &mut [f64], optimizer: &mut dyn Optimizer, ctx: &mut StepCtx<'_>) {
        let dim = x.len();
        for point in self.points.chunks_exact_mut(dim) {
            for ((p, x), average) in point.iter_mut().zip(&*x).zip(&self.average) {
                *p += x - average;
            }
        }
        if self.since == 0 {
            // What modifiers and edits did since the average is where the round begins.
            self.anchor.copy_from_slice(x);
        }
        let mut points = self.points.chunks_exact_mut(dim);
        if let Some(first) = points.next() {
            ctx.oracle.set_worker(0, &self.anchor);
            optimizer.step(first, ctx);
        }
        for (other, point) in self.others.iter_mut().zip(points) {
            // What methods draw themselves differs too; gradient noise differs by the count of the questions.
            ctx.worker += 1;
            ctx.oracle.set_worker(ctx.worker, &self.anchor);
            other.step(point, ctx);
        }
        ctx.worker = 0;
        ctx.oracle.set_worker(0, &[]);
        for (i, average) in self.average.iter_mut().enumerate() {
            let mut sum = 0.0;
            for point in self.points.chunks_exact(dim) {
                sum += point[i];
            }
            *average = sum / f64::from(self.shape.0);
        }
        x.copy_from_slice(&self.average);
        self.since += 1;
        if self.since >= self.shape.1 {
            self.since = 0;
            self.met.clone_from(&self.points);
            for point in self.points.chunks_exact_mut(dim) {
                point.copy_from_slice(x);
            }
        }
    }

    /// Where all are, and just after an average where they were before it.
    pub fn apart(&self) -> &[f64] {
        if self.since == 0 && !self.met.is_empty() { &self.met } else { &self.points }
    }

    /// Shows where each worker is.
    pub fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        let (symbol, name) = ("θ_w", "workers");
        show(StateItem { symbol, name, kind: StateKind::Points, values: &self.points });
    }
}
