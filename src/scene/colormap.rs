//! Perceptually even colours for the field, each a table of 256 made from a handful of its own.
//!
//! Viridis: van der Walt and Smith 2015 (<https://bids.github.io/colormap/>). Cividis, made for red–green blindness:
//! Nuñez, Anderton and Renslow 2018 (<https://doi.org/10.1371/journal.pone.0199239>). Grey is for print.

use super::cast;

/// Which colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MapKind {
    /// Purple to yellow.
    #[default]
    Viridis,
    /// Blue to yellow.
    Cividis,
    /// Dark to light.
    Grey,
}

const VIRIDIS: &[u32] = &[
    0x44_01_54, 0x47_2d_7b, 0x3b_52_8b, 0x2c_72_8e, 0x21_91_8c, 0x28_ae_80, 0x5e_c9_62, 0xad_dc_30,
    0xfd_e7_25,
];
const CIVIDIS: &[u32] = &[
    0x00_20_4d, 0x00_33_6f, 0x39_48_6b, 0x57_5c_6d, 0x70_71_73, 0x8a_87_79, 0xa6_9d_75, 0xc4_b5_6c,
    0xe4_cf_5b, 0xff_ea_46,
];
const GREY: &[u32] = &[0x2e_2e_2e, 0xf4_f4_f4];

impl MapKind {
    /// Every map, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Viridis, Self::Cividis, Self::Grey];

    /// The word in links.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Viridis => "viridis",
            Self::Cividis => "cividis",
            Self::Grey => "grey",
        }
    }

    /// The name on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Viridis => "Viridis",
            Self::Cividis => "Cividis",
            Self::Grey => "Grey",
        }
    }

    /// The map with this key.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.key() == key)
    }

    const fn anchors(self) -> &'static [u32] {
        match self {
            Self::Viridis => VIRIDIS,
            Self::Cividis => CIVIDIS,
            Self::Grey => GREY,
        }
    }
}

/// A table of colours, from the lowest value to the highest.
#[derive(Clone, Debug)]
pub struct Colormap {
    table: Box<[[u8; 4]; 256]>,
}

impl Colormap {
    /// The table of a map.
    #[must_use]
    pub fn new(kind: MapKind) -> Self {
        let anchors = kind.anchors();
        let mut table = Box::new([[255; 4]; 256]);
        for (i, entry) in table.iter_mut().enumerate() {
            let at = cast::float(i) / 255.0 * cast::float(anchors.len() - 1);
            for (shift, channel) in [16, 8, 0].into_iter().zip(entry) {
                *channel = smooth(anchors, shift, at);
            }
        }
        Self { table }
    }

    /// The colour at t, from 0 to 1; the ends for what is beyond, the lower one for what is not a number.
    #[must_use]
    pub fn rgb(&self, t: f64) -> [u8; 3] {
        let [r, g, b, _] = self.entry(t * 255.0 + 0.5);
        [r, g, b]
    }

    /// The colour at an index, with its opacity.
    #[inline]
    pub(super) fn entry(&self, index: f64) -> [u8; 4] {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates, which is meant"
        )]
        let index = index as u8;
        self.table[usize::from(index)]
    }
}

/// A channel between anchors, on the Catmull–Rom curve through them: straight lines would show as creases.
fn smooth(anchors: &[u32], shift: u32, at: f64) -> u8 {
    let last = anchors.len() - 1;
    let i = cast::index(at).min(last - 1);
    let u = at - cast::float(i);
    let channel = |k: usize| f64::from((anchors[k.min(last)] >> shift) & 255);
    let (b, c) = (channel(i), channel(i + 1));
    // Beyond the ends the curve goes straight on.
    let a = if i == 0 { 2.0 * b - c } else { channel(i - 1) };
    let d = if i + 2 > last { 2.0 * c - b } else { channel(i + 2) };
    let curve = b + 0.5 * u * (c - a + u * (2.0 * a - 5.0 * b + 4.0 * c - d + u * (3.0 * (b - c) + d - a)));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, which is meant")]
    let byte = (curve + 0.5) as u8;
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_go_through_the_published_colours() {
        // Entries of viridis between our anchors, as published with six decimals.
        let map = Colormap::new(MapKind::Viridis);
        for (i, want) in [
            (0, [0.267_004, 0.004_874, 0.329_415]),
            (16, [0.282_327, 0.094_955, 0.417_331]),
            (48, [0.258_965, 0.251_537, 0.524_736]),
            (112, [0.149_039, 0.508_051, 0.557_250]),
            (144, [0.120_081, 0.622_161, 0.534_946]),
            (176, [0.239_374, 0.735_588, 0.455_688]),
        ] {
            let got = map.rgb(f64::from(i) / 255.0);
            for (g, w) in got.into_iter().zip(want) {
                let error = f64::from(g) - w * 255.0;
                assert!(error.abs() < 4.0, "entry {i}: {got:?}");
            }
        }
    }

    #[test]
    fn values_beyond_the_ends_have_a_colour() {
        for kind in MapKind::ALL {
            let map = Colormap::new(kind);
            assert_eq!(map.rgb(-3.0), map.rgb(0.0));
            assert_eq!(map.rgb(1e300), map.rgb(1.0));
            assert_eq!(map.rgb(f64::NAN), map.rgb(0.0));
            assert_eq!(MapKind::find(kind.key()), Some(kind));
        }
    }
}
