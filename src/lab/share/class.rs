//! A form that prepares a link for a class: what is hidden, what is locked, how it begins.

use super::super::html::{Html, html, set};
use super::{Now, menu, number, put, seal, text, tick};
use crate::export::share::fragment;
use crate::link::{Autoplay, Controls, Hidden, Link, PARTS, Theme};
use crate::session::{LOCKS, Locks};

/// What the parts of the page are called here, in the order of [`PARTS`].
const HIDES: [&str; 10] = [
    "bar at the top",
    "sharing",
    "bar above the stage",
    "names of the runs",
    "zoom buttons",
    "controls of time",
    "changes during runs",
    "runs",
    "chart",
    "notices",
];
/// What can be locked, in the order of [`LOCKS`].
const FIXES: [&str; 7] =
    ["surface or network", "start", "optimizers", "parameters", "steps, seed, noise", "view", "time"];

/// The form.
pub fn part() -> Html {
    let ticks = |legend: &str, kind: &str, words: &[&str], names: &[&str]| {
        let boxes = words.iter().zip(names).map(|(word, name)| {
            let help = format!("{kind}={word}");
            tick(&format!("{kind}-{word}"), name, &help, false)
        });
        let boxes: Vec<Html> = boxes.collect();
        html("fieldset").attr("class", "ticks").child(html("legend").text(legend)).children(boxes)
    };
    let themes =
        [("auto", "as the reader's"), ("light", "light"), ("dark", "dark"), ("projector", "for a projector")];
    let plays = [
        ("auto", "as usual"),
        ("0", "waits"),
        ("1", "begins at once"),
        ("visible", "begins when it is seen"),
    ];
    let controls = [("auto", "as usual"), ("none", "none"), ("min", "time"), ("full", "all")];
    let open = html("a")
        .attr("class", "button")
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .attr("data-testid", "share-class-open")
        .text("Open");
    let choices = html("div")
        .attr("class", "line")
        .child(menu("class-theme", "Theme", themes.into_iter()))
        .child(menu("class-autoplay", "Plays", plays.into_iter()))
        .child(menu("class-controls", "Controls", controls.into_iter()))
        .child(number("class-step", "Opens at step", "", ["0", "20000"]));
    html("details")
        .attr("data-testid", "share-class")
        .child(html("summary").text("Prepare it for a class"))
        .child(html("p").attr("class", "note").text(
            "What is locked is seen and cannot be changed with this link. That is a politeness and no protection: who \
             takes the word out of the link is free.",
        ))
        .child(ticks("Locked", "lock", &LOCKS, &FIXES))
        .child(ticks("Hidden", "hide", &PARTS, &HIDES))
        .child(choices)
        .child(tick("class-embed", "as a part of a page", "embed=1", false))
        .children(text("class-link", "Class link", "4"))
        .child(open)
}

/// Writes the link.
pub fn write(now: &Now<'_>) {
    let chosen = |kind: &str, words: &[&'static str]| {
        let on = words.iter().copied().filter(|word| now.is_ticked(&format!("{kind}-{word}")));
        on.collect::<Vec<_>>().join(",")
    };
    let step = now.value("class-step");
    let link = Link {
        step: step.parse().ok().map(|step: u32| step.min(now.link.config.steps)),
        embed: now.is_ticked("class-embed"),
        hide: Hidden::read(&chosen("hide", &PARTS)).0,
        lock: Locks::read(&chosen("lock", &LOCKS)).0,
        theme: find(&now.value("class-theme"), Theme::ALL, Theme::key),
        autoplay: find(&now.value("class-autoplay"), Autoplay::ALL, Autoplay::key),
        controls: find(&now.value("class-controls"), Controls::ALL, Controls::key),
        check: if now.is_ticked("check") { seal::of(&now.link).unwrap_or_default() } else { String::new() },
        ..(*now.link).clone()
    };
    let address = format!("{}#{}", now.page(), fragment(&link.write()));
    put(now, "class-link", &address);
    if let Some(open) = now.part("class-open") {
        set(&open, "href", &address);
    }
}

fn find<T: Copy + Default, const N: usize>(word: &str, all: [T; N], key: impl Fn(T) -> &'static str) -> T {
    all.into_iter().find(|one| key(*one) == word).unwrap_or_default()
}
