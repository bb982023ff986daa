//! The menu of how the stage is seen: colours, levels, and what is drawn over the surface.

use super::html::{Html, html, is_checked, listener, replace, set, set_checked, set_text, set_value, value};
use super::looks;
use super::overlays::{tell, theme};
use super::panels::Shown;
use super::place::listen_to;
use super::{critical, links, look_at, say, study};
use crate::canvas::Layer;
use crate::link::Link;
use crate::look::Overlay;
use crate::param::readable;
use crate::scene::study::sample;
use crate::scene::{MapKind, OverlayPen, run_style};
use crate::surface::Levels;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};

/// The size of a sample in the menu.
const SAMPLE_PX: (f64, f64) = (44.0, 16.0);
const LEVELS: [(&str, &str); 2] = [("linear", "linear"), ("log", "logarithmic")];

/// Draws the menu: colours and levels, then a tick for each overlay, those apart that the run's method has nothing for.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    if element.query_selector("fieldset").ok().flatten().is_none() {
        build(element);
    }
    let link = links::read(shown.link);
    let config = &link.config;
    show_look(element, &link);
    let about = looks::with(shown, |look| {
        let name = look.spec.settings.optimizer.name;
        let has = look.seen.as_ref().map(OverlayPen::has).unwrap_or_default();
        let at = look.seen.as_ref().map(|seen| seen.x.clone()).unwrap_or_default();
        (format!("Of the open run, at the cursor: {}, {name}", shown.run + 1), has, at)
    });
    let (words, has, at) = about.unwrap_or_else(|| ("There is no run".to_owned(), Vec::new(), Vec::new()));
    let plane = config.is_plane();
    let words = if !plane {
        "There is no plane to draw on".to_owned()
    } else if config.look.is("space", "3d") {
        "Drawn on the plane: 2D or Split.".to_owned()
    } else {
        words
    };
    if let Ok(Some(legend)) = element.query_selector("[data-of=run] legend") {
        set_text(&legend, &words);
    }
    if let Ok(Some(line)) = element.query_selector(".here") {
        let here = if let (true, &[x, y]) = (plane, &at[..]) {
            format!("({}, {})  {}", readable(x), readable(y), look_at(&config.surface, [x, y]))
        } else {
            String::new()
        };
        set_text(&line, &here);
    }
    for overlay in Overlay::ALL {
        let Some((input, label)) = tick(element, overlay) else {
            continue;
        };
        set_checked(&input, config.overlays.contains(&overlay));
        let there = if overlay.is_of_surface() {
            is_without_run(overlay) || !at.is_empty()
        } else {
            has.contains(&overlay)
        };
        let lacks = !plane || !there;
        let _ = label.toggle_attribute_with_force("data-lacks", lacks);
        let note = if lacks { "nothing here".to_owned() } else { note(overlay) };
        if let Some(line) = label.last_element_child() {
            set_text(&line, &note);
        }
    }
    samples(element, &link, shown.run);
    fill(element, config.overlays.contains(&Overlay::Critical) && plane);
}

/// Whether it needs no run.
fn is_without_run(overlay: Overlay) -> bool {
    overlay.is_of_surface() && !matches!(overlay, Overlay::Model | Overlay::Newton | Overlay::Stable)
}

/// What there is to say beside a tick.
fn note(overlay: Overlay) -> String {
    let share = study::stable_share().filter(|_| overlay == Overlay::Stable);
    let words = match share {
        Some(0.0) => "nowhere in view",
        Some(1.0) => "everywhere in view",
        _ => "",
    };
    words.to_owned()
}

/// The box of an overlay, and its label.
fn tick(element: &Element, overlay: Overlay) -> Option<(Element, Element)> {
    let input = element.query_selector(&format!("input[value={}]", overlay.key())).ok()??;
    let label = input.parent_element()?;
    Some((input, label))
}

fn build(element: &Element) {
    let map = choice("map", MapKind::ALL.map(|m| (m.key(), m.name())).into_iter());
    let levels = choice("levels", LEVELS.into_iter());
    let labels = html("input").attr("type", "checkbox").attr("data-look", "labels").attr("value", "1");
    let labels = labels.on("change", |event| {
        if let Some(input) = listener(event) {
            set_look(&input, if is_checked(&input) { "1" } else { "" });
        }
    });
    let row = |name: &str, help: &str, field: Html| {
        let name = html("span").attr("class", "name").text(name);
        html("label").attr("class", "row").attr("data-help", help).child(name).child(field)
    };
    let legend = |words: &str| html("legend").text(words);
    let stage = html("fieldset")
        .child(legend("Surface"))
        .child(row("Colours", "look/map", map))
        .child(row("Levels", "look/levels", levels))
        .child(
            html("label")
                .attr("class", "check")
                .attr("data-help", "look/labels")
                .child(labels)
                .child(html("span").text("values on contours")),
        );
    let group = |of: &str, words: &str| html("fieldset").attr("data-of", of).child(legend(words));
    let surface = Overlay::ALL.into_iter().filter(|o| o.is_of_surface());
    let surface = surface.map(box_of).fold(group("surface", "Drawn of the surface"), Html::child);
    let run = Overlay::ALL.into_iter().filter(|o| !o.is_of_surface());
    let run = run.map(box_of).fold(group("run", ""), Html::child);
    let here = html("p").attr("class", "here").attr("data-testid", "here").attr("data-help", "look/here");
    let list = html("div").attr("class", "critical").attr("data-testid", "critical");
    replace(element, vec![stage, surface, list, run.child(here)]);
    listen_to(element, "change", |event| {
        let menu = event.current_target().and_then(|t| t.dyn_into::<Element>().ok());
        let input = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        if let (Some(menu), Some(input)) = (menu, input)
            && !input.has_attribute("data-look")
        {
            tell(&ticked(&menu));
        }
    });
}

/// A menu for a word of looks; its first entry is the default.
fn choice(word: &'static str, options: impl Iterator<Item = (&'static str, &'static str)>) -> Html {
    let options = options.map(|(key, name)| html("option").attr("value", key).text(name));
    html("select").attr("data-look", word).children(options).on("change", move |event| {
        if let Some(select) = listener(event) {
            let chosen = value(&select);
            let usual = select.get_attribute("data-usual").as_deref() == Some(&chosen);
            set_look(&select, if usual { "" } else { &chosen });
        }
    })
}

/// Tells the page the value of the word that a control is for.
fn set_look(control: &Element, value: &str) {
    let word = control.get_attribute("data-look").unwrap_or_default();
    if let Ok(Some(panel)) = control.closest("[data-panel]") {
        say(&panel, &format!("look {word}={value}"));
        say(&panel, "end");
    }
}

fn show_look(element: &Element, link: &Link) {
    let config = &link.config;
    let own = match config.surface.spec.levels {
        Levels::Linear => "linear",
        Levels::Log => "log",
    };
    for (word, usual) in [("map", MapKind::default().key()), ("levels", own)] {
        if let Ok(Some(select)) = element.query_selector(&format!("select[data-look={word}]")) {
            set(&select, "data-usual", usual);
            let value = config.look.get(word);
            set_value(&select, if value.is_empty() { usual } else { value });
        }
    }
    if let Ok(Some(input)) = element.query_selector("input[data-look=labels]") {
        set_checked(&input, config.look.is("labels", "1"));
    }
}

fn box_of(overlay: Overlay) -> Html {
    let input = html("input").attr("type", "checkbox").attr("value", overlay.key());
    let label = html("label")
        .attr("class", "check")
        .attr("data-help", &format!("overlay/{}", overlay.key()))
        .child(input);
    let label = if overlay.is_of_surface() {
        label.child(html("canvas").attr("aria-hidden", "true").attr("class", "sample"))
    } else {
        label
    };
    label.child(html("span").text(overlay.name())).child(html("small"))
}

/// Draws the samples, where they are not those of this theme and run.
fn samples(element: &Element, link: &Link, run: usize) {
    let theme = theme(link.theme);
    let key = format!("{theme:?}{run}");
    if element.get_attribute("data-samples").as_deref() == Some(&key) {
        return;
    }
    let _ = element.set_attribute("data-samples", &key);
    for overlay in Overlay::ALL {
        let canvas = tick(element, overlay).and_then(|(_, label)| label.query_selector("canvas").ok()?);
        let canvas = canvas.and_then(|c| c.dyn_into::<HtmlCanvasElement>().ok());
        if let Some(layer) = canvas.and_then(Layer::new) {
            layer.resize(SAMPLE_PX);
            layer.clear();
            sample(&mut layer.painter(), overlay, theme, run_style(run).color(theme));
        }
    }
}

/// The words of those that are ticked.
fn ticked(menu: &Element) -> String {
    let is_ticked = |o: &Overlay| tick(menu, *o).is_some_and(|(input, _)| is_checked(&input));
    let on: Vec<Overlay> = Overlay::ALL.into_iter().filter(is_ticked).collect();
    Overlay::write(&on)
}

fn fill(menu: &Element, wanted: bool) {
    if let Ok(Some(list)) = menu.query_selector(".critical") {
        critical::fill(&list, wanted);
    }
}

/// Tells the menu that something else has been found, if it is seen.
pub fn found() {
    let Some(menu) = super::place::query("details[open] > [data-panel=overlays]") else {
        return;
    };
    let wanted = tick(&menu, Overlay::Critical).is_some_and(|(input, _)| is_checked(&input));
    fill(&menu, wanted);
    if let Some((_, label)) = tick(&menu, Overlay::Stable)
        && !label.has_attribute("data-lacks")
        && let Some(line) = label.last_element_child()
    {
        set_text(&line, &note(Overlay::Stable));
    }
}
