//! The elements, and those of them that follow the cursor.

use super::super::html::{Html, html, set, svg};
use super::super::panels::Shown;
use super::super::runs;
use super::model::{Model, Run};
use super::words::{At, entries};
use crate::param::readable;
use crate::scene::matrix::{Axis, Curves, shade, short};
use web_sys::Element;

/// From this side on the numbers of a heat map need more room than a narrow screen has.
const DENSE: usize = 6;

/// What follows the cursor.
#[derive(Default)]
pub struct Nodes {
    /// The first element of all, to know whether they are still there.
    first: Option<Element>,
    /// Lines that stand for the cursor.
    cursors: Vec<Element>,
    /// The heat map of the focused run, and the curves of its singular values and of its items.
    focused: Option<(Element, Element, Option<Element>)>,
    cells: Vec<Cell>,
    /// Of each run all of it, and the cells of its heat map.
    runs: Vec<(Element, Vec<Cell>)>,
}

/// An entry of a heat map.
struct Cell {
    ground: Element,
    number: Option<Element>,
}

impl Cell {
    fn show(&self, entry: f64, model: &Model) {
        let percent = shade(entry, model.largest);
        let end = if percent < 0 { "low" } else { "high" };
        let fill = format!("fill:color-mix(in oklab,var(--{end}) {}%,var(--mid))", percent.abs());
        set(&self.ground, "style", &fill);
        if let Some(number) = &self.number {
            number.set_text_content(Some(&short(entry, model.problem.side())));
        }
    }
}

/// All elements.
pub fn build(model: &Model) -> (Vec<Html>, Nodes) {
    let mut nodes = Nodes::default();
    let Some(run) = model.runs.get(model.focus) else {
        let words = html("p").attr("class", "empty").text("Add a run to see its matrix.");
        nodes.first = Some(words.element());
        return (vec![words], nodes);
    };
    let top = focused(model, run, &mut nodes);
    nodes.first = Some(top.element());
    let small = model.runs.iter().enumerate().map(|(i, run)| small(model, i, run, &mut nodes));
    (vec![top, html("ul").attr("class", "matrix-runs").children(small)], nodes)
}

/// The focused run: its matrix, where that is to go, and its curves.
fn focused(model: &Model, run: &Run, nodes: &mut Nodes) -> Html {
    let (picture, cells) = heat(model, true);
    let picture = picture.attr("data-testid", "matrix-w");
    let picture_node = picture.element();
    nodes.cells = cells;
    let mut maps = html("div").attr("class", "maps").child(named(model.focus, run, picture));
    if let Some(solution) = &model.solution {
        let (picture, cells) = heat(model, true);
        for (cell, entry) in cells.iter().zip(solution) {
            cell.show(*entry, model);
        }
        let words = entries("A solution", solution, model.problem.side());
        maps = maps.child(figure("a solution", picture.attr("role", "img").attr("aria-label", &words)));
    }
    let maps = html("div").child(maps).child(legend(model.largest));
    let choice = [("of W", 0), ("of the step", 1)].map(|(face, n)| {
        let pressed = (n == 1) == model.of_steps;
        button(&format!("singular {n}"), pressed).text(face)
    });
    let choice = html("span")
        .attr("class", "choice")
        .attr("role", "group")
        .attr("aria-label", "Singular values of what")
        .children(choice);
    let caption = html("figcaption").text("singular values ").child(choice);
    let singular =
        large(model, &run.singular, &model.axis, "σ", nodes).attr("data-testid", "matrix-singular");
    let singular_node = singular.element();
    let mut curves = html("div").attr("class", "curves").child(html("figure").child(caption).child(singular));
    let mut items_node = None;
    if let Some(items) = &run.items {
        let plot = large(model, items, &model.items_axis, "", nodes).attr("data-testid", "matrix-items");
        items_node = Some(plot.element());
        curves = curves.child(figure("loss of each item, 1 the most frequent", plot));
    }
    nodes.focused = Some((picture_node, singular_node, items_node));
    html("div")
        .attr("class", "matrix-top")
        .attr("style", &format!("--run:var(--run-{})", model.focus))
        .child(maps)
        .child(curves)
}

/// W with whose it is: in a part of another page nothing else says so.
fn named(run: usize, of: &Run, picture: Html) -> Html {
    let [marker, name] = mark(of);
    let style = format!("--run:var(--run-{run})");
    let caption =
        html("figcaption").attr("class", "whose").attr("style", &style).attr("data-testid", "matrix-run");
    html("figure").child(caption.text("W of ").child(marker).child(name)).child(picture)
}

/// The mark of a run, and its name.
fn mark(run: &Run) -> [Html; 2] {
    let marker = html("span").attr("class", "glyph").attr("aria-hidden", "true").text(run.glyph);
    let name = run.name.split_once(", ").map_or("", |(_, name)| name);
    [marker, html("span").attr("title", name).text(name)]
}

fn figure(caption: &str, picture: Html) -> Html {
    html("figure").child(html("figcaption").text(caption)).child(picture)
}

fn button(say: &str, pressed: bool) -> Html {
    html("button").attr("type", "button").attr("data-say", say).attr("aria-pressed", &pressed.to_string())
}

/// What the shades mean.
fn legend(largest: f64) -> Html {
    let end = short(largest, 1);
    html("div")
        .attr("class", "shades")
        .child(html("span").text(&format!("−{end}")))
        .child(html("i"))
        .child(html("span").text(&end))
}

/// A heat map, with numbers where it is large.
fn heat(model: &Model, numbers: bool) -> (Html, Vec<Cell>) {
    let side = model.problem.side();
    let class = if side >= DENSE { "heat dense" } else { "heat" };
    let mut picture = svg("svg").attr("class", class).attr("viewBox", &format!("0 0 {side} {side}"));
    let size = (0.062 * f64::from(u32::try_from(side).unwrap_or(u32::MAX))).min(0.36);
    let mut cells = Vec::with_capacity(side * side);
    for at in 0..side * side {
        let (x, y) = (at % side, at / side);
        let ground = svg("rect")
            .attr("x", &x.to_string())
            .attr("y", &y.to_string())
            .attr("width", "1")
            .attr("height", "1");
        let number = numbers.then(|| {
            svg("text")
                .attr("x", &format!("{x}.5"))
                .attr("y", &format!("{y}.5"))
                .attr("font-size", &size.to_string())
        });
        cells.push(Cell { ground: ground.element(), number: number.as_ref().map(Html::element) });
        picture = picture.child(ground).children(number);
    }
    (picture, cells)
}

/// Curves from the run's colour to that of notes, the first the boldest.
fn lines(curves: &Curves, axis: &Axis, horizon: u32) -> Html {
    let count = curves.count();
    let path = |i: usize| {
        let share = 100 - 100 * i / count.max(1);
        let stroke = format!("stroke:color-mix(in oklab,var(--run) {share}%,var(--muted))");
        let class = if i == 0 { "first" } else { "" };
        let d = curves.path(i, axis, horizon as usize);
        svg("path").attr("d", &d).attr("style", &stroke).attr("class", class)
    };
    svg("svg")
        .attr("viewBox", "0 0 100 100")
        .attr("preserveAspectRatio", "none")
        .children((0..count).rev().map(path))
}

/// Curves with their axes; a press moves the cursor.
fn large(model: &Model, curves: &Curves, axis: &Axis, name: &str, nodes: &mut Nodes) -> Html {
    let at = |place: f64| format!("bottom:{:.1}%", 100.0 * place);
    let ticks = axis
        .labels()
        .into_iter()
        .map(|(place, label)| html("span").attr("class", "tick").attr("style", &at(place)).text(&label));
    let last = curves.values().len().saturating_sub(curves.count());
    let ends: Vec<f64> = curves.values()[last..].iter().map(|v| axis.place(*v)).collect();
    let mut names = Vec::new();
    if let (Some(first), Some(lowest)) = (ends.first(), ends.last()) {
        let both = if name.is_empty() {
            ["1".to_owned(), ends.len().to_string()]
        } else {
            [1, ends.len()].map(sigma)
        };
        if (first - lowest).abs() < 0.09 {
            names.push((*first, both.join("–")));
        } else {
            names.extend([*first, *lowest].into_iter().zip(both));
        }
    }
    let names = names
        .into_iter()
        .map(|(place, label)| html("span").attr("class", "end").attr("style", &at(place)).text(&label));
    let cursor = html("div").attr("class", "now");
    nodes.cursors.push(cursor.element());
    let inner = html("div")
        .attr("class", "inner")
        .attr("data-horizon", &model.horizon.to_string())
        .children(ticks)
        .child(lines(curves, axis, model.horizon))
        .children(names)
        .child(cursor)
        .child(html("span").attr("class", "from").text("0"))
        .child(html("span").attr("class", "to").text(&format!("{} steps", model.horizon)));
    html("div").attr("class", "plot-area").attr("role", "img").child(inner)
}

/// σ with a number below the line.
fn sigma(n: usize) -> String {
    let digit = u32::try_from(n).ok().filter(|n| *n < 10).and_then(|n| char::from_u32(0x2080 + n));
    format!("σ{}", digit.map_or_else(|| n.to_string(), String::from))
}

/// A run among the others.
fn small(model: &Model, i: usize, run: &Run, nodes: &mut Nodes) -> Html {
    let (map, cells) = heat(model, false);
    let mut pictures = html("div").attr("class", "pictures").attr("role", "img").child(map);
    let both = [Some((&run.singular, model.axis)), run.items.as_ref().map(|c| (c, model.items_axis))];
    for (curves, axis) in both.into_iter().flatten() {
        let cursor = html("div").attr("class", "now");
        nodes.cursors.push(cursor.element());
        let picture = lines(curves, &axis, model.horizon);
        pictures = pictures.child(html("div").attr("class", "small").child(picture).child(cursor));
    }
    nodes.runs.push((pictures.element(), cells));
    let [marker, name] = mark(run);
    html("li")
        .attr("style", &format!("--run:var(--run-{i})"))
        .child(button(&format!("focus {i}"), i == model.focus).child(marker).child(name))
        .child(pictures)
}

impl Nodes {
    /// Whether they are what this element holds.
    pub fn are_in(&self, element: &Element) -> bool {
        self.first.as_ref().is_some_and(|first| element.contains(Some(first)))
    }

    /// Follows the cursor; where nothing after it is to be seen, the curves end there.
    pub fn follow(&self, model: &Model, shown: &Shown<'_>, ahead: bool) {
        let place = 100.0 * f64::from(shown.step) / f64::from(model.horizon.max(1));
        let seen =
            if ahead { String::new() } else { format!("clip-path:inset(0 {:.2}% 0 0)", 100.0 - place) };
        for cursor in &self.cursors {
            set(cursor, "style", &format!("left:{place:.2}%"));
            let around = cursor.parent_element();
            if let Some(curves) = around.and_then(|around| around.query_selector("svg").ok().flatten()) {
                set(&curves, "style", &seen);
            }
        }
        for (i, (run, (pictures, cells))) in model.runs.iter().zip(&self.runs).enumerate() {
            runs::with(shown.link, i, |_, trace| {
                let row = (shown.step as usize).min(trace.last());
                let w = trace.point(row).unwrap_or_default();
                let at = At::of(model, &trace.x, row);
                let focused = self.focused.as_ref().filter(|_| i == model.focus);
                let all = cells.iter().zip(w).chain(self.cells.iter().zip(w).filter(|_| focused.is_some()));
                for (cell, entry) in all {
                    cell.show(*entry, model);
                }
                let loss = trace.loss.get(row).copied().map_or_else(|| "none".to_owned(), readable);
                name(pictures, &format!("{} at step {row}: loss {loss}; {}", run.name, at.ends()));
                let Some((heat, singular, items)) = focused else {
                    return;
                };
                name(heat, &entries(&format!("W of {} at step {row}", run.name), w, model.problem.side()));
                name(singular, &format!("{}, at step {row}", at.singular()));
                if let (Some(items), Some(words)) = (items, at.items()) {
                    name(items, &format!("{words}, at step {row}"));
                }
            });
        }
    }
}

fn name(element: &Element, words: &str) {
    let _ = element.set_attribute("role", "img");
    let _ = element.set_attribute("aria-label", words);
}
