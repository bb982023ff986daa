//! A backend of plotters that draws with a [`Painter`], so that charts come out alike in every kind of picture.

use crate::scene::chart::Units;
use crate::scene::painter::{Align, Painter, PointPx, Polylines, Stroke, TextStyle};
use crate::scene::style::Rgba;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::convert::Infallible;

/// plotters counts in whole units: eight to a pixel make smooth curves.
pub const FINE: Units = Units { per_px: 8.0, font: 1.0, thick: 1.0 };

/// A rectangle of this size, from the painter's corner.
pub struct Area<'a> {
    /// What is drawn with.
    pub painter: &'a mut dyn Painter,
    /// Its size.
    pub size_px: (f64, f64),
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

#[expect(clippy::cast_possible_truncation, reason = "pixels")]
fn px(units: f64) -> f32 {
    (units / FINE.per_px) as f32
}

fn point((x, y): BackendCoord) -> PointPx {
    [px(f64::from(x)), px(f64::from(y))]
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
fn color(color: BackendColor) -> Rgba {
    let (r, g, b) = color.rgb;
    Rgba([r, g, b, (color.alpha * 255.0).round() as u8])
}

impl Area<'_> {
    fn stroke<S: BackendStyle>(&mut self, points: &[PointPx], style: &S) {
        let width_px = f64::from(style.stroke_width()) / FINE.per_px;
        let stroke = Stroke { round: true, ..Stroke::solid(color(style.color()), width_px) };
        self.painter.stroke(&Polylines::line(points), &stroke);
    }
}

impl DrawingBackend for Area<'_> {
    type ErrorType = Infallible;

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the size of a picture")]
    fn get_size(&self) -> (u32, u32) {
        let units = |px: f64| (px * FINE.per_px).round().max(1.0) as u32;
        (units(self.size_px.0), units(self.size_px.1))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, ink: BackendColor) -> Drawn {
        self.painter.disc(point(at), 0.5, color(ink));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.stroke(&[point(from), point(to)], style);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let ([left, top], [right, bottom]) = (point(from), point(to));
        let corners = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]];
        if fill {
            self.painter.fill(&corners[..4], color(style.color()));
        } else {
            self.stroke(&corners, style);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points: Vec<PointPx> = path.into_iter().map(point).collect();
        self.stroke(&points, style);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let radius_px = f64::from(radius) / FINE.per_px;
        if fill {
            self.painter.disc(point(centre), radius_px, color(style.color()));
        } else {
            let width_px = f64::from(style.stroke_width()) / FINE.per_px;
            self.painter.ring(point(centre), radius_px, color(style.color()), width_px);
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let corners: Vec<PointPx> = corners.into_iter().map(point).collect();
        self.painter.fill(&corners, color(style.color()));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let anchor = style.anchor();
        let style = TextStyle {
            color: color(style.color()),
            size_px: style.size() / FINE.per_px,
            across: match anchor.h_pos {
                HPos::Left => Align::Start,
                HPos::Center => Align::Middle,
                HPos::Right => Align::End,
            },
            down: match anchor.v_pos {
                VPos::Top => Align::Start,
                VPos::Center => Align::Middle,
                VPos::Bottom => Align::End,
            },
            halo: None,
        };
        self.painter.text(point(at), text, &style);
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the size of a word")]
        let units = |v: f64| v.round() as u32;
        let width = super::legend::width_px(text, style.size());
        Ok((units(width), units(style.size())))
    }
}
