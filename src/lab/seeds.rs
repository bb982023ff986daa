//! Noise and seeds: the panel beside the slider of noise, and the fan of the open run over many seeds.
//!
//! A fan is traced in slices of a few milliseconds, a slice a frame; what is known of it is shown at a few stages on the way.
//! Until a new one has its first runs the one before stays, so that a dragged slider does not make it flicker.

use super::bound::{self, Bound, Change, Now};
use super::controls::{Place, control, tick};
use super::html::{Html, document, html, set_text};
use super::overlays::{self, More, theme};
use super::panels::Shown;
use super::{chart, links};
use crate::canvas::Layer;
use crate::link::Link;
use crate::param::{ParamSpec, Scale, as_index, number};
use crate::run::RunSpec;
use crate::run::fan::{Bands, Fan, SEEDS};
use crate::scene::{self, Quantity, Viewport, fan as picture, run_style};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Element;

/// How long a slice may take, in milliseconds, and how many steps are taken between two looks at the clock.
const SLICE_MS: f64 = 4.0;
const PIECE: u32 = 64;
/// How many runs of a fan are shown first.
const FIRST: usize = 8;
/// Fans that were traced lately and are kept, for going to and fro between runs.
const KEPT: usize = 4;
/// Rows of a band.
const ROWS: u32 = 500;

/// How many seeds; 0 is none.
static FAN: ParamSpec = ParamSpec::new(
    "fan",
    "",
    "fan of seeds",
    0.0,
    (0.0, 64.0),
    Scale::Integer,
    "How many seeds the open run is traced with, from its own on; 0 is off.",
);

/// What is shown.
#[derive(Default)]
struct State {
    run: usize,
    /// What is seen, and what comes in its place when it has its first runs.
    fan: Option<Fan>,
    coming: Option<Fan>,
    kept: Vec<Fan>,
    /// Counts what was shown, to know whether the paths are old.
    version: u32,
    /// How many runs were shown last.
    shown: usize,
    step: u32,
}

/// The canvas of the paths, and what is on it.
struct Paths {
    layer: Layer,
    of: Option<(u32, Viewport, scene::Theme, usize)>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
    static PATHS: RefCell<Option<Paths>> = const { RefCell::new(None) };
    static WORDS: RefCell<Option<Element>> = const { RefCell::new(None) };
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Draws the panel, and takes over which fan is to be shown.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let link = links::read(shown.link);
    take(&link, shown);
    if link.config.network.is_some() {
        return;
    }
    bound::draw(element, shown, |now| now.config.is_plane().to_string(), make);
    tell();
}

fn make(bound: &Rc<Bound>) -> Vec<Html> {
    let same = tick(
        bound,
        ("Same noise for all runs", "all/noise_of", "noise-shared"),
        |now| !now.config.noise_of_run,
        |_, same| Change::Words(format!("noise_of {}", if same { "all" } else { "run" })),
    );
    let words = html("p").attr("class", "note").attr("data-testid", "fan-words");
    WORDS.set(Some(words.element()));
    if !bound.now().config.is_plane() {
        return vec![same];
    }
    let fan = control(
        bound,
        &FAN,
        Place {
            test_id: "fan".to_owned(),
            help: "all/fan".to_owned(),
            get: Box::new(|now: &Now| f64::from(seeds_of(&now.config.look).unwrap_or(0))),
            set: Box::new(|_, seeds| {
                let is_fan = seeds >= f64::from(SEEDS.0);
                Change::Words(format!("look fan={}", if is_fan { number(seeds) } else { String::new() }))
            }),
        },
    );
    vec![same, fan, words]
}

/// How many seeds are asked for.
fn seeds_of(look: &crate::look::Look) -> Option<u32> {
    u32::try_from(as_index(*look.numbers("fan").first()?)).ok()
}

fn wanted(link: &Link, run: usize) -> Option<(RunSpec, u32)> {
    let config = &link.config;
    let count = seeds_of(&config.look).filter(|_| config.is_plane() && run < config.runs.len())?;
    Some((config.run_spec(run), count))
}

fn take(link: &Link, shown: &Shown<'_>) {
    let wanted = wanted(link, shown.run);
    let (is_new, goes_on) = STATE.with_borrow_mut(|state| {
        state.step = shown.step;
        let Some((spec, count)) = wanted else {
            let was_on = state.fan.take().is_some();
            state.coming = None;
            return (was_on, false);
        };
        let is_it = |fan: &Option<Fan>| fan.as_ref().is_some_and(|fan| fan.is_of(&spec, count));
        if is_it(&state.coming) || state.coming.is_none() && is_it(&state.fan) {
            return (false, true);
        }
        let other_run = std::mem::replace(&mut state.run, shown.run) != shown.run;
        state.coming = None;
        if is_it(&state.fan) {
            return (false, true);
        }
        if let Some(known) = state.kept.iter().position(|fan| fan.is_of(&spec, count)) {
            let known = state.kept.remove(known);
            state.show(known);
            return (true, true);
        }
        state.coming = Fan::new(&spec, count);
        if other_run && let Some(old) = state.fan.take() {
            state.keep(old);
        }
        (other_run, true)
    });
    if is_new {
        show();
    }
    overlays::set_more(More::Fan, goes_on);
    if goes_on {
        go_on();
    } else if is_new {
        clear_paths();
        overlays::redraw();
    }
}

impl State {
    fn show(&mut self, fan: Fan) {
        self.shown = fan.traces().len();
        self.version = self.version.wrapping_add(1);
        if let Some(old) = self.fan.replace(fan) {
            self.keep(old);
        }
    }

    fn keep(&mut self, fan: Fan) {
        // What was left in the middle, as while a slider is dragged, is not come back to.
        if fan.is_whole() {
            self.kept.push(fan);
        }
        if self.kept.len() > KEPT {
            self.kept.remove(0);
        }
    }

    /// Goes on with the work until the time is over; whether there is something new to show, and more to do.
    fn work(&mut self, until_ms: f64) -> (bool, bool) {
        let is_new = self.coming.is_some();
        let Some(mut fan) = self.coming.take().or_else(|| self.fan.take()) else {
            return (false, false);
        };
        while fan.advance(PIECE) && now_ms() < until_ms {}
        let (known, more) = (fan.traces().len(), !fan.is_whole());
        if is_new && known < FIRST && more {
            self.coming = Some(fan);
            return (false, true);
        }
        if is_new {
            self.show(fan);
            return (true, more);
        }
        let due = known > self.shown && (!more || known >= 2 * self.shown);
        self.fan = Some(fan);
        if due {
            self.shown = known;
            self.version = self.version.wrapping_add(1);
        }
        (due, more)
    }
}

/// Has a slice worked out with the next frame.
fn go_on() {
    let is_done = STATE.with_borrow(|s| s.coming.is_none() && s.fan.as_ref().is_none_or(Fan::is_whole));
    if is_done || ASKED.replace(true) {
        return;
    }
    let frame = Closure::once_into_js(|_: f64| {
        ASKED.set(false);
        let (news, more) = STATE.with_borrow_mut(|state| state.work(now_ms() + SLICE_MS));
        if news {
            show();
            overlays::redraw();
        }
        tell();
        if more {
            go_on();
        }
    });
    if let Some(window) = web_sys::window() {
        let _ = window.request_animation_frame(frame.unchecked_ref());
    }
}

fn now_ms() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}

/// Shows on the chart what is known now; the stage is drawn by the page.
fn show() {
    chart::again();
}

/// Says in the panel how far the fan is.
fn tell() {
    let words = STATE.with_borrow(|state| {
        let Some(fan) = state.coming.as_ref().or(state.fan.as_ref()) else {
            return String::new();
        };
        words(fan, state.step)
    });
    WORDS.with_borrow(|place| {
        if let Some(place) = place {
            set_text(place, &words);
        }
    });
}

fn words(fan: &Fan, step: u32) -> String {
    let (known, count) = (fan.traces().len(), fan.count());
    if !fan.is_whole() {
        return format!("The open run with {known} of {count} seeds so far.");
    }
    if fan.is_one() {
        return format!(
            "The open run is the same with all {count} seeds: nothing in it is drawn at random. Add noise, or choose a method \
             that draws."
        );
    }
    let ended = match fan.ended_before(step) {
        0 => "All are finite at this step.".to_owned(),
        1 => "1 has diverged or ended before this step and is left out.".to_owned(),
        n => format!("{n} have diverged or ended before this step and are left out."),
    };
    format!(
        "The open run with {count} seeds, from its own on. {ended} On the stage: their places, the median of each coordinate and \
         an ellipse that holds 80 %; on the chart over steps: the median and the band from 10 to 90 %."
    )
}

/// The run that the fan is of, the band of a quantity, and of how many runs it is.
pub fn bands(quantity: Quantity) -> Option<(usize, Bands, usize)> {
    STATE.with_borrow(|state| {
        let fan = state.fan.as_ref().filter(|fan| !fan.traces().is_empty())?;
        Some((state.run, fan.bands(|t| quantity.column(t), ROWS), fan.traces().len()))
    })
}

fn clear_paths() {
    PATHS.with_borrow_mut(|paths| {
        if let Some(paths) = paths {
            paths.layer.clear();
            paths.of = None;
        }
    });
}

/// Draws the paths on a canvas of their own, below, and the places at a step on the layer of the overlays.
pub fn paint(layer: &Layer, shown: &Shown<'_>, size_px: (f64, f64)) {
    let link = links::read(shown.link);
    let flat = link.config.is_plane() && !link.config.look.is("space", "3d");
    if !flat || wanted(&link, shown.run).is_none() {
        return clear_paths();
    }
    let port = Viewport::fitted(link.config.visible(), size_px.0, size_px.1);
    let theme = theme(link.theme);
    STATE.with_borrow(|state| {
        let Some(fan) = &state.fan else {
            return clear_paths();
        };
        let style = run_style(state.run);
        let kept = PATHS.take().filter(|p| p.layer.canvas.is_connected());
        if let Some(mut paths) = kept.or_else(|| make_paths(&layer.canvas)) {
            let new = Some((state.version, port, theme, state.run));
            if paths.layer.resize(size_px) || paths.of != new {
                paths.layer.clear();
                picture::paths(&mut paths.layer.painter(), fan.traces(), &port, &style, theme);
                paths.of = new;
            }
            PATHS.set(Some(paths));
        }
        if let Some(cloud) = fan.cloud(shown.step) {
            picture::cloud(&mut layer.painter(), &cloud, &port, &style, theme);
        }
    });
}

/// A canvas just below that of the overlays.
fn make_paths(over: &Element) -> Option<Paths> {
    let canvas = document().create_element("canvas").ok()?;
    let _ = canvas.set_attribute("class", "fan");
    let _ = canvas.set_attribute("aria-hidden", "true");
    over.parent_element()?.insert_before(&canvas, Some(over)).ok()?;
    Some(Paths { layer: Layer::new(canvas.dyn_into().ok()?)?, of: None })
}
