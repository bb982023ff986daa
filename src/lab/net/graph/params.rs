//! Which parameter of the network is which line or mark.

use super::layout::Unit;
use crate::net::{Model, Shape};
use crate::param::readable;

/// What of a unit a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What multiplies the unit of this row in the column before.
    From(usize),
    /// What is added.
    Bias,
    /// γ.
    Gamma,
    /// β.
    Beta,
}

/// The parameters of a unit: its bias, γ and β where there are any, and its weights; none for features.
pub fn of(shape: &Shape, unit: Unit) -> Vec<(Role, usize)> {
    let Some(layer) = unit.column.checked_sub(1).and_then(|l| shape.layers().get(l)) else {
        return Vec::new();
    };
    let single = [(Role::Bias, Some(layer.bias)), (Role::Gamma, layer.gamma), (Role::Beta, layer.beta)];
    let single = single.into_iter().filter_map(|(role, block)| Some((role, block?.offset + unit.row)));
    let weights = (0..layer.inputs).map(|i| (Role::From(i), weight(shape, unit, i)));
    single.chain(weights).collect()
}

/// The index of the weight of a line.
pub fn weight(shape: &Shape, to: Unit, from: usize) -> usize {
    let layer = &shape.layers()[to.column - 1];
    layer.weights.offset + to.row * layer.inputs + from
}

/// The unit that a parameter belongs to, and what it is of it.
pub fn owner(shape: &Shape, index: usize) -> Option<(Unit, Role)> {
    for (l, layer) in shape.layers().iter().enumerate() {
        let unit = |row| Unit { column: l + 1, row };
        if layer.weights.range().contains(&index) {
            let at = index - layer.weights.offset;
            return Some((unit(at / layer.inputs), Role::From(at % layer.inputs)));
        }
        let single = [(Role::Bias, Some(layer.bias)), (Role::Gamma, layer.gamma), (Role::Beta, layer.beta)];
        let found = single.into_iter().find_map(|(role, block)| {
            let block = block.filter(|b| b.range().contains(&index))?;
            Some((unit(index - block.offset), role))
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

/// What a unit is called.
pub fn name(model: &Model, unit: Unit) -> String {
    let outputs = model.shape.layers().len();
    if unit.column == 0 {
        return format!("input {}", model.spec.features.get(unit.row).map_or("", |f| f.label()));
    }
    if unit.column < outputs {
        return format!("layer {}, unit {}", unit.column, unit.row + 1);
    }
    match (model.shape.outputs(), model.shape.classes()) {
        (1, _) => "output".to_owned(),
        (_, 0) => format!("output {}", unit.row + 1),
        _ => format!("output for class {}", unit.row),
    }
}

/// What a row of a unit's parameters is called.
pub fn role(model: &Model, unit: Unit, role: Role) -> String {
    match role {
        Role::Bias => "bias".to_owned(),
        Role::Gamma => "γ".to_owned(),
        Role::Beta => "β".to_owned(),
        Role::From(row) => {
            let from = Unit { column: unit.column - 1, row };
            let short = if from.column == 0 {
                model.spec.features.get(row).map_or("", |f| f.label()).to_owned()
            } else {
                format!("unit {}", row + 1)
            };
            format!("← {short}")
        }
    }
}

/// The bias of a unit and what else there is besides its weights, in words.
pub fn singles(model: &Model, unit: Unit, w: &[f64]) -> String {
    let of = of(&model.shape, unit).into_iter().filter(|(role, _)| !matches!(role, Role::From(_)));
    let words =
        of.map(|(r, i)| format!("{} {}", role(model, unit, r), readable(w.get(i).copied().unwrap_or(0.0))));
    words.collect::<Vec<_>>().join(", ")
}
