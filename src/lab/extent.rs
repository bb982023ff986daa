//! The part of the plane in view, in numbers, and the one that fits what there is to see.

use super::bound::{self, Bound, Change, Now};
use super::controls::{button, problem, text_field};
use super::html::{Html, html};
use super::panels::Shown;
use super::{links, runs};
use crate::lab::place::per_place;
use crate::math::decimal;
use crate::optim::ALL;
use crate::param::number;
use crate::run::{Settings, Status};
use crate::surface::View;
use crate::surface::fit::{Path, fit};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;

const SIDES: [&str; 4] = ["left", "right", "bottom", "top"];

per_place! {
    static DRAWN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Draws it; only a surface has a view.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    if element.has_child_nodes() && DRAWN.with_borrow(|drawn| drawn == shown.link) {
        return;
    }
    DRAWN.replace(shown.link.to_owned());
    let config = links::read(shown.link).config.clone();
    let now = Now { config, run: shown.run, step: shown.step, live: Settings::new(ALL[0]) };
    bound::draw_now(element, now, |now| now.config.is_plane().to_string(), make);
}

fn make(bound: &Rc<Bound>) -> Vec<Html> {
    if !bound.now().config.is_plane() {
        return Vec::new();
    }
    let fields = html("div").attr("class", "view-sides").children((0..4).map(|side| field(bound, side)));
    let group = html("fieldset").child(html("legend").text("View")).child(fields);
    let fitted = button(bound, "Fit the view", "view-fit", |bound| {
        let view = fitted();
        bound.set(Change::Words(words(view)));
    });
    let whole = button(bound, "Whole view", "view-whole", |bound| bound.set(Change::Words("set".to_owned())));
    let help = "To the paths of all runs and the minima and saddles about them.";
    let row = html("div").attr("class", "bar").child(fitted.attr("title", help)).child(whole);
    vec![group, row]
}

fn field(bound: &Rc<Bound>, side: usize) -> Html {
    let name = SIDES[side];
    let input = text_field(
        bound,
        &format!("view-{name}"),
        move |now| number(sides(now)[side]),
        move |now, text| changed(sides(now), side, text).map(|view| Change::Words(words(view))),
    )
    .attr("inputmode", "decimal")
    .attr("maxlength", "40")
    .attr("aria-label", &format!("View, {name}"));
    html("div")
        .attr("class", "param plain")
        .child(html("span").attr("class", "name").text(name))
        .child(input)
        .child(problem())
}

fn sides(now: &Now) -> [f64; 4] {
    let View { x, y } = now.config.visible();
    [x.0, x.1, y.0, y.1]
}

/// The view with another side, or what is wrong with it.
fn changed(mut sides: [f64; 4], side: usize, text: &str) -> Result<View, String> {
    let value = decimal::parse(text.trim()).filter(|v| v.abs() <= View::FARTHEST);
    sides[side] = value.ok_or("Expected a number from −1000000000 to 1000000000.")?;
    let low = side - side % 2;
    let [left, right, bottom, top] = sides;
    let view = View { x: (left, right), y: (bottom, top) };
    if view.is_showable() {
        return Ok(view);
    }
    let other = number(sides[side ^ 1]);
    let (than, other_name) = (if side == low { "less" } else { "more" }, SIDES[side ^ 1]);
    Err(format!("Expected {than} than {other}, which is {other_name}."))
}

fn words(View { x, y }: View) -> String {
    format!("set view={},{},{},{}", number(x.0), number(x.1), number(y.0), number(y.1))
}

fn fitted() -> View {
    let link = DRAWN.with_borrow(Clone::clone);
    let config = &links::read(&link).config;
    let paths: Vec<Path> = (0..config.runs.len())
        .filter_map(|run| {
            runs::with(&link, run, |_, trace| Path {
                points: trace.x.as_chunks().0.to_vec(),
                diverged: matches!(trace.status, Status::Diverged { .. }),
            })
        })
        .collect();
    fit(&config.surface, &paths)
}
