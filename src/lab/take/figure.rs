//! Pictures of what is shown, as files.

use super::form::{Wrong, chosen, whole};
use super::sheet::{CanvasSheet, pixels};
use super::{Now, save};
use crate::canvas::Layer;
use crate::lab::{links, net, overlays, place, runs};
use crate::link::Link;
use crate::run::Trace;
use crate::scene::figure::film::Palette;
use crate::scene::figure::{Colours, Figure, Frame, Material, Plan, Weights, What, name, png, title, words};
use crate::scene::{MapKind, Quantity, Theme, Viewport};
use crate::session::Config;
use crate::surface::View;
use web_sys::Element;

/// Pixels of a PNG at the most: beyond these browsers give an empty canvas.
const MOST_PIXELS: f64 = 50e6;

/// What a picture is saved as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Lines and letters, of any size.
    Svg,
    /// Pixels.
    Png,
}

fn colours(now: &Now<'_>) -> Colours {
    let word = chosen(now.root, "colours");
    let named = Colours::ALL.into_iter().find(|(key, _)| *key == word);
    match named {
        Some((_, colours)) => colours,
        None if overlays::theme(now.link.theme) == Theme::Dark => Colours::Dark,
        None => Colours::Light,
    }
}

fn plan(now: &Now<'_>, detail: f64) -> Result<Plan, Wrong> {
    let size_px = (f64::from(whole(now.root, "width")?), f64::from(whole(now.root, "height")?));
    let word = chosen(now.root, "what");
    let what =
        What::ALL.into_iter().find(|(key, _)| *key == word).map_or_else(What::default, |(_, what)| what);
    let part = part(&now.link.config);
    Ok(Plan { what, size_px, colours: colours(now), frame: Frame::Paper, detail, part })
}

/// The part of the plane that is on the stage, which is more than the link's view as the stage has another shape. None
/// where there is no plane to be seen.
pub fn part(config: &Config) -> Option<View> {
    let rect = place::query(".plot").filter(|_| config.is_plane())?.get_bounding_client_rect();
    let (width, height) = (rect.width(), rect.height());
    (width > 1.0 && height > 1.0).then(|| Viewport::fitted(config.visible(), width, height).view)
}

/// All that a link shows at a step, as it is known here.
pub fn material(text: &str, run: usize, step: u32) -> Material {
    let link = Link { step: Some(step), ..Link::clone(&links::read(text)) };
    let quantity = Quantity::from(link.chart);
    if let Some(columns) = net::columns(&link, quantity) {
        let of = link.clone();
        let weights: Weights = Box::new(move |run, step| Some(net::with(&of, run)?.weights(step).1));
        return Material { link, open: run, traces: Vec::new(), columns, fan: None, weights: Some(weights) };
    }
    let count = link.config.runs.len();
    let trace = |i| runs::with(text, i, |_, trace| trace.clone()).unwrap_or_else(Trace::default);
    let traces: Vec<Trace> = (0..count).map(trace).collect();
    let fan = Material::fan(&link, run);
    Material::traced(link, run, traces, fan)
}

/// The figure of the panel's fields.
pub fn of(now: &Now<'_>, detail: f64) -> Result<Figure, Wrong> {
    Ok(Figure::new(material(now.text, now.run, now.step), plan(now, detail)?)?)
}

/// The figure of a film, and the colours that a GIF of it has.
pub fn of_film(now: &Now<'_>) -> Result<(Figure, Palette), Wrong> {
    let mut plan = plan(now, 1.0)?;
    if plan.what == What::Stage && now.link.config.is_plane() {
        plan.frame = Frame::Page;
    }
    let theme = plan.colours.theme();
    let map = MapKind::find(now.link.config.look.get("map"));
    let grey = theme == Theme::Print && map.is_none();
    let map = if grey { MapKind::Grey } else { map.unwrap_or_default() };
    let flat = now.link.config.is_plane();
    let palette = if flat { Palette::new(map, theme) } else { Palette::of_outputs(theme) };
    Ok((Figure::new(material(now.text, now.run, now.step), plan)?, palette))
}

/// The address of the page with what the panel shows, whatever shape the stage has there.
fn address(now: &Now<'_>) -> String {
    let mut link = Link { step: Some(now.step), ..Link::clone(&now.link) };
    link.config.view = part(&link.config).or(link.config.view);
    address_of(Some(now.root), &link)
}

/// The address of the page with a link: of the page that an element is in, as that says it, or the document's own.
pub fn address_of(within: Option<&Element>, link: &Link) -> String {
    let part = within.and_then(|e| e.closest("[data-base]").ok().flatten());
    let said = part.and_then(|e| e.get_attribute("data-base"));
    let own = || web_sys::window().and_then(|w| w.location().href().ok()).unwrap_or_default();
    let page = said.unwrap_or_else(own);
    format!("{}#{}", page.split('#').next().unwrap_or_default(), link.write())
}

/// Saves a picture; gives its name.
pub fn save(now: &Now<'_>, kind: Kind) -> Result<String, Wrong> {
    let scale: u32 = chosen(now.root, "scale").parse().unwrap_or(2);
    let scale = if kind == Kind::Svg { 1.0 } else { f64::from(scale) };
    let figure = of(now, scale)?;
    let (file, ending, of) = match kind {
        Kind::Svg => (figure.svg(now.step, &address(now)).into_bytes(), "svg", "image/svg+xml"),
        Kind::Png => (png(&figure, now, scale)?, "png", "image/png"),
    };
    let name = format!("{}.{ending}", name(&now.link, Some(now.step)));
    save::bytes(&file, &name, of)?;
    Ok(name)
}

fn png(figure: &Figure, now: &Now<'_>, scale: f64) -> Result<Vec<u8>, String> {
    const NO_ROOM: &str =
        "This picture is too large for the browser: choose a smaller size or less sharpness.";
    let (size, zoom) = figure.size_px();
    if size.0 * size.1 * zoom * zoom * scale * scale > MOST_PIXELS {
        return Err(NO_ROOM.to_owned());
    }
    let layer = Layer::detached().ok_or(NO_ROOM)?;
    layer.resize_by(size, zoom * scale);
    figure.paint(&mut CanvasSheet { layer: &layer }, now.step);
    let pixels = pixels(&layer).ok_or(NO_ROOM)?;
    let material = figure.material();
    let said = [
        ("Title", title(&material.link)),
        ("Description", words(material, now.step)),
        ("Software", "Descent Lab".to_owned()),
        ("Link", address(now)),
    ];
    let said: Vec<(&str, &str)> = said.iter().map(|(key, text)| (*key, text.as_str())).collect();
    png::encode(&pixels, &said)
}
