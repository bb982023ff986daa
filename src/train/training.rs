//! A run under way.

use super::record::{LayerScores, Record, Scores};
use crate::math::num;
use crate::net::{Network, Work};
use crate::objective::Objective;
use crate::optim::Needs;
use crate::run::inspect::{Inspection, inspect_at};
use crate::run::spec::Problem;
use crate::run::status::Quantity;
use crate::run::{RunSpec, Runner, Status};
use std::rc::Rc;

/// The most numbers that are kept of the parameters along a run.
const MOST_WEIGHTS: usize = 1 << 20;
/// The most numbers that copies of the run in the middle may hold.
const MOST_COPIED: usize = 1 << 21;
/// Scores are taken at most so often, and at least a tenth as often.
const MOST_SCORES: u32 = 1000;
/// The most work of a run, in units of about a nanosecond: some minutes.
const MOST_WORK: u64 = 200_000_000_000;

/// A run under way.
pub struct Training {
    spec: Rc<RunSpec>,
    network: Rc<Network>,
    runner: Runner,
    record: Record,
    /// The work of scores, which no run counts as its own.
    scored: u64,
    /// Copies of the run at some steps, to continue from when one of the steps after them is asked for.
    copies: Vec<Runner>,
    /// A copy is taken every so many steps.
    apart: u32,
    /// Where somebody looked last.
    looking: Option<Runner>,
}

impl Training {
    /// A run at its start; none where there is no network.
    #[must_use]
    pub fn new(spec: &RunSpec) -> Option<Self> {
        let Problem::Network(problem) = &spec.problem else {
            return None;
        };
        let network = Rc::clone(problem.network());
        let spec = Rc::new(spec.clone());
        let runner = Runner::of(Rc::clone(&spec));
        let dim = network.dim();
        let rows = spec.steps as usize + 1;
        let stride = (dim * rows).div_ceil(MOST_WEIGHTS).max(1);
        let record = Record {
            dim,
            steps: spec.steps,
            every: every(&spec, &network),
            stride: u32::try_from(stride).unwrap_or(u32::MAX),
            status: Status::Waiting,
            ..Record::default()
        };
        let apart = (spec.steps / 64).max(1);
        let mut training =
            Self { spec, network, runner, record, scored: 0, copies: Vec::new(), apart, looking: None };
        training.begin();
        Some(training)
    }

    /// What is known so far.
    #[must_use]
    pub const fn record(&self) -> &Record {
        &self.record
    }

    /// What is known, when nothing more is wanted.
    #[must_use]
    pub fn into_record(self) -> Record {
        self.record
    }

    /// What determines the run.
    #[must_use]
    pub const fn spec(&self) -> &Rc<RunSpec> {
        &self.spec
    }

    /// The work so far, in units of about a nanosecond.
    #[must_use]
    pub fn work(&self) -> u64 {
        self.runner.work().saturating_add(self.scored)
    }

    fn begin(&mut self) {
        let needs = self.runner.settings().optimizer.needs;
        if needs.is_missing(&*self.network) {
            self.finish(Status::Unfit { needs });
        }
    }

    /// Goes on for about so many nanoseconds of work; tells whether there is more to do.
    pub fn advance(&mut self, work: u64) -> bool {
        let until = self.work().saturating_add(work);
        while self.record.is_open() && self.work() <= until {
            self.step();
        }
        self.record.is_open()
    }

    /// About how many nanoseconds its next step and the scores before it take.
    #[must_use]
    pub fn next_work(&self) -> u64 {
        let settings = self.runner.settings();
        let (dim, examples) = (self.record.dim as u64, self.network.train.len() as u64);
        let value = |key: &str| settings.modifier(key).map(|m| m.values[0].max(1.0));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small counts")]
        let count = |v: f64| v as u64;
        let batch = value("batch").map_or(examples, |b| count(b).min(examples));
        let times =
            ["accumulate", "workers", "federated"].into_iter().filter_map(value).map(count).product::<u64>();
        let each = if settings.modifier("precision").is_some_and(|m| m.values[0] > 0.0) { 200 } else { 4 };
        let stated =
            settings.optimizer.about.map_or(0, |about| (about.memory)(self.record.dim, &settings.params));
        // Who keeps a matrix of all parameters may decompose it, and who asks for one has it worked out.
        let whole = settings.optimizer.needs == Needs::Hessian || stated as u64 >= dim * dim;
        let matrix = if whole { 30 * dim * dim * dim + 16 * dim * dim * examples } else { 0 };
        each * batch * dim * times + matrix + 8 * dim * (examples + self.network.test.len() as u64)
    }

    /// Records where the run is and takes a step.
    fn step(&mut self) {
        let step = self.runner.step();
        if step.is_multiple_of(self.record.every) || step == self.spec.steps {
            self.score();
        }
        if step == self.spec.steps {
            return self.finish(Status::Running);
        }
        if self.runner.work() > MOST_WORK {
            return self.finish(Status::Stopped { step });
        }
        if step.is_multiple_of(self.record.stride) {
            self.record.weights.extend_from_slice(self.runner.x());
        }
        if step.is_multiple_of(self.apart) {
            let copy = self.runner.snapshot();
            self.keep(copy);
        }
        let (lr, counts) = (self.runner.lr(), self.runner.counts());
        let seen = self.runner.sampled().map_or(0, |(_, seen)| seen);
        self.runner.advance();
        let answer = self.runner.sampled().and_then(|(first, _)| first).unwrap_or_default();
        let known = || self.record.grad_norm.last().copied().unwrap_or(0.0);
        let grad_norm = answer.grad_norm.unwrap_or_else(known);
        let quantity = if !answer.loss.is_finite() {
            Some(Quantity::Loss)
        } else if !grad_norm.is_finite() && !self.runner.may_refuse() {
            Some(Quantity::Gradient)
        } else {
            None
        };
        // An overflow that low precision answers by not taking the step is no divergence.
        let grad_norm = if grad_norm.is_finite() { grad_norm } else { known() };
        if quantity.is_none() {
            self.record.batch_loss.push(answer.loss);
            self.record.grad_norm.push(grad_norm);
            self.record.lr.push(lr);
            self.record.evaluations.push(counts.evaluations());
            self.record.hessians.push(counts.hessians);
            #[expect(clippy::cast_precision_loss, reason = "far below 2⁵³")]
            self.record.examples.push(seen as f64);
        }
        let lost = self.runner.x().iter().any(|x| !x.is_finite()).then_some(Quantity::Position);
        if let Some(quantity) = quantity.or(lost) {
            self.record.blame = self.network.blame(self.runner.before(), self.runner.x());
            // The row that cannot be recorded is this one, or the next.
            let step = self.record.last() + u32::from(!self.record.is_empty());
            self.finish(Status::Diverged { step, quantity });
        }
    }

    /// Ends the run. The last row is that of all training examples.
    fn finish(&mut self, status: Status) {
        self.record.status = status;
        let last = self.runner.snapshot();
        self.keep(last);
        if matches!(status, Status::Diverged { .. }) {
            return;
        }
        if self.record.scores.last().is_none_or(|s| s.step != self.runner.step()) {
            self.score();
        }
        if self.record.scores.last().is_none_or(|s| s.step != self.runner.step()) {
            // The last step led to where nothing finite can be measured.
            self.record.blame = self.network.blame(self.runner.x(), self.runner.x());
            self.record.status = Status::Diverged { step: self.runner.step(), quantity: Quantity::Loss };
            return;
        }
        let (loss, grad_norm) = self.record.scores.last().map_or((0.0, 0.0), |scores| {
            let layers: Vec<f64> = scores.layers.iter().map(|l| l.grad_norm).collect();
            (scores.train_loss, num::norm(&layers))
        });
        let counts = self.runner.counts();
        self.record.batch_loss.push(loss);
        self.record.grad_norm.push(grad_norm);
        self.record.lr.push(self.runner.lr());
        self.record.evaluations.push(counts.evaluations());
        self.record.hessians.push(counts.hessians);
        let seen = self.runner.sampled().map_or(0, |(_, seen)| seen);
        #[expect(clippy::cast_precision_loss, reason = "far below 2⁵³")]
        self.record.examples.push(seen as f64);
        if self.runner.step().is_multiple_of(self.record.stride) {
            self.record.weights.extend_from_slice(self.runner.x());
        }
    }

    /// Measures, over all examples; what is not finite is left out.
    fn score(&mut self) {
        let examples = self.network.train.len() + self.network.test.len();
        self.scored = self.scored.saturating_add(8 * (examples * self.record.dim) as u64);
        let mut scores = scores(&self.network, self.runner.x(), self.runner.step());
        if let Some(apart) = self.runner.workers_apart() {
            let rarely = (apart.len() * MOST_SCORES as usize).div_ceil(MOST_WEIGHTS);
            if self.record.scores.len().is_multiple_of(rarely.max(1)) {
                scores.workers = apart.to_vec();
            }
        }
        let layers = scores.layers.iter().all(|l: &LayerScores| l.grad_norm.is_finite() && l.std.is_finite());
        if scores.train_loss.is_finite() && scores.test_loss.is_finite() && layers {
            self.record.scores.push(scores);
        }
    }

    /// Keeps a copy to continue from, if it is further than all others, and fewer of them where they are large.
    fn keep(&mut self, copy: Runner) {
        if self.copies.last().is_some_and(|c| c.step() >= copy.step()) {
            return;
        }
        self.copies.push(copy);
        let each = self.runner.size();
        if each > MOST_COPIED {
            // Then it is cheaper to begin anew.
            self.copies.clear();
        }
        while self.copies.len() > 2 && self.copies.len() * each > MOST_COPIED {
            self.apart = self.apart.saturating_mul(2);
            let apart = self.apart;
            self.copies.retain(|c| c.step().is_multiple_of(apart));
        }
    }

    /// The parameters at a step, to the bit; at the last known step for those after it.
    pub fn weights(&mut self, step: u32) -> Vec<f64> {
        let step = step.min(self.record.last());
        if let Some((at, weights)) = self.record.weights_before(step)
            && at == step
        {
            return weights.to_vec();
        }
        while !self.reach(step, u64::MAX) {}
        self.looking.as_ref().map_or_else(Vec::new, |runner| runner.x().to_vec())
    }

    /// Where somebody looked last ([`Self::reach`]): the run there, and the step that leaves it.
    #[must_use]
    pub fn inspect(&self) -> Option<Inspection> {
        self.looking.as_ref().map(Runner::snapshot).map(inspect_at)
    }

    /// Brings somebody who looks at a step nearer to it, by about so much work; tells whether it is there.
    pub fn reach(&mut self, step: u32, work: u64) -> bool {
        let near = self.copies.partition_point(|c| c.step() <= step).checked_sub(1);
        let copied = near.map_or(0, |i| self.copies[i].step());
        let looking = self.looking.take().filter(|r| r.step() <= step && r.step() >= copied);
        let mut runner = match (looking, near) {
            (Some(runner), _) => runner,
            (None, Some(i)) => self.copies[i].snapshot(),
            (None, None) => Runner::of(Rc::clone(&self.spec)),
        };
        let until = runner.work().saturating_add(work);
        while runner.step() < step && runner.work() <= until {
            runner.advance();
            if runner.step().is_multiple_of(self.apart) {
                self.keep(runner.snapshot());
            }
        }
        let there = runner.step() == step;
        self.looking = Some(runner);
        there
    }
}

/// What is measured of a network at these parameters.
fn scores(network: &Network, x: &[f64], step: u32) -> Scores {
    let Network { model, train, test, .. } = network;
    let mut work = Work::new();
    let [on_train, on_test] = [train, test].map(|data| model.evaluate(x, train, data, &mut work));
    let mut grad = vec![0.0; x.len()];
    network.value_grad(x, &mut grad);
    let stats = model.layer_stats(x, train, &mut work);
    let layers = model.shape.layers().iter().zip(stats).map(|(layer, stats)| {
        // Weights and biases stand one after the other.
        let own = layer.weights.offset..layer.bias.range().end;
        LayerScores {
            grad_norm: num::norm(&grad[own.clone()]),
            weight_norm: num::norm(&x[own]),
            mean: stats.mean,
            std: stats.deviation,
            dead: stats.dead,
            saturated: stats.saturated,
        }
    });
    Scores {
        step,
        train_loss: on_train.loss,
        test_loss: on_test.loss,
        train_accuracy: on_train.accuracy,
        test_accuracy: on_test.accuracy,
        layers: layers.collect(),
        workers: Vec::new(),
    }
}

/// How many steps lie between two scores: an epoch, within bounds.
fn every(spec: &RunSpec, network: &Network) -> u32 {
    let batch = spec.settings_at(0).modifier("batch").map_or(0, |m| crate::param::as_index(m.values[0]));
    let epoch = if batch == 0 { 1 } else { network.examples().div_ceil(batch) };
    let epoch = u32::try_from(epoch).unwrap_or(u32::MAX);
    epoch.clamp(spec.steps.div_ceil(MOST_SCORES), (spec.steps / (MOST_SCORES / 10)).max(1)).max(1)
}
