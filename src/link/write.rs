//! Writing links.

use super::item::{write, write_call, write_params, write_settings};
use super::{Autoplay, Axis, Chart, Controls, Link, Overlay, Theme};
use crate::grammar::encode;
use crate::param::number;
use crate::session::{Config, SEED, STEPS};
use crate::surface::{Custom, Transform, custom, transform::PARAMS};

impl Link {
    /// The fragment, without its `#`.
    #[must_use]
    pub fn write(&self) -> String {
        let mut words = vec!["v=1".to_owned()];
        write_config(&self.config, &mut words);
        // The page drops it: its settings change.
        if cfg!(feature = "lab") && !self.check.is_empty() {
            add(&mut words, "check", &self.check);
        }
        if self.focus > 0 {
            add(&mut words, "focus", &(self.focus + 1).to_string());
        }
        if let Some(step) = self.step {
            add(&mut words, "step", &step.to_string());
        }
        if self.speed != 1.0 {
            add(&mut words, "speed", &number(self.speed));
        }
        let mut add = |key: &str, value: &str, is_default: bool| {
            if !is_default {
                add(&mut words, key, value);
            }
        };
        add("chart", self.chart.key(), self.chart == Chart::default());
        add("axis", self.axis.key(), self.axis == Axis::default());
        add("singular", "steps", !self.singular_of_steps);
        add("show", &self.show, self.show.is_empty());
        add("theme", self.theme.key(), self.theme == Theme::default());
        add("embed", "1", !self.embed);
        add("controls", self.controls.key(), self.controls == Controls::default());
        let (hide, lock) = (self.hide.write(","), self.lock.write());
        add("hide", &hide, hide.is_empty());
        add("lock", &lock, lock.is_empty());
        add("ahead", "0", self.hide.shows_ahead());
        add("autoplay", self.autoplay.key(), self.autoplay == Autoplay::default());
        let motion = if self.reduced_motion == Some(true) { "reduced" } else { "full" };
        add("motion", motion, self.reduced_motion.is_none());
        words.join("&")
    }
}

/// Adds a word with its value.
#[inline(never)]
fn add(words: &mut Vec<String>, key: &str, value: &str) {
    words.push(format!("{key}={value}"));
}

fn write_config(config: &Config, words: &mut Vec<String>) {
    if let Some(network) = &config.network {
        words.push(network.text().to_owned());
    } else if let Some(matrix) = &config.problem {
        add(words, "problem", &write_call(matrix.spec.key, matrix.spec.params, matrix.params()));
    } else {
        let spec = config.surface.spec;
        match &config.surface.custom {
            Some(custom) => write_custom(custom, &config.surface.params, words),
            None => {
                add(words, "surface", &write_call(spec.key, spec.params, &config.surface.params));
            }
        }
        if config.start != spec.start {
            add(words, "start", &numbers(&config.start, ","));
        }
    }
    if let Some(transform) = &config.surface.transform {
        add(words, "transform", &write_transform(Some(transform)));
    }
    if config.steps != STEPS {
        add(words, "steps", &config.steps.to_string());
    }
    if config.seed != SEED {
        add(words, "seed", &config.seed.to_string());
    }
    if config.noise != 0.0 {
        add(words, "noise", &number(config.noise));
    }
    if config.noise_of_run {
        add(words, "noise_of", "run");
    }
    if config.runs.is_empty() {
        add(words, "run", "none");
    }
    for run in &config.runs {
        let mut text = write_settings(&run.settings);
        if let Some(start) = run.start.filter(|_| config.is_plane()) {
            text.push(if text.contains(':') { ',' } else { ':' });
            text.push_str("start=");
            text.push_str(&numbers(&start, "/"));
        }
        add(words, "run", &text);
    }
    for (i, run) in (1..).zip(&config.runs) {
        for edit in &run.edits {
            let item = write(run.settings.optimizer, &edit.item);
            words.push(format!("edit={i}@{}:{item}", edit.step));
        }
    }
    if let Some(view) = config.view.filter(|_| config.is_plane()) {
        add(words, "view", &numbers(&[view.x.0, view.x.1, view.y.0, view.y.1], ","));
    }
    for (key, value) in config.look.written() {
        add(words, key, value);
    }
    if !config.overlays.is_empty() {
        add(words, "overlays", &Overlay::write(&config.overlays));
    }
}

/// A typed function: its text, and all its parameters with their names, for only the text tells which there are.
fn write_custom(custom: &Custom, params: &[f64], words: &mut Vec<String>) {
    let pairs = || {
        let pairs = custom.names().iter().zip(params);
        pairs.map(|(name, value)| format!("{name}={}", number(*value))).collect::<Vec<_>>().join(";")
    };
    let inside = custom.inside().map_or_else(pairs, unharmed);
    let parameters = if inside.is_empty() { String::new() } else { format!("({inside})") };
    words.push(format!("surface={}{parameters}", custom::SPEC.key));
    add(words, "f", &unharmed(custom.text()));
}

/// A text as it stands in a link: what would end the word is encoded, and only that, for people read it.
fn unharmed(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c <= ' ' || matches!(c, '%' | '&' | '#') {
            out.push_str(&encode(c.encode_utf8(&mut [0; 4])));
        } else {
            out.push(c);
        }
    }
    out
}

/// What is changed of a surface, as links have it; empty for nothing.
#[must_use]
pub fn write_transform(transform: Option<&Transform>) -> String {
    write_params(&PARAMS, &Transform::values(transform)).join(",")
}

fn numbers(values: &[f64], between: &str) -> String {
    values.iter().map(|v| number(*v)).collect::<Vec<_>>().join(between)
}
