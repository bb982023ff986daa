//! The stage: the surface, the paths on it, the start pin, zoom and pan.

mod gestures;
mod map;
mod matrix;
mod overlays;
mod picture;
mod pin;
mod problem;
mod space;

use super::app::on_resize;
use super::icons;
use super::store::{Dirty, Store};
use super::ui::{El, Live, el, icon_button};
use crate::scene::Viewport;
use crate::session::{Command, Session};
use crate::surface::View;
use crate::web::swatch::swatch;
use picture::StagePicture;
use std::rc::Rc;
use wasm_bindgen::JsCast;

/// How much one press of a zoom key or button changes the scale.
const ZOOM_STEP: f64 = 1.4;

/// What the stage shows of the plane; none before it has a size.
pub type Port = Live<Option<Viewport>>;

/// The panel: what is shown, the stage itself.
pub fn panel(store: Store) -> El {
    let port: Port = Live::new(None);
    let layers = [el("canvas"), el("canvas")];
    let over = el("canvas").class("over");
    let readout = el("div").class("readout").test_id("readout");
    let plot = el("div")
        .class("plot")
        .test_id("stage")
        .attr("role", "group")
        // Pressing it takes the focus: in a part of another page the wheel is its own from then on.
        .attr("tabindex", "-1")
        .live_class("of-matrix", move || matrix::is_shown(store))
        .live_attr("aria-label", move || {
            if matrix::is_shown(store) { "The runs" } else { "Loss surface with the paths of the runs" }
                .to_owned()
        })
        .children(layers.clone())
        .child(over.clone())
        .child(pin::pin(store, &port))
        .child(pin::bring_back_button(store, port.clone()))
        .child(zoom_buttons(store))
        .child(readout.clone())
        .child(matrix::network(store))
        .child(matrix::panel(store));
    gestures::listen(store, &port, &plot, &readout.0);
    close_settings_from_outside(store);
    let canvases = layers.map(|l| l.0.unchecked_into());
    if let Some(picture) = StagePicture::new(&plot.0, canvases, port.clone()) {
        store.add_picture(Rc::new(picture));
        overlays::show(store, &over, port);
        on_resize(&plot.0, move || store.invalidate(Dirty::LOOK));
    }
    el("section")
        .class("stage")
        .attr("aria-label", "Stage")
        .on("overlays", move |ev| overlays::take(store, &ev))
        .child(problem::bar(store))
        .child(space::panes(store, plot).child(legend(store)))
}

/// In a part of another page, the link to all of it.
pub fn full_version(store: Store) -> El {
    super::lab::panel(store, "full", super::lab::FOCUSED, move || store.ui(|ui| ui.embed))
        .live_flag("hidden", move || store.ui(|ui| !ui.embed))
}

/// Which mark is which method; a matrix names its runs itself.
fn legend(store: Store) -> El {
    let names = move || {
        let named =
            |s: &Session| s.config().runs.iter().map(|r| r.settings.optimizer.name).collect::<Vec<_>>();
        if matrix::is_shown(store) { String::new() } else { store.settings(named).join("\n") }
    };
    el("ul").class("legend").attr("aria-label", "Runs").region(names, |names| {
        names
            .lines()
            .enumerate()
            .map(|(i, name)| el("li").style(&format!("--run:var(--run-{i})")).child(swatch(i)).text(name))
            .collect()
    })
}

fn zoom_buttons(store: Store) -> El {
    let button =
        |face: &str, label: &str, act: fn(Store)| icon_button(face, label).on_click(move || act(store));
    el("div")
        .class("zoom")
        .child(button(icons::PLUS, "Zoom in (+)", |s| zoom_step(s, 1)))
        .child(button(icons::MINUS, "Zoom out (-)", |s| zoom_step(s, -1)))
        .child(button(icons::WHOLE, "Whole view (0)", |s| {
            s.send(Command::SetView(None));
        }))
}

/// Zooms about the middle of the view: in for a positive direction, out for a negative one.
pub fn zoom_step(store: Store, direction: i32) {
    let view = store.peek(|s| s.config().visible());
    let port = Viewport::stretched(view, 100.0, 100.0);
    let factor = if direction > 0 { ZOOM_STEP } else { 1.0 / ZOOM_STEP };
    store.send(Command::SetView(Some(port.zoomed(factor, [50.0, 50.0]).view)));
}

/// Closes the settings when something beside them is pressed: on a small screen they cover the stage.
fn close_settings_from_outside(store: Store) {
    // Of what is pressed in a shadow root the window does not learn what it is.
    El(store.place().root.clone()).on("pointerdown", move |ev| {
        let target = ev.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        if target.is_some_and(|t| t.closest(".settings").ok().flatten().is_none()) {
            close_settings(store);
        }
    });
}

/// Closes the settings.
pub fn close_settings(store: Store) {
    if let Some(open) = store.place().query(".settings[open]") {
        let _ = open.remove_attribute("open");
    }
}

/// A view with numbers as short as the screen allows, for links.
fn shortened(port: &Viewport) -> View {
    let [dx, dy] = port.plot_per_px().map(|d| 0.1 * d);
    let View { x, y } = port.view;
    let round = map::round_to_pixel;
    View { x: (round(x.0, dx), round(x.1, dx)), y: (round(y.0, dy), round(y.1, dy)) }
}
