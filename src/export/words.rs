//! What there is to say about everything, by a key: the page's tooltips name what they are about and fetch the words when
//! they are wanted, for the first load has none (see [`crate::later`]).
//!
//! `optimizer/adam` is what it does, `optimizer/adam/beta1` what a parameter is; `surface/…`, `schedule/…` and
//! `modifier/…` likewise. `rule/modifier/noise` and `rule/schedule/step` are rules; `run/warmup` and `all/steps` are
//! settings that belong to none of them, and `chart/axis` is a choice of the chart. `plane/muon` is what to know of an
//! optimizer on a surface, where there is something. `data/circle` is a source of data, `net/noise` a setting of networks or
//! their data.

#[cfg(feature = "lab")]
mod net;

use crate::link::SHARED_PARAMS;
use crate::param::{self, ParamSpec};
use crate::run::sequence::LENGTH;
use crate::schedule::WARMUP;
use crate::{matrix, modifier, optim, schedule, surface};

const CHART_AXIS: &str = "Steps, or how often a method has asked for the function or its gradient: fair between methods \
    that ask more than once a step. Hessians are not counted; the readout tells them apart.";

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
    let (kind, rest) = key.split_once('/')?;
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
        "all" => (SHARED_PARAMS.iter().find(|p| p.key == name)?.help, &[]),
        _ => return None,
    };
    match parameter {
        None => Some(sentence),
        Some(key) => params.get(param::find(params, key)?).map(|p| p.help),
    }
}
