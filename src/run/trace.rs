//! The whole of a run, step by step.

use super::runner::Runner;
use super::spec::RunSpec;
use super::status::{CONVERGED_GRAD_NORM, Status};

/// What came of a run: a row for each step, row 0 the start. A run that diverged ends with its last finite row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// The number of coordinates.
    pub dim: usize,
    /// The points, one after the other, `dim` numbers each.
    pub x: Vec<f64>,
    /// f at each point, without what modifiers add.
    pub loss: Vec<f64>,
    /// ‖∇f‖ at each point, before any modifier.
    pub grad_norm: Vec<f64>,
    /// The learning rate, after the schedule, of the step that leaves each point.
    pub lr: Vec<f64>,
    /// Values and gradients the method had asked for when it reached each point. Looking for the picture does not count.
    pub evaluations: Vec<u32>,
    /// Hessians likewise.
    pub hessians: Vec<u32>,
    /// How it ended.
    pub status: Status,
}

impl Trace {
    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.loss.len()
    }

    /// Whether there is not even a start: where the function is not finite there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.loss.is_empty()
    }

    /// The last row.
    #[must_use]
    pub fn last(&self) -> usize {
        self.len().saturating_sub(1)
    }

    /// The point of a row; the last one for rows beyond the end.
    #[must_use]
    pub fn point(&self, row: usize) -> Option<&[f64]> {
        let row = row.min(self.last());
        self.x.get(row * self.dim..(row + 1) * self.dim)
    }

    /// The point of a row in the plane; none where the problem is no function of the plane.
    #[must_use]
    pub fn point2(&self, row: usize) -> Option<[f64; 2]> {
        self.point(row)?.try_into().ok()
    }

    /// A fingerprint of every bit of the path (FNV-1a, 64 bits): equal for equal runs, on every machine.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for v in self.x.iter().chain(&self.loss) {
            for byte in v.to_bits().to_le_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        hash
    }

    fn with_capacity(dim: usize, rows: usize) -> Self {
        Self {
            dim,
            x: Vec::with_capacity(dim * rows),
            loss: Vec::with_capacity(rows),
            grad_norm: Vec::with_capacity(rows),
            lr: Vec::with_capacity(rows),
            evaluations: Vec::with_capacity(rows),
            hessians: Vec::with_capacity(rows),
            status: Status::Running,
        }
    }

    /// Records where the runner is; tells whether the run can go on.
    fn record(&mut self, runner: &mut Runner) -> bool {
        match runner.observe() {
            Ok(seen) => {
                self.x.extend_from_slice(runner.x());
                self.loss.push(seen.loss);
                self.grad_norm.push(seen.grad_norm);
                self.lr.push(runner.lr());
                let counts = runner.counts();
                self.evaluations.push(counts.evaluations());
                self.hessians.push(counts.hessians);
                true
            }
            Err(quantity) => {
                self.status = Status::Diverged { step: runner.step(), quantity };
                false
            }
        }
    }

    /// The first step from which the gradient stays below the tolerance to the end.
    fn converged_at(&self) -> Option<u32> {
        let still = self.grad_norm.iter().rev().take_while(|g| **g <= CONVERGED_GRAD_NORM).count();
        (still > 0).then(|| u32::try_from(self.len() - still).unwrap_or(u32::MAX))
    }
}

/// A trace in the making.
pub struct Tracing {
    runner: Runner,
    trace: Trace,
    steps: u32,
    goes_on: bool,
}

impl Tracing {
    /// The start of a run, of which this program carries all that it needs ([`RunSpec::is_here`]).
    #[must_use]
    pub fn new(spec: &RunSpec) -> Self {
        let objective = spec.problem.objective();
        let mut runner = Runner::new(spec);
        let mut trace = Trace::with_capacity(objective.dim(), spec.steps as usize + 1);
        let mut goes_on = trace.record(&mut runner);
        let needs = runner.settings().optimizer.needs;
        if goes_on && needs.is_missing(objective) {
            trace.status = Status::Unfit { needs };
            goes_on = false;
        }
        Self { runner, trace, steps: spec.steps, goes_on }
    }

    /// Takes up to so many steps; tells whether there is more to do.
    pub fn advance(&mut self, mut steps: u32) -> bool {
        while steps > 0 && self.has_more() {
            self.runner.advance();
            self.goes_on = self.trace.record(&mut self.runner);
            steps -= 1;
        }
        self.has_more()
    }

    fn has_more(&self) -> bool {
        self.goes_on && self.runner.step() < self.steps && !self.runner.is_spent()
    }

    /// What has come of it.
    #[must_use]
    pub fn finish(self) -> Trace {
        let Self { runner, mut trace, steps, goes_on } = self;
        if goes_on && runner.step() < steps {
            trace.status = Status::Stopped { step: runner.step() };
        } else if goes_on && let Some(step) = trace.converged_at() {
            trace.status = Status::Converged { step };
        }
        trace
    }
}

/// Runs to the horizon. Where this program does not carry what the run needs, the trace is empty and says so.
#[must_use]
pub fn trace(spec: &RunSpec) -> Trace {
    if !spec.is_here() {
        return Trace { status: Status::Waiting, ..Trace::default() };
    }
    let mut tracing = Tracing::new(spec);
    tracing.advance(spec.steps);
    tracing.finish()
}
