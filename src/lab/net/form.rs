//! The settings of data and network, beside every view.
//!
//! What is set goes to the page as the words of another network (`net …`). Where they would be impossible, the control says so
//! and nothing is sent: the last good network stays.

mod data;
mod formula;
mod inputs;
mod layers;
mod own;
mod pad;
mod runs;
mod scenes;
mod start;
mod table;
mod thumbs;

use super::Scene;
use crate::lab::bound::{self, Bound, Change, Now};
use crate::lab::controls::{Place, button, control, problem, text_field};
use crate::lab::html::{Html, html, set_text};
use crate::lab::place::style;
use crate::net::{DataSpec, Loss, NetSpec, Network, SEED, Shape, Task, data as sources, text};
use crate::optim;
use crate::param::{ParamSpec, as_seed};
use crate::run::Settings;
use crate::train::cost::passes;
use std::rc::Rc;
use web_sys::Element;

/// Draws them.
pub fn draw(place: &Element, scene: &Scene<'_>) {
    let live = || {
        let run = scene.link.config.runs.get(scene.run);
        run.map_or_else(|| Settings::new(optim::ALL[0]), |run| run.settings_at(scene.step))
    };
    let now = || Now { config: scene.link.config.clone(), run: scene.run, step: scene.step, live: live() };
    bound::draw_now(place, now(), |_| String::new(), make);
    // The list of layers is made anew where there is one more or less, and nothing else is.
    if let Ok(Some(list)) = place.query_selector(".net-layers") {
        bound::draw_now(&list, now(), layers::shape, layers::make);
    }
    scenes::mark(place, scene.link);
}

fn make(bound: &Rc<Bound>) -> Vec<Html> {
    style(include_str!("form/form.css"));
    vec![
        section("Scene", "scene", vec![scenes::make(bound)]),
        section("Data", "data", data::make(bound)),
        section("Network", "network", network(bound)),
        section("Start", "start", start::make(bound)),
        section("All runs", "runs", runs::make(bound)),
    ]
}

/// A part that can be closed; on small screens it is at first.
fn section(name: &str, key: &str, children: Vec<Html>) -> Html {
    let frame = html("details")
        .attr("class", "net-section")
        .attr("data-testid", &format!("net-section-{key}"))
        .child(html("summary").child(html("h2").text(name)))
        .children(children);
    if crate::lab::place::is_narrower(900) { frame } else { frame.attr("open", "") }
}

fn network(bound: &Rc<Bound>) -> Vec<Html> {
    let size = html("p").attr("class", "note").attr("data-testid", "net-size");
    let line = size.0.clone();
    bound.follow(move |now| {
        if let Some(net) = of(now) {
            set_text(&line, &how_large(&net.model.shape));
        }
    });
    let mut made = inputs::make(bound);
    made.push(html("div").attr("class", "net-layers"));
    made.extend(start::loss(bound));
    made.push(size);
    made
}

/// The number of parameters, and what an example costs.
fn how_large(shape: &Shape) -> String {
    let (forward, back) = passes(shape.layers());
    format!(
        "{} parameters; {forward} multiply-adds an example, {} with its gradient.",
        shape.dim(),
        forward + back
    )
}

/// The network that is shown.
fn of(now: &Now) -> Option<&Network> {
    now.config.network.as_ref().map(|problem| &**problem.network())
}

/// Its settings.
fn specs(now: &Now) -> (NetSpec, DataSpec) {
    of(now).map(|n| (n.model.spec.clone(), n.data.clone())).unwrap_or_default()
}

/// What its data are.
fn task(now: &Now) -> Task {
    of(now).map_or(Task::Classes(2), |n| n.model.shape.task())
}

/// What makes another network or other data of those that are shown. Where the loss no longer fits, it becomes the usual one.
fn change(now: &Now, act: impl FnOnce(&mut NetSpec, &mut DataSpec)) -> Change {
    let (mut net, mut data) = specs(now);
    let before = sources::task(&data);
    act(&mut net, &mut data);
    let after = sources::task(&data);
    if net.loss == Loss::usual(before) && before != after || !fits(net.loss, after) {
        net.loss = Loss::usual(after);
    }
    Change::Words(format!("net {}", text::write(&net, &data)))
}

/// Whether a loss can be used for such labels.
fn fits(loss: Loss, task: Task) -> bool {
    Shape::new(&NetSpec { loss, ..NetSpec::default() }, task).is_ok()
}

/// A slider of a setting: its test id and the key of its words, what it is and what sets it.
fn slider(
    bound: &Rc<Bound>,
    spec: &'static ParamSpec,
    (test_id, help): (&str, &str),
    get: fn(&NetSpec, &DataSpec) -> f64,
    set: fn(&mut NetSpec, &mut DataSpec, f64),
) -> Html {
    control(
        bound,
        spec,
        Place {
            test_id: test_id.to_owned(),
            help: help.to_owned(),
            get: Box::new(move |now| of(now).map_or(spec.default, |n| get(&n.model.spec, &n.data))),
            set: Box::new(move |now, value| change(now, |net, data| set(net, data, value))),
        },
    )
}

/// A seed: a number and a button that takes the next one.
fn seed(
    bound: &Rc<Bound>,
    (test_id, help, words): (&str, &str, &str),
    slot: for<'a> fn(&'a mut NetSpec, &'a mut DataSpec) -> &'a mut u64,
) -> Html {
    let read = move |now: &Now| {
        let (mut net, mut data) = specs(now);
        *slot(&mut net, &mut data)
    };
    let field = text_field(
        bound,
        test_id,
        move |now| read(now).to_string(),
        move |now, text| {
            let seed = SEED.parse(text).map_err(|e| e.to_string())?;
            Ok(change(now, |net, data| *slot(net, data) = as_seed(seed)))
        },
    );
    let next = button(bound, words, &format!("{test_id}-next"), move |bound| {
        let seed = |net: &mut NetSpec, data: &mut DataSpec| {
            let slot = slot(net, data);
            *slot = (*slot + 1) % as_seed(SEED.max);
        };
        bound.set(change(&bound.now(), seed));
    });
    html("div")
        .attr("class", "param net-seed")
        .attr("data-help", help)
        .child(html("label").attr("class", "name").attr("for", test_id).text(SEED.name))
        .child(field.attr("id", test_id).attr("inputmode", "numeric").attr("maxlength", "20"))
        .child(next)
        .child(problem())
}

/// Shows an element only where this holds.
fn only_where(bound: &Rc<Bound>, part: Html, holds: impl Fn(&Now) -> bool + 'static) -> Html {
    let node = part.0.clone();
    bound.follow(move |now| {
        let _ = node.toggle_attribute_with_force("hidden", !holds(now));
    });
    part
}

/// A menu with its name before it: its test id and the key of its words.
fn named_menu(field: Html, name: &str, (test_id, help): (&str, &str)) -> Html {
    html("label")
        .attr("class", "row")
        .attr("data-help", help)
        .child(html("span").attr("class", "name").text(name))
        .child(field.attr("data-testid", test_id))
}
