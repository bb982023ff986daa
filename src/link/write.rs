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
            words.push(format!("check={}", self.check));
        }
        if self.focus > 0 {
            words.push(format!("focus={}", self.focus + 1));
        }
        if let Some(step) = self.step {
            words.push(format!("step={step}"));
        }
        if self.speed != 1.0 {
            words.push(format!("speed={}", number(self.speed)));
        }
        if self.chart != Chart::default() {
            words.push(format!("chart={}", self.chart.key()));
        }
        if self.axis != Axis::default() {
            words.push(format!("axis={}", self.axis.key()));
        }
        if self.singular_of_steps {
            words.push("singular=steps".to_owned());
        }
        if !self.show.is_empty() {
            words.push(format!("show={}", self.show));
        }
        if self.theme != Theme::default() {
            words.push(format!("theme={}", self.theme.key()));
        }
        if self.embed {
            words.push("embed=1".to_owned());
        }
        if self.controls != Controls::default() {
            words.push(format!("controls={}", self.controls.key()));
        }
        let (hide, lock) = (self.hide.write(","), self.lock.write());
        if !hide.is_empty() {
            words.push(format!("hide={hide}"));
        }
        if !lock.is_empty() {
            words.push(format!("lock={lock}"));
        }
        if !self.hide.shows_ahead() {
            words.push("ahead=0".to_owned());
        }
        if self.autoplay != Autoplay::default() {
            words.push(format!("autoplay={}", self.autoplay.key()));
        }
        if let Some(reduced) = self.reduced_motion {
            words.push(format!("motion={}", if reduced { "reduced" } else { "full" }));
        }
        words.join("&")
    }
}

fn write_config(config: &Config, words: &mut Vec<String>) {
    if let Some(network) = &config.network {
        words.push(network.text().to_owned());
    } else if let Some(matrix) = &config.problem {
        words.push(format!("problem={}", write_call(matrix.spec.key, matrix.spec.params, matrix.params())));
    } else {
        let spec = config.surface.spec;
        match &config.surface.custom {
            Some(custom) => write_custom(custom, &config.surface.params, words),
            None => {
                words.push(format!("surface={}", write_call(spec.key, spec.params, &config.surface.params)));
            }
        }
        if config.start != spec.start {
            words.push(format!("start={}", numbers(&config.start, ",")));
        }
    }
    if let Some(transform) = &config.surface.transform {
        words.push(format!("transform={}", write_transform(Some(transform))));
    }
    if config.steps != STEPS {
        words.push(format!("steps={}", config.steps));
    }
    if config.seed != SEED {
        words.push(format!("seed={}", config.seed));
    }
    if config.noise != 0.0 {
        words.push(format!("noise={}", number(config.noise)));
    }
    if config.noise_of_run {
        words.push("noise_of=run".to_owned());
    }
    if config.runs.is_empty() {
        words.push("run=none".to_owned());
    }
    for run in &config.runs {
        let mut text = write_settings(&run.settings);
        if let Some(start) = run.start.filter(|_| config.is_plane()) {
            text.push(if text.contains(':') { ',' } else { ':' });
            text.push_str("start=");
            text.push_str(&numbers(&start, "/"));
        }
        words.push(format!("run={text}"));
    }
    for (i, run) in (1..).zip(&config.runs) {
        for edit in &run.edits {
            let item = write(run.settings.optimizer, &edit.item);
            words.push(format!("edit={i}@{}:{item}", edit.step));
        }
    }
    if let Some(view) = config.view.filter(|_| config.is_plane()) {
        words.push(format!("view={}", numbers(&[view.x.0, view.x.1, view.y.0, view.y.1], ",")));
    }
    words.extend(config.look.written().map(|(key, value)| format!("{key}={value}")));
    if !config.overlays.is_empty() {
        words.push(format!("overlays={}", Overlay::write(&config.overlays)));
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
    words.push(format!("f={}", unharmed(custom.text())));
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
