//! The elements of the picture, what is shown on it, and from where.

use super::super::html::{Html, html, replace, set, set_text, svg};
use super::super::{links, overlays, projector, say};
use super::draw::Frame;
use super::gpu::{self, Gpu};
use super::map::{Key, Map};
use super::paths::{self, Path};
use super::{gestures, sheet};
use crate::canvas::Layer;
use crate::link::Link;
use crate::math::num;
use crate::scene::painter::Align;
use crate::scene::space::path::{on_surface, shown};
use crate::scene::space::{Camera, Label, Sight, labels};
use crate::scene::{Painter, TextStyle, Theme};
use crate::surface::Levels;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, WebGlTexture};

const MISSING: &str = "This browser gives the page no WebGL 2, so there is no picture in three dimensions. The plane shows the same.";
const LOST: &str = "The browser has taken the picture's graphics away. It is drawn again when they are back.";
const HINT: &str = "Arrow keys turn it, with Shift they move it; plus and minus zoom, 0 shows the whole from where it began.";
const NAME: &str = "Loss surface in three dimensions with the paths of the runs";
const LABEL_PX: f64 = 11.5;

const PLUS: &str = "M7.1 3h1.8v4.1H13v1.8H8.9V13H7.1V8.9H3V7.1h4.1z";
const MINUS: &str = "M3 7.1h10v1.8H3z";
const WHOLE: &str =
    "M2 2h4.5v1.8H3.8v2.7H2zM9.5 2H14v4.5h-1.8V3.8H9.5zM2 9.5h1.8v2.7h2.7V14H2zM12.2 9.5H14V14H9.5v-1.8h2.7z";

/// The picture.
pub struct View {
    root: Element,
    /// What takes the pointers and keys.
    pub solid: Element,
    /// What the graphics processor draws on.
    pub canvas: HtmlCanvasElement,
    words: Option<Layer>,
    note: Element,
    heights: Element,
    gpu: Option<Gpu>,
    sheet: Option<WebGlTexture>,
    link: Option<Rc<Link>>,
    focus: usize,
    step: usize,
    theme: Theme,
    map: Option<Map>,
    paths: Vec<Path>,
    /// From where it is looked at.
    pub camera: Camera,
    /// The word that the camera was last read from, or told as.
    told: String,
    /// How it is seen on the picture of the size that it has now.
    pub sight: Option<Sight>,
    /// What the words were drawn for.
    worded: Option<(Sight, Theme, f64)>,
}

fn button(path: &str, label: &str, act: fn()) -> Html {
    let icon = svg("svg").attr("viewBox", "0 0 16 16").attr("aria-hidden", "true");
    let icon = icon.attr("width", "16").attr("height", "16").attr("fill", "currentColor");
    html("button")
        .attr("type", "button")
        .attr("class", "icon")
        .attr("aria-label", label)
        .attr("title", label)
        .child(icon.child(svg("path").attr("d", path)))
        .on("click", move |_| act())
}

impl View {
    /// Puts its parts in place of what the element holds.
    pub fn new(root: &Element) -> Self {
        let canvas = html("canvas").attr("aria-hidden", "true");
        let words = html("canvas").attr("aria-hidden", "true");
        let hint = html("p").attr("id", "space-hint").attr("class", "hint").text(HINT);
        let solid = html("div")
            .attr("class", "solid")
            .attr("data-testid", "solid")
            .attr("tabindex", "0")
            .attr("role", "application")
            .attr("aria-label", NAME)
            .attr("aria-describedby", "space-hint");
        let note = html("p").attr("class", "note").attr("role", "status").attr("data-testid", "space-note");
        let zoom = html("div").attr("class", "zoom").children([
            button(PLUS, "Nearer (+)", || gestures::zoom(true)),
            button(MINUS, "Further (−)", || gestures::zoom(false)),
            button(WHOLE, "Whole surface, from where it began (0)", gestures::reset),
        ]);
        let heights = html("button")
            .attr("type", "button")
            .attr("class", "heights")
            .attr("data-testid", "space-height")
            .text("log height")
            .on("click", |_| gestures::switch_heights());
        let [gl, over, place, said, log] = [&canvas, &words, &solid, &note, &heights].map(Html::element);
        let gl: HtmlCanvasElement = gl.unchecked_into();
        replace(root, vec![solid.child(canvas).child(words), hint, zoom, heights, note]);
        let gpu = gpu::context(&gl).and_then(Gpu::new);
        let view = Self {
            root: root.clone(),
            solid: place,
            canvas: gl,
            words: Layer::new(over.unchecked_into()),
            note: said,
            heights: log,
            gpu,
            sheet: None,
            link: None,
            focus: 0,
            step: 0,
            theme: Theme::Light,
            map: None,
            paths: Vec::new(),
            camera: Camera::default(),
            told: String::new(),
            sight: None,
            worded: None,
        };
        view.tell_state(if view.gpu.is_some() { "" } else { MISSING });
        view
    }

    /// Says what there is to say; the stage then shows the plane or not.
    fn tell_state(&self, words: &str) {
        set_text(&self.note, words);
        let missing = words == MISSING;
        let _ = self.root.toggle_attribute_with_force("data-missing", missing);
        if let Some(stage) = self.root.parent_element() {
            let _ = stage.toggle_attribute_with_force("data-solid", !missing);
        }
    }

    /// Whether it stands in this element.
    pub fn is_in(&self, element: &Element) -> bool {
        self.root == *element && element.contains(Some(&self.solid))
    }

    /// The context is gone, and all that was there with it.
    pub fn lose(&mut self) {
        (self.gpu, self.sheet, self.map) = (None, None, None);
        self.paths.clear();
        self.tell_state(LOST);
    }

    /// The context is back: everything is put there again.
    pub fn restore(&mut self) {
        self.gpu = gpu::context(&self.canvas).and_then(Gpu::new);
        self.tell_state(if self.gpu.is_some() { "" } else { MISSING });
        self.update();
    }

    /// Takes over what is to be shown.
    pub fn adopt(&mut self, link: &str, focus: usize, step: usize) {
        (self.focus, self.step) = (focus, step);
        if !link.is_empty() {
            let link = links::read(link);
            let camera = link.config.look.get("camera");
            if camera != self.told && !gestures::is_held() {
                camera.clone_into(&mut self.told);
                self.camera = Camera::read(&link.config.look.numbers("camera"));
            }
            self.link = Some(link);
            self.update();
        }
    }

    /// Brings up to date what follows from the link.
    fn update(&mut self) {
        let (Some(link), Some(gpu)) = (self.link.clone(), &self.gpu) else {
            return;
        };
        let _ = self.solid.toggle_attribute_with_force("data-still", self.is_still());
        let theme = overlays::theme(link.theme);
        if theme != self.theme || self.sheet.is_none() {
            if let Some(old) = self.sheet.take() {
                gpu.gl.delete_texture(Some(&old));
            }
            self.theme = theme;
            self.sheet = sheet::draw(gpu, theme);
        }
        let key = Key::of(&link, self.plane_px(&link));
        let anew = self.map.as_ref().is_none_or(|map| map.key != key);
        if anew {
            let usual = key.heights() == Levels::Log;
            set(&self.heights, "aria-pressed", if usual { "true" } else { "false" });
            let old = self.map.replace(Map::new(key, Some(gpu)));
            if let Some(old) = old {
                old.free(Some(gpu));
            }
            self.worded = None;
        }
        if let Some(map) = &self.map {
            let specs = (0..link.config.runs.len()).map(|run| link.config.run_spec(run)).collect();
            paths::update(&mut self.paths, specs, &map.relief, Some(gpu), anew);
        }
    }

    /// The size of the plane that stands beside it.
    fn plane_px(&self, link: &Link) -> Option<(f64, f64)> {
        if !link.config.look.is("space", "split") {
            return None;
        }
        let plane = self.root.parent_element()?.query_selector(".plot").ok()??;
        let size = (f64::from(plane.client_width()), f64::from(plane.client_height()));
        (size.0 > 0.0 && size.1 > 0.0).then_some(size)
    }

    /// Draws a frame.
    pub fn draw(&mut self) {
        let (width, height) = (f64::from(self.solid.client_width()), f64::from(self.solid.client_height()));
        let (Some(map), Some(gpu), Some(link)) = (&self.map, &self.gpu, &self.link) else {
            return;
        };
        if width == 0.0 || height == 0.0 {
            return;
        }
        let ratio = web_sys::window().map_or(1.0, |w| w.device_pixel_ratio()).min(gpu.finest);
        let size = [width, height].map(|px| device_px(px * ratio));
        let is = [self.canvas.width(), self.canvas.height()];
        if is != size {
            self.canvas.set_width(size[0]);
            self.canvas.set_height(size[1]);
        }
        let block = &map.relief.block;
        let sight = self.camera.sight(block, width, height);
        self.sight = Some(sight);
        let start = shown(block, link.config.start).filter(|(_, inside)| *inside);
        Frame {
            gpu,
            map,
            paths: &self.paths,
            sheet: self.sheet.as_ref(),
            sight,
            ratio,
            size: size.map(u32::cast_signed),
            theme: self.theme,
            thick: projector::lines(),
            step: self.step,
            focus: self.focus,
            ahead: link.hide.shows_ahead(),
            start: start.and_then(|(place, _)| on_surface(&map.relief, place)),
        }
        .draw();
        let worded = (sight, self.theme, projector::words());
        if self.worded != Some(worded) {
            self.worded = Some(worded);
            if let Some(layer) = &self.words {
                layer.resize((width, height));
                layer.clear();
                write(layer, &labels(block, &map.ticks, &sight), self.theme);
            }
        }
    }

    /// Tells the page from where it is looked at.
    pub fn tell_camera(&mut self) {
        let word = self.camera.write();
        if word != self.told {
            say(&self.root, &format!("look camera={word}"));
            self.told = word;
        }
    }

    /// The other heights, as the page is told: nothing where they are as they would be.
    pub fn other_heights(&self) -> Option<(Element, String)> {
        let key = &self.map.as_ref()?.key;
        let other = if key.heights() == Levels::Log { Levels::Linear } else { Levels::Log };
        let word = match other {
            _ if other == key.usual_heights() => "",
            Levels::Linear => "linear",
            Levels::Log => "log",
        };
        Some((self.root.clone(), format!("look height={word}")))
    }

    /// Whether the link locks from where it is looked at.
    pub fn is_still(&self) -> bool {
        self.link.as_ref().is_some_and(|link| link.lock.holds_view())
    }

    /// Whether the page is part of another one.
    pub fn is_embedded(&self) -> bool {
        self.link.as_ref().is_some_and(|link| link.embed)
    }
}

/// Writes the labels.
fn write(layer: &Layer, labels: &[Label], theme: Theme) {
    let mut painter = layer.painter();
    for label in labels {
        let style = TextStyle {
            color: if label.is_name { theme.text() } else { theme.muted() },
            size_px: projector::words() * if label.is_name { LABEL_PX + 1.5 } else { LABEL_PX },
            across: label.across,
            down: Align::Middle,
            halo: Some(theme.background()),
        };
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let at = label.at_px.map(|px| px as f32);
        painter.text(at, &label.text, &style);
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the size of a screen")]
fn device_px(px: f64) -> u32 {
    num::clamp(px.round(), 1.0, 8192.0) as u32
}
