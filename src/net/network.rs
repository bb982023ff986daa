//! A network on its data, as something to minimise.

use super::{DataSpec, Examples, Loss, Model, NetSpec, Task, Work, data, start, text};
use crate::objective::{Block, Objective, Sample};
use std::cell::RefCell;

/// The most parameters for which second derivatives are worked out in full.
const MOST_FOR_HESSIAN: usize = 150;
/// Into how many parts of equal size regression deals its examples, in place of classes.
const PARTS: usize = 4;

/// A network, its data, and where training starts.
#[derive(Debug)]
pub struct Network {
    /// Where the examples come from.
    pub data: DataSpec,
    /// The network.
    pub model: Model,
    /// What is trained on.
    pub train: Examples,
    /// What is not.
    pub test: Examples,
    start: Vec<f64>,
    classes: Vec<u32>,
    work: RefCell<Work>,
}

impl Network {
    /// The network of these words of links. Whatever is impossible is replaced by what is possible, with a message and its
    /// place.
    #[must_use]
    pub fn read(words: &str) -> (Self, Vec<(String, String)>) {
        let (net, data, mut notices) = text::read(words);
        let network = Self::of(net, data, &mut notices);
        (network, notices)
    }

    /// Its words in links.
    #[must_use]
    pub fn write(&self) -> String {
        text::write(&self.model.spec, &self.data)
    }

    fn of(net: NetSpec, mut spec: DataSpec, notices: &mut Vec<(String, String)>) -> Self {
        let made = match data::make(&spec) {
            Ok(made) => made,
            Err(message) => {
                notices.push(("data".to_owned(), message));
                spec = DataSpec::default();
                data::make(&spec).expect("the default data can be made")
            }
        };
        let model = match Model::new(net.clone(), made.task) {
            Ok(model) => model,
            Err(message) => {
                notices.push(("network".to_owned(), message));
                possible(net, made.task)
            }
        };
        let [train, test] =
            [&made.train, &made.test].map(|points| Examples::new(&model.spec, &model.shape, points));
        let start = start(&model.spec, &model.shape);
        let classes =
            if matches!(made.task, Task::Classes(_)) { train.classes().to_vec() } else { parts(&train) };
        Self { data: spec, model, train, test, start, classes, work: RefCell::default() }
    }

    /// Where training starts.
    #[must_use]
    pub fn start(&self) -> &[f64] {
        &self.start
    }

    /// The layer whose numbers left the finite range first, in words: of the parameters after a step, or of what the layers
    /// gave before it.
    #[must_use]
    pub fn blame(&self, before: &[f64], after: &[f64]) -> String {
        let layers = self.model.shape.layers();
        let name = |k: usize| {
            if k + 1 == layers.len() {
                "the output layer".to_owned()
            } else {
                format!("hidden layer {}", k + 1)
            }
        };
        let stats = self.model.layer_stats(before, &self.train, &mut self.work.borrow_mut());
        if let Some(k) = stats.iter().position(|s| !s.finite) {
            return format!("what {} gives", name(k));
        }
        let infinite = |w: &[f64], block: &Block| w[block.range()].iter().any(|w| !w.is_finite());
        let broken = |w: &[f64]| {
            // Gradients grow on their way back, so of several the last layer was the first.
            layers.iter().rposition(|l| infinite(w, &l.weights) || infinite(w, &l.bias))
        };
        let mut grad = vec![0.0; before.len()];
        let loss = self.value_grad(before, &mut grad);
        if !loss.is_finite() {
            return "the loss itself, while every layer was finite".to_owned();
        }
        if let Some(k) = broken(&grad) {
            return format!("the gradient of {}", name(k));
        }
        broken(after).map_or_else(String::new, |k| format!("the weights of {}", name(k)))
    }
}

/// The same network with what the task allows.
fn possible(net: NetSpec, task: Task) -> Model {
    let loss = match task {
        Task::Regression => Loss::Squared,
        Task::Classes(2) => Loss::Logistic,
        Task::Classes(_) => Loss::CrossEntropy,
    };
    Model::new(NetSpec { loss, ..net }, task)
        .or_else(|_| Model::new(NetSpec { loss, ..NetSpec::default() }, task))
        .expect("the default network suits every task")
}

/// Parts of equal size by target, from the smallest on.
fn parts(examples: &Examples) -> Vec<u32> {
    let n = examples.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| examples.label(*a).total_cmp(&examples.label(*b)));
    let mut parts = vec![0; n];
    for (rank, i) in order.into_iter().enumerate() {
        parts[i] = u32::try_from(rank * PARTS / n.max(1)).unwrap_or(0);
    }
    parts
}

impl Objective for Network {
    fn dim(&self) -> usize {
        self.model.shape.dim()
    }

    fn layout(&self) -> &[Block] {
        self.model.shape.layout()
    }

    fn value(&self, x: &[f64]) -> f64 {
        self.sample_value(x, &Sample::default())
    }

    fn value_grad(&self, x: &[f64], grad: &mut [f64]) -> f64 {
        self.sample_grad(x, &Sample::default(), grad)
    }

    fn examples(&self) -> usize {
        self.train.len()
    }

    fn classes(&self) -> &[u32] {
        &self.classes
    }

    fn sample_value(&self, x: &[f64], sample: &Sample<'_>) -> f64 {
        self.model.value(x, &self.train, sample, &mut self.work.borrow_mut())
    }

    fn sample_grad(&self, x: &[f64], sample: &Sample<'_>, grad: &mut [f64]) -> f64 {
        self.model.value_grad(x, &self.train, sample, grad, &mut self.work.borrow_mut())
    }

    fn has_hessian(&self) -> bool {
        self.dim() <= MOST_FOR_HESSIAN
    }

    fn hessian(&self, x: &[f64], h: &mut [f64]) -> bool {
        let n = x.len();
        if !self.has_hessian() {
            return false;
        }
        let mut direction = vec![0.0; n];
        for (i, row) in h.chunks_exact_mut(n).enumerate() {
            direction[i] = 1.0;
            self.model.hessian_vector(x, &self.train, &direction, row, &mut self.work.borrow_mut());
            direction[i] = 0.0;
        }
        true
    }

    fn known_minimum(&self) -> Option<f64> {
        None
    }

    fn region(&self) -> Vec<(f64, f64)> {
        vec![(-2.0, 2.0); self.dim()]
    }
}
