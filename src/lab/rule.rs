//! The rule of a run's method: in symbols, and below with the numbers of the step that leaves the cursor.

use super::html::{Html, html, math, replace};
use super::looks::{self, Look};
use super::panels::Shown;
use super::symbols::mark;
use crate::formula::Node;
use crate::run::inspect::Inspection;
use crate::run::symbols::{meanings, with_params};
use web_sys::Element;

/// What the symbols that are drawn belong to.
const DRAWN: &str = "data-drawn";

/// A rule's name, and its lines in symbols and in numbers.
type Rule = (String, Vec<(Node, Node)>);

/// Draws it. The lines with symbols stay as long as the rules are the same, so that what has the focus keeps it.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let drawn = looks::with(shown, |look| match &look.seen {
        Some(seen) => {
            show(element, look, seen);
            true
        }
        None => false,
    });
    if drawn != Some(true) {
        let _ = element.remove_attribute(DRAWN);
        replace(element, vec![html("p").text("There is no step to show: the run cannot begin here.")]);
    }
}

fn show(element: &Element, look: &Look, seen: &Inspection) {
    let rules = rules(look, seen);
    let key: Vec<&str> = rules.iter().map(|(name, _)| name.as_str()).collect();
    let key = key.join(",");
    if element.get_attribute(DRAWN).as_ref() != Some(&key) {
        replace(element, frame(&rules));
        let _ = element.set_attribute(DRAWN, &key);
        let names: Vec<String> = meanings(look.spec.settings.optimizer, seen)
            .into_iter()
            .map(|(symbol, what)| format!("{symbol}\t{what}"))
            .collect();
        let _ = element.set_attribute("data-names", &names.join("\n"));
    }
    if let Ok(Some(step)) = element.query_selector(".from") {
        step.set_text_content(Some(&format!("The step from {} to {}", seen.step, seen.step + 1)));
    }
    let lines = rules.iter().flat_map(|(_, lines)| lines);
    if let Ok(places) = element.query_selector_all(".numbers") {
        for (i, (_, numbers)) in (0..).zip(lines) {
            if let Some(place) = places.get(i) {
                place.set_text_content(None);
                let _ = place.append_child(&math(numbers));
            }
        }
    }
    mark(element);
}

/// The method's rule and those of the modifiers that are on.
fn rules(look: &Look, seen: &Inspection) -> Vec<Rule> {
    let live = look.spec.settings_at(seen.step);
    let mut rules = vec![(live.optimizer.name.to_owned(), seen.worked(live.optimizer))];
    for choice in &live.modifiers {
        let spec = choice.spec;
        rules.push((spec.name.to_owned(), vec![with_params(spec.rule, spec.params, &choice.values)]));
    }
    rules
}

fn frame(rules: &[Rule]) -> Vec<Html> {
    let formulas = html("div")
        .attr("class", "worked")
        .attr("role", "group")
        .attr("tabindex", "0")
        .attr("aria-label", "Formula of the step; arrow keys go from symbol to symbol");
    let line = |(symbolic, _): &(Node, Node)| {
        let symbols = html("div").child(math(symbolic).into());
        html("div").attr("class", "line").child(symbols).child(html("div").attr("class", "numbers"))
    };
    let rule = |(i, (name, lines)): (usize, &Rule)| {
        let part = html("div");
        let part = if i > 0 { part.child(html("p").text(name)) } else { part };
        lines.iter().map(line).fold(part, Html::child)
    };
    vec![
        html("p").attr("class", "from"),
        rules.iter().enumerate().map(rule).fold(formulas, Html::child),
        html("p").attr("class", "meaning").attr("role", "status"),
    ]
}
