//! Play, step, scrub: the controls of time.

use super::store::Store;
use super::ui::{El, el, icon_button, menu, value};
use super::{icons, lab};
use crate::link::item;
use crate::math::decimal;
use crate::param::number;
use crate::run::Edit;
use crate::session::{Command, EditMode};
use std::fmt::Write;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// The speeds to choose from.
const SPEEDS: [f64; 10] = [0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];

/// The bar below the stage.
pub fn bar(store: Store) -> El {
    let button = |id: &str, face: &str, label: &str, command: fn() -> Command| {
        icon_button(face, label).test_id(id).on_click(move || store.send(command()))
    };
    let keys = el("div")
        .class("keys")
        .child(button("start", icons::START, "To the start (home)", || Command::Seek(0)))
        .child(button("back", icons::BACK, "One step back (←)", || Command::StepBy(-1)))
        .child(play_button(store))
        .child(button("forward", icons::FORWARD, "One step on (→)", || Command::StepBy(1)))
        .child(button("end", icons::END, "To the end (end)", || Command::Seek(u32::MAX)))
        .child(step_readout(store))
        .child(lab::panel(store, "epoch", lab::FOCUSED, move || store.trains()))
        .child(speed_menu(store))
        .child(edit_mode(store));
    el("section").class("transport").attr("aria-label", "Time").child(keys).child(timeline(store))
}

/// The step the cursor stands on, and the last one.
fn steps(store: Store) -> (u32, u32) {
    store.cursor(|s| (s.playback.step(), s.config().steps))
}

fn is_playing(store: Store) -> bool {
    store.cursor(|s| s.playback.playing)
}

fn play_button(store: Store) -> El {
    let face =
        |path: &str, when: bool| super::ui::icon(path).live_class("gone", move || is_playing(store) != when);
    el("button")
        .attr("type", "button")
        .class("icon play")
        .test_id("play")
        .live_label(move || if is_playing(store) { "Pause (space)" } else { "Play (space)" }.to_owned())
        .child(face(icons::PLAY, false))
        .child(face(icons::PAUSE, true))
        .on_click(move || store.send(Command::TogglePlay))
}

fn step_readout(store: Store) -> El {
    el("output")
        .class("step")
        .test_id("step")
        .child(el("span").class("word").text("step "))
        .child(el("b").live_text(move || steps(store).0.to_string()))
        .child(el("span").live_text(move || format!(" / {}", steps(store).1)))
}

fn speed_menu(store: Store) -> El {
    let speed = move || store.cursor(|s| s.playback.speed());
    let make = move |_: &str| {
        let mut speeds = SPEEDS.to_vec();
        let now = store.peek(|s| s.playback.speed());
        if !speeds.contains(&now) {
            speeds.insert(speeds.partition_point(|s| *s < now), now);
        }
        let words: Vec<(String, String)> =
            speeds.iter().map(|s| (number(*s), format!("×{}", number(*s)))).collect();
        let options = words.iter().map(|(key, name)| (key.as_str(), name.as_str())).collect();
        let field = menu(&[("", options)])
            .test_id("speed")
            .attr("aria-label", "Speed")
            .live_value(move || number(speed()))
            .on("change", move |ev| {
                if let Some(speed) = decimal::parse(&value(&ev)) {
                    store.send(Command::SetSpeed(speed));
                }
            });
        vec![el("span").text("speed"), field]
    };
    // The menu has a speed of its own for a link that asks for an unusual one.
    let key = move || {
        if SPEEDS.contains(&speed()) { String::new() } else { number(speed()) }
    };
    el("label").class("speed").title("How fast the cursor moves; ×1 is 60 steps a second").region(key, make)
}

fn edit_mode(store: Store) -> El {
    let option = |mode: EditMode, id: &str, label: &str, help: &str| {
        let field = el("input")
            .attr("type", "radio")
            .attr("name", "edit-mode")
            .test_id(id)
            .live_checked(move || store.cursor(|s| s.edit_mode) == mode)
            .on("change", move |_| store.send(Command::SetEditMode(mode)));
        el("label").title(help).child(field).child(el("span").text(label))
    };
    let here = "A changed setting acts from this step on: the past stays, the change is kept with its step";
    el("fieldset")
        .class("edit-mode")
        .live_flag("disabled", move || store.settings(|s| s.locks.holds_settings()))
        .child(el("legend").text("edits"))
        .child(option(EditMode::FromHere, "from-here", "from here", here))
        .child(option(
            EditMode::FromStart,
            "from-start",
            "from start",
            "A changed setting acts on the whole run",
        ))
}

fn timeline(store: Store) -> El {
    let range = el("input")
        .attr("type", "range")
        .test_id("timeline")
        .attr("min", "0")
        .attr("step", "1")
        .attr("aria-label", "Step")
        .live_attr("max", move || steps(store).1.to_string())
        .live_attr("aria-valuetext", move || {
            let (step, last) = steps(store);
            format!("step {step} of {last}")
        })
        .live_value(move || steps(store).0.to_string())
        .on("pointerdown", move |_| store.send(Command::Hold))
        .on("input", move |ev| {
            store.send(Command::Seek(value(&ev).parse().unwrap_or(0)));
        })
        .on("change", move |_| store.send(Command::EndGesture));
    let marks = el("ul")
        .class("marks")
        .attr("aria-label", "Changes during the runs")
        .region(move || marks_key(store), move |_| marks(store));
    el("div").class("timeline").child(range).child(marks)
}

/// An edit on the timeline: its run, its place in the run's list, its step, and what it sets.
type Mark = (usize, usize, u32, String);

fn all_edits(s: &crate::session::Session) -> Vec<Mark> {
    let runs = s.config().runs.iter().enumerate();
    runs.flat_map(|(i, run)| {
        let word = move |(n, e): (usize, &Edit)| (i, n, e.step, item::write(run.settings.optimizer, &e.item));
        run.edits.iter().enumerate().filter(|(_, e)| e.step <= s.config().steps).map(word)
    })
    .collect()
}

/// What the marks depend on, in words.
fn marks_key(store: Store) -> String {
    store.settings(|s| {
        let mut key = String::new();
        for (run, _, step, text) in all_edits(s) {
            let _ = write!(key, "{}:{run}@{step}:{text};", s.config().steps);
        }
        key
    })
}

/// The edits of all runs on the timeline.
fn marks(store: Store) -> Vec<El> {
    let steps = store.peek(|s| s.config().steps).max(1);
    store.peek(all_edits).into_iter().map(|mark| mark_button(store, steps, mark)).collect()
}

fn mark_button(store: Store, steps: u32, (i, n, step, text): Mark) -> El {
    let share = f64::from(step) / f64::from(steps) * 100.0;
    let label = format!("Run {}: {text} from step {step}. Enter goes there, Delete takes it back", i + 1);
    let button = el("button")
        .attr("type", "button")
        .label(&label)
        .test_id("edit-mark")
        .on_click(move || store.send(Command::Seek(step)))
        .on("keydown", move |ev| {
            if matches!(ev.unchecked_ref::<KeyboardEvent>().key().as_str(), "Delete" | "Backspace") {
                store.send(Command::DeleteEdit(i, n));
            }
        });
    el("li").style(&format!("left:{}%;--run:var(--run-{i})", number(share))).child(button)
}
