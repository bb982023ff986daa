//! Where the examples come from: the sources as pictures, and what can be set of each.

use super::own::Own;
use super::{formula, of, only_where, own, seed, slider, table, thumbs};
use crate::lab::bound::{Bound, Now};
use crate::lab::html::{Html, html, set_text};
use crate::net::DataSpec;
use crate::net::data::find;
use crate::param::as_index;
use std::rc::Rc;

/// All of it.
pub fn make(bound: &Rc<Bound>) -> Vec<Html> {
    let own = Rc::new(Own::default());
    let sentence = html("p").attr("class", "note").attr("data-testid", "net-data-sentence");
    let (line, wanted) = (sentence.0.clone(), own.clone());
    bound.follow(move |now| {
        let source = if wanted.is_wanted() { "own" } else { source(now) };
        set_text(&line, find(source).map_or("", |g| g.sentence));
    });
    let mut made = vec![thumbs::make(bound, &own), sentence];
    made.push(formula::make(bound));
    made.push(own::make(bound, &own));
    made.extend(sliders(bound));
    let new = ("net-data-seed", "net/data-seed", "New data");
    made.push(seed(bound, new, |_, data| &mut data.seed));
    made.push(table::make(bound, &own));
    vec![table::drop_area(bound, &own, html("div").attr("class", "net-data").children(made))]
}

/// The source in use.
fn source(now: &Now) -> &str {
    of(now).map_or("", |n| n.data.source.as_str())
}

fn sliders(bound: &Rc<Bound>) -> Vec<Html> {
    let noise = slider(
        bound,
        &DataSpec::NOISE,
        ("net-noise", "net/noise"),
        |_, data| data.noise,
        |_, data, v| data.noise = v,
    );
    let count = slider(
        bound,
        &DataSpec::COUNT,
        ("net-points", "net/n"),
        |_, data| real(data.count),
        |_, data, v| data.count = as_index(v),
    );
    let split = slider(
        bound,
        &DataSpec::SPLIT,
        ("net-split", "net/split"),
        |_, data| data.split,
        |_, data, v| data.split = v,
    );
    let classes = slider(
        bound,
        &DataSpec::CLASSES,
        ("net-classes", "net/classes"),
        |_, data| real(data.classes),
        |_, data, v| data.classes = as_index(v),
    );
    let all = [
        (DataSpec::NOISE.key, noise),
        (DataSpec::COUNT.key, count),
        (DataSpec::SPLIT.key, split),
        (DataSpec::CLASSES.key, classes),
    ];
    all.into_iter().map(|(key, part)| only_where(bound, part, move |now| has(now, key))).collect()
}

/// Whether the source in use has this setting.
fn has(now: &Now, key: &str) -> bool {
    find(source(now)).is_some_and(|g| g.settings().iter().any(|p| p.key == key))
}

fn real(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
