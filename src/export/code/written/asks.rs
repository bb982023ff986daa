//! What a method asks during a step, and what it is given.

use super::run::Plan;
use crate::export::code::pieces::Pieces;
use crate::export::code::{Flavour, pieces, simple};
use crate::run::{Edit, RunSpec, Settings};
use std::fmt::Write;

/// What a method may ask of a plain namespace.
const PLAIN: [&str; 12] = [
    "gradient",
    "value",
    "value_and_gradient",
    "trial",
    "hessian",
    "hvp",
    "residuals",
    "t",
    "step",
    "lr",
    "base_lr",
    "worker",
];

/// Whether a method asks so little, and modifiers do so little, that no `Step` is needed.
pub fn is_short(spec: &RunSpec, settings: &Settings, edits: &[&Edit]) -> bool {
    let Some(method) = pieces::method(settings.optimizer.key) else { return false };
    let mut own = Pieces::default();
    own.add(method);
    let text = own.text("");
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let asked: Vec<&str> = text
        .match_indices("k.")
        .filter(|(at, _)| !text[..*at].chars().next_back().is_some_and(|c| is_part(c) || c == '.'))
        .map(|(at, _)| text[at + 2..].split(|c| !is_part(c)).next().unwrap_or(""))
        .collect();
    let tries = asked.iter().any(|word| matches!(*word, "trial" | "value_and_gradient"));
    asked.iter().all(|word| PLAIN.contains(word))
        && simple::is_simple(spec, settings, edits)
        && !(tries && simple::has_noise(settings))
}

impl Plan<'_> {
    fn asks(&self, word: &str) -> bool {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        self.methods.match_indices(&format!("k.{word}")).any(|(at, found)| {
            let before = self.methods[..at].chars().next_back();
            let after = self.methods[at + found.len()..].chars().next();
            !before.is_some_and(|c| is_part(c) || c == '.') && !after.is_some_and(is_part)
        })
    }

    /// What the method may ask, where that is little.
    pub fn plain_step(&self) -> String {
        let gradient = if self.has_told { "told" } else { "gradient" };
        let value = if self.flavour == Flavour::Numpy { "value" } else { "value_at" };
        let both = format!("lambda x: ({value}(x), {gradient}(x))");
        let all = [
            ("gradient", gradient.to_owned()),
            ("value", value.to_owned()),
            ("value_and_gradient", both.clone()),
            ("trial", both),
            ("hessian", "hessian".to_owned()),
            ("hvp", "lambda x, v: hessian(x) @ v".to_owned()),
            ("residuals", "residuals".to_owned()),
            ("worker", "0".to_owned()),
        ];
        let used: Vec<String> = all
            .into_iter()
            .filter(|(word, _)| self.asks(word))
            .map(|(word, what)| format!("{word}={what}"))
            .collect();
        format!("k = SimpleNamespace({})  # what the method may ask during a step\n", used.join(", "))
    }

    /// What of a step is counted.
    pub fn counted(&self) -> String {
        let mut text = String::new();
        let steps: Vec<&str> = ["t", "step"].into_iter().filter(|w| self.asks(w)).collect();
        if !steps.is_empty() {
            let names: Vec<String> = steps.iter().map(|w| format!("k.{w} =")).collect();
            let _ = writeln!(text, "    {} step + 1", names.join(" "));
        }
        if self.asks("call") {
            text.push_str("    k.call = 0\n");
        }
        let (lr, base) = match (self.is_constant(), self.settings.optimizer.has_lr()) {
            (true, true) => ("p[\"lr\"]", "p[\"lr\"]"),
            (false, true) => ("p[\"lr\"]", "settings[\"lr\"]"),
            (true, false) => ("1.0", "1.0"),
            (false, false) => ("factor", "1.0"),
        };
        for (word, rate) in [("lr", lr), ("base_lr", base)] {
            if self.asks(word) {
                let _ = writeln!(text, "    k.{word} = {rate}");
            }
        }
        text
    }

    /// What is told of the rate to a step.
    pub fn rates(&self) -> &'static str {
        let asked = ["k.lr", "base_lr", "self.lr"].iter().any(|word| {
            let text = self.methods.replace("self.lr, self.base_lr = lr, base_lr", "");
            let text = text.replace("self.lr = self.base_lr = 1.0", "");
            text.replace("lr=1.0, base_lr=1.0", "").contains(word)
        });
        match (self.is_constant(), self.settings.optimizer.has_lr()) {
            _ if !asked => "",
            (true, true) => ", p[\"lr\"], p[\"lr\"]",
            (true, false) => "",
            (false, true) => ", p[\"lr\"], settings[\"lr\"]",
            (false, false) => ", factor",
        }
    }
}
