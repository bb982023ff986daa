//! What a run costs: multiply-adds, memory, and an estimate of energy.
//!
//! Counted are the products of weights with what comes in, forward and backward, four operations for each normalised unit, and
//! the method's own arithmetic. Activation functions, losses, random numbers and what is only measured for the page are not.
//!
//! Energy is multiply-adds times a constant, of M. Horowitz, "Computing's energy problem (and what we can do about it)", ISSCC
//! 2014, figure 1.1.9, at 45 nm: a multiplication and an addition of 32 bits 3.7 and 0.9 pJ, of 16 bits 1.1 and 0.4 pJ. For 64
//! bits and bf16, which are not there, a multiplier is taken to need as much as the square of its significand's bits, an adder
//! as much as these (53 against 24 bits, 8 against 11). Memory traffic, which often costs more, and idle power are not counted.

use super::record::{Record, Scores};
use crate::math::num;
use crate::net::{LayerShape, Network, Norm};
use crate::objective::Objective;
use crate::optim::Group;
use crate::param::as_index;
use crate::run::spec::Problem;
use crate::run::{ModifierChoice, RunSpec, Runner, Settings};

/// Operations of a normalised unit on its way forward: for the mean, the variance, and two products with what is added.
const OF_NORM: u64 = 4;
/// A number with a tangent is multiplied by three products.
const OF_TANGENT: u64 = 3;
/// Rotations find the eigenvalues of a symmetric n × n matrix in about so many n³.
const OF_EIGEN: u64 = 12;

/// How numbers are stored and multiplied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arithmetic {
    /// The name.
    pub name: &'static str,
    /// Bytes of a number.
    pub bytes: u64,
    /// Energy of a multiply-add, in pJ.
    pub picojoules: f64,
}

/// The formats in the order of the modifier `precision`.
pub const ARITHMETIC: [Arithmetic; 4] = [
    Arithmetic { name: "f64", bytes: 8, picojoules: 3.7 * (53.0 * 53.0) / (24.0 * 24.0) + 0.9 * 53.0 / 24.0 },
    Arithmetic { name: "f32", bytes: 4, picojoules: 3.7 + 0.9 },
    Arithmetic { name: "bf16", bytes: 2, picojoules: 1.1 * (8.0 * 8.0) / (11.0 * 11.0) + 0.4 * 8.0 / 11.0 },
    Arithmetic { name: "f16", bytes: 2, picojoules: 1.1 + 0.4 },
];

/// What a run costs by its settings at the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// How many parameters there are.
    pub parameters: u64,
    /// How many numbers the method keeps from step to step, for all workers that train alone.
    pub state: u64,
    /// How many numbers a batch leaves for the way back.
    pub activations: u64,
    /// Multiply-adds of an example forward.
    pub forward: u64,
    /// Backward.
    pub backward: u64,
    /// Of a Hessian, and of solving with it.
    pub hessian: u64,
    /// Of a step, the method's own.
    pub own: u64,
    /// Whether it asks for values alone.
    pub is_without_gradients: bool,
    /// How the network is computed.
    pub arithmetic: Arithmetic,
    /// Bytes of the parameters, of a copy in 64 bits where there is one, of the state, and of the activations.
    pub bytes: [u64; 3],
}

/// What a run has spent until a step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spent {
    /// The step.
    pub step: u32,
    /// Values and gradients asked for.
    pub evaluations: u32,
    /// Examples gone through.
    pub examples: f64,
    /// Multiply-adds.
    pub multiply_adds: f64,
    /// Energy, in J.
    pub joules: f64,
}

fn sum(layers: &[LayerShape], of: impl Fn(&LayerShape) -> usize) -> u64 {
    layers.iter().map(|l| of(l) as u64).sum()
}

/// Multiply-adds of an example forward and backward.
#[must_use]
pub fn passes(layers: &[LayerShape]) -> (u64, u64) {
    let products = sum(layers, |l| l.inputs * l.outputs);
    let norms = OF_NORM * sum(layers, |l| if l.norm == Norm::None { 0 } else { l.outputs });
    // The gradient of each weight, and what is passed on; to the features nothing is.
    let passed_on = products - layers.first().map_or(0, |l| (l.inputs * l.outputs) as u64);
    (products + norms, products + passed_on + 2 * norms)
}

/// Multiply-adds of a step that are the method's own: one for each parameter and two for each number it keeps, and for those
/// that multiply or decompose matrices that.
fn own(settings: &Settings, network: &Network, state: u64) -> u64 {
    let plain = network.dim() as u64 + 2 * state;
    let cube = |n: usize| (n * n * n) as u64;
    let matrices = network.layout().iter().filter(|b| b.cols > 1);
    plain
        + match settings.optimizer.key {
            "muon" => {
                let pass = |r: usize, c: usize| (2 * r * c * r.min(c)) as u64 + cube(r.min(c));
                as_index(settings.params[3]) as u64 * matrices.map(|b| pass(b.rows, b.cols)).sum::<u64>()
            }
            "shampoo" | "soap" => matrices.map(|b| OF_EIGEN * (cube(b.rows) + cube(b.cols))).sum::<u64>(),
            _ => 0,
        }
}

/// How many numbers the method keeps from step to step. Those that look at layers are asked what they have on these.
fn state(spec: &RunSpec, settings: &Settings, n: usize) -> usize {
    if settings.optimizer.group == Group::Matrix {
        return Runner::new(spec).kept();
    }
    settings.optimizer.about.map_or(0, |about| (about.memory)(n, &settings.params))
}

impl Cost {
    /// What a run on a network costs; none where it is on something else.
    #[must_use]
    pub fn of(spec: &RunSpec) -> Option<Self> {
        let Problem::Network(problem) = &spec.problem else {
            return None;
        };
        let network = problem.network();
        let settings = spec.settings_at(0);
        let of = |key: &str, i: usize| settings.modifier(key).map_or(0, |m| as_index(m.values[i]));
        let layers = network.model.shape.layers();
        let n = network.dim();
        // Workers that train alone, and clients, have parameters and state each of their own.
        let alone = |m: &ModifierChoice| Some(m.spec.new?().workers(&m.values)?.0);
        let copies = u64::from(settings.modifiers.iter().rev().find_map(alone).unwrap_or(1));
        let state = copies * state(spec, &settings, n) as u64;
        let (forward, backward) = passes(layers);
        let examples = network.train.len();
        let batch = if of("batch", 0) == 0 { examples } else { of("batch", 0).min(examples) };
        let kept = network.model.spec.features.len() as u64 + 2 * sum(layers, |l| l.outputs)
            - network.model.shape.outputs() as u64;
        let (parameters, activations) = (n as u64, batch as u64 * kept);
        let arithmetic = ARITHMETIC[of("precision", 0).min(ARITHMETIC.len() - 1)];
        let copy = if of("precision", 2) == 0 { 0 } else { ARITHMETIC[0].bytes };
        let each = if settings.modifier("state8").is_some() { 1 } else { ARITHMETIC[0].bytes };
        Some(Self {
            parameters,
            state,
            activations,
            forward,
            backward,
            hessian: parameters * OF_TANGENT * (forward + backward) * examples as u64
                + parameters * parameters * parameters / 3,
            own: copies * own(&settings, network, state / copies),
            is_without_gradients: settings.optimizer.group == Group::GradientFree,
            arithmetic,
            bytes: [
                copies * parameters * (arithmetic.bytes + copy),
                state * each,
                activations * arithmetic.bytes,
            ],
        })
    }

    /// What it has spent until a step. Values that a method asks for beside gradients count as gradients, for only together
    /// are they recorded.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "large counts are read to three digits")]
    pub fn until(&self, record: &Record, step: u32) -> Spent {
        let row = step.min(record.last()) as usize;
        let examples = record.examples.get(row).copied().unwrap_or(0.0);
        let of = |counts: &[u32]| counts.get(row).copied().unwrap_or(0);
        let back = if self.is_without_gradients { 0 } else { self.backward };
        let multiply_adds = examples * (self.forward + back) as f64
            + f64::from(of(&record.hessians)) * self.hessian as f64
            + row as f64 * self.own as f64;
        Spent {
            step: step.min(record.last()),
            evaluations: of(&record.evaluations),
            examples,
            multiply_adds,
            joules: multiply_adds * self.arithmetic.picojoules * num::pow(10.0, -12.0),
        }
    }
}

/// The first step at which such a loss was measured to be no larger than this.
#[must_use]
pub fn reaches(record: &Record, loss: impl Fn(&Scores) -> f64, most: f64) -> Option<u32> {
    let known = record.scores.iter().filter(|s| s.step <= record.last());
    known.into_iter().find(|s| loss(s) <= most).map(|s| s.step)
}

/// A large or small quantity with a prefix: "12.3 M", "4.5 µ".
fn prefixed(v: f64) -> (f64, &'static str) {
    const PREFIXES: [(&str, i32); 9] =
        [("T", 12), ("G", 9), ("M", 6), ("k", 3), ("", 0), ("m", -3), ("µ", -6), ("n", -9), ("p", -12)];
    let found = PREFIXES.iter().find(|(_, e)| v.abs() >= 0.9995 * num::powi(10.0, *e));
    let (prefix, exponent) = if v == 0.0 { ("", 0) } else { *found.unwrap_or(&PREFIXES[8]) };
    (num::round_significant(v / num::powi(10.0, exponent), 3), prefix)
}

/// A quantity of a unit, to three digits: "12.3 MB", "4.5 µJ". Without a unit a count: "12.3 M", "17".
#[must_use]
pub fn amount(v: f64, unit: &str) -> String {
    let (number, prefix) = prefixed(v);
    let number = crate::param::readable(number);
    let unit = format!("{prefix}{unit}");
    if unit.is_empty() { number } else { format!("{number} {unit}") }
}
