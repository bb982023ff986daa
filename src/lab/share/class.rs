//! A form that prepares a link for a class: what is hidden, what is locked, how it begins.

use super::super::html::{Html, html, set, set_checked, set_text, set_value};
use super::{Now, menu, number, on_toggle, put, text, tick};
use crate::export::share::fragment;
use crate::link::{Autoplay, Controls, Hidden, Link, PARTS, Theme};
use crate::session::{LOCKS, Locks};
use web_sys::Element;

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
    let [field, copy] = text("class-link", "Class link", "4");
    let choices = html("div")
        .attr("class", "line")
        .child(menu("class-theme", "Theme", themes.into_iter()))
        .child(menu("class-autoplay", "Plays", plays.into_iter()))
        .child(menu("class-controls", "Controls", controls.into_iter()))
        .child(number("class-step", "Opens at step", "", ["0", "20000"]));
    on_toggle(html("details").attr("data-testid", "share-class"))
        .child(html("summary").text("Prepare it for a class"))
        .child(html("p").attr("class", "note").text(
            "What is locked is seen and cannot be changed with this link. That is a politeness and no protection: who \
             takes the word out of the link is free.",
        ))
        .child(ticks("Locked", "lock", &LOCKS, &FIXES))
        .child(ticks("Hidden", "hide", &PARTS, &HIDES))
        .child(tick("class-ahead", "Hide what is still to come", "ahead=0", false))
        .child(choices)
        .child(tick("class-embed", "as a part of a page", "embed=1", false))
        .child(field)
        .child(html("p").attr("class", "warning").attr("role", "status").attr("data-testid", "share-class-note"))
        .child(html("div").attr("class", "line").child(copy).child(open))
}

const RESTS: &str = "Time is locked and the link opens paused, so nobody can play it. Let it open from the start, or begin by \
    itself, or leave time free.";

/// Whether nobody can ever play it.
fn rests_for_ever(link: &Link) -> bool {
    let waits = match link.autoplay {
        Autoplay::Auto => link.step.is_some(),
        autoplay => autoplay == Autoplay::Off,
    };
    waits && link.lock.holds("time")
}

/// Takes over what the open link says. What is chosen here stays, until that link says something else than before.
pub fn follow(now: &Now<'_>) {
    let link = &now.link;
    let ticks = LOCKS.iter().map(|word| (format!("lock-{word}"), link.lock.holds(word)));
    let ticks = ticks.chain(PARTS.iter().map(|word| (format!("hide-{word}"), link.hide.holds(word))));
    let others =
        [("class-ahead".to_owned(), !link.hide.shows_ahead()), ("class-embed".to_owned(), link.embed)];
    let mut is_of_class = false;
    for (id, on) in ticks.chain(others) {
        is_of_class |= on;
        said(now, &id, if on { "1" } else { "" }, |field| set_checked(field, on));
    }
    for (id, word) in [
        ("class-theme", link.theme.key()),
        ("class-autoplay", link.autoplay.key()),
        ("class-controls", link.controls.key()),
    ] {
        said(now, id, word, |field| set_value(field, word));
    }
    said(now, "class", if is_of_class { "1" } else { "" }, |form| {
        if is_of_class {
            set(form, "open", "");
        }
    });
}

/// Does something with a field, if the link says something else of it than before.
fn said(now: &Now<'_>, id: &str, word: &str, take: impl FnOnce(&Element)) {
    const SAID: &str = "data-said";
    if let Some(field) = now.part(id).filter(|f| f.get_attribute(SAID).as_deref() != Some(word)) {
        set(&field, SAID, word);
        take(&field);
    }
}

/// Writes the link, of what is chosen here and above; its address, where the form is in use.
pub fn write(now: &Now<'_>, plain: &Link) -> Option<String> {
    let form = now.part("class")?;
    let chosen = |kind: &str, words: &[&'static str]| {
        let on = words.iter().copied().filter(|word| now.is_ticked(&format!("{kind}-{word}")));
        on.collect::<Vec<_>>().join(",")
    };
    if let Some(field) = now.part("class-step") {
        set(&field, "placeholder", &plain.step.map_or_else(|| "start".to_owned(), |step| step.to_string()));
    }
    let step = now.value("class-step").parse().ok().map(|step: u32| step.min(plain.config.steps));
    let link = Link {
        step: step.or(plain.step),
        embed: now.is_ticked("class-embed"),
        hide: Hidden::read(&chosen("hide", &PARTS)).0.with_ahead(!now.is_ticked("class-ahead")),
        lock: Locks::read(&chosen("lock", &LOCKS)).0,
        theme: find(&now.value("class-theme"), Theme::ALL, Theme::key),
        autoplay: find(&now.value("class-autoplay"), Autoplay::ALL, Autoplay::key),
        controls: find(&now.value("class-controls"), Controls::ALL, Controls::key),
        ..plain.clone()
    };
    if let Some(place) = now.part("class-note") {
        set_text(&place, if rests_for_ever(&link) { RESTS } else { "" });
    }
    let address = format!("{}#{}", now.page(), fragment(&link.write()));
    put(now, "class-link", &address);
    if let Some(open) = now.part("class-open") {
        set(&open, "href", &address);
    }
    form.has_attribute("open").then_some(address)
}

fn find<T: Copy + Default, const N: usize>(word: &str, all: [T; N], key: impl Fn(T) -> &'static str) -> T {
    all.into_iter().find(|one| key(*one) == word).unwrap_or_default()
}
