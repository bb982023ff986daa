//! The tables of the view.

use super::super::super::html::{Html, html, replace, set, set_text, set_value, value};
use super::super::super::place;
use super::super::names;
use super::super::{NetRun, Scene};
use super::options::{Options, loss};
use super::{choose, cost};
use crate::param::{number, readable};
use crate::scene::run_style;
use crate::train::cost::{ARITHMETIC, Cost, Spent, amount, reaches};
use std::rc::Rc;
use web_sys::Element;

/// The heads of a table's columns, with the words for what they mean ([`crate::export::words`]).
type Heads = &'static [(&'static str, &'static str)];

const REACHED: Heads = &[
    ("step", "step"),
    ("evaluations", "evaluations"),
    ("examples", "examples"),
    ("multiply-adds", "multiply-adds"),
    ("energy", "energy"),
    ("of the least", "least"),
];
const SPENT: Heads = &[
    ("train loss", ""),
    ("test loss", ""),
    ("evaluations", "evaluations"),
    ("examples", "examples"),
    ("multiply-adds", "multiply-adds"),
    ("energy", "energy"),
];
const EACH: Heads = &[
    ("forward", "forward"),
    ("backward", "backward"),
    ("method", "method"),
    ("format", "format"),
    ("parameters", "parameters"),
    ("state", "state"),
    ("batch", "batch"),
];

/// A table with a row for each run.
struct Table {
    caption: Element,
    rows: Vec<(Element, Vec<Element>)>,
}

impl Table {
    fn new(id: &str, heads: Heads, runs: usize) -> (Html, Self) {
        let caption = html("caption");
        let caption_node = caption.element();
        let head = |(name, key): &(&str, &str)| {
            html("th").attr("scope", "col").attr("data-help", &format!("cost/{key}")).text(name)
        };
        let head =
            html("tr").child(html("th").attr("scope", "col").text("run")).children(heads.iter().map(head));
        let mut rows = Vec::new();
        let body = (0..runs).map(|i| {
            let name = html("th").attr("scope", "row").attr("style", &format!("--run:var(--run-{i})"));
            let cells: Vec<Html> = heads.iter().map(|_| html("td")).collect();
            rows.push((name.element(), cells.iter().map(Html::element).collect()));
            html("tr").child(name).children(cells)
        });
        let body = html("tbody").children(body);
        let table =
            html("table").attr("data-testid", id).child(caption).child(html("thead").child(head)).child(body);
        let label = id.replace('-', " ");
        let scrolls = html("div")
            .attr("class", "scrolls")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", &format!("Table: {label}"))
            .child(table);
        (scrolls, Self { caption: caption_node, rows })
    }

    fn write(&self, run: usize, cells: &[String], least: bool) {
        if let Some((name, places)) = self.rows.get(run) {
            set(name, "class", if least { "least" } else { "" });
            for (place, text) in places.iter().zip(cells) {
                set_text(place, text);
                set(place, "class", if least { "least" } else { "" });
            }
        }
    }

    fn name(&self, run: usize, optimizer: &str) {
        let Some((place, _)) = self.rows.get(run) else {
            return;
        };
        let words = format!("{} {optimizer}", run + 1);
        if place.get_attribute("data-run").as_deref() != Some(&words) {
            set(place, "data-run", &words);
            let glyph = html("span").attr("class", "glyph").attr("aria-hidden", "true");
            let glyph = glyph.text(run_style(run).marker.glyph());
            replace(place, vec![glyph, html("span").text(&format!(" {words}"))]);
        }
    }
}

/// The view.
pub struct View {
    root: Element,
    which: Element,
    loss: Element,
    wrong: Element,
    tables: [Table; 3],
    runs: usize,
}

impl View {
    /// The empty view in a place.
    pub fn new(place: &Element, runs: usize) -> Self {
        let [reached, spent, each] = [("cost-reached", REACHED), ("cost-spent", SPENT), ("cost-each", EACH)]
            .map(|(id, heads)| Table::new(id, heads, runs));
        let (form, which, loss, wrong) = form();
        let section =
            |heading: &str| html("section").attr("aria-label", heading).child(html("h2").text(heading));
        let root = html("div")
            .attr("class", "costs")
            .child(section("To reach a loss").child(form).child(reached.0))
            .child(section("Until the cursor").child(spent.0))
            .child(section("Each example, each step").child(each.0))
            .child(about());
        let node = root.element();
        replace(place, vec![root]);
        Self { root: node, which, loss, wrong, tables: [reached.1, spent.1, each.1], runs }
    }

    /// Whether it is in this place, with so many runs.
    pub fn fits(&self, place: &Element, runs: usize) -> bool {
        place.contains(Some(&self.root)) && self.runs == runs
    }

    /// Writes what is known.
    pub fn update(&self, scene: &Scene<'_>, runs: &[(usize, Rc<NetRun>)], options: Options) {
        set_value(&self.which, if options.test { "test" } else { "train" });
        if place::active().as_ref() != Some(&self.loss) && self.wrong.text_content().as_deref() == Some("") {
            set_value(&self.loss, &number(options.loss));
        }
        let which = if options.test { "test" } else { "training" };
        let [reached, spent, each] = &self.tables;
        set_text(&reached.caption, &format!("Until the {which} loss was {} or less", readable(options.loss)));
        set_text(&spent.caption, &format!("Until step {}", scene.step));
        set_text(&each.caption, "By the settings at the start");
        let ahead = scene.link.hide.shows_ahead();
        let costs: Vec<Option<Cost>> = runs.iter().map(|(_, run)| cost(run)).collect();
        let taken: Vec<Option<Spent>> = runs
            .iter()
            .zip(&costs)
            .map(|((_, run), cost)| {
                run.record(|record| {
                    let of = |s: &crate::train::Scores| if options.test { s.test_loss } else { s.train_loss };
                    let step = reaches(record, of, options.loss).filter(|at| ahead || *at <= scene.step)?;
                    Some(cost.as_ref()?.until(record, step))
                })
            })
            .collect();
        let least = taken.iter().flatten().map(|s| s.joules).fold(f64::INFINITY, f64::min);
        for (((i, run), cost), taken) in runs.iter().zip(&costs).zip(&taken) {
            let name = names::name(&scene.link.config, *i);
            self.tables.iter().for_each(|table| table.name(*i, &name));
            let Some(cost) = cost else {
                continue;
            };
            let is_least = runs.len() > 1 && taken.is_some_and(|t| t.joules <= least);
            reached.write(*i, &reached_cells(*taken, run, least, ahead), is_least);
            spent.write(*i, &spent_cells(cost, run, scene.step), false);
            each.write(*i, &each_cells(cost), false);
        }
    }
}

fn reached_cells(taken: Option<Spent>, run: &NetRun, least: f64, ahead: bool) -> Vec<String> {
    let Some(taken) = taken else {
        let open = !ahead || run.record(crate::train::Record::is_open);
        let mut cells = vec!["–".to_owned(); REACHED.len()];
        (if open { "not yet" } else { "never" }).clone_into(&mut cells[0]);
        return cells;
    };
    let factor =
        if least > 0.0 { format!("{} ×", readable(round(taken.joules / least))) } else { "–".to_owned() };
    let mut cells = vec![taken.step.to_string()];
    cells.extend(amounts(&taken));
    cells.push(factor);
    cells
}

fn round(v: f64) -> f64 {
    crate::math::num::round_significant(v, 2)
}

fn amounts(spent: &Spent) -> [String; 4] {
    [
        amount(f64::from(spent.evaluations), ""),
        amount(spent.examples, ""),
        amount(spent.multiply_adds, ""),
        amount(spent.joules, "J"),
    ]
}

fn spent_cells(cost: &Cost, run: &NetRun, step: u32) -> Vec<String> {
    run.record(|record| {
        let losses = record.scores_at(step.min(record.last())).map(|s| [s.train_loss, s.test_loss]);
        let losses = losses.map_or_else(|| ["–".to_owned(), "–".to_owned()], |l| l.map(readable));
        losses.into_iter().chain(amounts(&cost.until(record, step))).collect()
    })
}

#[expect(clippy::cast_precision_loss, reason = "read to three digits")]
fn each_cells(cost: &Cost) -> Vec<String> {
    let back = if cost.is_without_gradients { 0 } else { cost.backward };
    let [parameters, state, batch] = cost.bytes.map(|b| amount(b as f64, "B"));
    vec![
        amount(cost.forward as f64, ""),
        amount(back as f64, ""),
        amount(cost.own as f64, ""),
        cost.arithmetic.name.to_owned(),
        parameters,
        state,
        batch,
    ]
}

/// The fields for which loss is to be reached.
fn form() -> (Html, Element, Element, Element) {
    let options = [("train", "training loss"), ("test", "test loss")];
    let which = html("select")
        .attr("data-testid", "cost-which")
        .attr("aria-label", "Which loss")
        .children(options.map(|(key, name)| html("option").attr("value", key).text(name)));
    let field = html("input")
        .attr("type", "text")
        .attr("inputmode", "decimal")
        .attr("size", "8")
        .attr("data-testid", "cost-loss")
        .attr("aria-label", "Loss to be reached")
        .attr("aria-describedby", "cost-wrong");
    let wrong = html("span").attr("id", "cost-wrong").attr("class", "wrong").attr("role", "alert");
    let nodes = [&which, &field, &wrong].map(Html::element);
    let act = {
        let [which, field, wrong] = nodes.clone();
        move |_: &web_sys::Event| {
            let found = loss(&value(&field));
            set_text(&wrong, if found.is_some() { "" } else { "A positive number is needed, as 0.1." });
            set(&field, "aria-invalid", if found.is_some() { "false" } else { "true" });
            if let Some(loss) = found {
                choose(&field, Options { test: value(&which) == "test", loss });
            }
        }
    };
    let form = html("div")
        .attr("class", "reach")
        .child(which.on("change", act.clone()))
        .child(html("span").text("of at most"))
        .child(field.on("change", act))
        .child(wrong);
    let [which, field, wrong] = nodes;
    (form, which, field, wrong)
}

/// What is counted, and where the constants come from.
fn about() -> Html {
    let each = ARITHMETIC.map(|a| format!("{} {} pJ", a.name, readable(round(a.picojoules))));
    let list = format!("A multiply-add costs {}.", each.join(", "));
    let texts = [
        "Counted are products of weights with what comes in, forward and backward, four operations for each normalised unit, and of the method one \
         for each parameter, two for each number it keeps, and its products or decompositions of matrices. Not counted are activation functions, the loss, and what \
         is only measured for this page.",
        &list,
        "At 45 nm; 32 and 16 bits after M. Horowitz, ISSCC 2014. For f64 and bf16 a multiplier is assumed to grow with the square \
         of the significand's bits, an adder with these. Memory traffic, which often costs more, and idle power are not counted: it is an estimate to compare runs by.",
    ];
    html("details")
        .child(html("summary").text("What is counted, and the energy of an operation"))
        .children(texts.map(|text| html("p").text(text)))
}
