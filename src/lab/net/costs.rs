//! The view `cost`: what each run has cost, and what it took to a loss; and the line of it on a run's card.

mod options;
mod parts;

use super::super::place::style;
use super::super::say;
use super::{NetRun, Scene, with};
use crate::lab::place::per_place;
use crate::train::cost::{Cost, amount};
use options::Options;
use parts::View;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;

/// For how many runs it is kept what they cost.
const KEPT: usize = 32;

per_place! {
    static VIEW: RefCell<Option<View>> = const { RefCell::new(None) };
}

thread_local! {
    /// By the number of the run; the one that was asked for last stands last.
    static KNOWN: RefCell<Vec<(f64, Option<Cost>)>> = const { RefCell::new(Vec::new()) };
}

/// What a run costs; none where it is of no network.
fn cost(run: &NetRun) -> Option<Cost> {
    KNOWN.with_borrow_mut(|known| {
        if let Some((_, cost)) = known.iter().find(|(id, _)| *id == run.id()) {
            return *cost;
        }
        let cost = Cost::of(&run.spec);
        known.push((run.id(), cost));
        if known.len() > KEPT {
            known.remove(0);
        }
        cost
    })
}

/// The line on a run's card, at a step.
pub fn line(run: &NetRun, step: u32) -> String {
    let Some(cost) = cost(run) else {
        return String::new();
    };
    let spent = run.record(|record| cost.until(record, step));
    #[expect(clippy::cast_precision_loss, reason = "read to three digits")]
    let state = amount(cost.bytes[1] as f64, "B");
    format!(
        "{} multiply-adds · {} · state {state}",
        amount(spent.multiply_adds, ""),
        amount(spent.joules, "J")
    )
}

/// Draws it.
pub fn draw(place: &Element, scene: &Scene<'_>) {
    style(include_str!("costs/costs.css"));
    let runs: Vec<(usize, Rc<NetRun>)> =
        (0..scene.link.config.runs.len()).filter_map(|i| Some((i, with(scene.link, i)?))).collect();
    let options = Options::read(&scene.link.show);
    let kept = VIEW.take().filter(|view| view.fits(place, runs.len()));
    let view = kept.unwrap_or_else(|| View::new(place, runs.len()));
    view.update(scene, &runs, options);
    VIEW.set(Some(view));
}

/// Tells the page which loss is to be reached.
fn choose(place: &Element, options: Options) {
    say(place, &format!("show {}", options.write()));
}
