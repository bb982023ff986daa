//! Small pictures of what there is to minimise: heat maps with a few contours, worked out a few milliseconds a frame, those in
//! sight first, and kept.

use crate::canvas::Layer;
use crate::lab::frames::{self, now_ms};
use crate::lab::html::Html;
use crate::lab::net::theme;
use crate::lab::place::per_place;
use crate::math::num;
use crate::matrix::{self, MatrixObjective};
use crate::objective::Objective;
use crate::scene::colormap::{Colormap, MapKind};
use crate::scene::contour::Contours;
use crate::scene::{Field, LevelScale, Viewport, stage};
use crate::surface::{self, Custom, SurfaceObjective, custom};
use std::cell::{Cell, RefCell};
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{Element, HtmlElement, ImageData};

/// Width and height in pixels.
const SIZE_PX: (f64, f64) = (72.0, 54.0);
/// How many contours.
const CONTOURS: usize = 7;
/// How long a frame may take, in milliseconds, and how many values are computed between two looks at the clock.
const SLICE_MS: f64 = 5.0;
const PIECE: usize = 1500;

/// A picture.
struct Thumb {
    key: &'static str,
    /// The typed function, and the colours of the map.
    typed: Option<String>,
    map: String,
    layer: Layer,
    /// What is worked out of it, and how many rows.
    work: Option<(SurfaceObjective, Field, usize)>,
    is_done: bool,
}

per_place! {
    static THUMBS: RefCell<Vec<Thumb>> = const { RefCell::new(Vec::new()) };
    /// The list that they stand in.
    static LIST: RefCell<Option<Element>> = const { RefCell::new(None) };
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// The picture for a key, which may be empty yet.
pub fn of(key: &'static str, typed: Option<&str>, map: &str) -> Html {
    let canvas = THUMBS.with_borrow_mut(|thumbs| {
        let at = thumbs.iter().position(|thumb| thumb.key == key).or_else(|| {
            let layer = Layer::detached()?;
            let _ = layer.canvas.set_attribute("aria-hidden", "true");
            thumbs.push(Thumb { key, typed: None, map: String::new(), layer, work: None, is_done: false });
            Some(thumbs.len() - 1)
        })?;
        let thumb = thumbs.get_mut(at)?;
        let resized = thumb.layer.resize(SIZE_PX);
        if resized || thumb.typed.as_deref() != typed || thumb.map != map {
            (thumb.typed, thumb.map) = (typed.map(str::to_owned), map.to_owned());
            (thumb.work, thumb.is_done) = (None, false);
        }
        Some(thumb.layer.canvas.clone())
    });
    // Without a canvas there is no picture, and its place is kept.
    canvas.map_or_else(|| crate::lab::html::html("span"), |canvas| Html(canvas.into()))
}

/// Has them worked out, as long as the list is seen.
pub fn paint(list: &Element) {
    LIST.set(Some(list.clone()));
    go_on();
}

fn go_on() {
    frames::ask(&ASKED, || {
        if slice() {
            go_on();
        }
    });
}

/// Works for a while; tells whether there is more to do.
fn slice() -> bool {
    let Some(list) = LIST.with_borrow(Clone::clone).and_then(|l| l.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    if list.offset_width() == 0 {
        return false;
    }
    let frame = list.get_bounding_client_rect();
    let middle = 0.5 * (frame.top() + frame.bottom());
    let until = now_ms() + SLICE_MS;
    THUMBS.with_borrow_mut(|thumbs| {
        let mut open: Vec<(f64, &mut Thumb)> =
            thumbs.iter_mut().filter(|thumb| !thumb.is_done).map(|t| (t.distance(middle), t)).collect();
        open.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (_, thumb) in &mut open {
            while !thumb.is_done {
                if now_ms() > until {
                    return true;
                }
                thumb.go_on();
            }
        }
        false
    })
}

impl Thumb {
    /// How far it stands from this height; those that are not in the list come last.
    fn distance(&self, height: f64) -> f64 {
        if !self.layer.canvas.is_connected() {
            return f64::INFINITY;
        }
        let own = self.layer.canvas.get_bounding_client_rect();
        (0.5 * (own.top() + own.bottom()) - height).abs()
    }

    fn colors(&self) -> Colormap {
        Colormap::new(MapKind::find(&self.map).unwrap_or_default())
    }

    /// Does a piece of it.
    fn go_on(&mut self) {
        let Some((surface, field, done)) = &mut self.work else {
            match self.surface() {
                Some(surface) => self.begin(surface),
                None => self.matrix(),
            }
            return;
        };
        let end = (*done + (PIECE / field.nx).max(1)).min(field.ny);
        field.compute_rows(surface, *done..end);
        *done = end;
        if end == field.ny
            && let Some((surface, field, _)) = self.work.take()
        {
            self.draw(&surface, &field);
            self.finish();
        }
    }

    fn surface(&self) -> Option<SurfaceObjective> {
        if self.key == custom::SPEC.key {
            let text = self.typed.as_deref().unwrap_or(custom::DEFAULT);
            return Custom::read(text, Vec::new()).ok().map(SurfaceObjective::typed);
        }
        surface::find(self.key).map(SurfaceObjective::new)
    }

    fn begin(&mut self, surface: SurfaceObjective) {
        let port = Viewport::fitted(surface.spec.view, SIZE_PX.0, SIZE_PX.1);
        let [nx, ny] = [self.layer.canvas.width(), self.layer.canvas.height()].map(|n| n as usize);
        self.work = Some((surface, Field::nodes(port.view, nx, ny), 0));
    }

    fn draw(&self, surface: &SurfaceObjective, field: &Field) {
        let scale = LevelScale::of(field, surface.spec.levels, surface.known_minimum());
        let mut bytes = vec![0; field.nx * field.ny * 4];
        field.paint_rgba(&scale, &self.colors(), theme().neutral(), 0..field.ny, &mut bytes);
        let [nx, ny] = [self.layer.canvas.width(), self.layer.canvas.height()];
        if let Ok(image) = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&bytes), nx, ny) {
            let _ = self.layer.ctx.put_image_data(&image, 0.0, 0.0);
        }
        let port = Viewport::stretched(field.view, SIZE_PX.0, SIZE_PX.1);
        let contours = Contours::of(field, &scale.contour_levels(CONTOURS));
        stage::contours(&mut self.layer.painter(), &contours, &port);
    }

    /// The matrix that runs start from, an entry a square.
    fn matrix(&mut self) {
        if let Some(problem) = matrix::find(self.key).map(MatrixObjective::new) {
            let (w, colors) = (problem.solution().unwrap_or_else(|| problem.start()), self.colors());
            let largest = w.iter().fold(0.0_f64, |m, v| m.max(v.abs())).max(f64::MIN_POSITIVE);
            let side_px = SIZE_PX.1 / count(problem.side());
            let left = 0.5 * (SIZE_PX.0 - SIZE_PX.1);
            for (i, row) in w.chunks(problem.side().max(1)).enumerate() {
                for (j, entry) in row.iter().enumerate() {
                    let [r, g, b] = colors.rgb(num::clamp(0.5 + 0.5 * entry / largest, 0.0, 1.0));
                    self.layer.ctx.set_fill_style_str(&format!("rgb({r} {g} {b})"));
                    let (x, y) = (left + count(j) * side_px, count(i) * side_px);
                    self.layer.ctx.fill_rect(x, y, side_px - 0.5, side_px - 0.5);
                }
            }
        }
        self.finish();
    }

    fn finish(&mut self) {
        self.is_done = true;
        let _ = self.layer.canvas.set_attribute("data-painted", "");
    }
}

#[expect(clippy::cast_precision_loss, reason = "the side of a small matrix")]
fn count(n: usize) -> f64 {
    n as f64
}
