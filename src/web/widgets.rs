//! Controls that several panels share.

use super::icons;
use super::ui::{El, checked, el, icon_button, menu, set_value, value};
use crate::math::decimal;
use crate::param::{ParamSpec, Scale};
use leptos::prelude::{GetUntracked, RwSignal, Set, With};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// Positions along a slider that is not a whole number's.
const STOPS: f64 = 1000.0;

/// What a control is tied to.
#[derive(Clone)]
pub struct Binding {
    /// The current value, tracked.
    pub get: Rc<dyn Fn() -> f64>,
    /// Called with each new value.
    pub set: Rc<dyn Fn(f64)>,
    /// Called as the control is taken hold of.
    pub hold: Rc<dyn Fn()>,
    /// Called when a change is complete.
    pub done: Rc<dyn Fn()>,
}

/// An id that no other element has.
fn unique_id() -> String {
    thread_local! {
        static NEXT: Cell<u32> = const { Cell::new(0) };
    }
    let n = NEXT.get();
    NEXT.set(n + 1);
    format!("c{n}")
}

/// The control for a parameter: a slider with a number field and a reset, a switch, or a menu.
pub fn control(spec: &'static ParamSpec, binding: Binding, test_id: &str) -> El {
    match spec.scale {
        Scale::Switch => switch(spec, binding, test_id),
        Scale::Choice(words) => choice(spec, words, binding, test_id),
        _ => slider(spec, binding, test_id),
    }
}

fn switch(spec: &'static ParamSpec, binding: Binding, test_id: &str) -> El {
    let Binding { get, set, done, .. } = binding;
    let change = move |on: bool| {
        set(if on { 1.0 } else { 0.0 });
        done();
    };
    tick(spec.name, spec.help, test_id, move || get() != 0.0, change)
}

/// A box to tick, with its name.
pub fn tick(
    name: &str,
    help: &str,
    test_id: &str,
    on: impl Fn() -> bool + 'static,
    change: impl Fn(bool) + 'static,
) -> El {
    let field = el("input")
        .attr("type", "checkbox")
        .test_id(test_id)
        .live_checked(on)
        .on("change", move |ev| change(checked(&ev)));
    el("label")
        .class("check")
        .title(help)
        .child(field)
        .text(name)
}

fn choice(
    spec: &'static ParamSpec,
    words: &'static [&'static str],
    binding: Binding,
    test_id: &str,
) -> El {
    let Binding { get, set, done, .. } = binding;
    let options = words.iter().map(|w| (*w, *w, "")).collect();
    let field = menu(&[("", options)])
        .test_id(test_id)
        .live_value(move || spec.format(get()))
        .on("change", move |ev| {
            if let Ok(new) = spec.parse(&value(&ev)) {
                set(new);
                done();
            }
        });
    el("label")
        .class("row")
        .title(spec.help)
        .child(el("span").class("name").text(spec.name))
        .child(field)
}

/// The number of positions of a slider: those of its values, if they are few whole numbers.
fn stops(spec: &ParamSpec) -> f64 {
    if spec.scale == Scale::Integer {
        (spec.slider.1 - spec.slider.0).min(STOPS)
    } else {
        STOPS
    }
}

fn slider(spec: &'static ParamSpec, binding: Binding, test_id: &str) -> El {
    let id = unique_id();
    let problem = RwSignal::new(String::new());
    let stops = stops(spec);
    let Binding {
        get,
        set,
        hold,
        done,
    } = binding.clone();
    let reset = {
        let Binding { set, done, .. } = binding.clone();
        Rc::new(move || {
            problem.set(String::new());
            set(spec.default);
            done();
        })
    };
    let (place, text, changed, double) = (get.clone(), get.clone(), get, reset.clone());
    let range = el("input")
        .attr("type", "range")
        .attr("id", &id)
        .class("slide")
        .title(spec.help)
        .test_id(test_id)
        .attr("min", "0")
        .attr("max", &stops.to_string())
        .attr("step", "1")
        .live_value(move || (spec.position(place()) * stops).round().to_string())
        .live_attr("aria-valuetext", move || spec.format(text()))
        .on("pointerdown", move |_| hold())
        .on("input", move |ev| {
            problem.set(String::new());
            let place = decimal::parse(&value(&ev)).unwrap_or(0.0);
            set(spec.at(place / stops));
        })
        .on("change", move |_| done())
        .on("dblclick", move |_| double());
    let default = spec.format(spec.default);
    let back = icon_button(icons::RESET, &format!("Reset {} to {default}", spec.name))
        .live_class("unseen", move || changed() == spec.default)
        .on_click(move || reset());
    let name = el("label")
        .class("name")
        .attr("for", &id)
        .title(spec.help)
        .text(spec.name)
        .child(symbol(spec));
    el("div")
        .class("param")
        .child(name)
        .child(range)
        .child(number_field(spec, binding, problem, test_id))
        .child(back)
        .child(problem_line(problem))
}

fn symbol(spec: &ParamSpec) -> El {
    el("span")
        .class("symbol")
        .attr("aria-hidden", "true")
        .text(spec.symbol)
}

fn problem_line(problem: RwSignal<String>) -> El {
    el("p")
        .class("problem")
        .attr("role", "alert")
        .live_flag("hidden", move || problem.with(String::is_empty))
        .live_text(move || problem.with(Clone::clone))
}

/// A number with a name and no slider, for what has no usual range.
pub fn field(spec: &'static ParamSpec, binding: Binding, test_id: &str) -> El {
    let problem = RwSignal::new(String::new());
    el("div")
        .class("param plain")
        .child(
            el("span")
                .class("name")
                .title(spec.help)
                .text(spec.name)
                .child(symbol(spec)),
        )
        .child(number_field(spec, binding, problem, test_id))
        .child(problem_line(problem))
}

/// The field beside a slider: takes an exact number when it is left or Enter is pressed, and says what is wrong with one
/// that it does not take. Nothing changes until it is right.
fn number_field(
    spec: &'static ParamSpec,
    binding: Binding,
    problem: RwSignal<String>,
    test_id: &str,
) -> El {
    let Binding { get, set, done, .. } = binding;
    let shown = get.clone();
    let field = el("input")
        .class("number")
        .attr("type", "text")
        .attr("inputmode", "decimal")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("maxlength", "40")
        .attr("aria-label", &format!("{}, exact value", spec.name))
        .test_id(&format!("{test_id}-number"))
        .live_attr("aria-invalid", move || {
            (!problem.with(String::is_empty)).to_string()
        });
    let input = field.0.clone();
    // While a wrong number stands there it is left alone, for the person to mend.
    let field = {
        let input = input.clone();
        super::ui::effect(move || {
            let text = spec.format(shown());
            if problem.get_untracked().is_empty() {
                set_value(&input, &text);
            }
        });
        field
    };
    let restore = Rc::new(move || set_value(&input, &spec.format(get())));
    let forget = restore.clone();
    field
        .on("change", move |ev| match spec.parse(&value(&ev)) {
            Ok(new) => {
                problem.set(String::new());
                set(new);
                done();
                restore();
            }
            Err(error) => problem.set(error.to_string()),
        })
        .on("keydown", move |ev| {
            if ev.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
                problem.set(String::new());
                forget();
            }
        })
}
