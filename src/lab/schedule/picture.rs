//! What the schedules make of the rate over the whole run, with the cursor on it.

use crate::lab::bound::{Bound, Now};
use crate::lab::html::{Html, html, set, set_text, svg};
use crate::lab::runs;
use crate::link::Link;
use crate::run::rates::rates;
use crate::run::status::readable;
use crate::schedule::Factor;
use std::cell::RefCell;
use std::fmt::Write;
use std::rc::Rc;

/// The most points along a curve.
const POINTS: usize = 400;

/// The rates of a run.
#[derive(Default)]
struct Seen {
    /// The run, as a link.
    link: String,
    factors: Vec<Factor>,
    /// The rate of every step that was taken.
    lr: Vec<f64>,
}

/// The picture and the line below it.
pub fn make(bound: &Rc<Bound>) -> Html {
    let run = bound.now().run;
    let [rate, momentum] = ["rate", "momentum"].map(|class| svg("polyline").attr("class", class));
    let cursor = svg("line").attr("y2", "100");
    // A line of no length with round ends is a dot, whatever the picture is stretched to.
    let dot = svg("path").attr("class", "dot");
    let readout = html("p").attr("class", "note").attr("data-testid", &format!("run-{run}-rate"));
    let nodes = [&rate, &momentum, &cursor, &dot, &readout].map(|e| e.0.clone());
    let seen = RefCell::new(Seen::default());
    bound.follow(move |now| {
        let [rate, momentum, cursor, dot, readout] = &nodes;
        let spec = now.config.run_spec(now.run);
        let link = Link::of_run(&spec).write();
        if seen.borrow().link != link {
            let found = runs::with(&link, 0, |spec, trace| (rates(spec, trace), trace.lr.clone()));
            let (factors, lr) = found.unwrap_or_default();
            let top = top(&factors);
            set(rate, "points", &points(now.config.steps, factors.iter().map(|f| Some(f.lr / top))));
            set(momentum, "points", &points(now.config.steps, factors.iter().map(|f| f.momentum)));
            seen.replace(Seen { link, factors, lr });
        }
        let seen = seen.borrow();
        let x = share(now.step, now.config.steps) * 100.0;
        set(cursor, "transform", &format!("translate({x})"));
        let at = seen.factors.get(now.step as usize);
        let place = at.map(|f| format!("M{x} {} h0", 100.0 - f.lr / top(&seen.factors) * 100.0));
        set(dot, "d", &place.unwrap_or_default());
        set_text(readout, &words(now, &seen));
    });
    let frame = svg("svg")
        .attr("class", "curve")
        .attr("viewBox", "0 0 100 100")
        .attr("preserveAspectRatio", "none")
        .attr("role", "img")
        .attr("aria-label", "Factor of the learning rate over the run")
        .children([momentum, rate, cursor, dot]);
    html("div").attr("class", "rates").child(html("div").child(frame)).child(readout)
}

fn top(factors: &[Factor]) -> f64 {
    factors.iter().map(|f| f.lr).fold(1.0, f64::max)
}

fn share(step: u32, steps: u32) -> f64 {
    f64::from(step) / f64::from(steps.max(1))
}

/// The points of a curve over the whole run, whose heights are shares of the picture.
fn points(steps: u32, heights: impl Iterator<Item = Option<f64>>) -> String {
    let every = (steps as usize).div_ceil(POINTS).max(1);
    let mut text = String::new();
    for (k, height) in (0..).zip(heights).step_by(every) {
        if let Some(height) = height {
            let _ = write!(text, "{:.2},{:.2} ", share(k, steps) * 100.0, 100.0 - height * 100.0);
        }
    }
    text
}

/// What the rate is here.
fn words(now: &Now, seen: &Seen) -> String {
    let Some(at) = seen.factors.get(now.step as usize) else {
        return String::new();
    };
    let mut text = format!("× {}", readable(at.lr));
    if now.live.optimizer.has_lr()
        && let Some(lr) = seen.lr.get(now.step as usize)
    {
        let _ = write!(text, "   lr {}", readable(*lr));
    }
    if let (Some(value), Some(i)) = (at.momentum, now.live.momentum()) {
        let _ = write!(text, "   {} {} (dashed)", now.live.optimizer.params[i].symbol, readable(value));
    }
    text
}
