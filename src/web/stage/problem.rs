//! What is minimised: the surface or the matrix problem, its parameters, and what all runs share.

use super::super::lab;
use super::super::store::Store;
use super::super::target::Target;
use super::super::ui::{Choice, El, el, value};
use super::super::widgets::{control, field, registry_menu};
use crate::link::{NOISE_PARAM, SEED_PARAM, START_PARAMS, STEPS_PARAM};
use crate::matrix;
use crate::param::ParamSpec;
use crate::session::Command;
use crate::surface::{self, Group};

/// The menu of surfaces, the formula, and the settings.
pub fn bar(store: Store) -> El {
    let surfaces = registry_menu(store, groups, move || about(store).0)
        .class("surface")
        .test_id("surface")
        .attr("aria-label", "Surface")
        .live_attr("data-help", move || about(store).2)
        .on("change", move |ev| {
            let key = value(&ev);
            if let Some(spec) = surface::find(&key) {
                store.send(Command::SetSurface(spec));
            } else {
                store.send(Command::SetProblem(matrix::find(&key)));
            }
        });
    // One that is not known yet may get the same key when it is.
    let known = move || {
        let key = about(store).0;
        if surface::find(key).is_some() || matrix::find(key).is_some() { key } else { "" }.to_owned()
    };
    let formula = el("span")
        .class("formula")
        .live_text(move || about(store).1.to_owned())
        .live_attr("data-help", move || about(store).2);
    let popover = el("div")
        .class("popover")
        .child(el("p").live_text(move || lab::words(store, &about(store).2)))
        .child(el("div").region(known, move |key| params(store, key)))
        .children(shared(store));
    let settings = el("details")
        .class("settings")
        .test_id("settings")
        .attr("name", "stage")
        .child(el("summary").text("Settings"))
        .child(popover);
    let overlays = el("details")
        .class("settings")
        .test_id("overlays")
        .child(el("summary").text("Overlays"))
        .attr("name", "stage");
    let overlays = lab::panel_in(store, "overlays", lab::FOCUSED, overlays);
    el("div")
        .class("bar problem-panel")
        .child(surfaces)
        .child(formula)
        .child(super::space::buttons(store))
        .child(overlays)
        .child(settings)
}

/// What is minimised: its word, its formula, and the key of its sentence.
fn about(store: Store) -> (&'static str, &'static str, String) {
    store.settings(|s| {
        let config = s.config();
        let (kind, key, text) = match &config.problem {
            Some(matrix) => ("problem", matrix.spec.key, matrix.spec.text),
            None => ("surface", config.surface.spec.key, config.surface.spec.text),
        };
        (key, text, format!("{kind}/{key}"))
    })
}

fn groups() -> Vec<(&'static str, Vec<Choice<'static>>)> {
    let members = |g: Group| {
        let members = surface::all().iter().filter(|s| s.group == g);
        (g.title(), members.map(|s| (s.key, s.name)).collect())
    };
    let matrices = matrix::all().iter().map(|s| (s.key, s.name)).collect();
    Group::ALL.into_iter().map(members).chain([("Matrices", matrices)]).collect()
}

/// The parameters of what is minimised; on a surface also where runs start.
fn params(store: Store, key: &str) -> Vec<El> {
    let all = |params: &'static [ParamSpec], kind: &str, target: fn(usize) -> Target| {
        let bound =
            |(i, p): (usize, &'static ParamSpec)| control(store, p, target(i), &format!("{kind}-{}", p.key));
        params.iter().enumerate().map(bound).collect()
    };
    if let Some(problem) = matrix::find(key) {
        return all(problem.params, "problem", Target::Problem);
    }
    let mut found: Vec<El> =
        surface::find(key).map(|s| all(s.params, "surface", Target::Surface)).unwrap_or_default();
    found.push(field(store, &START_PARAMS[0], Target::Start(0), "shared-x"));
    found.push(field(store, &START_PARAMS[1], Target::Start(1), "shared-y"));
    found
}

/// What all runs share.
fn shared(store: Store) -> Vec<El> {
    vec![
        control(store, &STEPS_PARAM, Target::Steps, "shared-steps"),
        control(store, &NOISE_PARAM, Target::Noise, "shared-noise"),
        field(store, &SEED_PARAM, Target::Seed, "shared-seed"),
    ]
}
