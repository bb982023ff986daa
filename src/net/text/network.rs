//! The word `network`.

use super::{Notices, call};
use crate::grammar;
use crate::net::{Activation, DEEPEST, Feature, Init, Layer, Loss, NetSpec, Norm, SEED, Task, WIDEST};
use crate::param::{as_seed, number, shorten};

/// Its settings, in the order in which they are written.
const SETTINGS: [&str; 8] = ["activation", "norm", "features", "loss", "delta", "init", "scale", "seed"];
/// What a layer is where nothing is said.
const PLAIN: Layer = Layer { units: 8, activation: Activation::Tanh, norm: Norm::None };

pub fn read(value: Option<&str>, task: Task, notices: &mut Notices) -> NetSpec {
    let mut net = NetSpec { loss: Loss::usual(task), ..NetSpec::default() };
    let Some(value) = value else {
        return net;
    };
    let (name, inside) = grammar::call(value);
    match units(name) {
        Some(units) => net.hidden = units.into_iter().map(|units| Layer { units, ..PLAIN }).collect(),
        None => notices.add(
            "network",
            format!(
                "{} is not hidden layers of 1 to {WIDEST} units, such as 8-8, at most {DEEPEST} of them, or 0 for none",
                shorten(name)
            ),
        ),
    }
    for part in notices.settings("network", inside) {
        if let Err(message) = setting(&mut net, &part) {
            notices.add("network", message);
        }
    }
    net
}

/// The units of the layers, in a text such as 8-8-4.
fn units(text: &str) -> Option<Vec<usize>> {
    if text == "0" {
        return Some(Vec::new());
    }
    // One more than there may be tells that there are too many.
    let layers: Vec<&str> = text.split('-').take(DEEPEST + 1).collect();
    if layers.len() > DEEPEST {
        return None;
    }
    let one = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|units| digits && (1..=WIDEST).contains(units))
    };
    layers.into_iter().map(one).collect()
}

fn setting(net: &mut NetSpec, part: &str) -> Result<(), String> {
    let (key, value) = grammar::pair(part);
    match key {
        "activation" => {
            let all =
                per_layer(key, value, net.hidden.len(), |v| one_of(key, v, Activation::ALL, Activation::key));
            return give(net, all, |layer, activation| layer.activation = activation);
        }
        "norm" => {
            let all = per_layer(key, value, net.hidden.len(), |v| one_of(key, v, Norm::ALL, Norm::key));
            return give(net, all, |layer, norm| layer.norm = norm);
        }
        "features" => return features(net, value),
        "loss" => net.loss = one_of(key, value, Loss::ALL, Loss::key)?,
        "delta" => net.delta = NetSpec::DELTA.parse(value).map_err(|e| e.to_string())?,
        "init" => net.init = one_of(key, value, Init::ALL, Init::key)?,
        "scale" => net.scale = NetSpec::SCALE.parse(value).map_err(|e| e.to_string())?,
        "seed" => net.seed = as_seed(SEED.parse(value).map_err(|e| e.to_string())?),
        _ => {
            return Err(format!("a network has no setting {}: it has {}", shorten(key), SETTINGS.join(", ")));
        }
    }
    Ok(())
}

fn one_of<T: Copy>(key: &str, text: &str, all: &[T], word: impl Fn(T) -> &'static str) -> Result<T, String> {
    all.iter().copied().find(|one| word(*one) == text).ok_or_else(|| {
        let known: Vec<_> = all.iter().map(|one| word(*one)).collect();
        format!("{key}: {} is not one of {}", shorten(text), known.join(", "))
    })
}

/// One value for all layers, or one a layer. What is wrong with one leaves the others.
fn per_layer<T: Clone>(
    key: &str,
    text: &str,
    layers: usize,
    one: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<Result<T, String>>, String> {
    // One more than there may be tells that there are too many.
    let values: Vec<&str> = text.split('/').map(str::trim).take(DEEPEST + 1).collect();
    match values.as_slice() {
        [all] => Ok(vec![one(all); layers.max(1)]),
        many if many.len() == layers => Ok(many.iter().map(|v| one(v)).collect()),
        many => {
            let given =
                if many.len() > DEEPEST { format!("more than {DEEPEST}") } else { many.len().to_string() };
            let layers = if layers == 1 { "1 layer".to_owned() } else { format!("{layers} layers") };
            Err(format!(
                "{key}: {given} values for {layers}; give one for all, or one a layer with / between them"
            ))
        }
    }
}

/// Gives each layer what was read for it; the first that could not be read is told.
fn give<T>(
    net: &mut NetSpec,
    values: Result<Vec<Result<T, String>>, String>,
    set: impl Fn(&mut Layer, T),
) -> Result<(), String> {
    let mut wrong = None;
    let mut layers = net.hidden.iter_mut();
    for value in values? {
        let layer = layers.next();
        match value {
            Ok(value) => {
                if let Some(layer) = layer {
                    set(layer, value);
                }
            }
            Err(message) => wrong = wrong.or(Some(message)),
        }
    }
    wrong.map_or(Ok(()), Err)
}

fn features(net: &mut NetSpec, text: &str) -> Result<(), String> {
    let mut wrong = None;
    let mut on = Vec::new();
    // More than a few times their number is nonsense.
    for word in text.split('/').map(str::trim).take(4 * Feature::ALL.len()) {
        match one_of("features", word, Feature::ALL, Feature::key) {
            Ok(feature) => on.push(feature),
            Err(message) => wrong = wrong.or(Some(message)),
        }
    }
    if !on.is_empty() {
        net.features = Feature::ALL.iter().copied().filter(|f| on.contains(f)).collect();
    }
    wrong.map_or(Ok(()), Err)
}

pub fn write(net: &NetSpec, task: Task) -> String {
    let plain = NetSpec::default();
    let units: Vec<String> = net.hidden.iter().map(|layer| layer.units.to_string()).collect();
    let mut inside = Vec::new();
    let mut say = |key: &str, value: String| inside.push(format!("{key}={value}"));
    if net.hidden.iter().any(|l| l.activation != PLAIN.activation) {
        say("activation", joined(net.hidden.iter().map(|l| l.activation.key())));
    }
    if net.hidden.iter().any(|l| l.norm != PLAIN.norm) {
        say("norm", joined(net.hidden.iter().map(|l| l.norm.key())));
    }
    if net.features != plain.features {
        say("features", net.features.iter().map(|f| f.key()).collect::<Vec<_>>().join("/"));
    }
    if net.loss != Loss::usual(task) {
        say("loss", net.loss.key().to_owned());
    }
    if net.delta != plain.delta {
        say("delta", number(net.delta));
    }
    if net.init != plain.init {
        say("init", net.init.key().to_owned());
    }
    if net.scale != plain.scale {
        say("scale", number(net.scale));
    }
    if net.seed != plain.seed {
        say("seed", net.seed.to_string());
    }
    call(if units.is_empty() { "0".to_owned() } else { units.join("-") }.as_str(), &inside)
}

/// The words of the layers: one where all have the same.
fn joined(words: impl Iterator<Item = &'static str>) -> String {
    let words: Vec<_> = words.collect();
    match words.as_slice() {
        [first, rest @ ..] if rest.iter().all(|word| word == first) => (*first).to_owned(),
        _ => words.join("/"),
    }
}
