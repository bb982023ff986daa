//! The tab `slice`: the loss along a line through the point of the open run, and that line on the stage, with a handle.
//!
//! Which line, and how much of it, is in the link (`slice`, `slice_zoom`); the panel says what is set there as an event.

mod controls;
mod stage;

use super::html::{Html, html, replace, set, set_text, set_value};
use super::looks::{self, Look};
use super::overlays::{self, theme};
use super::panels::Shown;
use super::{links, place, say};
use crate::canvas::Layer;
use crate::lab::place::per_place;
use crate::link::Chart;
use crate::math::num;
use crate::param::number;
use crate::run::inspect::Inspection;
use crate::run::slice::{Along, Slice};
use crate::run::status::readable;
use crate::scene::{SlicePicture, run_style};
use std::cell::{Cell, RefCell};
use std::fmt::Write;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlCanvasElement, ResizeObserver, WheelEvent};

pub use stage::{paint, put_away};

/// How much a press of a button zooms, and how far the wheel turns for as much.
const ZOOM: f64 = 1.5;
const WHEEL_PX: f64 = 200.0;
/// The bounds of the word `slice_zoom`.
const ZOOMS: (f64, f64) = (1e-3, 1e6);
/// Less than this part of its length beside the line, and a step is said to be on it.
const ON_LINE: f64 = 1e-6;

/// What the panel holds.
struct View {
    root: Element,
    layer: Layer,
    lines: Element,
    range: Element,
    degrees: Element,
    words: Element,
}

/// What is shown, to show it again.
#[derive(Clone, Default)]
struct Last {
    link: String,
    run: usize,
    step: u32,
}

per_place! {
    static VIEW: RefCell<Option<View>> = const { RefCell::new(None) };
    static LAST: RefCell<Last> = RefCell::default();
    /// The direction of the line in degrees, and how far it is zoomed in.
    static ANGLE: Cell<f64> = const { Cell::new(0.0) };
    static ZOOMED: Cell<f64> = const { Cell::new(1.0) };
}

/// Draws it.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let is_there = VIEW.with_borrow(|view| view.as_ref().is_some_and(|v| v.root == *element));
    if !is_there {
        VIEW.set(make(element));
    }
    LAST.set(Last { link: shown.link.to_owned(), run: shown.run, step: shown.step });
    again();
    overlays::set_more(overlays::More::Line, true);
}

/// Draws what was drawn last, as after a change of its size.
fn again() {
    let Last { link, run, step } = LAST.with_borrow(Clone::clone);
    let shown = Shown { link: &link, run, step };
    let drawn = looks::with(&shown, |look| {
        VIEW.with_borrow(|view| view.as_ref().map(|view| view.draw(look, run)));
    });
    if drawn.is_none() {
        VIEW.with_borrow(|view| {
            if let Some(view) = view {
                view.layer.clear();
                set_text(&view.words, "There is no run.");
            }
        });
    }
}

/// The line of a link through the point of the run that was looked into; none where it shows no slice, or there is none.
pub fn line(look: &Look) -> Option<Slice> {
    let config = &look.link.config;
    let is_on = look.link.chart == Chart::Slice && config.is_plane();
    let seen = look.seen.as_ref().filter(|_| is_on)?;
    Slice::of(look.spec.problem.objective(), seen, Along::read(config.look.get("slice")))
}

fn tell(words: &str) {
    let root = VIEW.with_borrow(|view| view.as_ref().map(|v| v.root.clone()));
    if let Some(root) = root {
        say(&root, words);
    }
}

/// Turns the line to an angle in degrees, as part of a gesture.
fn turn(degrees: f64) {
    let turned = degrees - 360.0 * ((degrees + 180.0) / 360.0).floor();
    tell(&format!("look slice={}", number(turned)));
}

fn zoom(factor: f64) {
    let zoomed = num::round_significant(num::clamp(ZOOMED.get() * factor, ZOOMS.0, ZOOMS.1), 4);
    let word = if (zoomed - 1.0).abs() < 0.01 { String::new() } else { number(zoomed) };
    tell(&format!("look slice_zoom={word}"));
}

fn make(element: &Element) -> Option<View> {
    let (lines, range, degrees) = (controls::lines(), controls::range(), controls::degrees());
    let press = |face: &str, name: &str, test_id: &str, act: fn()| {
        html("button")
            .attr("type", "button")
            .attr("aria-label", name)
            .attr("title", name)
            .attr("data-testid", test_id)
            .text(face)
            .on("click", move |_| act())
    };
    let canvas = html("canvas").attr("aria-hidden", "true");
    // As high as most texts, so that nothing jumps as it plays; longer ones can be scrolled.
    let words = html("p")
        .attr("class", "note")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", "The slice in words")
        .attr("data-testid", "slice-words");
    let parts = [&lines, &range, &degrees, &words].map(Html::element);
    let layer = Layer::new(canvas.element().dyn_into::<HtmlCanvasElement>().ok()?)?;
    let zooms = html("div")
        .attr("class", "scale")
        .child(press("−", "See more of the line", "slice-out", || zoom(1.0 / ZOOM)))
        .child(press("+", "See less of the line", "slice-in", || zoom(ZOOM)))
        .child(press("Fit", "Fit the step and what was tried", "slice-fit", || tell("look slice_zoom=")));
    let area = html("div").attr("class", "area").child(canvas).child(zooms).on("wheel", |event| {
        let wheel: &WheelEvent = event.unchecked_ref();
        // In a frame of another page the wheel scrolls that page, unless ctrl is held.
        if LAST.with_borrow(|last| links::read(&last.link).embed) && !wheel.ctrl_key() {
            return;
        }
        event.prevent_default();
        let turned = num::clamp(-wheel.delta_y() / WHEEL_PX, -1.0, 1.0);
        zoom(num::pow(ZOOM, turned));
    });
    let size_of = area.element();
    let head = html("div")
        .attr("class", "head")
        .child(html("label").text("along ").child(lines))
        .child(range)
        .child(degrees)
        .child(html("span").attr("aria-hidden", "true").text("°"));
    replace(element, vec![head, area, words]);
    let resized = place::callback(|_: JsValue| again());
    if let Ok(observer) = ResizeObserver::new(resized.unchecked_ref()) {
        observer.observe(&size_of);
    }
    let [lines, range, degrees, words] = parts;
    Some(View { root: element.clone(), layer, lines, range, degrees, words })
}

impl View {
    fn draw(&self, look: &Look, run: usize) {
        let config = &look.link.config;
        let word = config.look.get("slice");
        let zoomed = config.look.numbers("slice_zoom").first().copied().unwrap_or(1.0);
        ZOOMED.set(zoomed);
        let Some(seen) = look.seen.as_ref() else {
            self.layer.clear();
            return set_text(&self.words, "The run cannot begin here, so there is no line through it.");
        };
        let objective = look.spec.problem.objective();
        let along = Along::read(word);
        let slice = Slice::of(objective, seen, along);
        let angle = slice.as_ref().map_or(ANGLE.get(), |s| degrees_of(&s.along));
        ANGLE.set(angle);
        self.show_line(along, angle);
        let area = self.layer.canvas.parent_element();
        let size = area.map_or((0, 0), |a| (a.client_width(), a.client_height()));
        let size_px = (f64::from(size.0), f64::from(size.1));
        self.layer.resize(size_px);
        self.layer.clear();
        let Some(slice) = slice else {
            let why = match along {
                Along::Step => "The step stays where it is, so it has no direction.",
                _ => "The gradient is 0 here, so it has no direction. Choose an angle.",
            };
            return set_text(&self.words, why);
        };
        set_text(&self.words, &words(seen, &slice, along));
        if size_px.0 < 60.0 || size_px.1 < 60.0 {
            return;
        }
        let view = config.visible();
        let (low, high) = slice.range(num::norm(&[view.x.1 - view.x.0, view.y.1 - view.y.0]));
        let (middle, half) = (0.5 * (low + high), 0.5 * (high - low) / zoomed);
        let picture = SlicePicture {
            slice: &slice,
            objective,
            range: (middle - half, middle + half),
            zoom: zoomed,
            style: run_style(run),
            theme: theme(look.link.theme),
        };
        picture.paint(&mut self.layer.painter(), size_px);
    }

    fn show_line(&self, along: Along, angle: f64) {
        let key = match along {
            Along::Gradient => "gradient",
            Along::Step => "step",
            Along::Degrees(_) => "angle",
        };
        set_value(&self.lines, key);
        let shown = num::round_significant(angle, 4);
        set_value(&self.range, &number(shown.round()));
        set(&self.range, "aria-valuetext", &format!("{}°", number(shown)));
        if place::active().as_ref() != Some(&self.degrees) {
            set_value(&self.degrees, &number(shown));
            set(&self.degrees, "aria-invalid", "false");
        }
    }
}

/// The angle of a direction in degrees, from that of x towards that of y.
fn degrees_of(along: &[f64]) -> f64 {
    match along {
        [x, y] => num::atan2(*y, *x).to_degrees(),
        _ => 0.0,
    }
}

/// What there is to say of the line, in words.
fn words(seen: &Inspection, slice: &Slice, along: Along) -> String {
    let mut text = format!("f is {}", readable(slice.value));
    let goes = if slice.slope < 0.0 { "falls" } else { "rises" };
    let _ = write!(text, " and {goes} by {} a unit along the line", readable(slice.slope.abs()));
    if let Some(curvature) = slice.curvature {
        let _ = write!(text, ", with curvature {}", readable(curvature));
    }
    text.push_str(". ");
    text.push_str(&step_words(slice, along));
    if let Some(at) = slice.model_minimum() {
        let _ = write!(text, " The model is lowest at {}.", readable(at));
    }
    let count = slice.trials.len();
    if count > 0 {
        let _ = write!(text, " Tried in step {}:", seen.step + 1);
        for (i, trial) in (1..).zip(slice.trials.iter().take(6)) {
            let value =
                if trial.value.is_finite() { readable(trial.value) } else { "no finite f".to_owned() };
            let _ = write!(text, "{} {i}: {value} at {}", if i > 1 { ";" } else { "" }, readable(trial.at));
            if trial.off > ON_LINE * trial.at.abs() {
                let _ = write!(text, " ({} beside it)", readable(trial.off));
            }
        }
        text.push_str(if count > 6 { " …" } else { "." });
    }
    text
}

/// Where the step goes, and how far off the line that is.
fn step_words(slice: &Slice, along: Along) -> String {
    let step = slice.step;
    if !(slice.length.is_finite() && step.at.is_finite()) {
        return "The step leaves the finite numbers.".to_owned();
    }
    if slice.length == 0.0 {
        return "The step stays here.".to_owned();
    }
    let to = if step.value.is_finite() {
        format!("to f = {}", readable(step.value))
    } else {
        "to where f is not finite".to_owned()
    };
    let length = readable(slice.length);
    if along == Along::Step || step.off <= ON_LINE * slice.length {
        let back = if step.at < 0.0 { ", backwards" } else { "" };
        return format!("The step is {length} long and lies on the line{back}, {to}.");
    }
    let off = num::atan2(step.off, step.at).to_degrees();
    format!(
        "The step is {length} long, {}° off the line: {} along it, and it ends {} beside it, {to}.",
        readable(off.round()),
        readable(step.at),
        readable(step.off)
    )
}
