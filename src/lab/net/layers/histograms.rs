//! Histograms of the weights of each layer, with those of the start behind.

use super::super::super::html::{Html, html, set, set_text, svg};
use crate::math::num;
use crate::param::readable;
use crate::train::layers::{BINS, Bins};
use std::fmt::Write;
use web_sys::Element;

/// Of a layer.
pub struct Histogram {
    picture: Element,
    now: Element,
    start: Element,
    zero: Element,
    low: Element,
    high: Element,
    name: String,
}

impl Histogram {
    /// An empty one.
    pub fn new(name: &str) -> (Html, Self) {
        let [start, now, zero] = ["start", "at", "zero"].map(|class| svg("path").attr("class", class));
        let nodes = [&start, &now, &zero].map(Html::element);
        let picture = svg("svg")
            .attr("viewBox", &format!("0 0 {BINS} 100"))
            .attr("preserveAspectRatio", "none")
            .attr("role", "img")
            .attr("data-testid", "layers-histogram")
            .children([now, start, zero]);
        let [low, high] = [html("span"), html("span")];
        let ends = [low.element(), high.element()];
        let histogram = html("figure")
            .child(html("figcaption").text(name))
            .child(Html(picture.element()))
            .child(html("div").attr("class", "ends").attr("aria-hidden", "true").child(low).child(high));
        let ([start, now, zero], [low, high]) = (nodes, ends);
        (histogram, Self { picture: picture.element(), now, start, zero, low, high, name: name.to_owned() })
    }

    /// Draws the weights at a step and those of the start.
    pub fn draw(&self, bins: &Bins, weights: &[f64], start: &[f64], step: u32) {
        let [now, then] = [weights, start].map(|w| bins.count(w));
        let most = now.iter().chain(&then).copied().max().unwrap_or(0).max(1);
        set(&self.now, "d", &bars(&now, most));
        set(&self.start, "d", &outline(&then, most));
        let zero = -bins.low / (bins.high - bins.low);
        let place = f64::from(u32::try_from(BINS).unwrap_or(0)) * zero;
        let line = if (0.0..=1.0).contains(&zero) { format!("M{place:.2},0V100") } else { String::new() };
        set(&self.zero, "d", &line);
        set_text(&self.low, &short(bins.low));
        set_text(&self.high, &short(bins.high));
        let range = |w: &[f64]| {
            let (low, high) =
                w.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(*v), b.max(*v)));
            format!("from {} to {}", readable(low), readable(high))
        };
        let words = format!(
            "Weights of {} at step {step}: {} numbers {}; at the start {}",
            self.name,
            weights.len(),
            range(weights),
            range(start)
        );
        set(&self.picture, "aria-label", &words);
    }
}

/// Two digits are enough for an end.
fn short(v: f64) -> String {
    readable(num::round_significant(v, 2))
}

fn high(count: u32, most: u32) -> f64 {
    96.0 * f64::from(count) / f64::from(most)
}

fn outline(counts: &[u32; BINS], most: u32) -> String {
    let mut path = "M0,100".to_owned();
    for count in counts {
        let _ = write!(path, "V{:.1}h1", 100.0 - high(*count, most));
    }
    path + "V100"
}

fn bars(counts: &[u32; BINS], most: u32) -> String {
    let mut path = String::new();
    for (i, count) in counts.iter().enumerate().filter(|(_, c)| **c > 0) {
        let _ = write!(path, "M{i},100v-{:.1}h1V100z", high(*count, most));
    }
    path
}
