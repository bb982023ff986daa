//! What is minimised: the surface or the matrix problem, its parameters, and what all runs share.

use super::super::lab;
use super::super::store::Store;
use super::super::target::Target;
use super::super::ui::{El, Live, el};
use super::super::widgets::{control, field};
use crate::link::{NOISE_PARAM, SEED_PARAM, START_PARAMS, STEPS_PARAM};
use crate::matrix::{self, MatrixObjective};
use crate::param::ParamSpec;
use crate::surface;

/// The menu of surfaces, the formula, and the settings.
pub fn bar(store: Store) -> El {
    let surfaces = el("button")
        .attr("type", "button")
        .class("surface")
        .test_id("surface")
        .attr("popovertarget", "surfaces")
        .attr("aria-haspopup", "dialog")
        .live_text(move || name(store))
        .live_label(move || "Surface: ".to_owned() + &name(store))
        .live_attr("value", move || about(store).0.to_owned())
        .live_attr("data-help", move || about(store).2);
    let list = el("div").attr("id", "surfaces").class("chooser").attr("popover", "").attr("role", "dialog");
    let list = lab::panel_in(store, "surfaces", lab::FOCUSED, list.attr("aria-label", "Surfaces"));
    // One that is not known yet may get the same key when it is.
    let known = move || {
        let key = about(store).0;
        if surface::find(key).is_some() || matrix::find(key).is_some() { key } else { "" }.to_owned()
    };
    let formula = el("span")
        .class("formula")
        .live_text(move || {
            let typed = store.settings(|s| s.config().surface.custom.as_ref().map(|c| c.text().to_owned()));
            typed.unwrap_or_else(|| about(store).1.to_owned())
        })
        .live_attr("data-help", move || about(store).2);
    let open = Live::new(false);
    let [seen, toggled] = [(); 2].map(|()| open.clone());
    let popover = el("div")
        .class("popover")
        .child(el("p").live_text(move || lab::words(store, &about(store).2)))
        .child(el("div").region(known, move |key| params(store, key)))
        .children(shared(store))
        .child(lab::panel(store, "seeds", lab::FOCUSED, || true))
        .child(lab::panel(store, "extent", lab::FOCUSED, move || seen.get()));
    let settings = el("details")
        .class("settings")
        .test_id("settings")
        .attr("name", "stage")
        .child(el("summary").text("Settings"))
        .child(popover)
        .on("toggle", move |ev| toggled.set(lab::is_open(&ev)));
    let overlays = el("details")
        .class("settings")
        .test_id("overlays")
        .child(el("summary").text("View"))
        .attr("name", "stage");
    let overlays = lab::panel_in(store, "overlays", lab::FOCUSED, overlays);
    el("div")
        .class("bar problem-panel")
        .child(surfaces)
        .child(list)
        .child(formula)
        .child(lab::panel(store, "function", lab::FOCUSED, || true))
        .child(super::space::buttons(store))
        .child(overlays)
        .child(settings)
}

/// What is minimised: its word, its formula, the key of its sentence, and its name.
fn about(store: Store) -> (&'static str, &'static str, String, &'static str) {
    store.settings(|s| {
        let config = s.config();
        let spec = config.surface.spec;
        let (kind, key, text, name) = if let Some(MatrixObjective { spec, .. }) = &config.problem {
            ("problem", spec.key, spec.text, spec.name)
        } else {
            ("surface", spec.key, spec.text, spec.name)
        };
        (key, text, format!("{kind}/{key}"), name)
    })
}

/// Its name, and whether it is the whole of it.
fn name(store: Store) -> String {
    let changed = store.settings(|s| s.config().surface.transform.is_some());
    about(store).3.to_owned() + if changed { ", changed" } else { "" }
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
    let change = el("details").test_id("transform").child(el("summary").text("Transformation"));
    found.push(lab::panel_in(store, "transform", lab::FOCUSED, change));
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
