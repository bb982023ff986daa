//! The parameters of the typed function, each a slider under its own name.

use super::super::bound::{self, Bound, Change, Now};
use super::super::controls::{Place, control};
use super::super::html::Html;
use super::super::panels::Shown;
use crate::optim::ALL;
use crate::param::{ParamSpec, number};
use crate::run::Settings;
use crate::session::Config;
use crate::surface::custom::SPEC;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;

/// A slider reaches this far at least, to both sides.
const REACH: f64 = 5.0;

thread_local! {
    /// How far the slider of each name reaches. It grows when a value is typed that lies further out.
    static REACHES: RefCell<Vec<(String, f64)>> = const { RefCell::new(Vec::new()) };
    /// The descriptions that sliders were made from; they live as long as the program.
    static SPECS: RefCell<Vec<&'static ParamSpec>> = const { RefCell::new(Vec::new()) };
}

/// Draws them.
pub fn draw(element: &Element, config: &Config, shown: &Shown<'_>) {
    let live = config.runs.get(shown.run).map(|run| run.settings_at(shown.step));
    let live = live.unwrap_or_else(|| Settings::new(ALL[0]));
    let now = Now { config: config.clone(), run: shown.run, step: shown.step, live };
    bound::draw_now(element, now, shape, make);
}

fn names(now: &Now) -> &[String] {
    now.config.surface.custom.as_ref().map_or(&[], |c| c.names())
}

/// The names, and how far the sliders reach.
fn shape(now: &Now) -> String {
    let pairs = names(now).iter().zip(&now.config.surface.params);
    let each = pairs.map(|(name, value)| format!("{name} {}", number(reach(name, *value))));
    each.collect::<Vec<_>>().join(";")
}

/// 5, 10, 20, 50 … so that a value lies well within.
fn reach(name: &str, value: f64) -> f64 {
    REACHES.with_borrow_mut(|reaches| {
        let known = reaches.iter().position(|(known, _)| known == name);
        let at = known.unwrap_or_else(|| {
            reaches.push((name.to_owned(), REACH));
            reaches.len() - 1
        });
        let reach = &mut reaches[at].1;
        if value.abs() > *reach {
            let mut next = [2.0, 2.5, 2.0].into_iter().cycle();
            *reach = REACH;
            while *reach < 1.5 * value.abs() {
                *reach *= next.next().unwrap_or(2.0);
            }
        }
        *reach
    })
}

fn spec(name: &str, reach: f64) -> &'static ParamSpec {
    SPECS.with_borrow_mut(|specs| {
        if let Some(known) = specs.iter().find(|s| s.name == name && s.slider.1 == reach) {
            return *known;
        }
        let name = name.to_owned().leak();
        let spec = ParamSpec { name, symbol: "", ..SPEC.params[0] }.slider(-reach, reach);
        let spec: &'static ParamSpec = Box::leak(Box::new(spec));
        specs.push(spec);
        spec
    })
}

fn make(bound: &Rc<Bound>) -> Vec<Html> {
    let now = bound.now();
    let pairs = names(&now).iter().zip(&now.config.surface.params).enumerate();
    let one = |(i, (name, value)): (usize, (&String, &f64))| {
        let place = Place {
            test_id: format!("function-{name}"),
            help: format!("surface/{}/{}", SPEC.key, SPEC.params[0].key),
            get: Box::new(move |now| now.config.surface.params.get(i).copied().unwrap_or(1.0)),
            set: Box::new(move |_, value| Change::Words(format!("param {i}={}", number(value)))),
        };
        control(bound, spec(name, reach(name, *value)), place)
    };
    pairs.map(one).collect()
}
