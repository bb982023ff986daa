//! A painter that writes SVG: for exports, tests and the command line.

use super::digits::{attribute, decimal, escape, number};
use super::painter::TEXT_HALO_PX;
use super::painter::{Align, FONT_FAMILY, Painter, PointPx, Polylines, Rect, Stroke, TextStyle};
use super::style::Rgba;

/// Collects SVG. Numbers have a tenth of a pixel.
#[derive(Debug)]
pub struct SvgPainter {
    text: String,
    clips: u32,
    open_clips: u32,
    /// Keeps the names of clips apart where several pictures stand in one document.
    prefix: &'static str,
}

impl SvgPainter {
    /// A picture of this size. Names inside it begin with the prefix, which should differ between pictures of a page.
    #[must_use]
    pub fn new(width_px: f64, height_px: f64, prefix: &'static str) -> Self {
        Self::zoomed(width_px, height_px, 1.0, prefix)
    }

    /// The same, shown so many times larger than it is drawn.
    #[must_use]
    pub fn zoomed(width_px: f64, height_px: f64, zoom: f64, prefix: &'static str) -> Self {
        let mut text = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
        for (name, value) in [("width", width_px * zoom), ("height", height_px * zoom)] {
            attribute(&mut text, name, value);
        }
        text.push_str(" viewBox=\"0 0 ");
        number(&mut text, width_px);
        text.push(' ');
        number(&mut text, height_px);
        text.push_str("\" font-family=\"");
        text.push_str(FONT_FAMILY);
        text.push_str("\">\n");
        Self { text, clips: 0, open_clips: 0, prefix }
    }

    /// Gives the picture a title, which is read aloud and shown on hover.
    pub fn title(&mut self, title: &str) {
        self.element("<title>", title, "</title>\n");
    }

    /// Says at more length what is to be seen, for those who cannot see it.
    pub fn describe(&mut self, words: &str) {
        self.element("<desc>", words, "</desc>\n");
    }

    /// Says where the picture comes from.
    pub fn source(&mut self, address: &str) {
        self.element(
            "<metadata><source xmlns=\"http://purl.org/dc/elements/1.1/\">",
            address,
            "</source></metadata>\n",
        );
    }

    fn element(&mut self, open: &str, words: &str, close: &str) {
        self.text.push_str(open);
        escape(&mut self.text, words);
        self.text.push_str(close);
    }

    /// Places an image, such as a data address of the field's pixels.
    pub fn image(&mut self, rect: Rect, address: &str) {
        self.text.push_str("<image preserveAspectRatio=\"none\" href=\"");
        escape(&mut self.text, address);
        self.text.push('"');
        self.rect_attributes(rect);
        self.text.push_str("/>\n");
    }

    /// Fills a rectangle.
    pub fn fill_rect(&mut self, rect: Rect, color: Rgba) {
        self.text.push_str("<rect");
        self.rect_attributes(rect);
        self.color("fill", color);
        self.text.push_str("/>\n");
    }

    /// Keeps all that follows inside the rectangle (and those pushed before) until it is popped.
    pub fn push_clip(&mut self, rect: Rect) {
        self.clips += 1;
        self.open_clips += 1;
        let name = format!("{}clip{}", self.prefix, self.clips);
        self.text.push_str("<clipPath id=\"");
        self.text.push_str(&name);
        self.text.push_str("\"><rect");
        self.rect_attributes(rect);
        self.text.push_str("/></clipPath>\n<g clip-path=\"url(#");
        self.text.push_str(&name);
        self.text.push_str(")\">\n");
    }

    /// Ends the latest clip.
    pub fn pop_clip(&mut self) {
        if self.open_clips > 0 {
            self.open_clips -= 1;
            self.text.push_str("</g>\n");
        }
    }

    /// The finished picture.
    #[must_use]
    pub fn finish(mut self) -> String {
        for _ in 0..self.open_clips {
            self.text.push_str("</g>\n");
        }
        self.text.push_str("</svg>\n");
        self.text
    }

    fn rect_attributes(&mut self, rect: Rect) {
        for (name, value) in
            [("x", rect.left), ("y", rect.top), ("width", rect.width), ("height", rect.height)]
        {
            attribute(&mut self.text, name, value);
        }
    }

    /// The colour and, apart, its opacity: not every reader takes #rrggbbaa.
    fn color(&mut self, name: &str, color: Rgba) {
        let text = &mut self.text;
        text.push(' ');
        text.push_str(name);
        text.push_str("=\"");
        text.push_str(&color.with_alpha(255).css());
        text.push('"');
        if color.0[3] < 255 {
            text.push(' ');
            text.push_str(name);
            text.push_str("-opacity=\"");
            decimal(text, (i64::from(color.0[3]) * 100 + 127) / 255, 2);
            text.push('"');
        }
    }

    fn points(&mut self, points: &[PointPx]) {
        for (i, p) in points.iter().enumerate() {
            self.text.push(match i {
                0 => 'M',
                1 => 'L',
                _ => ' ',
            });
            point(&mut self.text, *p);
        }
    }

    fn centre(&mut self, centre: PointPx, radius_px: f64) {
        self.text.push_str("<circle");
        for (name, value) in [("cx", f64::from(centre[0])), ("cy", f64::from(centre[1])), ("r", radius_px)] {
            attribute(&mut self.text, name, value);
        }
    }
}

impl Painter for SvgPainter {
    fn stroke(&mut self, lines: &Polylines, stroke: &Stroke<'_>) {
        if lines.is_empty() {
            return;
        }
        self.text.push_str("<path d=\"");
        for line in lines.lines() {
            self.points(line);
        }
        self.text.push_str("\" fill=\"none\"");
        self.color("stroke", stroke.color);
        attribute(&mut self.text, "stroke-width", stroke.width_px);
        self.text.push_str(" stroke-linejoin=\"");
        self.text.push_str(if stroke.round { "round" } else { "bevel" });
        self.text.push('"');
        if !stroke.dash_px.is_empty() {
            self.text.push_str(" stroke-dasharray=\"");
            for (i, length) in stroke.dash_px.iter().enumerate() {
                if i > 0 {
                    self.text.push(' ');
                }
                number(&mut self.text, *length);
            }
            self.text.push('"');
            attribute(&mut self.text, "stroke-dashoffset", stroke.dash_offset_px);
        }
        self.text.push_str("/>\n");
    }

    fn fill(&mut self, polygon: &[PointPx], color: Rgba) {
        self.text.push_str("<path d=\"");
        self.points(polygon);
        self.text.push_str("Z\"");
        self.color("fill", color);
        self.text.push_str("/>\n");
    }

    fn disc(&mut self, centre: PointPx, radius_px: f64, color: Rgba) {
        self.centre(centre, radius_px);
        self.color("fill", color);
        self.text.push_str("/>\n");
    }

    fn ring(&mut self, centre: PointPx, radius_px: f64, color: Rgba, width_px: f64) {
        self.centre(centre, radius_px);
        self.text.push_str(" fill=\"none\"");
        self.color("stroke", color);
        attribute(&mut self.text, "stroke-width", width_px);
        self.text.push_str("/>\n");
    }

    fn turned_text(&mut self, at: PointPx, turn: f64, text: &str, style: &TextStyle) {
        self.text.push_str("<g transform=\"rotate(");
        for v in [turn.to_degrees(), f64::from(at[0]), f64::from(at[1])] {
            number(&mut self.text, v);
            self.text.push(' ');
        }
        self.text.push_str(")\">");
        self.text(at, text, style);
        self.text.push_str("</g>\n");
    }

    fn text(&mut self, at: PointPx, text: &str, style: &TextStyle) {
        self.text.push_str("<text");
        attribute(&mut self.text, "x", f64::from(at[0]));
        attribute(&mut self.text, "y", f64::from(at[1]) + style.baseline_px());
        attribute(&mut self.text, "font-size", style.size_px);
        self.text.push_str(match style.across {
            Align::Start => "",
            Align::Middle => " text-anchor=\"middle\"",
            Align::End => " text-anchor=\"end\"",
        });
        self.color("fill", style.color);
        if let Some(halo) = style.halo {
            self.color("stroke", halo);
            attribute(&mut self.text, "stroke-width", 2.0 * TEXT_HALO_PX);
            self.text.push_str(" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        }
        self.text.push('>');
        escape(&mut self.text, text);
        self.text.push_str("</text>\n");
    }
}

#[cfg(feature = "lab")]
impl super::Sheet for SvgPainter {
    fn begin(&mut self, rect: Rect) {
        self.push_clip(rect);
        self.text.push_str("<g transform=\"translate(");
        number(&mut self.text, rect.left);
        self.text.push(' ');
        number(&mut self.text, rect.top);
        self.text.push_str(")\">\n");
    }

    fn end(&mut self) {
        self.text.push_str("</g>\n");
        self.pop_clip();
    }

    fn image(&mut self, rect: Rect, pixels: &super::Pixels) {
        SvgPainter::image(self, rect, &super::figure::png::address(pixels));
    }
}

fn point(out: &mut String, p: PointPx) {
    number(out, f64::from(p[0]));
    out.push(',');
    number(out, f64::from(p[1]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_addresses_are_escaped_and_clips_closed() {
        let mut svg = SvgPainter::new(10.0, 20.0, "a-");
        svg.title("f < g & \u{1}h");
        svg.push_clip(Rect { left: 0.0, top: 0.0, width: 5.0, height: 5.0 });
        svg.disc([1.0, 2.0], 3.0, Rgba::hex(0x01_02_03).with_alpha(127));
        let text = svg.finish();
        assert!(text.contains("<title>f &lt; g &amp; h</title>"));
        assert!(text.contains("fill=\"#010203\" fill-opacity=\"0.5\""));
        assert!(text.contains("clip-path=\"url(#a-clip1)\""));
        assert!(text.ends_with("</g>\n</svg>\n"));
    }
}
