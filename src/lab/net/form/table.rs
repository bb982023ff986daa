//! Points as a list: pasted, dropped or opened, and saved.

use super::of;
use super::own::Own;
use crate::lab::bound::{Bound, Now};
use crate::lab::controls::button;
use crate::lab::html::{Html, document, html, is_checked, listener, replace, set_value, value};
use crate::lab::place;
use crate::net::data::csv::{LARGEST_FILE, Labels, Options, read};
use crate::net::data::points::csv;
use crate::net::{Examples, Task};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DragEvent, Element, File, HtmlElement, HtmlInputElement, Url};

/// More than this is not shown in the field, which it would make slow.
const MOST_SHOWN: usize = 200_000;

/// The part, closed at first.
pub fn make(bound: &Rc<Bound>, own: &Rc<Own>) -> Html {
    let field = html("textarea")
        .attr("id", "net-csv")
        .attr("class", "code")
        .attr("rows", "4")
        .attr("spellcheck", "false")
        .attr("placeholder", "x, y, label\n0.5, 1, 0\n-1, 2.5, 1")
        .attr("data-testid", "net-csv");
    let held = own.clone();
    let take = button(bound, "Use these points", "net-csv-use", move |bound| {
        if let Some(field) = bound.root.query_selector("#net-csv").ok().flatten() {
            use_text(bound, &held, &value(&field));
        }
    });
    let said = html("div").attr("role", "status").child(
        html("ul").attr("class", "net-csv-said").attr("data-testid", "net-csv-said").attr("hidden", ""),
    );
    html("details")
        .attr("class", "net-csv")
        .attr("data-testid", "net-csv-part")
        .child(html("summary").text("List of points (CSV)"))
        .child(
            html("p")
                .attr("class", "note")
                .text("x, y and label, a point a line. Paste it here, or drop a file on the data."),
        )
        .child(html("label").attr("class", "name").attr("for", "net-csv").text("points"))
        .child(field)
        .child(options())
        .child(html("div").attr("class", "bar").child(take).child(open(bound, own)).child(save(bound)))
        .child(said)
}

/// How the list is to be read.
fn options() -> Html {
    let labels = html("select")
        .attr("data-testid", "net-csv-labels")
        .child(html("option").attr("value", "").text("told by the list"))
        .child(html("option").attr("value", "classes").text("classes"))
        .child(html("option").attr("value", "numbers").text("numbers"));
    let stretch = html("input").attr("type", "checkbox").attr("data-testid", "net-csv-stretch");
    html("div")
        .child(
            html("label")
                .attr("class", "row")
                .child(html("span").attr("class", "name").text("labels"))
                .child(labels),
        )
        .child(
            html("label")
                .attr("class", "check")
                .attr("title", "Stretches x and y over the square even where they fit as they are.")
                .child(stretch)
                .text("stretch over the square"),
        )
}

fn chosen(root: &Element) -> Options {
    let find = |name: &str| root.query_selector(&format!("[data-testid=net-csv-{name}]")).ok().flatten();
    let labels = match find("labels").map(|f| value(&f)).as_deref() {
        Some("classes") => Some(Labels::Classes),
        Some("numbers") => Some(Labels::Numbers),
        _ => None,
    };
    Options { labels, stretch: find("stretch").is_some_and(|f| is_checked(&f)) }
}

/// Makes a list the data, or says what is wrong with it.
fn use_text(bound: &Bound, own: &Own, text: &str) {
    match read(text, chosen(&bound.root)) {
        Ok(table) => {
            own.put_at_once(bound, &table.points, table.regression);
            let many = format!("{} points were read.", table.points.len());
            say(bound, false, std::iter::once(many).chain(table.notes));
        }
        Err(errors) => {
            let stays = "Nothing was changed.".to_owned();
            say(bound, true, errors.iter().map(|e| super::formula::sentence(e)).chain([stays]));
        }
    }
}

fn say(bound: &Bound, wrong: bool, lines: impl Iterator<Item = String>) {
    let Some(list) = bound.root.query_selector(".net-csv-said").ok().flatten() else {
        return;
    };
    let _ = list.set_attribute("data-wrong", if wrong { "true" } else { "false" });
    let _ = list.remove_attribute("hidden");
    replace(&list, lines.map(|line| html("li").text(&line)).collect());
    if let Some(part) = list.closest("details").ok().flatten() {
        let _ = part.set_attribute("open", "");
    }
}

/// What opens a file.
fn open(bound: &Rc<Bound>, own: &Rc<Own>) -> Html {
    let (weak, held) = (bound.weak(), own.clone());
    let field = html("input")
        .attr("type", "file")
        .attr("accept", ".csv,.tsv,.txt,text/csv,text/plain")
        .attr("data-testid", "net-csv-open")
        .on("change", move |event| {
            if let (Some(bound), Some(field)) = (weak.upgrade(), listener(event)) {
                let field: &HtmlInputElement = field.unchecked_ref();
                if let Some(file) = field.files().and_then(|files| files.get(0)) {
                    take_file(&bound, &held, &file);
                }
                // So that the same file can be opened again.
                field.set_value("");
            }
        });
    html("label").attr("class", "net-file").child(field).text("Open file")
}

/// Takes what is dropped anywhere on this.
pub fn drop_area(bound: &Rc<Bound>, own: &Rc<Own>, area: Html) -> Html {
    let (weak, held) = (bound.weak(), own.clone());
    area.on("dragover", |event| {
        event.prevent_default();
        mark(event, true);
    })
    .on("dragleave", |event| mark(event, false))
    .on("drop", move |event| {
        event.prevent_default();
        mark(event, false);
        let event: &DragEvent = event.unchecked_ref();
        let (Some(bound), Some(given)) = (weak.upgrade(), event.data_transfer()) else {
            return;
        };
        if let Some(file) = given.files().and_then(|files| files.get(0)) {
            take_file(&bound, &held, &file);
        } else if let Ok(text) = given.get_data("text/plain") {
            show(&bound, &text);
            use_text(&bound, &held, &text);
        }
    })
}

fn mark(event: &web_sys::Event, on: bool) {
    if let Some(area) = listener(event) {
        let _ = area.toggle_attribute_with_force("data-over", on);
    }
}

fn show(bound: &Bound, text: &str) {
    if let Some(field) = bound.root.query_selector("#net-csv").ok().flatten()
        && text.len() <= MOST_SHOWN
    {
        set_value(&field, text);
    }
}

fn take_file(bound: &Rc<Bound>, own: &Rc<Own>, file: &File) {
    #[expect(clippy::cast_precision_loss, reason = "a few millions")]
    let most = LARGEST_FILE as f64;
    if file.size() > most {
        let mb = most / 1e6;
        let line = format!("{} is larger than {mb} MB. Nothing was changed.", file.name());
        return say(bound, true, std::iter::once(line));
    }
    let (weak, own) = (bound.weak(), own.clone());
    let here = place::here();
    let done = Closure::once_into_js(move |text: JsValue| {
        let _ = place::at(here, || {
            if let (Some(bound), Some(text)) = (weak.upgrade(), text.as_string()) {
                show(&bound, &text);
                use_text(&bound, &own, &text);
            }
        });
    });
    let weak = bound.weak();
    let failed = place::once(move || {
        if let Some(bound) = weak.upgrade() {
            say(&bound, true, std::iter::once("The file could not be read.".to_owned()));
        }
    });
    let promise = file.text();
    if let Ok(then) = js_sys::Reflect::get(&promise, &"then".into()) {
        let _ = then.unchecked_ref::<js_sys::Function>().call2(&promise, &done, &failed);
    }
}

/// What saves the data that are shown, from whatever source.
fn save(bound: &Rc<Bound>) -> Html {
    button(bound, "Save as CSV", "net-csv-save", |bound| {
        let now = bound.now();
        let (points, regression) = all_points(&now);
        download(&csv(&points, regression), "points.csv");
    })
}

/// The points that are shown: those of the user's own in their order, others as they were divided.
fn all_points(now: &Now) -> (Vec<[f64; 3]>, bool) {
    let Some(net) = of(now) else {
        return (Vec::new(), false);
    };
    if net.data.source == "own" {
        return (net.data.points.clone(), net.data.regression);
    }
    let list = |examples: &Examples| -> Vec<[f64; 3]> {
        let one = |i| {
            let [x, y] = examples.point(i);
            [x, y, examples.label(i)]
        };
        (0..examples.len()).map(one).collect()
    };
    let regression = net.model.shape.task() == Task::Regression;
    ([list(&net.train), list(&net.test)].concat(), regression)
}

/// Gives the reader a file.
fn download(text: &str, name: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let Some(address) =
        Blob::new_with_str_sequence(&parts).ok().and_then(|b| Url::create_object_url_with_blob(&b).ok())
    else {
        return;
    };
    let anchor = html("a").attr("href", &address).attr("download", name);
    if let Some(body) = document().body() {
        let _ = body.append_child(&anchor.0);
        anchor.0.unchecked_ref::<HtmlElement>().click();
        anchor.0.remove();
    }
    let _ = Url::revoke_object_url(&address);
}
