//! Colours, dashes and markers: the same on the stage, in the charts and in exported pictures.

use super::marker::Marker;

/// A colour with its opacity, 0 to 255 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgba(pub [u8; 4]);

impl Rgba {
    /// An opaque colour, as in 0xRRGGBB.
    #[must_use]
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self([r, g, b, 255])
    }

    /// The same colour with this opacity, 0 to 255.
    #[must_use]
    pub const fn with_alpha(self, alpha: u8) -> Self {
        let [r, g, b, _] = self.0;
        Self([r, g, b, alpha])
    }

    /// `#rrggbb`, or `#rrggbbaa` where it is not opaque.
    #[must_use]
    pub fn css(self) -> String {
        let mut text = String::with_capacity(9);
        text.push('#');
        let digits = if self.0[3] == 255 { 3 } else { 4 };
        for byte in &self.0[..digits] {
            for nibble in [byte >> 4, byte & 15] {
                text.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
            }
        }
        text
    }
}

/// Light or dark surroundings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark on white.
    #[default]
    Light,
    /// Light on near-black.
    Dark,
    /// Black on white, for paper.
    #[cfg(feature = "lab")]
    Print,
}

impl Theme {
    const fn pick(self, light: u32, dark: u32) -> Rgba {
        Rgba::hex(match self {
            Self::Light => light,
            Self::Dark => dark,
            #[cfg(feature = "lab")]
            Self::Print => light,
        })
    }

    /// The same with a colour of its own on paper.
    #[cfg_attr(
        not(feature = "lab"),
        expect(unused_variables, reason = "only pictures to take away are for paper")
    )]
    const fn pick_of(self, light: u32, dark: u32, print: u32) -> Rgba {
        match self {
            #[cfg(feature = "lab")]
            Self::Print => Rgba::hex(print),
            _ => self.pick(light, dark),
        }
    }

    /// What charts stand on.
    #[must_use]
    pub const fn background(self) -> Rgba {
        self.pick(0xff_ff_ff, 0x15_18_1c)
    }

    /// Text: at least 14 : 1 on the background.
    #[must_use]
    pub const fn text(self) -> Rgba {
        self.pick_of(0x1a_1d_21, 0xe6_e8_eb, 0)
    }

    /// Labels and notes: at least 6 : 1 on the background.
    #[must_use]
    pub const fn muted(self) -> Rgba {
        self.pick_of(0x5b_61_68, 0x9a_a2_ab, 0x22_22_22)
    }

    /// Axes and ticks: at least 3 : 1 on the background.
    #[must_use]
    pub const fn axis(self) -> Rgba {
        self.pick_of(0x86_8d_95, 0x6b_73_7c, 0)
    }

    /// Grid lines: there when looked for.
    #[must_use]
    pub const fn grid(self) -> Rgba {
        self.pick_of(0xe4_e7_ea, 0x2a_2f_36, 0xdd_dd_dd)
    }

    /// What separates lines, marks and labels from the map below them.
    #[must_use]
    pub const fn halo(self) -> Rgba {
        self.pick(0xff_ff_ff, 0x0b_0d_10)
    }

    /// Where the surface has no finite value.
    #[must_use]
    pub const fn neutral(self) -> Rgba {
        self.pick(0xc9_cc_d0, 0x3a_3f_45)
    }
}

/// How a run looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunStyle {
    /// The name of the colour.
    pub name: &'static str,
    /// The shape of its marker.
    pub marker: Marker,
    /// Lengths of dashes and gaps in turn; empty for a solid line.
    pub dash_px: &'static [f64],
    stage: [u32; 2],
    chart: [u32; 2],
}

impl RunStyle {
    /// The colour on the map.
    #[must_use]
    pub const fn color(&self, theme: Theme) -> Rgba {
        theme.pick(self.stage[0], self.stage[1])
    }

    /// The colour in charts and lists: 3 : 1 or more on the theme's background.
    #[must_use]
    pub const fn chart_color(&self, theme: Theme) -> Rgba {
        theme.pick(self.chart[0], self.chart[1])
    }
}

/// How many runs can be told apart.
pub const RUN_STYLES: usize = 8;

/// The colours of Okabe and Ito (<https://jfly.uni-koeln.de/color/>), told apart with any colour vision. The first
/// three are also the furthest from viridis, which has no red and little light blue. On the map a halo separates them
/// from what they resemble; charts have none, so sky blue, orange and yellow are darkened for white (yellow to olive:
/// it has 1.3 : 1 otherwise), blue is lightened for black, and black itself is white in dark surroundings.
static STYLES: [RunStyle; RUN_STYLES] = [
    RunStyle {
        name: "vermillion",
        marker: Marker::Circle,
        dash_px: &[],
        stage: [0xd5_5e_00, 0xf0_7a_1c],
        chart: [0xd5_5e_00, 0xf0_7a_1c],
    },
    RunStyle {
        name: "sky blue",
        marker: Marker::Triangle,
        dash_px: &[13.0, 4.0],
        stage: [0x56_b4_e9, 0x56_b4_e9],
        chart: [0x2a_8c_c4, 0x56_b4_e9],
    },
    RunStyle {
        name: "reddish purple",
        marker: Marker::Square,
        dash_px: &[5.0, 3.0],
        stage: [0xcc_79_a7, 0xdc_8f_b9],
        chart: [0xbc_5c_92, 0xdc_8f_b9],
    },
    RunStyle {
        name: "orange",
        marker: Marker::Diamond,
        dash_px: &[14.0, 3.0, 4.0, 3.0],
        stage: [0xe6_9f_00, 0xe6_9f_00],
        chart: [0xb8_74_00, 0xe6_9f_00],
    },
    RunStyle {
        name: "blue",
        marker: Marker::Cross,
        dash_px: &[8.0, 3.0],
        stage: [0x00_72_b2, 0x2f_7f_d0],
        chart: [0x0b_4f_94, 0x2f_7f_d0],
    },
    RunStyle {
        name: "bluish green",
        marker: Marker::Plus,
        dash_px: &[14.0, 3.0, 4.0, 3.0, 4.0, 3.0],
        stage: [0x00_9e_73, 0x00_b3_83],
        chart: [0x00_8a64, 0x00_b3_83],
    },
    RunStyle {
        name: "yellow",
        marker: Marker::InvertedTriangle,
        dash_px: &[21.0, 4.0],
        stage: [0xf0_e4_42, 0xf0_e4_42],
        chart: [0x85_7d_00, 0xf0_e4_42],
    },
    RunStyle {
        name: "black",
        marker: Marker::Star,
        dash_px: &[4.0, 4.0],
        stage: [0x24_29_2f, 0xf2_f4_f6],
        chart: [0x24_29_2f, 0xf2_f4_f6],
    },
];

/// How the run with this index looks; after the eighth they repeat.
#[must_use]
pub fn run_style(index: usize) -> RunStyle {
    STYLES[index % RUN_STYLES]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::num;

    fn luminance(color: Rgba) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { num::pow((c + 0.055) / 1.055, 2.4) }
        };
        let [r, g, b, _] = color.0;
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    fn contrast(a: Rgba, b: Rgba) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn what_charts_show_can_be_read_in_both_themes() {
        for theme in [Theme::Light, Theme::Dark, Theme::Print] {
            let ground = theme.background();
            assert!(contrast(theme.text(), ground) >= 14.0);
            assert!(contrast(theme.muted(), ground) >= 6.0);
            assert!(contrast(theme.axis(), ground) >= 3.0);
            for i in 0..RUN_STYLES {
                let style = run_style(i);
                let ratio = contrast(style.chart_color(theme), ground);
                assert!(ratio >= 3.0, "{} {theme:?}: {ratio}", style.name);
            }
        }
    }

    #[test]
    fn no_two_runs_share_a_colour_a_dash_or_a_marker() {
        for i in 0..RUN_STYLES {
            for j in 0..i {
                let (a, b) = (run_style(i), run_style(j));
                assert!(a.marker != b.marker && a.dash_px != b.dash_px);
                for theme in [Theme::Light, Theme::Dark, Theme::Print] {
                    assert!(a.color(theme) != b.color(theme));
                    assert!(a.chart_color(theme) != b.chart_color(theme));
                }
            }
        }
    }

    #[test]
    fn colours_are_written_as_css() {
        assert_eq!(Rgba::hex(0xd5_5e_00).css(), "#d55e00");
        assert_eq!(Rgba::hex(0x0a_0b_0c).with_alpha(128).css(), "#0a0b0c80");
    }
}
