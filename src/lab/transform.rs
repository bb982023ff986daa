//! Scaling, turning, moving and tilting the surface.

use super::bound::{self, Bound, Change, Now};
use super::controls::{Place, button, control};
use super::html::{Html, html};
use super::panels::Shown;
use crate::link::write_transform;
use crate::optim;
use crate::run::Settings;
use crate::surface::Transform;
use crate::surface::transform::{PARAMS, SENTENCE};
use std::rc::Rc;
use web_sys::Element;

/// Draws the panel.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let config = super::links::read(shown.link).config.clone();
    // It is about all runs, and there may be none.
    let live = Settings::new(optim::ALL[0]);
    let now = Now { config, run: shown.run, step: shown.step, live };
    bound::draw_now(element, now, |_| String::new(), make);
}

fn values(now: &Now) -> Vec<f64> {
    Transform::values(now.config.surface.transform.as_ref())
}

fn words(values: &[f64]) -> Change {
    Change::Words(format!("transform {}", write_transform(Transform::new(values).as_ref())))
}

fn make(bound: &Rc<Bound>) -> Vec<Html> {
    let mut parts = vec![html("p").text(SENTENCE)];
    parts.extend(PARAMS.iter().enumerate().map(|(i, spec)| {
        let place = Place {
            test_id: format!("transform-{}", spec.key),
            help: format!("transform/{}", spec.key),
            get: Box::new(move |now| values(now)[i]),
            set: Box::new(move |now, value| {
                let mut values = values(now);
                values[i] = value;
                words(&values)
            }),
        };
        control(bound, spec, place)
    }));
    let reset = button(bound, "Reset transformation", "transform-reset", |bound| bound.set(words(&[])));
    let node = reset.0.clone();
    bound.follow(move |now| {
        let _ = node.toggle_attribute_with_force("disabled", now.config.surface.transform.is_none());
    });
    parts.push(reset);
    parts
}
