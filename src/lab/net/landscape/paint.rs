//! The map, the words beside it, and when they are drawn again.

use super::super::super::html::set_text;
use super::state::State;
use super::tracks::Track;
use crate::lab::net::landscape::marks;
use crate::landscape::{about, axes, distance, losses, unit};
use crate::math::num;
use crate::param::readable;
use crate::scene::{Colormap, Contours, Field, LevelScale, MapKind, Viewport, stage};
use wasm_bindgen::Clamped;
use web_sys::{Element, ImageData};

/// About how many contours are drawn, and from how many columns on: on fewer they have corners.
const CONTOURS: usize = 18;
const SMOOTH: usize = 33;

fn size_px(element: &Element) -> (f64, f64) {
    (f64::from(element.client_width()), f64::from(element.client_height()))
}

impl State {
    /// Draws again what is old.
    pub fn paint(&mut self) {
        self.size_px = size_px(&self.parts.map);
        let resized = self.layers.iter().fold(false, |any, layer| layer.resize(self.size_px) | any);
        let strips =
            self.profiles.iter().fold(false, |any, layer| layer.resize(size_px(&layer.canvas)) | any);
        self.map_is_old |= resized;
        self.marks_are_old |= resized | strips | self.map_is_old;
        if std::mem::take(&mut self.map_is_old) {
            self.paint_map();
        }
        if std::mem::take(&mut self.marks_are_old) {
            marks::paint(self);
            self.paint_words();
        }
        set_text(&self.parts.progress, &self.progress());
    }

    fn paint_map(&self) {
        let layer = &self.layers[0];
        layer.clear();
        let Some(port) = self.port() else { return };
        let mut painter = layer.painter();
        if let Some((field, scale)) = &self.field {
            self.put(&port, field, scale);
            if field.nx >= SMOOTH {
                let contours = Contours::of(field, &scale.contour_levels(CONTOURS));
                stage::contours(&mut painter, &contours, &port);
            }
            let [low, middle, high] =
                [0.0, 0.5, 1.0].map(|t| readable(num::round_significant(scale.value(t), 2)));
            for (node, text) in self.parts.key.iter().zip([low, middle, format!("{high} and more")]) {
                set_text(node, &text);
            }
        }
        stage::axes(&mut painter, &port, self.theme);
    }

    /// Scales the pixels to where their part of the plane is shown; the outer ones stand on its edges.
    fn put(&self, port: &Viewport, field: &Field, scale: &LevelScale) {
        let mut bytes = vec![0; field.nx * field.ny * 4];
        let colors = Colormap::new(MapKind::Viridis);
        field.paint_rgba(scale, &colors, self.theme.neutral(), 0..field.ny, &mut bytes);
        let size = |n: usize| u32::try_from(n).unwrap_or(2).max(2);
        let (nx, ny) = (size(field.nx), size(field.ny));
        self.pixels.canvas.set_width(nx);
        self.pixels.canvas.set_height(ny);
        let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&bytes), nx, ny);
        let Ok(image) = image else { return };
        let _ = self.pixels.ctx.put_image_data(&image, 0.0, 0.0);
        let [left, top] = port.px_from_plot([field.view.x.0, field.view.y.1]);
        let [right, bottom] = port.px_from_plot([field.view.x.1, field.view.y.0]);
        let dx = (right - left) / f64::from(nx - 1);
        let dy = (bottom - top) / f64::from(ny - 1);
        let _ = self.layers[0].ctx.draw_image_with_html_canvas_element_and_dw_and_dh(
            &self.pixels.canvas,
            left - 0.5 * dx,
            top - 0.5 * dy,
            right - left + dx,
            bottom - top + dy,
        );
    }

    fn paint_words(&self) {
        let parts = &self.parts;
        parts.say_instead(self.trouble().unwrap_or_default());
        let Some((_, found)) = self.found() else {
            for node in
                [&parts.up, &parts.across, &parts.distance, &parts.clients, &parts.about, &parts.readout]
            {
                set_text(node, "");
            }
            return;
        };
        let [across, up] = axes(found);
        set_text(&parts.up, &format!("↑ {up}"));
        set_text(&parts.across, &format!("→ {across}. {}", unit(found)));
        set_text(&parts.about, &about(found));
        if let Some(here) = &self.here {
            let [actual, below] = here.losses;
            let text = format!("{} {}", distance(here.step, &here.at), losses(actual, below));
            set_text(&parts.distance, &text);
        }
        set_text(&parts.clients, &self.clients());
        let reading = self.reading.map_or_else(String::new, |r| {
            let [a, b] = r.at.map(|v| readable(num::round_significant(v, 3)));
            format!("({a}, {b}): loss {}", readable(r.loss))
        });
        set_text(&parts.readout, &reading);
    }

    /// Where the workers or clients of the open run are.
    fn clients(&self) -> String {
        let Some(open) = self.tracks.get(self.focus) else {
            return String::new();
        };
        let now = |t: &Track| {
            Some((*t.steps.get(t.until(self.step).checked_sub(1)?)?, t.points[t.until(self.step) - 1]))
        };
        let places: Vec<_> = open.workers.iter().filter_map(now).collect();
        let [(step, first), others @ ..] = &places[..] else {
            return String::new();
        };
        let who = format!("Thin lines with a dot: its {} workers or clients.", places.len());
        if others.iter().all(|(_, p)| p == first) {
            return format!("{who} At step {step} they have just been averaged and are one.");
        }
        let offs = places.iter().map(|(_, p)| p.off);
        let (low, high) = offs.fold((f64::INFINITY, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
        let [low, high] = [low, high].map(|v| readable(num::round_significant(v, 3)));
        format!("{who} At step {step} they are between {low} and {high} away from this plane.")
    }
}
