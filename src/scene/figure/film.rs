//! Films as GIF: few colours, chosen from what is drawn, and of each frame only what has changed.

use crate::scene::cast;
use crate::scene::colormap::{Colormap, MapKind};
use crate::scene::outputs;
use crate::scene::sheet::Pixels;
use crate::scene::stage::contour_color;
use crate::scene::style::{RUN_STYLES, Rgba, Theme, run_style};
use std::borrow::Cow;

/// Colours of the map, and of the map under contours.
const SHADES: u16 = 112;
const UNDER: u16 = 36;
/// Classes of networks, and the shades of each on the plane.
const CLASSES: usize = 5;
const MIXED: u16 = 7;
/// Greys between the ground and the ink.
const GREYS: u16 = 16;
/// The place of the colour that stands for what has not changed.
const SAME: u8 = 255;
/// Bits of each channel that a colour is looked up by.
const BITS: u32 = 5;
/// How often a film is shown: again and again.
const FOREVER: gif::Repeat = gif::Repeat::Infinite;

/// The colours of a film, and which of them is nearest to any other.
pub struct Palette {
    colors: Vec<[u8; 3]>,
    /// For each colour in a few bits the nearest, when it was asked for.
    nearest: Vec<Option<u8>>,
}

fn mix(a: [u8; 3], b: [u8; 3], share: u16, of: u16) -> [u8; 3] {
    let mut mixed = a;
    for (m, b) in mixed.iter_mut().zip(b) {
        let (from, to) = (u32::from(*m), u32::from(b));
        let (share, of) = (u32::from(share), u32::from(of));
        *m = u8::try_from((from * (of - share) + to * share) / of.max(1)).unwrap_or(255);
    }
    mixed
}

fn rgb(color: Rgba) -> [u8; 3] {
    let [r, g, b, _] = color.0;
    [r, g, b]
}

impl Palette {
    /// The colours of figures with this map.
    #[must_use]
    pub fn new(map: MapKind, theme: Theme) -> Self {
        let table = Colormap::new(map);
        let shade = |i: u16, of: u16| table.rgb(f64::from(i) / f64::from(of - 1));
        let mut colors: Vec<[u8; 3]> = (0..SHADES).map(|i| shade(i, SHADES)).collect();
        for i in 0..UNDER {
            let line = contour_color(usize::from(i), usize::from(UNDER));
            colors.push(mix(shade(i, UNDER), rgb(line), u16::from(line.0[3]), 255));
        }
        Self::with(colors, theme)
    }

    /// The colours of figures of matrices and networks.
    #[must_use]
    pub fn of_outputs(theme: Theme) -> Self {
        let outputs = outputs::Palette::new(theme);
        let shade = |i: u16| {
            let [r, g, b, _] = outputs.at(2.0 * f64::from(i) / f64::from(SHADES - 1) - 1.0);
            [r, g, b]
        };
        let mut colors: Vec<[u8; 3]> = (0..SHADES).map(shade).collect();
        let middle = shade(SHADES / 2);
        for class in 0..CLASSES {
            let strong = rgb(outputs.class(class));
            colors.extend((0..MIXED).map(|i| mix(middle, strong, i + 1, MIXED)));
        }
        Self::with(colors, theme)
    }

    /// These colours and those of all that stands on them.
    fn with(mut colors: Vec<[u8; 3]>, theme: Theme) -> Self {
        let (ground, ink) = (rgb(theme.background()), rgb(theme.text()));
        colors.extend((0..GREYS).map(|i| mix(ground, ink, i, GREYS - 1)));
        colors.extend([theme.halo(), theme.grid(), theme.axis(), theme.neutral()].map(rgb));
        for run in 0..RUN_STYLES {
            let style = run_style(run);
            let (on_map, on_chart) = (rgb(style.color(theme)), rgb(style.chart_color(theme)));
            colors.extend([on_map, on_chart]);
            colors.extend([1, 2, 3].map(|i| mix(on_map, rgb(theme.halo()), i, 4)));
            colors.extend([1, 2].map(|i| mix(on_chart, ground, i, 3)));
        }
        colors.sort_unstable();
        colors.dedup();
        colors.truncate(usize::from(SAME));
        Self { colors, nearest: vec![None; 1 << (3 * BITS)] }
    }

    /// The place of the nearest colour.
    fn place(&mut self, color: [u8; 3]) -> u8 {
        let [r, g, b] = color.map(|c| usize::from(c) >> (8 - BITS));
        let at = r << (2 * BITS) | g << BITS | b;
        if let Some(known) = self.nearest[at] {
            return known;
        }
        // The eye sees differences of green best, and of blue least.
        let off = |other: &[u8; 3]| {
            let d = |i: usize| i32::from(color[i]) - i32::from(other[i]);
            3 * d(0) * d(0) + 6 * d(1) * d(1) + d(2) * d(2)
        };
        let nearest = self.colors.iter().enumerate().min_by_key(|(_, c)| off(c)).map_or(0, |(i, _)| i);
        let nearest = u8::try_from(nearest).unwrap_or(0);
        self.nearest[at] = Some(nearest);
        nearest
    }
}

/// A GIF that frames are added to.
pub struct Gif {
    encoder: gif::Encoder<Vec<u8>>,
    palette: Palette,
    size: (u16, u16),
    /// The frame before.
    before: Vec<u8>,
}

impl Gif {
    /// An empty film of this size.
    ///
    /// # Errors
    /// Where it is too large, in words.
    pub fn new(width: u32, height: u32, palette: Palette) -> Result<Self, String> {
        let too_large = |_| "A GIF is at most 65,535 pixels wide and high.".to_owned();
        let size = (u16::try_from(width).map_err(too_large)?, u16::try_from(height).map_err(too_large)?);
        let mut encoder =
            gif::Encoder::new(Vec::new(), size.0, size.1, &palette.colors.concat()).map_err(wrong)?;
        encoder.set_repeat(FOREVER).map_err(wrong)?;
        Ok(Self { encoder, palette, size, before: Vec::new() })
    }

    /// Adds a frame that stands for so many hundredths of a second.
    ///
    /// # Errors
    /// Where it cannot be written, in words.
    pub fn add(&mut self, pixels: &Pixels, hundredths: u16) -> Result<(), String> {
        let mut places = Vec::with_capacity(pixels.bytes.len() / 4);
        let mut last = ([0; 3], None);
        for p in pixels.bytes.chunks_exact(4) {
            let color = [p[0], p[1], p[2]];
            let place = match last {
                (before, Some(place)) if before == color => place,
                _ => self.palette.place(color),
            };
            last = (color, Some(place));
            places.push(place);
        }
        let frame = self.changed(&places, hundredths);
        self.before = places;
        self.encoder.write_frame(&frame).map_err(wrong)
    }

    /// The part of a frame that differs from the one before, with a hole where it does not.
    fn changed(&self, places: &[u8], hundredths: u16) -> gif::Frame<'static> {
        let (width, height) = (usize::from(self.size.0), usize::from(self.size.1));
        let mut frame =
            gif::Frame { delay: hundredths, dispose: gif::DisposalMethod::Keep, ..Default::default() };
        if self.before.len() != places.len() {
            (frame.width, frame.height, frame.buffer) =
                (self.size.0, self.size.1, Cow::Owned(places.to_vec()));
            return frame;
        }
        let differs = |i: usize| places[i] != self.before[i];
        let [mut left, mut top, mut right, mut bottom] = [width, height, 0, 0];
        for y in 0..height {
            for x in (0..width).filter(|x| differs(y * width + x)) {
                (left, right) = (left.min(x), right.max(x + 1));
                (top, bottom) = (top.min(y), bottom.max(y + 1));
            }
        }
        if left >= right {
            // Nothing has: a hole of one pixel.
            ([left, top], [right, bottom]) = ([0, 0], [1, 1]);
        }
        let mut part = Vec::with_capacity((right - left) * (bottom - top));
        for y in top..bottom {
            let row = y * width;
            part.extend((left..right).map(|x| if differs(row + x) { places[row + x] } else { SAME }));
        }
        let side = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        (frame.left, frame.top) = (side(left), side(top));
        (frame.width, frame.height) = (side(right - left), side(bottom - top));
        frame.transparent = Some(SAME);
        frame.buffer = Cow::Owned(part);
        frame
    }

    /// The film.
    ///
    /// # Errors
    /// Where it cannot be written, in words.
    pub fn finish(self) -> Result<Vec<u8>, String> {
        self.encoder.into_inner().map_err(|error| format!("The film cannot be written as GIF: {error}."))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "as the errors come")]
fn wrong(error: gif::EncodingError) -> String {
    format!("The film cannot be written as GIF: {error}.")
}

/// The steps that the frames of a film show: from one to another, so many in all, both ends among them.
#[must_use]
pub fn steps(from: u32, to: u32, frames: u32) -> Vec<u32> {
    let last = frames.max(2) - 1;
    let span = f64::from(to.max(from) - from);
    let at = |i: u32| from + cast::id(cast::index((span * f64::from(i) / f64::from(last)).round()));
    (0..=last).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(color: [u8; 4], dot: usize) -> Pixels {
        let mut bytes = color.repeat(20);
        bytes[4 * dot..4 * dot + 4].copy_from_slice(&[213, 94, 0, 255]);
        Pixels { width: 5, height: 4, bytes }
    }

    #[test]
    fn a_film_has_all_its_frames_and_each_only_what_has_changed() {
        let palette = Palette::new(MapKind::Viridis, Theme::Light);
        assert!(palette.colors.len() <= 255 && palette.colors.len() > 200, "{}", palette.colors.len());
        let mut film = Gif::new(5, 4, palette).expect("it is small");
        for dot in [0, 6, 6] {
            film.add(&frame([68, 1, 84, 255], dot), 4).expect("it can be written");
        }
        let bytes = film.finish().expect("it can be written");
        let mut options = gif::DecodeOptions::new();
        options.set_color_output(gif::ColorOutput::Indexed);
        let mut decoder = options.read_info(&bytes[..]).expect("a header");
        let mut sizes = Vec::new();
        while let Some(frame) = decoder.read_next_frame().expect("a frame") {
            sizes.push((frame.left, frame.top, frame.width, frame.height, frame.delay));
        }
        assert_eq!(sizes, [(0, 0, 5, 4, 4), (0, 0, 2, 2, 4), (0, 0, 1, 1, 4)]);
    }

    #[test]
    fn colours_of_the_map_are_in_the_palette() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let mut palette = Palette::new(MapKind::Viridis, theme);
            for color in [[68, 1, 84], [33, 145, 140], [253, 231, 37], rgb(run_style(0).color(theme))] {
                let place = usize::from(palette.place(color));
                let found = palette.colors[place];
                let off: i32 =
                    found.iter().zip(color).map(|(a, b)| (i32::from(*a) - i32::from(b)).abs()).sum();
                assert!(off < 16, "{color:?} became {found:?}");
            }
        }
    }

    #[test]
    fn a_palette_keeps_a_place_for_what_does_not_change() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            for palette in [Palette::new(MapKind::Grey, theme), Palette::of_outputs(theme)] {
                assert!(palette.colors.len() <= usize::from(SAME), "{}", palette.colors.len());
                assert!(palette.colors.contains(&rgb(theme.background())));
            }
        }
    }

    #[test]
    fn frames_go_from_end_to_end() {
        assert_eq!(steps(10, 20, 3), [10, 15, 20]);
        assert_eq!(steps(5, 5, 2), [5, 5]);
        assert_eq!(steps(0, 3, 1), [0, 3]);
    }
}
