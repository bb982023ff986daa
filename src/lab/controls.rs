//! Controls of panels: what `web::widgets` is for the first program.

use super::bound::{Bound, Change, Now};
use super::html::{Html, html, is_checked, listener, set, set_checked, set_text, set_value, svg, value};
use super::place;
use crate::math::decimal;
use crate::param::{ParamSpec, Scale};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

const RESET: &str = "M8 3.2V.8L4.1 4 8 7.2V4.9a3.8 3.8 0 1 1-3.8 3.8H2.5A5.5 5.5 0 1 0 8 3.2z";

/// Positions along a slider that is not a whole number's.
const STOPS: f64 = 1000.0;

type Get = Box<dyn Fn(&Now) -> f64>;
type Set = Box<dyn Fn(&Now, f64) -> Change>;

/// What a control is tied to.
pub struct Place {
    /// The name by which tests find it.
    pub test_id: String,
    /// What it is, for its tooltip.
    pub help: String,
    /// Its value.
    pub get: Get,
    /// What sets it.
    pub set: Set,
}

/// The control for a parameter: a slider with a number field and a reset, a switch, or a menu.
pub fn control(bound: &Rc<Bound>, spec: &'static ParamSpec, place: Place) -> Html {
    let place = Rc::new(place);
    match spec.scale {
        Scale::Switch => {
            let (read, write) = (place.clone(), place.clone());
            tick(
                bound,
                (spec.name, &place.help, &place.test_id),
                move |now| (read.get)(now) != 0.0,
                move |now, on| (write.set)(now, f64::from(u8::from(on))),
            )
        }
        Scale::Choice(words) => choice(bound, spec, words, &place),
        _ => slider(bound, spec, &place),
    }
}

/// A box to tick: its name, its help, its test id.
pub fn tick<C: Into<Change>>(
    bound: &Rc<Bound>,
    (name, help, test_id): (&str, &str, &str),
    on: impl Fn(&Now) -> bool + 'static,
    change: impl Fn(&Now, bool) -> C + 'static,
) -> Html {
    let weak = bound.weak();
    let field =
        html("input").attr("type", "checkbox").attr("data-testid", test_id).on("change", move |event| {
            if let (Some(bound), Some(field)) = (weak.upgrade(), listener(event)) {
                bound.set(change(&bound.now(), is_checked(&field)));
            }
        });
    let node = field.0.clone();
    bound.follow(move |now| set_checked(&node, on(now)));
    html("label").attr("class", "check").attr("data-help", help).child(field).text(name)
}

/// A menu of keys and names.
pub fn menu<C: Into<Change>>(
    bound: &Rc<Bound>,
    options: impl Iterator<Item = (&'static str, &'static str)>,
    now_at: impl Fn(&Now) -> String + 'static,
    choose: impl Fn(&Now, &str) -> Option<C> + 'static,
) -> Html {
    let weak = bound.weak();
    let field = html("select")
        .children(options.map(|(key, name)| html("option").attr("value", key).text(name)))
        .on("change", move |event| {
            if let (Some(bound), Some(field)) = (weak.upgrade(), listener(event))
                && let Some(item) = choose(&bound.now(), &value(&field))
            {
                bound.set(item);
            }
        });
    let node = field.0.clone();
    bound.follow(move |now| set_value(&node, &now_at(now)));
    field
}

fn choice(
    bound: &Rc<Bound>,
    spec: &'static ParamSpec,
    words: &'static [&'static str],
    place: &Rc<Place>,
) -> Html {
    let (read, write) = (place.clone(), place.clone());
    let row = html("label").attr("class", "row").attr("data-help", &place.help);
    let field = menu(
        bound,
        words.iter().map(|w| (*w, *w)),
        move |now| spec.format((read.get)(now)),
        move |now, word| spec.parse(word).ok().map(|v| (write.set)(now, v)),
    );
    row.child(html("span").attr("class", "name").text(spec.name))
        .child(field.attr("data-testid", &place.test_id))
}

/// The number of positions of a slider: those of its values, if they are few whole numbers.
fn stops(spec: &ParamSpec) -> f64 {
    if spec.scale == Scale::Integer { (spec.slider.1 - spec.slider.0).min(STOPS) } else { STOPS }
}

fn slider(bound: &Rc<Bound>, spec: &'static ParamSpec, place: &Rc<Place>) -> Html {
    let name = html("label")
        .attr("class", "name")
        .attr("for", &place.test_id)
        .text(spec.name)
        .child(html("span").attr("class", "symbol").attr("aria-hidden", "true").text(spec.symbol));
    let (show, take) = (place.clone(), place.clone());
    let field = text_field(
        bound,
        &format!("{}-number", place.test_id),
        move |now| spec.format((show.get)(now)),
        move |now, text| spec.parse(text).map(|v| (take.set)(now, v)).map_err(|e| e.to_string()),
    )
    .attr("inputmode", "decimal")
    .attr("maxlength", "40")
    .attr("aria-label", &format!("{}, exact value", spec.name));
    html("div")
        .attr("class", "param")
        .attr("data-help", &place.help)
        .child(name)
        .child(range(bound, spec, place))
        .child(field)
        .child(reset(bound, spec, place))
        .child(problem())
}

fn range(bound: &Rc<Bound>, spec: &'static ParamSpec, place: &Rc<Place>) -> Html {
    let stops = stops(spec);
    let [pressed, moved, let_go, twice] = [(); 4].map(|()| bound.weak());
    let (dragged, back, read) = (place.clone(), place.clone(), place.clone());
    let range = html("input")
        .attr("type", "range")
        .attr("id", &place.test_id)
        .attr("class", "slide")
        .attr("data-testid", &place.test_id)
        .attr("min", "0")
        .attr("max", &stops.to_string())
        .attr("step", "1")
        .on("pointerdown", move |_| {
            if let Some(bound) = pressed.upgrade() {
                bound.hold();
            }
        })
        .on("input", move |event| {
            if let (Some(bound), Some(range)) = (moved.upgrade(), listener(event)) {
                tell_problem(&range, "");
                let place = decimal::parse(&value(&range)).unwrap_or(0.0);
                bound.drag((dragged.set)(&bound.now(), spec.at(place / stops)));
            }
        })
        .on("change", move |_| {
            if let Some(bound) = let_go.upgrade() {
                bound.end();
            }
        })
        .on("dblclick", move |_| {
            if let Some(bound) = twice.upgrade() {
                bound.set((back.set)(&bound.now(), spec.default));
            }
        });
    let node = range.0.clone();
    bound.follow(move |now| {
        let value = (read.get)(now);
        set_value(&node, &(spec.position(value) * stops).round().to_string());
        set(&node, "aria-valuetext", &spec.format(value));
    });
    range
}

fn reset(bound: &Rc<Bound>, spec: &'static ParamSpec, place: &Rc<Place>) -> Html {
    let (weak, read, back) = (bound.weak(), place.clone(), place.clone());
    let label = format!("Reset {} to {}", spec.name, spec.format(spec.default));
    let button = icon_button(RESET, &label).on("click", move |event| {
        if let (Some(bound), Some(button)) = (weak.upgrade(), listener(event)) {
            tell_problem(&button, "");
            bound.set((back.set)(&bound.now(), spec.default));
        }
    });
    let node = button.0.clone();
    bound.follow(move |now| {
        set(&node, "class", if (read.get)(now) == spec.default { "icon unseen" } else { "icon" });
    });
    button
}

/// A button with a picture on it: its path in a square of 16.
pub fn icon_button(path: &str, label: &str) -> Html {
    let picture = svg("svg")
        .attr("viewBox", "0 0 16 16")
        .attr("width", "16")
        .attr("height", "16")
        .attr("aria-hidden", "true")
        .child(svg("path").attr("d", path));
    let button = html("button").attr("type", "button").attr("class", "icon");
    button.attr("title", label).attr("aria-label", label).child(picture)
}

/// A button with words on it.
pub fn button(bound: &Rc<Bound>, words: &str, test_id: &str, act: impl Fn(&Bound) + 'static) -> Html {
    let weak = bound.weak();
    html("button").attr("type", "button").attr("data-testid", test_id).text(words).on("click", move |_| {
        if let Some(bound) = weak.upgrade() {
            act(&bound);
        }
    })
}

/// Where a control says what is wrong.
pub fn problem() -> Html {
    html("p").attr("class", "problem").attr("role", "alert").attr("hidden", "")
}

/// Says what is wrong with what was typed into the control that this is a part of; nothing is wrong where it is empty.
pub fn tell_problem(part: &Element, text: &str) {
    let Some(control) = part.closest(".param").ok().flatten() else {
        return;
    };
    if let Ok(Some(line)) = control.query_selector(".problem") {
        set_text(&line, text);
        let _ = line.toggle_attribute_with_force("hidden", text.is_empty());
    }
    if let Ok(Some(field)) = control.query_selector(".number") {
        set(&field, "aria-invalid", if text.is_empty() { "false" } else { "true" });
    }
}

/// A field that takes what is typed when it is left or Enter is pressed. Nothing changes until that is right: what is wrong
/// stays to be mended, with a message, is taken when something else puts it right, and Escape brings back what holds. Only a
/// changed text is written into it, for one may be being typed while the cursor moves.
pub fn text_field<C: Into<Change>>(
    bound: &Rc<Bound>,
    test_id: &str,
    show: impl Fn(&Now) -> String + 'static,
    take: impl Fn(&Now, &str) -> Result<C, String> + 'static,
) -> Html {
    let (typed, escaped) = (bound.weak(), bound.weak());
    let (show, take) = (Rc::new(show), Rc::new(take));
    let take_again = take.clone();
    let restored = show.clone();
    let last = Rc::new(RefCell::new(None));
    let forget = last.clone();
    let field = html("input")
        .attr("class", "number")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-invalid", "false")
        .attr("data-testid", test_id)
        .on("change", move |event| {
            let (Some(bound), Some(field)) = (typed.upgrade(), listener(event)) else {
                return;
            };
            match take(&bound.now(), &value(&field)) {
                Ok(item) => {
                    tell_problem(&field, "");
                    // Written again in its usual form, also where it is what it was.
                    forget.take();
                    bound.set(item);
                }
                Err(error) => tell_problem(&field, &error),
            }
        })
        .on("keydown", move |event| {
            if let (Some(bound), Some(field)) = (escaped.upgrade(), listener(event))
                && event.unchecked_ref::<KeyboardEvent>().key() == "Escape"
            {
                tell_problem(&field, "");
                set_value(&field, &restored(&bound.now()));
            }
        });
    let node = field.0.clone();
    bound.follow(move |now| {
        let text = show(now);
        if last.borrow().as_ref() != Some(&text) {
            last.replace(Some(text.clone()));
            if node.get_attribute("aria-invalid").as_deref() == Some("false") {
                set_value(&node, &text);
            }
        }
        if node.get_attribute("aria-invalid").as_deref() == Some("true") {
            match take_again(now, &value(&node)) {
                // What is being typed is not taken yet.
                Ok(_) if place::active().as_ref() == Some(&node) => {}
                Ok(_) => enter_again(&node),
                Err(error) => tell_problem(&node, &error),
            }
        }
    });
    field
}

/// As if what stands in the field were entered now. Not at once: settings are not changed while they are shown.
fn enter_again(field: &Element) {
    let field = field.clone();
    place::later(0, move || {
        if let Ok(event) = Event::new("change") {
            let _ = field.dispatch_event(&event);
        }
    });
}
