//! What there is to say about everything, by a key: the page's tooltips name what they are about and fetch the words when
//! they are wanted, for the first load has none (see [`crate::later`]).
//!
//! `optimizer/adam` is what it does, `optimizer/adam/beta1` what a parameter is; `surface/…`, `schedule/…` and
//! `modifier/…` likewise. `rule/modifier/noise` and `rule/schedule/step` are rules; `run/warmup` and `all/steps` are
//! settings that belong to none of them, and `chart/axis` is a choice of the chart. `plane/muon` is what to know of an
//! optimizer on a surface, where there is something. `overlay/critical` is what is drawn over a surface. `layers/…` and `cost/…` are what there is to read of networks. `data/circle` is a source of data, `net/noise` a setting of networks or
//! their data.

#[cfg(feature = "lab")]
mod net;

use crate::link::SHARED_PARAMS;
use crate::look::Overlay;
use crate::param::{self, ParamSpec};
use crate::run::sequence::LENGTH;
use crate::schedule::WARMUP;
use crate::surface::transform::{self, PARAMS as TRANSFORM};
use crate::{matrix, modifier, optim, schedule, surface};

const CHART_AXIS: &str = "Steps, or how often a method has asked for the function or its gradient: fair between methods \
    that ask more than once a step. Hessians are not counted; the readout tells them apart.";

/// How the stage is seen.
const LOOKS: &[(&str, &str)] = &[
    ("map", "All three are even to the eye; cividis is made for red–green blindness, grey for print."),
    (
        "levels",
        "Evenly in f, or evenly in the logarithm of f above its minimum, for values that span many decades.",
    ),
    ("labels", "The value of f on its level lines."),
    (
        "here",
        "At the open run's point: f, its gradient, the eigenvalues of its Hessian, and the condition number: how many times larger \
         one of them is than the other.",
    ),
];

/// What there is to read in the views of networks, and what is drawn of them on the chart.
const OF_NETWORKS: &[(&str, &str)] = &[
    (
        "layers/gradient",
        "The length of the gradient of a layer's weights and biases, on all training examples. Where it shrinks from layer to layer \
         on its way back, the first layers hardly learn; where it grows, steps become wild.",
    ),
    ("layers/weights", "The length of a layer's weights and biases."),
    ("layers/mean", "The mean of what a layer's units give, over all training examples."),
    (
        "layers/spread",
        "The standard deviation of what a layer's units give, over all training examples: at 0 nothing comes through.",
    ),
    ("layers/dead", "The share of a layer's units that give the same for every training example."),
    (
        "layers/saturated",
        "The share of what a layer's units give that is beyond 95 % of the limit of sigmoid or tanh, where these are flat.",
    ),
    ("layers/w", "Singular values of the layer's weights."),
    (
        "layers/steps",
        "Singular values of what a step adds to the layer's weights: nearly alike for Muon, far apart for most others.",
    ),
    ("cost/step", "The first step at which the loss was measured to be that low."),
    ("cost/evaluations", "How often values and gradients were asked for."),
    ("cost/examples", "How many examples were gone through, each as often as it was."),
    ("cost/multiply-adds", "Forward, backward and the method's own."),
    ("cost/energy", "Multiply-adds times a constant of the format: an estimate to compare runs by."),
    ("cost/least", "How many times the energy of the run that took least."),
    ("cost/forward", "Multiply-adds of an example forward."),
    ("cost/backward", "Multiply-adds of an example backward; none for methods that ask for values alone."),
    ("cost/method", "Multiply-adds of a step that are the method's own."),
    ("cost/format", "What the network is computed in."),
    ("cost/parameters", "Memory of the parameters, and of their copy in 64 bits where there is one."),
    ("cost/state", "Memory of what the method keeps from step to step."),
    ("cost/batch", "Memory of what one batch leaves for the way back: features, sums and activations."),
];

const NOISE_OF: &str = "On: every run meets the same gradient noise at the same step, so they differ by their methods and not by their \
    luck. Off: each run has the stream of its place among the runs, as it has its colour: with a run removed, those after it meet other \
    noise.";
const FAN: &str =
    "The open run with so many seeds, from its own on: what of it is the method, and what is luck.";

/// The words for a key; none for a key that stands for nothing.
#[must_use]
pub fn words(key: &str) -> Option<&'static str> {
    if let Some(key) = key.strip_prefix("rule/") {
        return match key.split_once('/')? {
            ("modifier", name) => Some(modifier::find(name)?.rule),
            ("schedule", name) => Some(schedule::find(name)?.rule),
            _ => None,
        };
    }
    if let Some(key) = key.strip_prefix("plane/") {
        return optim::find(key)?.about?.on_plane;
    }
    if let Some((_, words)) = OF_NETWORKS.iter().find(|(known, _)| *known == key) {
        return Some(words);
    }
    let (kind, rest) = key.split_once('/')?;
    if kind == "look" {
        return LOOKS.iter().find(|(known, _)| *known == rest).map(|(_, words)| *words);
    }
    if kind == "overlay" {
        return Overlay::find(rest).map(Overlay::help);
    }
    let (name, parameter) = rest.split_once('/').map_or((rest, None), |(name, p)| (name, Some(p)));
    let (sentence, params): (_, &'static [ParamSpec]) = match kind {
        "optimizer" => optim::find(name).and_then(|s| Some((s.about?.sentence, s.params)))?,
        "surface" => surface::find(name).map(|s| (s.sentence, s.params))?,
        "problem" => matrix::find(name).map(|s| (s.sentence, s.params))?,
        "schedule" => schedule::find(name).map(|s| (s.sentence, s.params))?,
        "modifier" => modifier::find(name).map(|s| (s.sentence, s.params))?,
        #[cfg(feature = "lab")]
        "net" | "data" if parameter.is_none() => (net::words(kind, name)?, &[]),
        "chart" if key == "chart/axis" => (CHART_AXIS, &[]),
        "run" if name == WARMUP.key => (WARMUP.help, &[]),
        "run" if name == LENGTH.key => (LENGTH.help, &[]),
        "transform" => {
            (TRANSFORM.iter().find(|p| p.key == name).map_or(transform::SENTENCE, |p| p.help), &[])
        }
        "all" if key == "all/noise_of" => (NOISE_OF, &[]),
        "all" if key == "all/fan" => (FAN, &[]),
        "all" => (SHARED_PARAMS.iter().find(|p| p.key == name)?.help, &[]),
        _ => return None,
    };
    match parameter {
        None => Some(sentence),
        Some(key) => params.get(param::find(params, key)?).map(|p| p.help),
    }
}
