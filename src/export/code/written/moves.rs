//! What changes from step to step: the rate, by a schedule, and what was changed during the run.

use super::run::Plan;
use crate::export::code::python::float;
use crate::export::code::settings::{
    function as schedule_function, modifiers, modifiers_used, schedule_dict, sequence, value,
};
use crate::export::code::{Flavour, head};
use crate::run::Item;
use std::fmt::Write;

impl Plan<'_> {
    /// The parameters of a step, where a schedule moves them.
    pub fn rate(&self) -> String {
        if self.is_constant() {
            return String::new();
        }
        let settings = self.settings;
        let mut text = String::new();
        if self.is_direct() {
            let call = format!(
                "{}(step, {}, run)",
                schedule_function(settings.schedule.spec),
                schedule_dict(&settings.schedule)
            );
            let _ = writeln!(text, "    factor = {call}");
        } else {
            let loss = if self.reads_loss() { ", loss" } else { "" };
            let _ = writeln!(text, "    factor, momentum = schedule(step{loss})");
        }
        if settings.optimizer.has_lr() {
            text.push_str("    p = dict(settings, lr=settings[\"lr\"] * factor)\n");
        } else {
            text.push_str("    p = dict(settings)\n");
        }
        if let Some(i) = settings.momentum().filter(|_| self.methods.contains("def one_cycle(")) {
            let key = settings.optimizer.params[i].key;
            let _ = writeln!(text, "    if momentum is not None:\n        p[{key:?}] = momentum");
        }
        if self.reads_loss() {
            let value = if self.flavour == Flavour::Numpy { "value" } else { "value_at" };
            let _ = writeln!(text, "    loss = {value}(x)");
        }
        text
    }

    /// What is changed during the run.
    pub fn changes(&self) -> String {
        let mut live = self.settings.clone();
        let mut text = String::new();
        let steps = head::steps(self.subject).0;
        let mut rest = self.edits.iter().filter(|e| (e.step as usize) < steps).peekable();
        while let Some(step) = rest.peek().map(|e| e.step) {
            let mut lines = String::new();
            let mut modified = false;
            while let Some(edit) = rest.next_if(|e| e.step == step) {
                live.apply(&edit.item);
                modified |= matches!(edit.item, Item::Modifier(_) | Item::ModifierOff(_));
                lines.push_str(&self.change(&edit.item));
            }
            if modified && !modifiers_used(self.settings, self.edits).is_empty() {
                let _ = writeln!(lines, "        k.modifiers = {}", modifiers(&live));
            }
            if !lines.is_empty() {
                let _ = write!(text, "    if step == {step}:\n{lines}");
            }
        }
        text
    }

    fn change(&self, item: &Item) -> String {
        match item {
            Item::Param(i, v) => self.settings.optimizer.params.get(*i).map_or_else(String::new, |p| {
                format!("        {}[{:?}] = {}\n", self.base(), p.key, value(p, *v))
            }),
            Item::Schedule(choice) if !self.is_constant() => {
                format!("        schedule.parts = {}\n", sequence(choice))
            }
            Item::Warmup(w) if !self.is_constant() => format!("        run.warmup = {w}\n"),
            Item::Weight(i, v) => format!("        x[{i}] = {}\n", float(*v)),
            _ => String::new(),
        }
    }
}
