//! What is printed in place of the page: the figure of this step, its settings in words, and the link.

use super::figure::{address_of, material, part};
use super::sheet::CanvasSheet;
use crate::canvas::Layer;
use crate::lab::html::{Html, html};
use crate::lab::{frame, place};
use crate::link::Link;
use crate::scene::figure::{Colours, Figure, Plan, title, words};
use wasm_bindgen::JsCast;

/// The figure across the paper, and how many pixels it has in one.
const SIZE_PX: (f64, f64) = (860.0, 760.0);
const SCALE: f64 = 3.0;

/// Puts it there when the page is about to be printed, and away afterwards.
pub fn listen() {
    // An element is printed with its page.
    let (Some(window), Some(_)) = (web_sys::window(), place::whole()) else { return };
    for (event, act) in [("beforeprint", put as fn()), ("afterprint", remove as fn())] {
        let act = place::callback(move |_: web_sys::Event| act());
        let _ = window.add_event_listener_with_callback(event, act.unchecked_ref());
    }
}

fn remove() {
    if let Some(paper) = place::query(".page > .paper") {
        paper.remove();
    }
}

/// What is shown: the step, and the link.
fn shown() -> (u32, Link) {
    let (step, link) = frame::now();
    let link = Link::read(&link).0;
    (step.min(link.config.steps), link)
}

fn put() {
    remove();
    let Some(page) = place::query(".page") else {
        return;
    };
    if let Some(paper) = paper() {
        let _ = page.append_child(&paper.0);
    }
}

fn paper() -> Option<Html> {
    let (step, link) = shown();
    let material = material(&link.write(), link.focus, step);
    let address = address_of(None, &material.link);
    let (heading, said) = (title(&material.link), words(&material, step));
    let part = part(&material.link.config);
    let plan = Plan { size_px: SIZE_PX, colours: Colours::Print, detail: 2.0, part, ..Plan::default() };
    let layer = Layer::detached()?;
    let figure = Figure::new(material, plan).ok()?;
    layer.resize_by(SIZE_PX, SCALE);
    figure.paint(&mut CanvasSheet { layer: &layer }, step);
    let link = html("a").attr("href", &address).text(&address);
    Some(
        html("section")
            .attr("class", "paper")
            .child(html("h1").text(&heading))
            .child(Html(layer.canvas.clone().unchecked_into()))
            .child(html("p").text(&said))
            .child(html("p").child(link)),
    )
}
