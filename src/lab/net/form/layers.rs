//! The hidden layers: how many, and what each is. A panel of its own, for it is made anew with another number of them.

use super::{change, of};
use crate::lab::bound::{Bound, Change, Now};
use crate::lab::controls::{button, icon_button, menu, problem, text_field};
use crate::lab::html::{Html, html, set_text};
use crate::net::{Activation, DEEPEST, Layer, NetSpec, Norm, WIDEST};
use std::rc::Rc;

const CLOSE: &str =
    "M3.3 4.5l1.2-1.2L8 6.8l3.5-3.5 1.2 1.2L9.2 8l3.5 3.5-1.2 1.2L8 9.2l-3.5 3.5-1.2-1.2L6.8 8z";
const PLUS: &str = "M7 3h2v4h4v2H9v4H7V9H3V7h4z";
const MINUS: &str = "M3 7h10v2H3z";
/// In menus for all layers, where they differ.
const DIFFERS: &str = "…";

/// How many there are.
pub fn shape(now: &Now) -> String {
    count(now).to_string()
}

fn count(now: &Now) -> usize {
    of(now).map_or(0, |n| n.model.spec.hidden.len())
}

/// The layer with this index.
fn layer(now: &Now, i: usize) -> Option<&Layer> {
    of(now)?.model.spec.hidden.get(i)
}

/// The list, with what adds another.
pub fn make(bound: &Rc<Bound>) -> Vec<Html> {
    let count = count(&bound.now());
    let mut made = Vec::new();
    if count == 0 {
        made.push(html("p").attr("class", "note").text("No hidden layer: a linear model of the inputs."));
    }
    made.extend((0..count).map(|i| row(bound, i, count)));
    if count > 1 {
        made.push(all_layers(bound));
    }
    let more = button(bound, "Add layer", "net-add-layer", |bound| {
        bound.set(change(&bound.now(), |net, _| {
            let plain = NetSpec::default().hidden[0];
            let like = net.hidden.last().copied().unwrap_or(plain);
            net.hidden.push(like);
        }));
    });
    let full = format!("{DEEPEST} hidden layers are the most");
    let more = if count < DEEPEST { more } else { more.attr("disabled", "").attr("title", &full) };
    let many = html("span").attr("class", "note").attr("role", "status");
    set_text(
        &many.0,
        &if count == 1 { "1 hidden layer".to_owned() } else { format!("{count} hidden layers") },
    );
    made.push(html("div").attr("class", "bar").child(more.attr("data-help", "net/layers")).child(many));
    made
}

fn row(bound: &Rc<Bound>, i: usize, count: usize) -> Html {
    let id = |what: &str| format!("net-layer-{}-{what}", i + 1);
    let name = format!("Layer {}", i + 1);
    let units = text_field(
        bound,
        &id("units"),
        move |now| layer(now, i).map_or(String::new(), |l| l.units.to_string()),
        move |now, text| {
            let units = text.trim().parse().ok().filter(|n| (1..=WIDEST).contains(n));
            let wrong = || format!("A layer has 1 to {WIDEST} units.");
            units.map(|units| with(now, i, |layer| layer.units = units)).ok_or_else(wrong)
        },
    );
    let away = button(bound, "", &id("remove"), move |bound| {
        bound.set(change(&bound.now(), |net, _| {
            if i < net.hidden.len() {
                net.hidden.remove(i);
            }
        }));
    });
    let picture = icon_button(CLOSE, &format!("Remove layer {} of {count}", i + 1));
    let away = dressed(away, &picture);
    html("div")
        .attr("class", "param net-layer")
        .attr("role", "group")
        .attr("aria-label", &name)
        .child(html("span").attr("class", "name").text(&name))
        .child(step(bound, i, false, &id("fewer")))
        .child(
            units
                .attr("inputmode", "numeric")
                .attr("maxlength", "3")
                .attr("aria-label", &format!("{name}, units"))
                .attr("data-help", "net/units"),
        )
        .child(step(bound, i, true, &id("more")))
        .child(away)
        .child(activations(
            bound,
            &id("activation"),
            &name,
            move |now| layer(now, i).map(|l| l.activation),
            move |now, activation| with(now, i, |layer| layer.activation = activation),
        ))
        .child(norms(bound, &id("norm"), &name, move |now| layer(now, i).map(|l| l.norm), {
            move |now, norm| with(now, i, |layer| layer.norm = norm)
        }))
        .child(problem())
}

/// Gives a button the face, the name and the look of another.
fn dressed(button: Html, like: &Html) -> Html {
    let face: Vec<Html> = like.0.first_element_child().into_iter().map(Html::from).collect();
    let label = like.0.get_attribute("aria-label").unwrap_or_default();
    button.attr("class", "icon").attr("title", &label).attr("aria-label", &label).children(face)
}

/// A button that gives a layer one unit more or less.
fn step(bound: &Rc<Bound>, i: usize, more: bool, id: &str) -> Html {
    let wanted = move |now: &Now| {
        let units = layer(now, i)?.units;
        let units = if more { units + 1 } else { units.wrapping_sub(1) };
        (1..=WIDEST).contains(&units).then_some(units)
    };
    let part = button(bound, "", id, move |bound| {
        let now = bound.now();
        if let Some(units) = wanted(&now) {
            bound.set(with(&now, i, |layer| layer.units = units));
        }
    });
    let node = part.0.clone();
    bound.follow(move |now| {
        // Not `disabled`, which would take the focus away.
        let _ = node.set_attribute("aria-disabled", if wanted(now).is_none() { "true" } else { "false" });
    });
    let (path, words) = if more { (PLUS, "One unit more") } else { (MINUS, "One unit less") };
    dressed(part, &icon_button(path, &format!("{words} in layer {}", i + 1)))
}

fn with(now: &Now, i: usize, act: impl FnOnce(&mut Layer)) -> Change {
    change(now, |net, _| {
        if let Some(layer) = net.hidden.get_mut(i) {
            act(layer);
        }
    })
}

fn activations(
    bound: &Rc<Bound>,
    id: &str,
    of_what: &str,
    now_is: impl Fn(&Now) -> Option<Activation> + 'static,
    set: impl Fn(&Now, Activation) -> Change + 'static,
) -> Html {
    menu(
        bound,
        Activation::ALL.iter().map(|a| (a.key(), a.label())),
        move |now| now_is(now).map_or(DIFFERS, Activation::key).to_owned(),
        move |now, key| Activation::find(key).map(|activation| set(now, activation)),
    )
    .attr("data-testid", id)
    .attr("aria-label", &format!("{of_what}, activation"))
    .attr("data-help", "net/activation")
}

fn norms(
    bound: &Rc<Bound>,
    id: &str,
    of_what: &str,
    now_is: impl Fn(&Now) -> Option<Norm> + 'static,
    set: impl Fn(&Now, Norm) -> Change + 'static,
) -> Html {
    let name = |norm: &Norm| match norm {
        Norm::None => "no norm",
        Norm::Batch => "batch norm",
        Norm::Layer => "layer norm",
    };
    menu(
        bound,
        Norm::ALL.iter().map(move |n| (n.key(), name(n))),
        move |now| now_is(now).map_or(DIFFERS, Norm::key).to_owned(),
        move |now, key| Norm::find(key).map(|norm| set(now, norm)),
    )
    .attr("data-testid", id)
    .attr("aria-label", &format!("{of_what}, normalisation"))
    .attr("data-help", "net/norm")
}

/// What sets all layers at once.
fn all_layers(bound: &Rc<Bound>) -> Html {
    let differs = || html("option").attr("value", DIFFERS).attr("disabled", "").text("differ");
    let activations = activations(
        bound,
        "net-all-activation",
        "All layers",
        |now| same(now, |layer| layer.activation),
        |now, activation| {
            change(now, |net, _| net.hidden.iter_mut().for_each(|layer| layer.activation = activation))
        },
    );
    let norms = norms(
        bound,
        "net-all-norm",
        "All layers",
        |now| same(now, |layer| layer.norm),
        |now, norm| change(now, |net, _| net.hidden.iter_mut().for_each(|layer| layer.norm = norm)),
    );
    html("div")
        .attr("class", "param net-layer")
        .attr("role", "group")
        .attr("aria-label", "All layers")
        .child(html("span").attr("class", "name").text("All layers"))
        .child(activations.child(differs()))
        .child(norms.child(differs()))
}

/// What all layers have, if it is the same.
fn same<T: PartialEq>(now: &Now, part: impl Fn(&Layer) -> T) -> Option<T> {
    let mut all = of(now)?.model.spec.hidden.iter().map(part);
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}
