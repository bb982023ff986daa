//! The schedule of a run, with its small picture.

use super::card::setting;
use crate::param::ParamSpec;
use crate::run::{Item, ScheduleChoice};
use crate::schedule::{self, ScheduleSpec, WARMUP};
use crate::session::Command;
use crate::web::lab;
use crate::web::store::Store;
use crate::web::target::Target;
use crate::web::ui::{El, el, svg, value};
use crate::web::widgets::{control, registry_menu};
use std::fmt::Write;

/// The width and height of the picture, in its own units.
const PICTURE: (f64, f64) = (96.0, 28.0);
/// Points along the picture.
const POINTS: u32 = 96;

/// The menu of schedules with the picture, the parameters of the one that is taken, and the warm-up.
pub fn section(store: Store, i: usize) -> Vec<El> {
    let now = move || setting(store, i).map(|s| s.schedule.spec);
    let id = format!("schedule-{i}");
    let groups = || vec![("", schedule::all().iter().map(|s| (s.key, s.name)).collect())];
    let field = registry_menu(store, groups, move || now().map_or("", |s| s.key))
        .attr("id", &id)
        .test_id(&format!("run-{i}-schedule"))
        .live_attr("data-help", move || format!("schedule/{}", now().map_or("", |s| s.key)))
        .on("change", move |ev| {
            if let Some(spec) = schedule::find(&value(&ev)) {
                store.send(Command::Set(i, Item::Schedule(ScheduleChoice::new(spec))));
                store.send(Command::EndGesture);
            }
        });
    let row = el("div")
        .class("row schedule")
        .child(el("label").class("name").attr("for", &id).text("schedule"))
        .child(field)
        .child(picture(store, i));
    let params = el("div").region(
        move || now().map_or("", |s| s.key).to_owned(),
        move |key| schedule::find(key).map(|spec| params(store, i, spec)).unwrap_or_default(),
    );
    let warmup = control(store, &WARMUP, Target::Warmup(i), &format!("run-{i}-warmup"));
    vec![row, params, warmup]
}

fn params(store: Store, i: usize, spec: &'static ScheduleSpec) -> Vec<El> {
    let bound = |(k, p): (usize, &'static ParamSpec)| {
        control(store, p, Target::Schedule(i, spec, k), &format!("run-{i}-schedule-{}", p.key))
    };
    spec.params.iter().enumerate().map(bound).collect()
}

/// The factor over the whole run, with the cursor on it.
fn picture(store: Store, i: usize) -> El {
    let curve = move || {
        let factors = setting(store, i).map(|s| lab::factors(store, s, POINTS)).unwrap_or_default();
        points(&factors)
    };
    let cursor = move || {
        let (step, steps) = store.cursor(|s| (s.playback.step(), s.config().steps));
        format!("translate({})", f64::from(step) / f64::from(steps.max(1)) * PICTURE.0)
    };
    svg("svg")
        .attr("class", "curve")
        .attr("viewBox", &format!("0 0 {} {}", PICTURE.0, PICTURE.1))
        .attr("preserveAspectRatio", "none")
        .attr("role", "img")
        .attr("aria-label", "Factor of the learning rate over the run")
        .child(svg("polyline").live_attr("points", curve))
        .child(svg("line").attr("y2", &PICTURE.1.to_string()).live_attr("transform", cursor))
}

/// The points of the curve, in tenths of the picture's units.
fn points(factors: &[f64]) -> String {
    let top = factors.iter().copied().fold(1.0, f64::max);
    let mut text = String::new();
    for (n, f) in (0_u32..).zip(factors) {
        let x = (f64::from(n) / f64::from(POINTS) * PICTURE.0 * 10.0).round() / 10.0;
        let y = ((2.0 + (1.0 - f / top) * (PICTURE.1 - 4.0)) * 10.0).round() / 10.0;
        let _ = write!(text, "{x},{y} ");
    }
    text
}
