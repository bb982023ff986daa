//! The network on a canvas: lines between units, as wide as their weights are large, and what each unit gives as a field.

use super::colors::{Palette, squash};
use super::layout::{Curve, HEAD_PX, Layout, Unit};
use super::params::{self, Role};
use crate::canvas::Layer;
use crate::lab::projector;
use crate::math::num;
use crate::net::{LayerShape, Model, Norm};
use crate::scene::painter::{Align, FONT_FAMILY};
use crate::scene::{Marker, Painter, Rgba, TextStyle};
use wasm_bindgen::Clamped;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// Lines are drawn in so many widths, those of a width and sign in one stroke.
const WIDTHS: u8 = 8;
/// The widest line.
const WIDEST_PX: f64 = 7.0;
/// Dashes of negative weights.
const DASH_PX: [f64; 2] = [5.0, 3.0];
/// From this many lines on they are fainter.
const MANY: usize = 160;

/// What is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A unit.
    Unit(Unit),
    /// A parameter.
    Param(usize),
}

/// What is drawn.
pub struct What<'a> {
    /// Where.
    pub layout: &'a Layout,
    /// The network.
    pub model: &'a Model,
    /// Its parameters.
    pub w: &'a [f64],
    /// What its units give.
    pub grids: &'a [Vec<f32>],
    /// On a grid of so many rows.
    pub side: usize,
    /// Colours.
    pub palette: &'a Palette,
    /// What is pointed at.
    pub lit: Option<Target>,
}

/// A canvas of pixels that another is filled from.
pub struct Pixels {
    layer: Layer,
    bytes: Vec<u8>,
    size: (u32, u32),
}

impl Pixels {
    /// Pixels on a canvas of the page.
    pub fn on(canvas: HtmlCanvasElement) -> Option<Self> {
        Some(Self { layer: Layer::new(canvas)?, bytes: Vec::new(), size: (0, 0) })
    }

    /// Pixels that are not on the page.
    pub fn detached() -> Option<Self> {
        Some(Self { layer: Layer::detached()?, bytes: Vec::new(), size: (0, 0) })
    }

    /// Fills a picture of this width with colours, row after row.
    pub fn fill(&mut self, width: usize, colors: impl Iterator<Item = [u8; 4]>) {
        self.bytes.clear();
        for color in colors {
            self.bytes.extend_from_slice(&color);
        }
        let height = self.bytes.len() / 4 / width.max(1);
        let size = (u32::try_from(width).unwrap_or(1), u32::try_from(height).unwrap_or(1));
        if self.size != size {
            self.size = size;
            self.layer.canvas.set_width(size.0);
            self.layer.canvas.set_height(size.1);
        }
        let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&self.bytes), size.0, size.1);
        if let Ok(image) = image {
            let _ = self.layer.ctx.put_image_data(&image, 0.0, 0.0);
        }
    }
}

/// The canvas.
pub struct NetPicture {
    layer: Layer,
    atlas: Pixels,
    curves: Vec<(usize, Unit, usize, Curve)>,
}

impl NetPicture {
    /// On a canvas of the page.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        Some(Self { layer: Layer::new(canvas)?, atlas: Pixels::detached()?, curves: Vec::new() })
    }

    /// Takes over another layout.
    pub fn lay_out(&mut self, layout: &Layout, model: &Model) {
        self.layer.resize((layout.width, layout.height));
        let lines = layout.units().filter(|u| u.column > 0);
        let lines = lines.flat_map(|to| (0..layout.rows(to.column - 1)).map(move |from| (to, from)));
        self.curves = lines
            .map(|(to, from)| (params::weight(&model.shape, to, from), to, from, layout.curve(to, from)))
            .collect();
    }

    /// Device pixels per CSS pixel.
    pub fn ratio(&self) -> f64 {
        self.layer.ratio()
    }

    /// Draws all of it.
    pub fn paint(&mut self, what: &What<'_>) {
        let pixels = what.grids.iter().flatten();
        self.atlas.fill(what.side, pixels.map(|v| what.palette.at(squash(f64::from(*v)))));
        self.layer.clear();
        self.lines(what);
        for unit in what.layout.units() {
            self.unit(what, unit);
        }
        self.words(what);
    }

    /// Whether a line is among those that are pointed at.
    fn is_lit(what: &What<'_>, index: usize, to: Unit, from: usize) -> bool {
        match what.lit {
            None => false,
            Some(Target::Param(i)) => i == index,
            Some(Target::Unit(unit)) => unit == to || (unit.column + 1 == to.column && unit.row == from),
        }
    }

    fn lines(&self, what: &What<'_>) {
        let ctx = &self.layer.ctx;
        let thick = projector::lines();
        let widest = thick * WIDEST_PX.min(what.layout.side / 6.0);
        let crowd: f64 = if self.curves.len() > MANY { 0.7 } else { 1.0 };
        let of = |index: usize| what.w.get(index).copied().unwrap_or(f64::NAN);
        let lit_unit = matches!(what.lit, Some(Target::Unit(_)));
        for positive in [false, true] {
            set_dash(ctx, if positive { &[] } else { &DASH_PX });
            ctx.set_stroke_style_str(&what.palette.weight(positive).css());
            for level in 0..WIDTHS {
                let mine = self.curves.iter().filter(|(index, ..)| {
                    let w = of(*index);
                    (w > 0.0) == positive && step(w) == Some(level)
                });
                let share = (f64::from(level) + 0.5) / f64::from(WIDTHS);
                let thinnest = 0.5 * thick;
                ctx.set_line_width(thinnest + (widest - thinnest) * share * share);
                for lit in [false, true] {
                    let strength = if lit_unit && !lit { 0.25 } else { 1.0 };
                    ctx.set_global_alpha(strength * crowd.max(share) * (0.3 + 0.65 * share));
                    ctx.begin_path();
                    let mut any = false;
                    for (_, _, _, curve) in
                        mine.clone().filter(|(i, to, from, _)| Self::is_lit(what, *i, *to, *from) == lit)
                    {
                        any = true;
                        trace(ctx, curve);
                    }
                    if any {
                        ctx.stroke();
                    }
                }
            }
        }
        ctx.set_global_alpha(1.0);
        let lit = |(i, ..): &&(usize, Unit, usize, Curve)| what.lit == Some(Target::Param(*i));
        if let Some((index, _, _, curve)) = self.curves.iter().find(lit) {
            // The line, wider, within a dark edge.
            let share = step(of(*index)).map_or(0.0, |s| (f64::from(s) + 0.5) / f64::from(WIDTHS));
            let width = 2.0 + widest * share * share;
            set_dash(ctx, &[]);
            for (color, width) in
                [(what.palette.theme().text(), width + 3.0), (what.palette.theme().background(), width + 1.0)]
            {
                self.stroke(curve, color, width);
            }
            set_dash(ctx, if of(*index) > 0.0 { &[] } else { &DASH_PX });
            self.stroke(curve, what.palette.weight(of(*index) > 0.0), width);
        }
        set_dash(ctx, &[]);
    }

    fn stroke(&self, curve: &Curve, color: Rgba, width: f64) {
        let ctx = &self.layer.ctx;
        ctx.set_stroke_style_str(&color.css());
        ctx.set_line_width(width);
        ctx.begin_path();
        trace(ctx, curve);
        ctx.stroke();
    }

    fn unit(&self, what: &What<'_>, unit: Unit) {
        let ctx = &self.layer.ctx;
        let (side, [x, y]) = (what.layout.side, what.layout.middle(unit));
        let (left, top) = ((x - side / 2.0).round(), (y - side / 2.0).round());
        let rows = num_of(what.side);
        let from = rows * num_of(what.layout.index(unit));
        let _ = ctx.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &self.atlas.layer.canvas,
            0.0,
            from,
            rows,
            rows,
            left,
            top,
            side,
            side,
        );
        let theme = what.palette.theme();
        let owner = match what.lit {
            Some(Target::Unit(lit)) => Some(lit),
            Some(Target::Param(i)) => params::owner(&what.model.shape, i)
                .filter(|(_, r)| !matches!(r, Role::From(_)))
                .map(|(u, _)| u),
            None => None,
        };
        let lit = owner == Some(unit);
        ctx.set_stroke_style_str(&if lit { theme.text() } else { theme.axis() }.css());
        ctx.set_line_width(projector::lines() * if lit { 2.0 } else { 1.0 });
        ctx.stroke_rect(left - 0.5, top - 0.5, side + 1.0, side + 1.0);
        for (role, index) in params::of(&what.model.shape, unit) {
            let value = what.w.get(index).copied().unwrap_or(0.0);
            let at = match role {
                Role::From(_) => break,
                Role::Bias => top + side + 3.0,
                Role::Beta => top + side + 8.0,
                Role::Gamma => top - 5.0,
            };
            self.bar(what, [x.round(), at], value, if role == Role::Bias { 3.0 } else { 2.0 });
        }
    }

    /// A number as a bar from the middle of a unit: to the right for positive ones, to the left and hollow for negative
    /// ones.
    fn bar(&self, what: &What<'_>, [x, y]: [f64; 2], value: f64, height: f64) {
        let ctx = &self.layer.ctx;
        let length = (squash(value) * what.layout.side / 2.0).round();
        let color = what.palette.weight(value > 0.0).css();
        ctx.set_fill_style_str(&what.palette.theme().axis().css());
        ctx.fill_rect(x - 0.5, y - 1.0, 1.0, height + 2.0);
        ctx.set_fill_style_str(&color);
        if length >= 0.0 {
            ctx.fill_rect(x, y, length, height);
        } else {
            ctx.set_stroke_style_str(&color);
            ctx.set_line_width(1.0);
            ctx.stroke_rect(x + length + 0.5, y + 0.5, -length, height - 1.0);
        }
    }

    /// The names of columns, features and classes.
    fn words(&self, what: &What<'_>) {
        let (ctx, theme, layout) = (&self.layer.ctx, what.palette.theme(), what.layout);
        let layers = what.model.shape.layers();
        let room = layout.between().min(110.0) - 4.0;
        let larger = projector::words();
        ctx.set_text_align("center");
        ctx.set_text_baseline("alphabetic");
        for column in 0..layout.columns() {
            let layer = column.checked_sub(1).and_then(|l| layers.get(l));
            // The last one stands near the edge.
            let room = room.min(2.0 * (layout.width - layout.x(column)));
            let (name, note) = heading(layer, column + 1 == layout.columns(), layout.rows(column));
            let lines = [(name, 12.0, theme.text(), 13.0), (note, 11.0, theme.muted(), HEAD_PX - 5.0)];
            for (text, size, color, y) in lines {
                ctx.set_font(&format!("{}px {FONT_FAMILY}", larger * size));
                ctx.set_fill_style_str(&color.css());
                let _ = ctx.fill_text_with_max_width(&text, layout.x(column), y, room);
            }
        }
        ctx.set_font(&format!("{}px {FONT_FAMILY}", larger * 13.0));
        ctx.set_text_baseline("middle");
        ctx.set_fill_style_str(&theme.text().css());
        ctx.set_text_align("right");
        for (row, feature) in what.model.spec.features.iter().enumerate() {
            let [x, y] = layout.middle(Unit { column: 0, row });
            let _ = ctx.fill_text(feature.label(), x - layout.side / 2.0 - 7.0, y);
        }
        ctx.set_text_baseline("alphabetic");
        if what.model.shape.classes() > 0 && what.model.shape.outputs() > 1 {
            for row in 0..what.model.shape.outputs() {
                let [x, y] = layout.middle(Unit { column: layout.columns() - 1, row });
                let x = x + layout.side / 2.0 + 13.0;
                let marker: Marker = super::colors::marker(row);
                #[expect(clippy::cast_possible_truncation, reason = "pixels")]
                let at = [x as f32, y as f32];
                let mut painter = self.layer.painter();
                marker.paint(&mut painter, at, 4.5, what.palette.class(row), (theme.background(), 0.0));
                painter.text(at_right(at), &row.to_string(), &label(theme.text()));
            }
        }
    }
}

fn at_right([x, y]: [f32; 2]) -> [f32; 2] {
    [x + 9.0, y]
}

fn label(color: Rgba) -> TextStyle {
    TextStyle {
        size_px: 12.0 * projector::words(),
        color,
        halo: None,
        across: Align::Start,
        down: Align::Middle,
    }
}

/// The two lines above a column.
fn heading(layer: Option<&LayerShape>, last: bool, units: usize) -> (String, String) {
    match layer {
        None => ("Inputs".to_owned(), units.to_string()),
        Some(_) if last => ("Output".to_owned(), if units > 1 { units.to_string() } else { String::new() }),
        Some(layer) => {
            let norm = match layer.norm {
                Norm::None => String::new(),
                norm => format!(" · {}", norm.label()),
            };
            (layer.activation.label().to_owned(), format!("{units}{norm}"))
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a picture's pixels")]
fn num_of(n: usize) -> f64 {
    n as f64
}

/// Which of the widths a weight has: none for what is not finite.
fn step(w: f64) -> Option<u8> {
    let size = w.abs();
    let share = size / (size + 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 7")]
    let step = num::clamp(share * f64::from(WIDTHS), 0.0, f64::from(WIDTHS - 1)) as u8;
    w.is_finite().then_some(step)
}

fn trace(ctx: &CanvasRenderingContext2d, [a, b, c, d]: &Curve) {
    ctx.move_to(a[0], a[1]);
    ctx.bezier_curve_to(b[0], b[1], c[0], c[1], d[0], d[1]);
}

fn set_dash(ctx: &CanvasRenderingContext2d, dash: &[f64]) {
    let dashes: js_sys::Array = dash.iter().map(|d| wasm_bindgen::JsValue::from_f64(*d)).collect();
    let _ = ctx.set_line_dash(&dashes);
}
