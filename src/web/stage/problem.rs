//! What is minimised: the surface, its parameters, and what all runs share.

use super::super::store::Store;
use super::super::ui::{Choice, El, el, menu, value};
use super::super::widgets::{Binding, control, field};
use crate::link::{COORDINATE, NOISE_PARAM, SEED_PARAM, STEPS_PARAM};
use crate::param::{ParamSpec, as_index};
use crate::session::{Command, Config};
use crate::surface::{self, Group, SurfaceSpec};
use std::rc::Rc;

/// The menu of surfaces, the formula, and the settings.
pub fn bar(store: Store) -> El {
    let now = move || store.settings(|s| s.config().surface.spec);
    let surfaces = menu(&groups())
        .class("surface")
        .test_id("surface")
        .attr("aria-label", "Surface")
        .live_attr("title", move || now().sentence.to_owned())
        .live_value(move || now().key.to_owned())
        .on("change", move |ev| {
            if let Some(spec) = surface::find(&value(&ev)) {
                store.send(Command::SetSurface(spec));
            }
        });
    let formula = el("span")
        .class("formula")
        .live_text(move || now().text.to_owned())
        .live_attr("title", move || now().sentence.to_owned());
    let popover = el("div")
        .class("popover")
        .child(el("p").live_text(move || now().sentence.to_owned()))
        .child(el("div").region(
            move || now().key.to_owned(),
            move |key| {
                surface::find(key)
                    .map(|spec| params(store, spec))
                    .unwrap_or_default()
            },
        ))
        .children(shared(store));
    let settings = el("details")
        .class("settings")
        .test_id("settings")
        .child(el("summary").text("Settings"))
        .child(popover);
    el("div")
        .class("bar problem-panel")
        .child(surfaces)
        .child(formula)
        .child(settings)
}

fn groups() -> Vec<(&'static str, Vec<Choice<'static>>)> {
    let members = |g: Group| {
        let members = surface::ALL.iter().filter(|s| s.group == g);
        (
            g.title(),
            members.map(|s| (s.key, s.name, s.sentence)).collect(),
        )
    };
    Group::ALL.into_iter().map(members).collect()
}

fn params(store: Store, spec: &'static SurfaceSpec) -> Vec<El> {
    let bound = |(i, p): (usize, &'static ParamSpec)| {
        let read = move |c: &Config| c.surface.params.get(i).copied().unwrap_or(p.default);
        let binding = bind(store, read, move |v| Command::SetSurfaceParam(i, v));
        control(p, binding, &format!("surface-{}", p.key))
    };
    spec.params.iter().enumerate().map(bound).collect()
}

static START: [ParamSpec; 2] = [
    ParamSpec {
        key: "x",
        name: "start x",
        symbol: "x₀",
        help: "Where runs start.",
        ..COORDINATE
    },
    ParamSpec {
        key: "y",
        name: "start y",
        symbol: "y₀",
        help: "Where runs start.",
        ..COORDINATE
    },
];

/// What all runs share.
fn shared(store: Store) -> Vec<El> {
    let start = |i: usize| {
        let write = move |v| {
            let mut at = store.peek(|s| s.config().start);
            at[i] = v;
            Command::SetStart(at)
        };
        bind(store, move |c| c.start[i], write)
    };
    let steps = |v| Command::SetSteps(u32::try_from(as_index(v)).unwrap_or(1));
    #[expect(clippy::cast_precision_loss, reason = "seeds are below 2⁵³")]
    let seed = bind(
        store,
        |c| c.seed as f64,
        |v| Command::SetSeed(as_index(v) as u64),
    );
    vec![
        field(&START[0], start(0), "shared-x"),
        field(&START[1], start(1), "shared-y"),
        control(
            &STEPS_PARAM,
            bind(store, |c| f64::from(c.steps), steps),
            "shared-steps",
        ),
        control(
            &NOISE_PARAM,
            bind(store, |c| c.noise, Command::SetNoise),
            "shared-noise",
        ),
        field(&SEED_PARAM, seed, "shared-seed"),
    ]
}

/// Ties a control to something that all runs share.
fn bind(
    store: Store,
    read: impl Fn(&Config) -> f64 + 'static,
    write: impl Fn(f64) -> Command + 'static,
) -> Binding {
    Binding {
        get: Rc::new(move || store.settings(|s| read(s.config()))),
        set: Rc::new(move |value| store.send(write(value))),
        hold: Rc::new(move || store.send(Command::Hold)),
        done: Rc::new(move || store.send(Command::EndGesture)),
    }
}
