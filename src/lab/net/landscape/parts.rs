//! The elements of the view.

use super::super::super::html::{Html, html, listener, replace, set, set_text, set_value, value};
use crate::landscape::{Directions, LossOf, Origin, Settings};
use crate::scene::{Colormap, MapKind};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};

/// Those that change.
pub struct Parts {
    pub root: Element,
    pub map: Element,
    pub canvases: [HtmlCanvasElement; 2],
    pub profiles: [HtmlCanvasElement; 2],
    menus: [Element; 3],
    seed: Element,
    seeds: Element,
    pub across: Element,
    pub up: Element,
    pub readout: Element,
    pub distance: Element,
    pub clients: Element,
    pub about: Element,
    pub progress: Element,
    pub message: Element,
    pub key: [Element; 3],
    pub captions: [Element; 2],
}

fn menu(
    label: &str,
    id: &str,
    options: impl Iterator<Item = (&'static str, &'static str)>,
    choose: fn(&mut Settings, &str),
) -> (Html, Element) {
    let field = html("select")
        .attr("data-testid", id)
        .children(options.map(|(key, name)| html("option").attr("value", key).text(name)))
        .on("change", move |event| {
            if let Some(field) = listener(event) {
                let key = value(&field);
                super::set(|settings| choose(settings, &key));
            }
        });
    let node = field.element();
    (html("label").child(html("span").text(label)).child(field), node)
}

fn button(face: &str, label: &str, id: &str, act: impl Fn() + 'static) -> Html {
    html("button")
        .attr("type", "button")
        .attr("aria-label", label)
        .attr("title", label)
        .attr("data-testid", id)
        .text(face)
        .on("click", move |_| act())
}

fn canvas(class: &str) -> (Html, HtmlCanvasElement) {
    let canvas = html("canvas").attr("class", class).attr("aria-hidden", "true");
    let node = canvas.element().unchecked_into();
    (canvas, node)
}

fn words(tag: &str, class: &str) -> (Html, Element) {
    let node = html(tag).attr("class", class).attr("data-testid", &format!("landscape-{class}"));
    let element = node.element();
    (node, element)
}

/// The controls above the map.
fn bar() -> (Html, [Element; 3], Element, Element) {
    let (directions, a) = menu(
        "Directions",
        "landscape-directions",
        Directions::ALL.into_iter().map(|d| (d.key(), d.name())),
        |settings, key| {
            let chosen = Directions::ALL.into_iter().find(|d| d.key() == key);
            settings.directions = chosen.unwrap_or_default();
            settings.square = None;
        },
    );
    let (origin, b) = menu(
        "Origin",
        "landscape-origin",
        Origin::ALL.into_iter().map(|o| (o.key(), o.name())),
        |settings, key| {
            settings.origin = Origin::ALL.into_iter().find(|o| o.key() == key).unwrap_or_default();
            settings.square = None;
        },
    );
    let (loss, c) = menu(
        "Shown",
        "landscape-loss",
        LossOf::ALL.into_iter().map(|l| (l.key(), l.name())),
        |settings, key| settings.loss = LossOf::ALL.into_iter().find(|l| l.key() == key).unwrap_or_default(),
    );
    let seed = html("input")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("size", "4")
        .attr("data-testid", "landscape-seed")
        .on("change", |event| {
            let text = listener(event).map(|field| value(&field)).unwrap_or_default();
            let seed = text.trim().parse::<u32>().ok();
            // What is no number is replaced by the seed that holds.
            super::set(|settings| settings.seed = seed.map_or(settings.seed, u64::from));
        });
    let seed_node = seed.element();
    let new = button("New", "New random directions", "landscape-new", || {
        super::set(|settings| settings.seed = (settings.seed + 1) % (1 << 32));
    });
    let seeds = html("span")
        .attr("class", "seeds")
        .child(html("label").child(html("span").text("Seed")).child(seed))
        .child(new);
    let seeds_node = seeds.element();
    let zoom = html("span")
        .attr("class", "zooms")
        .child(button("−", "Show twice as much (−)", "landscape-out", || super::gestures::zoom(0.5)))
        .child(button("+", "Show half as much (+)", "landscape-in", || super::gestures::zoom(2.0)))
        .child(button("Fit", "Fit to the paths (0)", "landscape-fit", || {
            super::set(|settings| settings.square = None);
        }));
    let bar = html("div")
        .attr("class", "landscape-bar")
        .child(directions)
        .child(origin)
        .child(loss)
        .child(seeds)
        .child(zoom);
    (bar, [a, b, c], seed_node, seeds_node)
}

/// The colours, from the lowest value to the highest.
fn key() -> (Html, [Element; 3]) {
    let map = Colormap::new(MapKind::Viridis);
    let stops: Vec<String> = (0..=8)
        .map(|i| {
            let [r, g, b] = map.rgb(f64::from(i) / 8.0);
            format!("rgb({r} {g} {b})")
        })
        .collect();
    let strip = html("span")
        .attr("class", "colours")
        .attr("style", &format!("background:linear-gradient(90deg,{})", stops.join(",")));
    let numbers = ["low", "middle", "high"].map(|class| html("span").attr("class", class));
    let nodes = numbers.each_ref().map(Html::element);
    let scale = html("span").attr("class", "colours-numbers").children(numbers);
    (html("div").attr("class", "landscape-key").child(strip).child(scale), nodes)
}

/// Builds the view in its place.
pub fn build(place: &Element) -> Parts {
    let (bar, menus, seed, seeds) = bar();
    let (under, under_node) = canvas("map");
    let (over, over_node) = canvas("paths");
    let (readout, readout_node) = words("output", "readout");
    let (message, message_node) = words("p", "message");
    let map = html("div")
        .attr("class", "landscape-map")
        .attr("data-testid", "landscape-map")
        .attr("tabindex", "0")
        .attr("role", "application")
        .attr("aria-label", "Loss on a plane through the weights. Arrow keys read the loss, with Shift they move the map; plus, minus and 0 zoom.")
        .child(under)
        .child(over)
        .child(message)
        .child(readout);
    let (up, up_node) = words("p", "up");
    let (across, across_node) = words("p", "across");
    let (key, key_nodes) = key();
    let (distance, distance_node) = words("p", "distance");
    let (clients, clients_node) = words("p", "clients");
    let (about, about_node) = words("p", "about");
    let (progress, progress_node) = words("span", "progress");
    let profiles = ["across", "up"].map(|which| {
        let (canvas, node) = canvas("profile");
        let caption = html("figcaption");
        let caption_node = caption.element();
        let figure = html("figure").attr("data-testid", &format!("landscape-profile-{which}"));
        (figure.child(canvas).child(caption), node, caption_node)
    });
    let [(first, first_canvas, first_caption), (second, second_canvas, second_caption)] = profiles;
    let map_node = map.element();
    let root = html("div")
        .attr("class", "landscape")
        .child(bar)
        .child(up)
        .child(map)
        .child(across)
        .child(html("div").attr("class", "landscape-row").child(key).child(progress))
        .child(distance)
        .child(html("div").attr("class", "landscape-profiles").child(first).child(second))
        .child(clients)
        .child(about)
        .child(html("p").attr("class", "legend-words").text(
            "✕ origin of the plane. ◎ start. The fainter and thinner a path, the larger the part of its way from the origin that \
             leaves the plane. The ring around the open run is as large as its distance from the plane, at the scale of the \
             map. The curves show the loss along both axes on the scale of the colours, and the run’s own loss with its mark.",
        ));
    let root_node = root.element();
    replace(place, vec![root]);
    Parts {
        root: root_node,
        map: map_node,
        canvases: [under_node, over_node],
        profiles: [first_canvas, second_canvas],
        menus,
        seed,
        seeds,
        across: across_node,
        up: up_node,
        readout: readout_node,
        distance: distance_node,
        clients: clients_node,
        about: about_node,
        progress: progress_node,
        message: message_node,
        key: key_nodes,
        captions: [first_caption, second_caption],
    }
}

impl Parts {
    /// Shows which settings hold.
    pub fn show(&self, settings: &Settings) {
        let keys = [settings.directions.key(), settings.origin.key(), settings.loss.key()];
        for (menu, key) in self.menus.iter().zip(keys) {
            set_value(menu, key);
        }
        set_value(&self.seed, &settings.seed.to_string());
        if settings.directions == Directions::Random {
            let _ = self.seeds.remove_attribute("hidden");
        } else {
            set(&self.seeds, "hidden", "");
        }
    }

    /// Says what stands in place of the map; nothing where there is one.
    pub fn say_instead(&self, text: &str) {
        set_text(&self.message, text);
    }
}
