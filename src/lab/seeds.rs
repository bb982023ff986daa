//! Noise and seeds: the panel beside the slider of noise, and the fan of the open run over many seeds.
//!
//! A fan is traced in slices of a few milliseconds, a slice a frame; what is known of it is shown at a few stages on the way: the
//! frames in which the stage and then the chart are drawn have no slice.

use super::bound::{self, Bound, Change, Now};
use super::controls::{Place, control, tick};
use super::frames::{self, now_ms};
use super::html::{Html, document, html, set_text};
use super::overlays::{self, More, theme};
use super::panels::Shown;
use super::{chart, links};
use crate::canvas::Layer;
use crate::lab::place::per_place;
use crate::link::Link;
use crate::param::{ParamSpec, Scale, as_index, number};
use crate::run::RunSpec;
use crate::run::fan::{Bands, Fan, Fans, SEEDS};
use crate::scene::{self, Quantity, Viewport, fan as picture, run_style};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// How long a slice may take, in milliseconds.
const SLICE_MS: f64 = 4.0;
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
    fans: Fans,
    step: u32,
}

/// What the next frame is for.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Next {
    /// More of the fan.
    #[default]
    Slice,
    /// The page draws the stage.
    Stage,
    /// The chart.
    Chart,
}

/// The canvas of the paths, and what is on it.
struct Paths {
    layer: Layer,
    of: Option<(u32, Viewport, scene::Theme, usize, bool)>,
}

per_place! {
    static STATE: RefCell<State> = RefCell::default();
    static PATHS: RefCell<Option<Paths>> = const { RefCell::new(None) };
    static WORDS: RefCell<Option<Element>> = const { RefCell::new(None) };
    static ASKED: Cell<bool> = const { Cell::new(false) };
    static NEXT: Cell<Next> = const { Cell::new(Next::Slice) };
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
    let goes_on = wanted.is_some();
    let is_new = STATE.with_borrow_mut(|state| {
        state.step = shown.step;
        state.fans.want(wanted.as_ref().map(|(spec, count)| (spec, *count)), shown.run)
    });
    if is_new {
        chart::again();
    }
    overlays::set_more(More::Fan, goes_on);
    if goes_on {
        go_on();
    } else if is_new {
        clear_paths();
        overlays::redraw();
    }
}

/// Does what is next with the next frame, as long as there is anything.
fn go_on() {
    let is_done = NEXT.get() == Next::Slice && STATE.with_borrow(|state| state.fans.is_done());
    if !is_done {
        frames::ask(&ASKED, || {
            frame();
            go_on();
        });
    }
}

fn frame() {
    match NEXT.get() {
        Next::Slice => {
            let until_ms = now_ms() + SLICE_MS;
            if STATE.with_borrow_mut(|state| state.fans.work(|| now_ms() < until_ms)) {
                // In the page's own next frame.
                overlays::redraw();
                NEXT.set(Next::Stage);
            }
            tell();
        }
        Next::Stage => NEXT.set(Next::Chart),
        Next::Chart => {
            NEXT.set(Next::Slice);
            chart::again();
        }
    }
}

/// Says in the panel how far the fan is.
fn tell() {
    let words =
        STATE.with_borrow(|state| state.fans.latest().map_or_else(String::new, |fan| words(fan, state.step)));
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
        let fan = state.fans.seen().filter(|fan| !fan.traces().is_empty())?;
        Some((state.fans.run(), fan.bands(|t| quantity.column(t), ROWS), fan.traces().len()))
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
        let (fans, run) = (&state.fans, state.fans.run());
        let Some(fan) = fans.seen() else {
            return clear_paths();
        };
        let style = run_style(run);
        let kept = PATHS.take().filter(|p| p.layer.canvas.is_connected());
        if let Some(mut paths) = kept.or_else(|| make_paths(&layer.canvas)) {
            let ahead = link.hide.shows_ahead();
            let new = Some((fans.version(), port, theme, run, ahead));
            if paths.layer.resize(size_px) || paths.of != new {
                paths.layer.clear();
                // They go to their ends.
                if ahead {
                    picture::paths(&mut paths.layer.painter(), fan.traces(), &port, &style, theme);
                }
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
