//! What is minimised: the surface, its parameters, and what all runs share.

use super::super::lab;
use super::super::store::Store;
use super::super::target::Target;
use super::super::ui::{Choice, El, el, value};
use super::super::widgets::{control, field, registry_menu};
use crate::link::{NOISE_PARAM, SEED_PARAM, START_PARAMS, STEPS_PARAM};
use crate::param::ParamSpec;
use crate::session::Command;
use crate::surface::{self, Group, SurfaceSpec};

/// The menu of surfaces, the formula, and the settings.
pub fn bar(store: Store) -> El {
    let now = move || store.settings(|s| s.config().surface.spec);
    let help = move || format!("surface/{}", now().key);
    let surfaces = registry_menu(store, groups, move || now().key)
        .class("surface")
        .test_id("surface")
        .attr("aria-label", "Surface")
        .live_attr("data-help", help)
        .on("change", move |ev| {
            if let Some(spec) = surface::find(&value(&ev)) {
                store.send(Command::SetSurface(spec));
            }
        });
    let formula = el("span")
        .class("formula")
        .live_text(move || about(store).0.to_owned())
        .live_attr("data-help", move || about(store).1);
    let popover = el("div")
        .class("popover")
        .child(el("p").live_text(move || lab::words(store, &about(store).1)))
        .child(el("div").region(
            // One that is not known yet may get the same key when it is.
            move || surface::find(now().key).map_or("", |spec| spec.key).to_owned(),
            move |key| surface::find(key).map(|spec| params(store, spec)).unwrap_or_default(),
        ))
        .children(shared(store));
    let settings = el("details")
        .class("settings")
        .test_id("settings")
        .child(el("summary").text("Settings"))
        .child(popover);
    el("div").class("bar problem-panel").child(surfaces).child(formula).child(settings)
}

/// The formula of what is minimised, and the key of its sentence.
fn about(store: Store) -> (&'static str, String) {
    store.settings(|s| {
        let config = s.config();
        if let Some(matrix) = &config.problem {
            return (matrix.spec.text, format!("problem/{}", matrix.spec.key));
        }
        let spec = config.surface.spec;
        (spec.text, format!("surface/{}", spec.key))
    })
}

fn groups() -> Vec<(&'static str, Vec<Choice<'static>>)> {
    let members = |g: Group| {
        let members = surface::all().iter().filter(|s| s.group == g);
        (g.title(), members.map(|s| (s.key, s.name)).collect())
    };
    Group::ALL.into_iter().map(members).collect()
}

fn params(store: Store, spec: &'static SurfaceSpec) -> Vec<El> {
    let bound = |(i, p): (usize, &'static ParamSpec)| {
        control(store, p, Target::Surface(i), &format!("surface-{}", p.key))
    };
    spec.params.iter().enumerate().map(bound).collect()
}

/// What all runs share.
fn shared(store: Store) -> Vec<El> {
    vec![
        field(store, &START_PARAMS[0], Target::Start(0), "shared-x"),
        field(store, &START_PARAMS[1], Target::Start(1), "shared-y"),
        control(store, &STEPS_PARAM, Target::Steps, "shared-steps"),
        control(store, &NOISE_PARAM, Target::Noise, "shared-noise"),
        field(store, &SEED_PARAM, Target::Seed, "shared-seed"),
    ]
}
