//! A painter of pixels, for files of the command line: the same bits on every machine, with fonts of its own.

use super::cast;
use super::painter::{Align, Painter, PointPx, Polylines, Rect, Stroke, TEXT_HALO_PX, TextStyle};
use super::sheet::{Pixels, Sheet};
use super::style::Rgba;
use tiny_skia::{
    FillRule, FilterQuality, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap, PixmapPaint,
    PixmapRef, StrokeDash, Transform,
};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// Letters, and what these lack; assets/fonts has their licences.
const FONTS: [&[u8]; 2] = [
    include_bytes!("../../assets/fonts/figures-sans.otf"),
    include_bytes!("../../assets/fonts/figures-symbols.ttf"),
];

/// The largest picture: 16,384 pixels across or down.
const LARGEST_PX: f64 = 16_384.0;

/// A picture in pixels.
pub struct Raster {
    pixmap: Pixmap,
    faces: Vec<Face<'static>>,
    /// Pixels of the picture in one of those that are drawn in.
    scale: f32,
    /// The corners of the rectangles that were begun, and what is within them.
    within: Vec<([f32; 2], Option<Mask>)>,
}

fn paint(color: Rgba) -> Paint<'static> {
    let [r, g, b, a] = color.0;
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(r, g, b, a);
    paint
}

fn polyline(path: &mut PathBuilder, points: &[PointPx]) {
    let Some(([x, y], rest)) = points.split_first() else {
        return;
    };
    path.move_to(*x, *y);
    for [x, y] in rest {
        path.line_to(*x, *y);
    }
}

fn stroke_of(stroke: &Stroke<'_>) -> tiny_skia::Stroke {
    let lengths: Vec<f32> = stroke.dash_px.iter().map(|d| cast::px(*d)).collect();
    tiny_skia::Stroke {
        width: cast::px(stroke.width_px),
        miter_limit: 4.0,
        line_cap: LineCap::Butt,
        line_join: if stroke.round { LineJoin::Round } else { LineJoin::Bevel },
        dash: if lengths.is_empty() {
            None
        } else {
            StrokeDash::new(lengths, cast::px(stroke.dash_offset_px))
        },
    }
}

impl Raster {
    /// A picture of this size, drawn in pixels so many times larger; none where it is too large.
    #[must_use]
    pub fn new(width_px: f64, height_px: f64, scale: f64) -> Option<Self> {
        let size = |px: f64| {
            let size = (px * scale).round();
            (1.0..=LARGEST_PX).contains(&size).then(|| cast::id(cast::index(size)))
        };
        let pixmap = Pixmap::new(size(width_px)?, size(height_px)?)?;
        let faces = FONTS.iter().filter_map(|font| Face::parse(font, 0).ok()).collect();
        Some(Self { pixmap, faces, scale: cast::px(scale), within: Vec::new() })
    }

    /// What was drawn.
    #[must_use]
    pub fn pixels(self) -> Pixels {
        let (width, height) = (self.pixmap.width(), self.pixmap.height());
        Pixels { width, height, bytes: self.pixmap.take_demultiplied() }
    }

    fn corner(&self) -> [f32; 2] {
        self.within.last().map_or([0.0; 2], |(corner, _)| *corner)
    }

    fn transform(&self) -> Transform {
        let [x, y] = self.corner();
        Transform::from_scale(self.scale, self.scale).pre_translate(x, y)
    }

    fn fill_path(&mut self, path: &Path, color: Rgba, transform: Transform) {
        let mask = self.within.last().and_then(|(_, mask)| mask.as_ref());
        self.pixmap.fill_path(path, &paint(color), FillRule::Winding, transform, mask);
    }

    fn stroke_path(&mut self, path: &Path, color: Rgba, stroke: &tiny_skia::Stroke, transform: Transform) {
        let mask = self.within.last().and_then(|(_, mask)| mask.as_ref());
        self.pixmap.stroke_path(path, &paint(color), stroke, transform, mask);
    }

    /// The font that has a character, and its place there; that of the mark for what is missing where none has it.
    fn glyph(&self, c: char) -> Option<(usize, GlyphId)> {
        let found = self.faces.iter().enumerate().find_map(|(i, f)| Some((i, f.glyph_index(c)?)));
        found.or_else(|| (!self.faces.is_empty()).then_some((0, GlyphId(0))))
    }

    /// The outlines of a text from its left end on the line, and how wide it is.
    fn outline(&self, text: &str, size_px: f32) -> (Option<Path>, f32) {
        let mut pen = Outline { path: PathBuilder::new(), at: 0.0, per_unit: 1.0 };
        for (font, glyph) in text.chars().filter_map(|c| self.glyph(c)) {
            let face = &self.faces[font];
            pen.per_unit = size_px / f32::from(face.units_per_em());
            face.outline_glyph(glyph, &mut pen);
            pen.at += pen.per_unit * f32::from(face.glyph_hor_advance(glyph).unwrap_or(0));
        }
        (pen.path.finish(), pen.at)
    }

    fn write(&mut self, at: PointPx, turn: f64, text: &str, style: &TextStyle) {
        let (Some(path), width) = self.outline(text, cast::px(style.size_px)) else {
            return;
        };
        let left = match style.across {
            Align::Start => 0.0,
            Align::Middle => -0.5 * width,
            Align::End => -width,
        };
        let transform = self
            .transform()
            .pre_translate(at[0], at[1])
            .pre_concat(Transform::from_rotate(cast::px(turn.to_degrees())))
            .pre_translate(left, cast::px(style.baseline_px()));
        if let Some(halo) = style.halo {
            let stroke = Stroke { round: true, ..Stroke::solid(halo, 2.0 * TEXT_HALO_PX) };
            self.stroke_path(&path, halo, &stroke_of(&stroke), transform);
        }
        self.fill_path(&path, style.color, transform);
    }
}

/// Collects the outlines of glyphs side by side.
struct Outline {
    path: PathBuilder,
    at: f32,
    per_unit: f32,
}

impl Outline {
    fn x(&self, x: f32) -> f32 {
        self.at + self.per_unit * x
    }

    fn y(&self, y: f32) -> f32 {
        -self.per_unit * y
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x(x), self.y(y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x(x), self.y(y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(self.x(x1), self.y(y1), self.x(x), self.y(y));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.path.cubic_to(self.x(x1), self.y(y1), self.x(x2), self.y(y2), self.x(x), self.y(y));
    }

    fn close(&mut self) {
        self.path.close();
    }
}

impl Painter for Raster {
    fn stroke(&mut self, lines: &Polylines, stroke: &Stroke<'_>) {
        let mut path = PathBuilder::new();
        for line in lines.lines() {
            polyline(&mut path, line);
        }
        if let Some(path) = path.finish() {
            let transform = self.transform();
            self.stroke_path(&path, stroke.color, &stroke_of(stroke), transform);
        }
    }

    fn fill(&mut self, polygon: &[PointPx], color: Rgba) {
        let mut path = PathBuilder::new();
        polyline(&mut path, polygon);
        path.close();
        if let Some(path) = path.finish() {
            let transform = self.transform();
            self.fill_path(&path, color, transform);
        }
    }

    fn disc(&mut self, [x, y]: PointPx, radius_px: f64, color: Rgba) {
        if let Some(path) = PathBuilder::from_circle(x, y, cast::px(radius_px)) {
            let transform = self.transform();
            self.fill_path(&path, color, transform);
        }
    }

    fn ring(&mut self, [x, y]: PointPx, radius_px: f64, color: Rgba, width_px: f64) {
        if let Some(path) = PathBuilder::from_circle(x, y, cast::px(radius_px)) {
            let transform = self.transform();
            self.stroke_path(&path, color, &stroke_of(&Stroke::solid(color, width_px)), transform);
        }
    }

    fn turned_text(&mut self, at: PointPx, turn: f64, text: &str, style: &TextStyle) {
        self.write(at, turn, text, style);
    }

    fn text(&mut self, at: PointPx, text: &str, style: &TextStyle) {
        self.write(at, 0.0, text, style);
    }
}

impl Sheet for Raster {
    fn begin(&mut self, rect: Rect) {
        let [x, y] = self.corner();
        let transform = self.transform();
        let sides = [rect.left, rect.top, rect.width, rect.height].map(cast::px);
        let path = tiny_skia::Rect::from_xywh(sides[0], sides[1], sides[2].max(0.0), sides[3].max(0.0))
            .map(PathBuilder::from_rect);
        let outer = self.within.last().and_then(|(_, mask)| mask.clone());
        let mut mask = outer.or_else(|| {
            let mut all = Mask::new(self.pixmap.width(), self.pixmap.height())?;
            all.invert();
            Some(all)
        });
        if let (Some(mask), Some(path)) = (&mut mask, path) {
            mask.intersect_path(&path, FillRule::Winding, false, transform);
        }
        self.within.push(([x + sides[0], y + sides[1]], mask));
    }

    fn end(&mut self) {
        self.within.pop();
    }

    fn image(&mut self, rect: Rect, pixels: &Pixels) {
        // Opaque, so that it does not matter that these are not yet multiplied.
        let Some(image) = PixmapRef::from_bytes(&pixels.bytes, pixels.width, pixels.height) else {
            return;
        };
        let size = [pixels.width, pixels.height].map(|n| cast::px(f64::from(n)));
        let transform = self
            .transform()
            .pre_translate(cast::px(rect.left), cast::px(rect.top))
            .pre_scale(cast::px(rect.width) / size[0], cast::px(rect.height) / size[1]);
        let mask = self.within.last().and_then(|(_, mask)| mask.as_ref());
        let how = PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
        self.pixmap.draw_pixmap(0, 0, image, &how, transform, mask);
    }
}
