//! Controls that several panels share.

use super::store::Store;
use super::target::Target;
use super::ui::{Choice, El, Live, checked, el, icon_button, menu, on_change, options, set_value, value};
use super::{icons, lab};
use crate::math::decimal;
use crate::param::{ParamSpec, Scale, number};
use crate::session::Command;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// Positions along a slider that is not a whole number's.
const STOPS: f64 = 1000.0;

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
pub fn control(store: Store, spec: &'static ParamSpec, target: Target, test_id: &str) -> El {
    match spec.scale {
        Scale::Switch => tick(
            spec.name,
            &target.help(store, spec),
            test_id,
            move || target.get(store, spec) != 0.0,
            move |on| target.set_once(store, if on { 1.0 } else { 0.0 }),
        ),
        Scale::Choice(words) => choice(store, spec, words, target, test_id),
        _ => slider(store, spec, target, test_id),
    }
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
    el("label").class("check").help(help).child(field).text(name)
}

/// A menu of a registry, which grows when all of it is known.
pub fn registry_menu(
    store: Store,
    groups: fn() -> Vec<(&'static str, Vec<Choice<'static>>)>,
    now: impl Fn() -> &'static str + 'static,
) -> El {
    el("select").region(move || lab::known(store), move |_| options(&groups())).live_value(move || {
        // Its new options know of no choice yet.
        lab::known(store);
        now().to_owned()
    })
}

fn choice(
    store: Store,
    spec: &'static ParamSpec,
    words: &'static [&'static str],
    target: Target,
    test_id: &str,
) -> El {
    let options = words.iter().map(|w| (*w, *w)).collect();
    let field = menu(&[("", options)])
        .test_id(test_id)
        .live_value(move || spec.format(target.get(store, spec)))
        .on("change", move |ev| {
            if let Ok(new) = spec.parse(&value(&ev)) {
                target.set_once(store, new);
            }
        });
    let name = el("span").class("name").text(spec.name);
    el("label").class("row").help(&target.help(store, spec)).child(name).child(field)
}

/// The number of positions of a slider: those of its values, if they are few whole numbers.
fn stops(spec: &ParamSpec) -> f64 {
    if spec.scale == Scale::Integer { (spec.slider.1 - spec.slider.0).min(STOPS) } else { STOPS }
}

fn slider(store: Store, spec: &'static ParamSpec, target: Target, test_id: &str) -> El {
    let id = unique_id();
    let problem = Live::new(String::new());
    let stops = stops(spec);
    let forget = problem.clone();
    let reset = Rc::new(move || {
        forget.set(String::new());
        target.set_once(store, spec.default);
    });
    let (double, sliding) = (reset.clone(), problem.clone());
    let range = el("input")
        .attr("type", "range")
        .attr("id", &id)
        .class("slide")
        .test_id(test_id)
        .attr("min", "0")
        .attr("max", &number(stops))
        .attr("step", "1")
        .live_value(move || number((spec.position(target.get(store, spec)) * stops).round()))
        .live_attr("aria-valuetext", move || spec.format(target.get(store, spec)))
        .on("pointerdown", move |_| store.send(Command::Hold))
        .on("input", move |ev| {
            sliding.set(String::new());
            let place = decimal::parse(&value(&ev)).unwrap_or(0.0);
            target.drag(store, spec.at(place / stops));
        })
        .on("change", move |_| store.send(Command::EndGesture))
        .on("dblclick", move |_| double());
    let default = spec.format(spec.default);
    let back = icon_button(icons::RESET, &format!("Reset {} to {default}", spec.name))
        .live_class("unseen", move || target.get(store, spec) == spec.default)
        .on_click(move || reset());
    let name = el("label").class("name").attr("for", &id).text(spec.name).child(symbol(spec));
    el("div")
        .class("param")
        .help(&target.help(store, spec))
        .child(name)
        .child(range)
        .child(number_field(store, spec, target, &problem, test_id))
        .child(back)
        .child(problem_line(problem))
}

fn symbol(spec: &ParamSpec) -> El {
    el("span").class("symbol").attr("aria-hidden", "true").text(spec.symbol)
}

fn problem_line(problem: Live<String>) -> El {
    let words = problem.clone();
    el("p")
        .class("problem")
        .attr("role", "alert")
        .live_flag("hidden", move || problem.get().is_empty())
        .live_text(move || words.get())
}

/// A number with a name and no slider, for what has no usual range.
pub fn field(store: Store, spec: &'static ParamSpec, target: Target, test_id: &str) -> El {
    let problem = Live::new(String::new());
    el("div")
        .class("param plain")
        .help(&target.help(store, spec))
        .child(el("span").class("name").text(spec.name).child(symbol(spec)))
        .child(number_field(store, spec, target, &problem, test_id))
        .child(problem_line(problem))
}

/// The field beside a slider: takes an exact number when it is left or Enter is pressed, and says what is wrong with one
/// that it does not take. Nothing changes until it is right.
fn number_field(
    store: Store,
    spec: &'static ParamSpec,
    target: Target,
    problem: &Live<String>,
    test_id: &str,
) -> El {
    let [invalid, standing, typed, escaped] = [(); 4].map(|()| problem.clone());
    let field = el("input")
        .class("number")
        .attr("type", "text")
        .attr("inputmode", "decimal")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("maxlength", "40")
        .attr("aria-label", &format!("{}, exact value", spec.name))
        .test_id(&format!("{test_id}-number"))
        .live_attr("aria-invalid", move || (!invalid.get().is_empty()).to_string());
    let [shown, restored, forgotten] = [(); 3].map(|()| field.0.clone());
    // Only a changed number is written, for one may be being typed while the cursor moves; and a wrong one is left alone,
    // for the person to mend.
    on_change(
        Box::new(move || spec.format(target.get(store, spec))),
        Box::new(move |text| {
            if standing.peek().is_empty() {
                set_value(&shown, text);
            }
        }),
    );
    let restore = move |node: &web_sys::Element| set_value(node, &spec.format(target.get(store, spec)));
    field
        .on("change", move |ev| match spec.parse(&value(&ev)) {
            Ok(new) => {
                typed.set(String::new());
                target.set_once(store, new);
                restore(&restored);
            }
            Err(error) => typed.set(error.to_string()),
        })
        .on("keydown", move |ev| {
            if ev.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
                escaped.set(String::new());
                restore(&forgotten);
            }
        })
}
