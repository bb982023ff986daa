//! What there is to say about the settings of networks and their data.

use crate::net::{DataSpec, NetSpec, SEED, data};
use crate::param::{self, ParamSpec};

const SLIDERS: [ParamSpec; 6] =
    [DataSpec::NOISE, DataSpec::COUNT, DataSpec::SPLIT, DataSpec::CLASSES, NetSpec::DELTA, NetSpec::SCALE];

const ACTIVATION: &str = "What a unit does with its sum. ReLU can die, sigmoid and tanh saturate and make gradients vanish in deep networks; \
    linear layers make a linear network, however many.";
const NORM: &str = "Brings the sums of a layer to mean 0 and variance 1 before the activation: batch norm unit by unit over the \
    mini-batch, layer norm example by example over the units. Tests use the statistics of the whole training set.";
const LOSS: &str = "What is minimised, as the mean over the examples. Logistic is for two classes, softmax cross-entropy for any \
    number; squared and Huber are for numbers, and can be used for classes.";
const INIT: &str =
    "How weights are drawn. Glorot suits tanh, He suits ReLU; zeros never break the symmetry between units.";
const FORMULA: &str = "The targets as a function of x and y, in the usual notation: sin(x)*y/3, exp(-(x^2+y^2)), if(x>y, 1, -1). It is \
    taken over as soon as it can be read.";
const LABELS: &str = "Classes are told apart, numbers are met. Changing this keeps the points and rounds what becomes classes.";

/// The words for a part of the form; of a source of data.
pub fn words(kind: &str, name: &str) -> Option<&'static str> {
    if kind == "data" {
        return data::find(name).map(|g| g.sentence);
    }
    if let Some(i) = param::find(&SLIDERS, name) {
        return Some(SLIDERS[i].help);
    }
    Some(match name {
        "seed" | "data-seed" => SEED.help,
        "activation" => ACTIVATION,
        "norm" => NORM,
        "loss" => LOSS,
        "init" => INIT,
        "formula" => FORMULA,
        "labels" => LABELS,
        "layers" => {
            "Another hidden layer after the last, like it. More layers bend boundaries more, and are harder to train."
        }
        "units" => "How many units the layer has, from 1 to 16.",
        "input-x" | "input-y" => "The coordinate itself.",
        "input-x2" | "input-y2" => "The square of the coordinate: circles become easy.",
        "input-xy" => "The product of both coordinates: the four quarters become easy.",
        "input-sinx" | "input-siny" => {
            "A wave along the coordinate: stripes and checkerboards become easier."
        }
        _ => return None,
    })
}
