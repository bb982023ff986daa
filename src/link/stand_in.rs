//! Stand-ins for what a link names and this program does not know yet: the other program has it, or nobody. Each keeps
//! what was written, word for word, so that the link that is written from it says the same. Read again when everything is
//! known, it is the real thing or a notice. Nothing of it can run meanwhile.
//!
//! Descriptions live as long as the program, and so do these; there is one for each unknown word of a link.

use super::text;
use crate::matrix::MatrixSpec;
use crate::modifier::ModifierSpec;
use crate::optim::{Group, Needs, OptimizerSpec};
use crate::param::{ParamSpec, Scale};
use crate::run::{Item, ModifierChoice};
use crate::surface::{self, Levels, SurfaceSpec, View};

fn keep(text: &str) -> &'static str {
    text.to_owned().leak()
}

/// For `name(p=v)`, with a start that no link has to name: it gives way to that of the surface.
pub fn surface(call: &str) -> &'static SurfaceSpec {
    Box::leak(Box::new(SurfaceSpec {
        key: keep(call),
        name: keep(text::call(call).0),
        group: surface::Group::Convex,
        sentence: "",
        text: "",
        params: &[],
        view: View::square(1.0),
        start: [f64::MIN_POSITIVE; 2],
        levels: Levels::Linear,
        minima: None,
        unbounded: false,
        residuals: None,
        formula: None,
    }))
}

/// For `name(p=v)`.
pub fn problem(call: &str) -> &'static MatrixSpec {
    Box::leak(Box::new(MatrixSpec {
        key: keep(call),
        name: keep(text::call(call).0),
        sentence: "",
        text: "",
        params: &[],
        region: 1.0,
        functions: None,
    }))
}

/// For a whole run, `name:p=v,p=v`.
pub fn optimizer(run: &str) -> &'static OptimizerSpec {
    Box::leak(Box::new(OptimizerSpec {
        key: keep(run),
        name: keep(run.split(':').next().unwrap_or(run)),
        group: Group::FirstOrder,
        params: &[],
        needs: Needs::Nothing,
        about: None,
        new: None,
    }))
}

/// For a setting of a run, `key=value`, whatever it sets.
pub fn item(part: &str) -> Item {
    let (key, value) = text::pair(part);
    let params: &[ParamSpec] = if matches!(value, "" | "on" | "off") {
        &[]
    } else {
        let words = vec![keep(value)].leak();
        vec![ParamSpec { scale: Scale::Choice(words), ..ParamSpec::choice("", "", &[""], "") }].leak()
    };
    let spec = Box::leak(Box::new(ModifierSpec {
        key: keep(key),
        name: keep(key),
        sentence: "",
        rule: "",
        reference: None,
        params,
        new: None,
    }));
    if value == "off" { Item::ModifierOff(spec) } else { Item::Modifier(ModifierChoice::new(spec)) }
}
