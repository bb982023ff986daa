//! One run: what it is, how it does, and everything that can be set on it.

use super::{edits, modifiers};
use crate::optim::{self, Group, OptimizerSpec};
use crate::param::ParamSpec;
use crate::run::Settings;
use crate::run::status::{Status, brief, readable};
use crate::session::{Command, MAX_RUNS};
use crate::web::icons;
use crate::web::lab::{self, Lab};
use crate::web::store::Store;
use crate::web::swatch::swatch;
use crate::web::target::Target;
use crate::web::ui::{Choice, El, el, icon_button, value};
use crate::web::widgets::{control, registry_menu};
use std::cell::RefCell;

/// Parameters that stand in an open card; the others are a click away.
const FIRST: [&str; 6] = ["lr", "momentum", "beta1", "beta2", "alpha", "weight_decay"];

/// The card of the run with this index.
pub fn card(store: Store, i: usize) -> El {
    let open = move || store.cursor(|s| s.focus) == i;
    let optimizer =
        move || store.settings(|s| s.config().runs.get(i).map_or("", |r| r.settings.optimizer.key));
    let toggle = el("button")
        .attr("type", "button")
        .class("mark")
        .part_of_run(i, "head")
        .live_attr("aria-expanded", move || open().to_string())
        .label(&format!("Settings of run {0} ({0})", i + 1))
        .child(swatch(i))
        .on_click(move || store.send(Command::Focus(i)));
    let head = el("div")
        .class("head")
        .child(toggle)
        .child(optimizer_menu(store, i))
        .children(chooser(store, i))
        .child(
            el("output")
                .class("loss")
                .part_of_run(i, "loss")
                .title("Loss at the cursor; of a network, on the training examples")
                .child(el("span").class("word").text("loss "))
                .child(el("span").class("number").live_text(move || loss_at_cursor(store, i))),
        )
        .child(duplicate_button(store, i))
        .child(
            icon_button(icons::CLOSE, &format!("Remove run {}", i + 1))
                .part_of_run(i, "remove")
                .on_click(move || store.send(Command::RemoveRun(i))),
        );
    // Closed cards hold nothing; an open one is made anew for another optimizer.
    let key = move || {
        // One that is not known yet may get the same key when it is.
        let known = optim::find(optimizer()).filter(|_| open());
        known.map_or("", |spec| spec.key).to_owned()
    };
    let make = move |key: &str| optim::find(key).map(|spec| body(store, i, spec)).into_iter().collect();
    el("li")
        .class("card")
        .style(&format!("--run:var(--run-{i})"))
        .live_class("open", open)
        .child(head)
        .child(status_line(store, i))
        .child(lab::panel(store, "scores", i, move || store.trains()))
        .child(el("p").class("plane").live_text(move || {
            let plane = store.settings(|s| s.config().is_plane());
            if plane { lab::words(store, &format!("plane/{}", optimizer())) } else { String::new() }
        }))
        .child(el("div").region(key, make))
}

fn optimizer_menu(store: Store, i: usize) -> El {
    let now = move || store.settings(|s| s.config().runs.get(i).map(|r| r.settings.optimizer));
    registry_menu(store, groups, move || now().map_or("", |o| o.key))
        .class("optimizer")
        .part_of_run(i, "optimizer")
        .attr("aria-label", &format!("Optimizer of run {}", i + 1))
        .live_attr("data-help", move || format!("optimizer/{}", now().map_or("", |o| o.key)))
        .on("change", move |ev| choose(store, i, &value(&ev)))
}

/// The list of all optimizers with what there is to know of each, and the button that opens it.
fn chooser(store: Store, i: usize) -> [El; 2] {
    let id = format!("choose-{i}");
    let button = icon_button(icons::SEARCH, &format!("Compare optimizers for run {}", i + 1))
        .test_id(&id)
        .attr("popovertarget", &id);
    let frame = el("div").attr("id", &id).class("chooser").attr("popover", "").attr("role", "dialog");
    let frame = frame.attr("aria-label", "Optimizers").on("descent:choose", move |ev| {
        let key = js_sys::Reflect::get(&ev, &"detail".into()).ok().and_then(|key| key.as_string());
        choose(store, i, &key.unwrap_or_default());
    });
    [button, lab::panel_in(store, "choose", i, frame)]
}

fn choose(store: Store, i: usize, key: &str) {
    if let Some(spec) = optim::find(key) {
        store.send(Command::SetOptimizer(i, spec));
    }
}

fn groups() -> Vec<(&'static str, Vec<Choice<'static>>)> {
    let options = |g: Group| {
        let members = optim::all().iter().filter(|o| o.group == g);
        (g.title(), members.map(|o| (o.key, o.name)).collect())
    };
    Group::ALL.into_iter().map(options).collect()
}

fn duplicate_button(store: Store, i: usize) -> El {
    icon_button(icons::DUPLICATE, &format!("Duplicate run {}", i + 1))
        .part_of_run(i, "duplicate")
        .live_flag("disabled", move || store.settings(|s| s.config().runs.len() >= MAX_RUNS))
        .on_click(move || store.send(Command::DuplicateRun(i)))
}

fn loss_at_cursor(store: Store, i: usize) -> String {
    store.cursor(|s| {
        let Some(trace) = s.traces().get(i).filter(|t| !t.is_empty()) else {
            return "–".to_owned();
        };
        let row = (s.playback.step() as usize).min(trace.last());
        readable(trace.loss[row])
    })
}

/// How the run ends, once the cursor is there.
fn status_line(store: Store, i: usize) -> El {
    let status = move || {
        store.cursor(|s| {
            let trace = s.traces().get(i)?;
            let step = s.playback.step();
            let reached = match trace.status {
                Status::Running => false,
                Status::Converged { step: at } | Status::Stopped { step: at } => step >= at,
                Status::Waiting | Status::Unfit { .. } => true,
                Status::Diverged { step: at, .. } => step + 1 >= at,
            };
            reached.then_some(trace.status)
        })
    };
    // Why a run diverged takes a while to find out, so it is done once for all readouts of a trace.
    let known = RefCell::new((0, None));
    let words = move || {
        // The sentence is another one when the second program comes.
        let lab = store.ui(|ui| ui.lab);
        match status() {
            None => String::new(),
            Some(Status::Waiting) if lab == Lab::Gone => lab::GONE.to_owned(),
            Some(Status::Waiting) => {
                let begun = store.peek(|s| s.traces().get(i).is_some_and(|t| !t.is_empty()));
                if begun { "Training…" } else { "Loading…" }.to_owned()
            }
            Some(status) => {
                let now = store.version();
                if known.borrow().0 != now || known.borrow().1.is_none() {
                    known.replace((now, store.peek(|s| lab::explain(&s.config().run_spec(i)))));
                }
                known.borrow().1.clone().unwrap_or_else(|| brief(status))
            }
        }
    };
    el("p")
        .part_of_run(i, "status")
        .live_attr("class", move || format!("status {}", status().map_or("", Status::word)))
        .live_flag("hidden", move || status().is_none())
        .live_text(words)
}

/// Everything that can be set.
fn body(store: Store, i: usize, spec: &'static OptimizerSpec) -> El {
    let bound = move |(k, p): (usize, &'static ParamSpec)| {
        control(store, p, Target::Param(i, k), &format!("run-{i}-{}", p.key))
    };
    let params = || spec.params.iter().enumerate();
    let (first, rest): (Vec<_>, Vec<_>) = params().partition(|(_, p)| FIRST.contains(&p.key));
    let mut body = el("div").class("body").children(first.into_iter().map(bound));
    if !rest.is_empty() {
        let more = el("details").child(el("summary").text("More parameters"));
        body = body.child(more.children(rest.into_iter().map(bound)));
    }
    body.child(lab::panel(store, "schedule", i, || true))
        .child(modifiers::section(store, i))
        .child(edits::section(store, i))
        .child(numbers(store, i))
        .child(about(store, i))
}

/// The settings of a run in force at the cursor, tracked.
pub fn setting(store: Store, run: usize) -> Option<Settings> {
    store.cursor(|s| s.settings_at_cursor(run))
}

/// The rule with the numbers of the step at the cursor, and the state there.
fn numbers(store: Store, i: usize) -> El {
    let frame = el("details").part_of_run(i, "numbers").child(el("summary").text("This step in numbers"));
    lab::panel_in(store, "state", i, lab::panel_in(store, "rule", i, frame))
}

/// The rule, where it comes from, and where implementations disagree.
fn about(store: Store, i: usize) -> El {
    let frame = el("details")
        .class("about")
        .part_of_run(i, "about")
        .child(el("summary").text("The rule, and where it comes from"));
    lab::panel_in(store, "about", i, frame)
}
