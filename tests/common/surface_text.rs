//! Reads `rosenbrock(b=50)` into a surface and `matrix_lsq(k=4)` into a matrix problem, for tables and fixtures.

use descent_lab::matrix::{self, MatrixObjective};
use descent_lab::param::{self, ParamSpec};
use descent_lab::surface::{self, SurfaceObjective};

/// Why a text could not be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Unread {
    /// It names something that the engine does not have: which.
    Missing(String),
    /// It is wrong.
    Bad(String),
}

/// Parameters of surfaces and schedules that the fixtures call otherwise: whose, their word, ours.
const ALIASES: &[(&str, &str, &str)] = &[("ravine", "k", "kappa"), ("step", "size", "step_size")];

/// The surface that a text like `rosenbrock(b=50)` names.
#[allow(dead_code, reason = "some tests have matrices only")]
pub fn surface(text: &str) -> Result<SurfaceObjective, Unread> {
    let (name, arguments) = call(text)?;
    let spec = surface::find(name).ok_or_else(|| missing("surface", name))?;
    let mut surface = SurfaceObjective::new(spec);
    set_all(spec.params, &mut surface.params, arguments, name)?;
    Ok(surface)
}

/// The matrix problem that a text like `matrix_lsq(k=4)` names.
#[allow(dead_code, reason = "not every test has matrices")]
pub fn matrix(text: &str) -> Result<MatrixObjective, Unread> {
    let (name, arguments) = call(text)?;
    let spec = matrix::find(name).ok_or_else(|| missing("problem", name))?;
    let mut params = param::defaults(spec.params);
    set_all(spec.params, &mut params, arguments, name)?;
    Ok(MatrixObjective::with(spec, params))
}

/// `name(k=v;k=v)` as the name and what stands in the parentheses.
pub fn call(text: &str) -> Result<(&str, &str), Unread> {
    match text.split_once('(') {
        None => Ok((text, "")),
        Some((name, rest)) => {
            rest.strip_suffix(')').map(|inside| (name, inside)).ok_or_else(|| Unread::Bad(text.to_owned()))
        }
    }
}

/// `key=value` as its two sides.
pub fn pair(text: &str) -> Result<(&str, &str), Unread> {
    text.split_once('=').ok_or_else(|| Unread::Bad(text.to_owned()))
}

/// Writes `k=v;k=v` into the values.
pub fn set_all(specs: &[ParamSpec], values: &mut [f64], arguments: &str, owner: &str) -> Result<(), Unread> {
    for argument in arguments.split(';').filter(|t| !t.is_empty()) {
        let (key, value) = pair(argument)?;
        let ours = ALIASES.iter().find(|a| (a.0, a.1) == (owner, key));
        let i = param::find(specs, ours.map_or(key, |a| a.2)).ok_or_else(|| missing(owner, key))?;
        values[i] = number(&specs[i], value, || owner.to_owned())?;
    }
    Ok(())
}

/// A word that a choice does not have is missing; a number that may not be used is bad.
pub fn number(spec: &ParamSpec, text: &str, owner: impl Fn() -> String) -> Result<f64, Unread> {
    spec.parse(text).map_err(|error| match spec.scale {
        param::Scale::Choice(_) => missing(&owner(), &format!("{}={text}", spec.key)),
        _ => Unread::Bad(format!("{}: {error}", owner())),
    })
}

/// What the engine does not have.
pub fn missing(owner: &str, what: &str) -> Unread {
    Unread::Missing(format!("{owner} {what}"))
}
