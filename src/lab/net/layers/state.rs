//! What the view shows, and what of it is old.

use super::super::super::html::{html, replace, set, set_text, set_value};
use super::super::{NetRun, Scene, with as run_of};
use super::confusion::losses;
use super::options::{Options, QUANTITIES};
use super::parts::{Parts, build};
use super::singular::Singular;
use super::table::short;
use crate::net::{Evaluation, Network, Work};
use crate::objective::Objective;
use crate::param::readable;
use crate::run::Status;
use crate::scene::matrix::{Axis, Curves, rows};
use crate::scene::run_style;
use crate::train::layers::{Bins, gradients, name, units, weights};
use crate::train::{Record, Scores};
use std::rc::Rc;
use web_sys::Element;

/// Curves go through at most so many points.
const MOST_POINTS: usize = 241;
/// How many powers of ten a logarithmic axis shows at most.
const DECADES: i32 = 18;
/// Singular values that are found between two looks at the clock.
const AT_ONCE: usize = 4;

/// The view of a run.
pub struct State {
    /// All of it.
    pub root: Element,
    /// What is chosen.
    pub options: Options,
    network: Rc<Network>,
    index: usize,
    parts: Parts,
    run: Option<Rc<NetRun>>,
    step: u32,
    /// Whether what is still to come is drawn.
    ahead: bool,
    /// Which scores the curves go through: the run, how many, and of what.
    drawn: (f64, usize, usize),
    /// Of which weights the bins are: the run, and how many are known.
    binned: (f64, usize),
    bins: Vec<Bins>,
    /// Of which weights the pictures are: the run, the step, and the length of the record of weights.
    pictured: (f64, u32, usize),
    /// Weights that are not counted and evaluated yet.
    waiting: Option<(u32, Vec<f64>)>,
    singular: Singular,
    /// How many singular values are drawn.
    singular_drawn: usize,
    work: Work,
}

impl State {
    /// The empty view in a place.
    pub fn new(place: &Element, scene: &Scene<'_>) -> Self {
        let (children, parts) = build(scene.network);
        let root = html("div").attr("class", "layers").children(children);
        let node = root.element();
        replace(place, vec![root]);
        Self {
            root: node,
            options: Options::default(),
            network: Rc::clone(scene.network),
            index: scene.run,
            parts,
            run: None,
            step: 0,
            ahead: true,
            drawn: (0.0, 0, 0),
            binned: (0.0, 0),
            bins: Vec::new(),
            pictured: (0.0, 0, 0),
            waiting: None,
            singular: Singular::default(),
            singular_drawn: 0,
            work: Work::new(),
        }
    }

    /// Whether its elements are those for this scene.
    pub fn fits(&self, place: &Element, scene: &Scene<'_>) -> bool {
        place.contains(Some(&self.root)) && self.network.model.shape == scene.network.model.shape
    }

    /// Shows a scene; what takes time is left to [`Self::work`].
    pub fn update(&mut self, scene: &Scene<'_>) {
        self.network = Rc::clone(scene.network);
        self.options = Options::read(&scene.link.show);
        let layers = self.network.model.shape.layers().len();
        self.options.layer = self.options.layer.min(layers - 1);
        self.index = scene.run;
        self.step = scene.step;
        self.ahead = scene.link.hide.shows_ahead();
        self.run = run_of(scene.link, scene.run);
        set(&self.root, "style", &format!("--run:var(--run-{})", self.index));
        self.say_run(scene);
        self.mark();
        let Some(run) = self.run.clone() else {
            return;
        };
        run.record(|record| {
            self.draw_curves(run.id(), record);
            self.tell(record);
        });
        let known = run.record(|record| record.weights.len());
        let (at, weights) = run.weights(self.step);
        if self.pictured != (run.id(), at, known) {
            self.pictured = (run.id(), at, known);
            self.waiting = Some((at, weights));
        }
        let block = self.network.model.shape.layers()[self.options.layer].weights;
        if self.singular.adopt(run.id(), block, self.options.of_steps) {
            self.singular_drawn = usize::MAX;
        }
        self.tell_singular();
    }

    fn say_run(&self, scene: &Scene<'_>) {
        let name = scene.link.config.runs.get(self.index).map_or("", |r| r.settings.optimizer.name);
        let words = format!("Run {}, {name}", self.index + 1);
        if self.parts.run.get_attribute("data-run").as_deref() != Some(&words) {
            set(&self.parts.run, "data-run", &words);
            let glyph = html("span").attr("class", "glyph").attr("aria-hidden", "true");
            let glyph = glyph.text(run_style(self.index).marker.glyph());
            replace(&self.parts.run, vec![glyph, html("span").text(&words)]);
        }
    }

    /// Marks what is chosen.
    fn mark(&self) {
        let pressed = |on: bool| if on { "true" } else { "false" };
        for (i, button) in self.parts.quantities.iter().enumerate() {
            set(button, "aria-pressed", pressed(i == self.options.quantity));
        }
        for (i, button) in self.parts.of.iter().enumerate() {
            set(button, "aria-pressed", pressed((i == 1) == self.options.of_steps));
        }
        set_value(&self.parts.layer, &self.options.layer.to_string());
    }

    /// The curves of the layers, where others are known.
    fn draw_curves(&mut self, id: f64, record: &Record) {
        let drawn = (id, record.scores.len(), self.options.quantity);
        self.parts.curves.set_cursor(self.step, record.steps, self.ahead);
        if std::mem::replace(&mut self.drawn, drawn) == drawn {
            return;
        }
        let quantity = &QUANTITIES[self.options.quantity];
        let layers = self.network.model.shape.layers().len();
        let seen: Vec<&Scores> =
            rows(record.scores.len(), MOST_POINTS).into_iter().map(|i| &record.scores[i]).collect();
        let values: Vec<f64> = seen.iter().flat_map(|s| s.layers.iter().map(quantity.of)).collect();
        let axis =
            if quantity.log { Axis::log_within(values.iter(), DECADES) } else { Axis::around(values.iter()) };
        let names: Vec<String> = (0..layers)
            .map(|k| if k + 1 == layers { "out".to_owned() } else { (k + 1).to_string() })
            .collect();
        let steps = seen.iter().map(|s| s.step as usize).collect();
        self.parts.curves.draw(&Curves::new(steps, values, layers), &axis, record.steps, &names);
    }

    /// What was measured last before the cursor, in words and in the table.
    fn tell(&self, record: &Record) {
        let Some(scores) = record.scores_at(self.step) else {
            let words = match record.status {
                Status::Unfit { .. } => "This run cannot begin, so there is nothing to see of its layers.",
                _ => "Nothing is known of this run yet.",
            };
            set_text(&self.parts.sentence, words);
            return;
        };
        set_text(&self.parts.sentence, &gradients(scores).unwrap_or_default());
        set_text(&self.parts.units, &units(scores));
        self.parts.table.draw(scores, self.options.quantity);
        let quantity = &QUANTITIES[self.options.quantity];
        let layers = scores.layers.len();
        let each = scores
            .layers
            .iter()
            .enumerate()
            .map(|(k, l)| format!("{} {}", name(k, layers), readable((quantity.of)(l))));
        let words =
            format!("{}, at step {}: {}", quantity.what, scores.step, each.collect::<Vec<_>>().join(", "));
        self.parts.curves.name(&words);
    }

    /// Goes on with what takes time while there is some; tells whether there is more to do.
    pub fn work(&mut self, is_time: impl Fn() -> bool) -> bool {
        if let Some((at, weights)) = self.waiting.take() {
            self.draw_weights(at, &weights);
            self.draw_confusion(at, &weights);
            return true;
        }
        let Some(run) = self.run.clone() else {
            return false;
        };
        let mut more = true;
        while more && is_time() {
            more = run.record(|record| (0..AT_ONCE).all(|_| self.singular.find(record)));
        }
        if self.singular.len() != self.singular_drawn && !more {
            self.draw_singular();
        }
        more
    }

    fn draw_weights(&mut self, at: u32, now: &[f64]) {
        let Some(run) = &self.run else {
            return;
        };
        let layers = self.network.model.shape.layers().len();
        let binned = (run.id(), run.record(|record| record.weights.len()));
        if std::mem::replace(&mut self.binned, binned) != binned {
            self.bins = run.record(|record| {
                (0..layers)
                    .map(|k| Bins::of(&record.weights, record.dim, &weights(&self.network, k)))
                    .collect()
            });
        }
        let words = format!(
            "At step {at}; the outline is the start. Of each layer all bins have one width along the run."
        );
        set_text(&self.parts.histogram_words, &words);
        for (k, (histogram, bins)) in self.parts.histograms.iter().zip(&self.bins).enumerate() {
            let part = weights(&self.network, k);
            if let (Some(now), Some(start)) = (now.get(part.clone()), run.spec.start.get(part)) {
                histogram.draw(bins, now, start, at);
            }
        }
    }

    fn draw_confusion(&mut self, at: u32, w: &[f64]) {
        let Network { model, train, test, .. } = &*self.network;
        if w.len() != self.network.dim() {
            return;
        }
        let seen: [Evaluation; 2] = [train, test].map(|data| model.evaluate(w, train, data, &mut self.work));
        for (table, seen) in self.parts.confusion.iter().zip(&seen) {
            table.draw(seen, at);
        }
        if self.parts.confusion.is_empty() {
            losses(&self.parts.losses, seen.each_ref(), at);
        }
    }

    fn draw_singular(&mut self) {
        self.singular_drawn = self.singular.len();
        let Some(run) = &self.run else {
            return;
        };
        let (curves, axis) = self.singular.curves();
        let names: Vec<String> = (1..=self.singular.each()).map(|i| format!("σ{i}")).collect();
        self.parts.singular.draw(&curves, &axis, run.spec.steps, &names);
        self.tell_singular();
    }

    /// What the singular values are at the cursor.
    fn tell_singular(&self) {
        let Some(run) = &self.run else {
            return;
        };
        self.parts.singular.set_cursor(self.step, run.spec.steps, self.ahead);
        let layers = self.network.model.shape.layers().len();
        let of = name(self.options.layer, layers);
        let stride = run.record(|record| record.stride);
        let what = match (self.options.of_steps, stride) {
            (false, _) => format!("W of {of}"),
            (true, 0 | 1) => format!("the step of {of}"),
            (true, n) => format!("what {n} steps add to {of}"),
        };
        let values = self.singular.at(self.step);
        let words = match values {
            [] => format!("Of {what} none is known yet."),
            [only] => format!("Of {what}: {}.", short(*only)),
            [first, .., last] => format!("Of {what}: {} to {}.", short(*first), short(*last)),
        };
        set_text(&self.parts.singular_words, &words);
        let all: Vec<String> = values.iter().map(|v| readable(*v)).collect();
        self.parts.singular.name(&format!(
            "Singular values of {what} at step {}: {}",
            self.step,
            all.join(", ")
        ));
    }
}
