//! What a method keeps between steps, in words.

use crate::optim::OptimizerSpec;
use crate::param::{as_index, find};

/// A sum of powers of n: how many times n², n and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    /// How often n².
    pub square: usize,
    /// How often n.
    pub linear: usize,
    /// What does not grow.
    pub fixed: usize,
}

fn memory(spec: &OptimizerSpec, n: usize, params: &[f64]) -> usize {
    spec.about.map_or(0, |about| (about.memory)(n, params))
}

/// How what it keeps grows with the number n of parameters; none where it is no sum of n², n and 1.
#[must_use]
pub fn growth(spec: &OptimizerSpec, params: &[f64]) -> Option<Growth> {
    let [zero, one, two, many] = [0, 1, 2, 7].map(|n| memory(spec, n, params));
    // a + b and 4a + 2b are known.
    let (one, two) = (one.checked_sub(zero)?, two.checked_sub(zero)?);
    let square = two.checked_sub(2 * one)? / 2;
    let linear = one.checked_sub(square)?;
    let all = Growth { square, linear, fixed: zero };
    (49 * square + 7 * linear + zero == many).then_some(all)
}

/// A sentence: what it keeps in a plane, and how that grows.
#[must_use]
pub fn sentence(spec: &OptimizerSpec, params: &[f64]) -> String {
    let count = memory(spec, 2, params);
    if count == 0 {
        return "Keeps nothing between steps.".to_owned();
    }
    let here = format!("Keeps {} for 2 parameters", plural(count, "number"));
    match growth(spec, params) {
        None => format!("{here}."),
        Some(Growth { square: 0, linear, fixed: 0 }) => {
            format!("{here}, {linear} for each.")
        }
        Some(growth) => format!("{here}, for n of them {}.", formula(growth)),
    }
}

/// For a list: `2n numbers`, `nothing`.
#[must_use]
pub fn short(spec: &OptimizerSpec, params: &[f64]) -> String {
    match growth(spec, params) {
        Some(Growth { square: 0, linear: 0, fixed: 0 }) => "keeps nothing".to_owned(),
        Some(growth) => format!("keeps {} numbers", formula(growth)),
        None => format!("keeps {} for 2 parameters", plural(memory(spec, 2, params), "number")),
    }
}

fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// `2n² + n + 1`.
fn formula(growth: Growth) -> String {
    let term = |count: usize, letter: &str| match (count, letter) {
        (0, _) => None,
        (1, letter) if !letter.is_empty() => Some(letter.to_owned()),
        _ => Some(format!("{count}{letter}")),
    };
    let terms = [term(growth.square, "n²"), term(growth.linear, "n"), term(growth.fixed, "")];
    terms.into_iter().flatten().collect::<Vec<_>>().join(" + ")
}

/// What a step asks for, in words, with the size of the population in the place of its letter.
#[must_use]
pub fn cost(spec: &OptimizerSpec, params: &[f64]) -> String {
    let cost = spec.about.map_or("", |a| a.cost);
    let population = ["population", "samples", "replicas"].iter().find_map(|key| find(spec.params, key));
    match population.and_then(|i| params.get(i)) {
        Some(size) => cost.replacen("P values", &plural(as_index(*size), "value"), 1),
        None => cost.to_owned(),
    }
}
