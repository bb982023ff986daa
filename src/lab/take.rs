//! Taking away what is shown: pictures, films and numbers as files.
//!
//! The panel is made once; what is chosen in it stays in its fields, and what it is about in its attributes.

mod figure;
mod files;
mod film;
mod form;
mod paper;
mod save;
mod sheet;

use super::head::head;
use super::html::{Html, html, replace, set, set_text};
use super::links;
use super::panels::Shown;
use crate::link::Link;
use crate::scene::figure::{name, name_of_run};
pub use paper::listen as listen_for_paper;

use figure::Kind;
use film::News;
use form::{Wrong, field, numbered, row, select, whole, wrong};
use std::rc::Rc;
use web_sys::Element;

const FLAT: &str = "Pictures and films show the plane from above, and of networks what they say of each point: not the view in three \
    dimensions, and not the drawing of the network.";

/// Parts of the panel with buttons for files, and their headings.
const GROUPS: &[(&str, &str)] = &[
    (files::NUMBERS, "Numbers of all runs"),
    (files::CODE, "The open run as a Python script, which checks itself"),
];

/// What is to be taken away.
struct Now<'a> {
    /// The panel.
    root: &'a Element,
    /// What is shown, as text and read.
    text: &'a str,
    link: Rc<Link>,
    /// The run that is open.
    run: usize,
    /// Where the cursor stands.
    step: u32,
}

/// The page goes: a film that is being recorded is given up.
pub fn end() {
    film::cancel();
}

/// Draws it.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    if element.first_element_child().is_none() {
        super::place::style(include_str!("take/take.css"));
        build(element);
    }
    set(element, "data-link", shown.link);
    set(element, "data-run", &shown.run.to_string());
    set(element, "data-step", &shown.step.to_string());
    with(element, form::follow);
}

/// Looks at what is to be taken away.
fn with<T>(root: &Element, look: impl FnOnce(&Now<'_>) -> T) -> T {
    let attribute = |name: &str| root.get_attribute(name).unwrap_or_default();
    let text = attribute("data-link");
    let number = |name: &str| attribute(name).parse().unwrap_or(0);
    look(&Now {
        root,
        text: &text,
        link: links::read(&text),
        run: number("data-run") as usize,
        step: number("data-step"),
    })
}

fn button(id: &str, face: &str, root: &Element, act: fn(&Element)) -> Html {
    let root = root.clone();
    html("button")
        .attr("type", "button")
        .attr("data-testid", &format!("take-{id}"))
        .text(face)
        .on("click", move |_| act(&root))
}

fn group(heading: &str, parts: Vec<Html>) -> Html {
    html("fieldset").attr("class", "group").child(html("legend").text(heading)).children(parts)
}

fn build(root: &Element) {
    let look = vec![
        row("Show", select("what", &[("both", "Stage and chart"), ("stage", "Stage"), ("charts", "Chart")])),
        row(
            "Colours",
            select(
                "colours",
                &[
                    ("", "As on the page"),
                    ("light", "Light"),
                    ("dark", "Dark"),
                    ("print", "Grey map, for print"),
                    ("projector", "Larger, for a projector"),
                ],
            ),
        ),
        html("div")
            .attr("class", "pair")
            .child(numbered("Width", "width", "960", ["160", "4096"]))
            .child(numbered("Height", "height", "600", ["160", "4096"])),
    ];
    let picture = vec![
        row(
            "Sharpness of PNG",
            select("scale", &[("2", "Double"), ("1", "Single"), ("3", "Triple"), ("4", "Fourfold")]),
        ),
        buttons(vec![
            button("svg", "Save SVG", root, |root| picture(root, Kind::Svg)),
            button("png", "Save PNG", root, |root| picture(root, Kind::Png)),
        ]),
        note("picture"),
        wrong("picture"),
    ];
    let mut parts = vec![
        head("Download", "download"),
        group("What is drawn", look),
        html("p").attr("class", "note").attr("data-testid", "take-flat").attr("hidden", "").text(FLAT),
        group("Picture of this step", picture),
        group("Film", film_parts(root)),
    ];
    for (key, heading) in GROUPS {
        let all = files::FILES.iter().enumerate().filter(|(_, file)| file.group == *key);
        let all = all.map(|(i, file)| {
            let root = root.clone();
            html("button")
                .attr("type", "button")
                .attr("data-testid", &format!("take-{}", file.ending.trim_start_matches(['.', '-'])))
                .text(&format!("Save {}", file.name))
                .on("click", move |_| save_file(&root, i))
        });
        let all = buttons(all.collect()).attr("data-testid", &format!("take-{key}"));
        let mut rest = vec![all, note(key), wrong(key)];
        if *key == files::CODE {
            let none = html("p").attr("class", "note").attr("data-testid", "take-no-code").attr("hidden", "");
            rest.insert(1, none.text(files::NO_CODE));
        }
        parts.push(group(heading, rest));
    }
    replace(root, parts);
    // What is typed here is no setting of the page.
    for event in ["input", "change"] {
        let touched = Html(root.clone());
        let _ = touched.on(event, |event| {
            event.stop_propagation();
            form::touch(event);
        });
    }
}

fn film_parts(root: &Element) -> Vec<Html> {
    let video = match film::recorded() {
        Some((_, ending)) => {
            let face = if ending == "webm" { "Make WebM" } else { "Make MP4" };
            button("video", face, root, |root| make_film(root, true))
        }
        None => html("span").attr("class", "note").text("This browser records no films; a GIF it can save."),
    };
    vec![
        html("div")
            .attr("class", "pair")
            .child(numbered("From step", "from", "0", ["0", "20000"]))
            .child(numbered("To step", "to", "500", ["0", "20000"])),
        html("div")
            .attr("class", "pair")
            .child(numbered("Seconds", "seconds", "6", ["1", "60"]))
            .child(numbered("Frames a second", "rate", "20", ["1", "50"])),
        buttons(vec![
            button("gif", "Make GIF", root, |root| make_film(root, false)),
            video,
            button("cancel", "Cancel", root, |root| {
                film::cancel();
                progress(root, None);
                say(root, "film", "The film was given up.");
            })
            .attr("hidden", ""),
        ]),
        html("progress")
            .attr("aria-label", "Frames made")
            .attr("data-testid", "take-progress")
            .attr("hidden", ""),
        note("film"),
        wrong("film"),
    ]
}

fn buttons(all: Vec<Html>) -> Html {
    html("div").attr("class", "buttons").children(all)
}

/// Where it is said how something went.
fn note(place: &str) -> Html {
    html("p").attr("class", "note").attr("role", "status").attr("data-testid", &format!("take-said-{place}"))
}

/// Says at a button how it went.
fn say(root: &Element, place: &str, words: &str) {
    if let Some(note) = field(root, &format!("said-{place}")) {
        set_text(&note, words);
    }
    form::tell(root, place, "");
}

/// Says at a button why it did not go, unless that stands at a field.
fn fail(root: &Element, place: &str, why: Wrong) {
    say(root, place, "");
    if let Wrong::Why(why) = why {
        form::tell(root, place, &why);
    }
}

fn said(root: &Element, place: &str, result: Result<String, Wrong>) {
    match result {
        Ok(name) => say(root, place, &format!("Saved as {name}.")),
        Err(why) => fail(root, place, why),
    }
}

fn picture(root: &Element, kind: Kind) {
    let result = with(root, |now| figure::save(now, kind));
    said(root, "picture", result);
}

fn save_file(root: &Element, i: usize) {
    let Some(file) = files::FILES.get(i) else { return };
    let result = with(root, |now| {
        let text = (file.make)(now)?;
        let name =
            if file.group == files::CODE { name_of_run(&now.link, now.run) } else { name(&now.link, None) };
        let name = name + file.ending;
        save::bytes(text.as_bytes(), &name, file.kind)?;
        Ok(name)
    });
    said(root, file.group, result);
}

fn make_film(root: &Element, video: bool) {
    let result = with(root, |now| {
        let (from, to) = (whole(now.root, "from")?, whole(now.root, "to")?);
        let (seconds, rate) = (whole(now.root, "seconds")?, whole(now.root, "rate")?);
        if from >= to {
            return Err(form::refuse(
                root,
                "to",
                "The film ends before it begins: choose a later step for its end.",
            ));
        }
        let steps = crate::scene::figure::film::steps(from, to, seconds * rate + 1);
        let (figure, palette) = figure::of_film(now)?;
        let name = format!("{}-step{from}-to-{to}", name(&now.link, None));
        let plan = film::Plan { figure, steps, rate: f64::from(rate), palette, name };
        let told = root.clone();
        Ok(film::start(plan, video, move |news| hear(&told, news))?)
    });
    match result {
        Ok(()) => {
            say(root, "film", "");
            progress(root, Some((0, 1)));
        }
        Err(why) => {
            // Where a field is to be changed, the focus is there, and what was being made goes on.
            if matches!(why, Wrong::Why(_)) {
                progress(root, None);
            }
            fail(root, "film", why);
        }
    }
}

fn hear(root: &Element, news: News) {
    match news {
        News::Frames(done, of) => progress(root, Some((done, of))),
        News::Saved(name) => {
            progress(root, None);
            said(root, "film", Ok(name));
        }
        News::Failed(why) => {
            progress(root, None);
            fail(root, "film", why.into());
        }
    }
}

/// Shows how far a film is; without one, that there is none.
fn progress(root: &Element, frames: Option<(usize, usize)>) {
    let (Some(bar), Some(cancel)) = (field(root, "progress"), field(root, "cancel")) else {
        return;
    };
    let was_hidden = cancel.has_attribute("hidden");
    for element in [&bar, &cancel] {
        let _ = element.toggle_attribute_with_force("hidden", frames.is_none());
    }
    let Some((done, of)) = frames else {
        if !was_hidden {
            form::focus(root, "gif");
        }
        return;
    };
    set(&bar, "max", &of.to_string());
    set(&bar, "value", &done.to_string());
    set(&bar, "aria-valuetext", &format!("{done} of {of}"));
    if was_hidden {
        form::focus(root, "cancel");
    }
}
