//! The field: read at each letter, shown while it is a function, and marked where it is none.

use super::super::html::{Html, html, math, replace, set, set_text, set_value, value};
use super::super::place::{self, listen_to};
use crate::expr::{DEEPEST, Expr, ExprError, LONGEST};
use crate::grammar::{pair, split};
use crate::link::Link;
use crate::math::decimal;
use crate::session::Config;
use crate::surface::{Custom, SurfaceObjective, custom};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

pub const ID: &str = "function-text";
const SAID: &str = "function-said";
/// Errors are read out when typing has paused for so long.
const PAUSE_MS: i32 = 700;
/// Of what stands after an error so much is marked at the most.
const MOST_MARKED: usize = 200;
/// What takes more nanoseconds than this is not done at each letter.
const MOST_AT_ONCE: u64 = 100_000_000;
/// Values of parameters that are kept for when their names come back.
const MOST_VALUES: usize = 64;

/// The field and what stands about it.
pub struct Field {
    /// The text.
    pub input: HtmlElement,
    /// The text with the marks over it.
    pub place: Element,
    marks: Element,
    /// What is wrong.
    pub said: Element,
    /// Leads to the place.
    pub find: Element,
    /// The same, read out.
    pub announced: Element,
    /// The function written out.
    pub formula: Element,
    /// Its parameters.
    pub params: Element,
    state: RefCell<State>,
    /// Counts what is typed, to know when it has paused.
    typed: Cell<u32>,
}

#[derive(Default)]
struct State {
    /// The function that the page shows, as links have it.
    shown: String,
    /// The same as it was typed; none while there is only a text of a link that is no function.
    good: Option<String>,
    /// What was told the page while typing: what comes back of it is no news.
    told: Vec<String>,
    /// The values of parameters, by name.
    values: Vec<(String, f64)>,
    error: Option<ExprError>,
}

impl Field {
    /// The field with nothing in it.
    pub fn new() -> Self {
        let input = html("input")
            .attr("id", ID)
            .attr("type", "text")
            .attr("class", "function")
            .attr("data-testid", "function")
            .attr("autocomplete", "off")
            .attr("autocapitalize", "off")
            .attr("autocorrect", "off")
            .attr("spellcheck", "false")
            .attr("enterkeyhint", "done")
            .attr("aria-describedby", SAID)
            .attr("aria-invalid", "false");
        let marks = html("div").attr("class", "marks-of-text").attr("aria-hidden", "true");
        let (input_node, marks_node) = (input.0.clone(), marks.0.clone());
        let find = html("button")
            .attr("type", "button")
            .attr("class", "find")
            .attr("data-testid", "function-find")
            .attr("hidden", "")
            .text("Show where");
        Self {
            input: input_node.unchecked_into(),
            place: html("div").attr("class", "typed").child(input).child(marks).0,
            marks: marks_node,
            said: html("p").attr("id", SAID).attr("class", "said").attr("data-testid", SAID).0,
            find: find.0,
            announced: html("p").attr("class", "announced").attr("role", "status").0,
            formula: html("div").attr("class", "as-formula").attr("data-testid", "function-formula").0,
            params: html("div").attr("class", "function-params").attr("data-testid", "function-params").0,
            state: RefCell::default(),
            typed: Cell::new(0),
        }
    }

    /// Takes over what the page shows, as it was written where it was chosen. What is being typed stays, and so does a text that is no function as long as the
    /// page's is the same.
    pub fn show(&self, custom: &Custom, chosen: Option<&str>, params: &[f64]) {
        let mut state = self.state.borrow_mut();
        state.keep(custom.names().iter().cloned().zip(params.iter().copied()));
        let inside = split(custom.inside().unwrap_or_default(), &[';', ',']);
        let said = inside.iter().map(|p| pair(p));
        state.keep(said.filter_map(|(name, v)| Some((name.to_owned(), decimal::parse(v)?))));
        let is_known = state.shown == custom.text() || state.told.iter().any(|t| t == custom.text());
        custom.text().clone_into(&mut state.shown);
        if is_known && chosen.is_none() {
            return;
        }
        let text = chosen.unwrap_or(custom.text());
        state.told.clear();
        state.good = custom.inside().is_none().then(|| text.to_owned());
        drop(state);
        set_value(&self.input, text);
        match Expr::parse(text) {
            Ok(expr) => self.accept(&expr),
            Err(error) => self.refuse(error),
        }
        self.announce();
    }

    /// Reads what is typed, and tells the page if it is another function; of one that takes long only when typing has
    /// paused.
    fn read(self: &Rc<Self>) {
        let work = Expr::parse(&value(&self.input)).map_or(0, |expr| expr.work());
        if super::questions().saturating_mul(work) < MOST_AT_ONCE {
            return self.take();
        }
        let typed = self.typed.get();
        later(self, PAUSE_MS / 2, move |field| {
            if field.typed.get() == typed {
                field.take();
            }
        });
    }

    fn take(&self) {
        let text = value(&self.input);
        let expr = match Expr::parse(&text) {
            Ok(expr) => expr,
            Err(error) => return self.refuse(error),
        };
        self.accept(&expr);
        let function = Custom::new(expr);
        let mut state = self.state.borrow_mut();
        state.good = Some(text);
        let last = state.told.last().unwrap_or(&state.shown);
        if last == function.text() {
            return;
        }
        state.told.push(function.text().to_owned());
        let mut surface = SurfaceObjective::typed(function);
        let names = surface.custom.as_ref().map(|c| c.names().to_vec()).unwrap_or_default();
        for (value, name) in surface.params.iter_mut().zip(names) {
            if let Some((_, kept)) = state.values.iter().find(|(known, _)| *known == name) {
                *value = *kept;
            }
        }
        drop(state);
        let config = Config { surface, ..Config::new(&custom::SPEC) };
        super::super::say(&self.input, &format!("set {}", Link { config, ..Link::default() }.write()));
    }

    fn accept(&self, expr: &Expr) {
        self.state.borrow_mut().error = None;
        set(&self.input, "aria-invalid", "false");
        set_text(&self.said, "");
        let _ = self.find.set_attribute("hidden", "");
        self.marks.set_text_content(None);
        replace(&self.formula, vec![Html(math(&expr.formula()))]);
        // Only what has more than is seen needs the keyboard.
        if self.formula.scroll_width() > self.formula.client_width() {
            set(&self.formula, "tabindex", "0");
            set(&self.formula, "role", "group");
            set(&self.formula, "aria-label", "The function, written out");
        } else {
            for name in ["tabindex", "role", "aria-label"] {
                let _ = self.formula.remove_attribute(name);
            }
        }
    }

    fn refuse(&self, error: ExprError) {
        set(&self.input, "aria-invalid", "true");
        let until = if self.state.borrow().good.is_some() { "" } else { " Until then x² + y² is shown." };
        set_text(&self.said, &format!("Character {}: {}{until}", error.at + 1, error.message));
        let _ = self.find.remove_attribute("hidden");
        let text = value(&self.input);
        let before: String = text.chars().take(error.at).collect();
        let wrong: String = text.chars().skip(error.at).take(error.len.min(MOST_MARKED)).collect();
        let wrong = if wrong.is_empty() { " ".to_owned() } else { wrong };
        let line = html("span").text(&before).child(html("mark").text(&wrong));
        replace(&self.marks, vec![line]);
        self.state.borrow_mut().error = Some(error);
        self.line_up();
    }

    /// Keeps the marks over the letters that they are about.
    fn line_up(&self) {
        let line = self.marks.first_element_child().and_then(|l| l.dyn_into::<HtmlElement>().ok());
        if let Some(line) = line {
            let by = format!("translateX({}px)", -self.input.scroll_left());
            let _ = line.style().set_property("transform", &by);
        }
    }

    fn announce(&self) {
        let words = self.said.text_content().unwrap_or_default();
        set_text(&self.announced, &words);
    }

    /// What is typed after this is undone apart.
    fn end(&self) {
        if !std::mem::take(&mut self.state.borrow_mut().told).is_empty() {
            super::super::say(&self.input, "end");
        }
    }

    /// Puts the caret where the error is.
    fn find(&self) {
        let place = self.state.borrow().error.as_ref().map(|e| (e.at, e.len));
        if let Some((at, len)) = place {
            super::select(&self.input, at, len);
            self.line_up();
        }
    }

    fn press(self: &Rc<Self>, event: &KeyboardEvent) {
        match event.key().as_str() {
            // Not in the middle of composing a letter.
            "Enter" if !event.is_composing() => self.find(),
            "Escape" => {
                let wrong = self.state.borrow().error.is_some();
                let good = self.state.borrow().good.clone().filter(|_| wrong);
                if let Some(good) = good {
                    set_value(&self.input, &good);
                    self.take();
                    self.announce();
                } else {
                    let _ = self.input.blur();
                    if let Ok(Some(panel)) = self.input.closest("[data-open]") {
                        let _ = panel.remove_attribute(super::OPEN);
                    }
                }
                event.prevent_default();
            }
            _ => {}
        }
    }
}

impl State {
    fn keep(&mut self, values: impl Iterator<Item = (String, f64)>) {
        for (name, value) in values {
            self.values.retain(|(known, _)| *known != name);
            self.values.push((name, value));
        }
        let extra = self.values.len().saturating_sub(MOST_VALUES);
        self.values.drain(..extra);
    }
}

/// Listens to what is typed, as long as the field is there.
pub fn listen(field: &Rc<Field>) {
    let on = |node: &Element, event: &str, act: fn(&Rc<Field>)| {
        let field = Rc::downgrade(field);
        listen_to(node, event, move |_| {
            if let Some(field) = field.upgrade() {
                act(&field);
            }
        });
    };
    let input: &Element = &field.input;
    on(input, "input", |field| {
        field.typed.set(field.typed.get().wrapping_add(1));
        field.read();
        announce_later(field);
    });
    // All that is typed in one go is undone in one go.
    on(input, "change", |field| {
        // What waited for a pause does so no longer.
        field.typed.set(field.typed.get().wrapping_add(1));
        field.take();
        field.announce();
        field.end();
    });
    on(input, "blur", |field| field.end());
    for event in ["scroll", "keyup", "select", "pointerup", "focus"] {
        on(input, event, |field| field.line_up());
    }
    // The text goes back to its beginning, after this event.
    on(input, "blur", |field| later(field, 0, Field::line_up));
    on(&field.find, "click", |field| field.find());
    let weak = Rc::downgrade(field);
    listen_to(input, "keydown", move |event| {
        if let (Some(field), Some(event)) = (weak.upgrade(), event.dyn_ref::<KeyboardEvent>()) {
            field.press(event);
        }
    });
}

fn announce_later(field: &Rc<Field>) {
    let typed = field.typed.get();
    later(field, PAUSE_MS, move |field| {
        if field.typed.get() == typed {
            field.announce();
        }
    });
}

/// Does something with the field after a while.
fn later(field: &Rc<Field>, ms: i32, act: impl FnOnce(&Field) + 'static) {
    let weak = Rc::downgrade(field);
    place::later(ms, move || {
        if let Some(field) = weak.upgrade() {
            act(&field);
        }
    });
}

/// What is said of the bounds, from where they are.
pub fn bounds() -> String {
    format!("At most {LONGEST} characters, nested at most {DEEPEST} levels deep.")
}
