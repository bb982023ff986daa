//! What the symbols of a rule stand for in the step that leaves.

use super::inspect::{Inspection, Shown};
use crate::formula::{Node, Value, assigned_names, numbers, parse, worked};
use crate::math::num;
use crate::optim::{OptimizerSpec, StateKind};
use crate::param::{ParamSpec, readable};
use std::ops::Range;

impl Inspection {
    /// The lines of the method's rule, each in symbols and with the numbers of this step. Nothing else is known of a method
    /// than what it shows, so a symbol that it does not show stays.
    #[must_use]
    pub fn worked(&self, spec: &OptimizerSpec) -> Vec<(Node, Node)> {
        let rule = spec.about.map_or(&[][..], |about| about.rule);
        let assigned = assigned_names(rule);
        let before = |name: &str| {
            // What no line assigns is found during the step: a length, a direction.
            let in_step = !assigned.iter().any(|a| a == name);
            self.known(spec, if in_step { &self.after } else { &self.before }, &self.x, name)
        };
        let after = |name: &str| self.known(spec, &self.after, &self.next, name);
        worked(rule, &before, &after)
    }

    fn known(&self, spec: &OptimizerSpec, items: &[Shown], x: &[f64], name: &str) -> Option<Value> {
        if let Some(item) = items.iter().find(|i| i.symbol == name) {
            return shown(item, x.len());
        }
        match name {
            "θ" => Some(Value::Vector(x.to_vec())),
            "g" if self.cost.gradients > 0 => Some(Value::Vector(self.gradient.clone())),
            "t" => Some(Value::Number(f64::from(self.step) + 1.0)),
            _ if spec.has_lr() && spec.params[0].symbol == name => Some(Value::Number(self.lr)),
            _ => param(spec.params, &self.params, name),
        }
    }
}

/// A part of a state as a number or a column; populations and whole matrices are neither.
fn shown(item: &Shown, dim: usize) -> Option<Value> {
    match item.kind {
        StateKind::Number | StateKind::Radius => item.values.first().copied().map(Value::Number),
        _ if item.values.len() == dim => Some(Value::Vector(item.values.clone())),
        _ => None,
    }
}

fn param(specs: &[ParamSpec], values: &[f64], name: &str) -> Option<Value> {
    let at = specs.iter().position(|p| p.symbol == name)?;
    values.get(at).copied().map(Value::Number)
}

/// A rule in symbols and with the values of its parameters alone: of a modifier or a schedule.
#[must_use]
pub fn with_params(rule: &str, specs: &[ParamSpec], values: &[f64]) -> (Node, Node) {
    let line = parse(rule);
    let known = |name: &str| param(specs, values, name);
    let filled = numbers(&line, &known, &known);
    (line, filled)
}

/// A row of the table of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The letter in the rule.
    pub symbol: &'static str,
    /// What it is.
    pub what: &'static str,
    /// What it holds, for reading.
    pub value: String,
}

/// Where the run is, and its state there. `parts` are those of the parameters that have a name: of a vector of many numbers there
/// are the length and the bounds, of all of it and of each part.
#[must_use]
pub fn rows(seen: &Inspection, parts: &[(String, Range<usize>)]) -> Vec<Row> {
    let row = |symbol, what, value| Row { symbol, what, value };
    let dim = seen.x.len();
    let vector = |values: &[f64]| {
        if values.len() == dim && dim > MANY { summary(values, parts) } else { column(values) }
    };
    let mut rows = vec![row("θ", PARAMETERS, vector(&seen.x))];
    if seen.gradient.iter().any(|g| *g != 0.0) {
        rows.push(row("g", GRADIENT, vector(&seen.gradient)));
    }
    rows.extend(seen.before.iter().map(|i| {
        let is_vector = i.values.len() == dim && dim > MANY;
        let value = if is_vector { summary(&i.values, parts) } else { brief(i, dim) };
        row(i.symbol, i.name, value)
    }));
    rows
}

/// More numbers than these are not listed.
const MANY: usize = 16;

/// The length of a long vector and the smallest and the largest of its numbers, a line for all and for each part.
fn summary(values: &[f64], parts: &[(String, Range<usize>)]) -> String {
    let line = |name: &str, values: &[f64]| {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        format!("{name}: length {}, {} to {}", printed(num::norm(values)), printed(low), printed(high))
    };
    let all = [line(&format!("{} numbers", values.len()), values)];
    let parts = parts.iter().filter_map(|(name, range)| Some(line(name, values.get(range.clone())?)));
    all.into_iter().chain(parts).collect::<Vec<_>>().join("\n")
}

const PARAMETERS: &str = "parameters";
const GRADIENT: &str = "gradient of the step, after the modifiers";

/// What the symbols stand for, in words.
#[must_use]
pub fn meanings(spec: &OptimizerSpec, seen: &Inspection) -> Vec<(&'static str, &'static str)> {
    let own = [("θ", PARAMETERS), ("g", GRADIENT), ("t", "number of the step"), ("f", "the function")];
    let shown = seen.after.iter().map(|i| (i.symbol, i.name));
    let params = spec.params.iter().map(|p| (p.symbol, p.name));
    shown.chain(params).chain(own).filter(|(symbol, _)| !symbol.is_empty()).collect()
}

/// Numbers beside each other; of many only the first.
fn column(values: &[f64]) -> String {
    const FIRST: usize = 4;
    let shown = values.iter().take(FIRST).map(|v| printed(*v)).collect::<Vec<_>>().join(", ");
    match values.len() {
        0 => "–".to_owned(),
        1 => shown,
        n if n > FIRST => format!("({shown}, …), {n} numbers"),
        _ => format!("({shown})"),
    }
}

fn printed(v: f64) -> String {
    if v.is_finite() { readable(v).replace('-', "−") } else { "–".to_owned() }
}

fn brief(item: &Shown, dim: usize) -> String {
    let (v, n) = (&item.values, item.values.len());
    let many = |what: &str| {
        let first = column(v.get(..dim).unwrap_or_default());
        match n / dim.max(1) {
            0 => "–".to_owned(),
            1 => first,
            count => format!("{count} {what}, the first {first}"),
        }
    };
    match item.kind {
        StateKind::Points | StateKind::Samples | StateKind::Polygon | StateKind::Ring | StateKind::Trials => {
            many("points")
        }
        StateKind::Matrix | StateKind::Ellipse if n == dim * dim && dim == 2 => {
            format!("{}; {}", column(&v[..2]), column(&v[2..]))
        }
        StateKind::Matrix if n > dim && n.is_multiple_of(dim) => many("rows"),
        _ => column(v),
    }
}
