//! The function that the user types, beside the menu of surfaces: the field, what it means written out, its parameters,
//! examples and what may be written. On a surface of the menu it is a button that leads there.

mod field;
mod menus;
mod params;

use super::html::{Html, html, listener, replace, value};
use super::panels::Shown;
use super::{links, place};
use crate::lab::place::per_place;
use crate::link::Link;
use crate::surface::examples::Example;
use crate::surface::{Custom, SurfaceObjective, custom, typed};
use field::Field;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// There while what belongs to the field is open, where there is no room for it beside the field.
const OPEN: &str = "data-open";

per_place! {
    /// What was drawn last; there is one such panel.
    static DRAWN: RefCell<String> = const { RefCell::new(String::new()) };
    static FIELD: RefCell<Option<Rc<Field>>> = const { RefCell::new(None) };
    /// A function as it was chosen, for the field that shows it next, and whether that gets the focus.
    static CHOSEN: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
    static LISTENS: Cell<bool> = const { Cell::new(false) };
}

/// Draws it; nothing is done where the link is the same, for the cursor moves often.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let chosen = CHOSEN.take();
    if chosen.is_none() && element.has_child_nodes() && DRAWN.with_borrow(|drawn| drawn == shown.link) {
        return;
    }
    DRAWN.replace(shown.link.to_owned());
    let link = links::read(shown.link);
    let config = &link.config;
    let typed = config.surface.custom.as_ref().filter(|_| config.is_plane());
    let Some(custom) = typed else {
        FIELD.take();
        if config.is_plane() && element.query_selector(":scope > .type-own").is_ok_and(|b| b.is_some()) {
            return;
        }
        let button = html("button")
            .attr("type", "button")
            .attr("class", "type-own")
            .attr("data-testid", "type-own")
            .attr("aria-label", "Edit formula")
            .attr("title", "Go on from this formula with one of your own")
            .child(html("span").text("Edit formula"))
            .child(html("i").text("ƒ"));
        replace(element, if config.is_plane() { vec![button.on("click", begin)] } else { Vec::new() });
        return;
    };
    let known = FIELD.with_borrow(|field| field.clone().filter(|f| element.contains(Some(&f.input))));
    let field = known.unwrap_or_else(|| build(element));
    let chosen = chosen.filter(|(canonical, _)| canonical == custom.text()).map(|(_, text)| text);
    field.show(custom, chosen.as_deref(), &config.surface.params);
    params::draw(&field.params, config, shown);
    if chosen.is_some() {
        let _ = field.input.focus();
    }
}

fn build(element: &Element) -> Rc<Field> {
    let field = Rc::new(Field::new());
    let row = html("div")
        .attr("class", "function-row")
        .child(html("label").attr("for", field::ID).text("f(x, y) ="))
        .child(Html(field.place.clone()))
        .child(menus::examples())
        .child(menus::help());
    let more = html("div")
        .attr("class", "function-more")
        .child(
            html("div")
                .attr("class", "function-means")
                .child(Html(field.said.clone()))
                .child(Html(field.find.clone()))
                .child(Html(field.formula.clone())),
        )
        .child(Html(field.params.clone()))
        .child(Html(field.announced.clone()));
    replace(element, vec![row, more]);
    field::listen(&field);
    let panel = element.clone();
    place::listen_to(&field.place, "focusin", move |_| {
        let _ = panel.set_attribute(OPEN, "");
    });
    if !LISTENS.replace(true) {
        let panel = element.clone();
        for event in ["pointerdown", "focusin"] {
            let panel = panel.clone();
            place::listen(event, move |event| {
                let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
                if target.is_some_and(|t| !panel.contains(Some(&t))) {
                    let _ = panel.remove_attribute(OPEN);
                }
            });
        }
    }
    FIELD.replace(Some(field.clone()));
    field
}

/// How many gradients the runs that are shown ask for, about.
fn questions() -> u64 {
    let link = links::read(&DRAWN.with_borrow(Clone::clone));
    u64::from(link.config.steps) * link.config.runs.len() as u64
}

/// Goes on from the surface that is shown, as a function to be typed.
fn begin(event: &web_sys::Event) {
    let Some(button) = listener(event) else { return };
    let link = links::read(&DRAWN.with_borrow(Clone::clone));
    let config = &link.config;
    let start = typed::typed(&config.surface);
    let (text, surface) = start.map_or_else(plain, |(text, surface)| (text.to_owned(), surface));
    let mut next = (*link).clone();
    next.config.view = Some(config.visible());
    // Whatever else there is about the surface stays.
    let SurfaceObjective { spec, params, custom, .. } = surface;
    let now = &mut next.config.surface;
    (now.spec, now.params, now.custom) = (spec, params, custom);
    load(&button, &next, text);
}

/// What one types from where the surface cannot be written in one expression.
fn plain() -> (String, SurfaceObjective) {
    let custom = Custom::unread(custom::DEFAULT, "");
    (custom::DEFAULT.to_owned(), SurfaceObjective::typed(Custom::new(custom.expr().clone())))
}

/// Shows an example, with its own start and view, from its first step.
fn choose(part: &Element, example: &Example) {
    let Ok(surface) = example.surface() else { return };
    let mut next = (*links::read(&DRAWN.with_borrow(Clone::clone))).clone();
    next.config.surface = surface;
    next.config.start = example.start;
    next.config.view = Some(example.view);
    for run in &mut next.config.runs {
        run.start = None;
    }
    next.step = None;
    load(part, &next, example.text.to_owned());
}

/// Tells the page to show this; the field then has the text as it was written.
fn load(part: &Element, link: &Link, text: String) {
    if let Some(custom) = &link.config.surface.custom {
        CHOSEN.replace(Some((custom.text().to_owned(), text)));
    }
    super::say(part, &format!("load {}", link.write()));
}

/// Closes what is open, and gives the focus back to the field.
fn close(part: &Element) {
    if let Ok(Some(open)) = part.closest("details[open]") {
        let _ = open.remove_attribute("open");
    }
    if let Some(field) = FIELD.with_borrow(Clone::clone) {
        let _ = field.input.focus();
    }
}

/// Puts the caret where something is, and shows it.
fn select(input: &HtmlElement, at: usize, len: usize) {
    let text = value(input);
    // The document counts in units of UTF-16.
    let units = |n: usize| text.chars().take(n).map(char::len_utf16).sum::<usize>();
    let [from, to] = [units(at), units(at.saturating_add(len))].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    let _ = input.focus();
    if let Some(input) = input.dyn_ref::<web_sys::HtmlInputElement>() {
        let _ = input.set_selection_range(from, to);
    }
}
