//! How much of the page is shown, and what it does by itself: for pages that it is a part of, and for classes.

use crate::grammar as text;

/// Parts of the page that a link can hide, in the order in which links have them: the bar at the top, the button that shares,
/// the bar above the stage, the names of the runs and the zoom buttons on it, the controls of time, the changes made during
/// the runs and the choice of what a change acts on, the runs, the chart, and what was wrong with the link.
pub const PARTS: [&str; 10] =
    ["header", "share", "problem", "legend", "zoom", "transport", "edits", "runs", "charts", "notices"];

/// What is not shown: parts of the page, and perhaps what is still to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hidden(u16);

/// What is still to come, after the bits of [`PARTS`].
const AHEAD: u16 = 1 << PARTS.len();

impl Hidden {
    /// Whether what is still to come is drawn, faintly: where it is not, nobody sees where it will go.
    #[must_use]
    pub fn shows_ahead(self) -> bool {
        self.0 & AHEAD == 0
    }

    /// The same parts, and what is still to come or not.
    #[must_use]
    pub fn with_ahead(self, shown: bool) -> Self {
        Self(if shown { self.0 & !AHEAD } else { self.0 | AHEAD })
    }

    /// Reads a list of parts, and which of its words are no part.
    #[must_use]
    pub fn read(list: &str) -> (Self, Vec<&str>) {
        let (set, unknown) = text::set(list, &PARTS);
        (Self(set), unknown)
    }

    /// Whether this part is among them.
    #[must_use]
    pub fn holds(self, part: &str) -> bool {
        self.0 & text::set(part, &PARTS).0 != 0
    }

    /// The list of the parts, with this between the words.
    #[must_use]
    pub fn write(self, between: &str) -> String {
        text::members(self.0, &PARTS, between)
    }
}

/// How many controls are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Controls {
    /// As few as below where the page is part of another one, otherwise all.
    #[default]
    Auto,
    /// None: the stage alone.
    None,
    /// Those of time.
    Min,
    /// All.
    Full,
}

impl Controls {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Auto, Self::None, Self::Min, Self::Full];

    /// The word in links.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::None => "none",
            Self::Min => "min",
            Self::Full => "full",
        }
    }

    /// What is shown, in a page of its own or as part of another one.
    #[must_use]
    pub fn shown(self, embed: bool) -> Self {
        match self {
            Self::Auto if embed => Self::Min,
            Self::Auto => Self::Full,
            other => other,
        }
    }
}

/// Whether it begins to play by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Autoplay {
    /// As the rest of the link and the reader's settings are.
    #[default]
    Auto,
    /// It waits.
    Off,
    /// It begins at once, unless motion is kept down.
    On,
    /// It begins when it is seen, and pauses while it is not.
    Visible,
}

impl Autoplay {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Off, Self::On, Self::Visible];

    /// The word in links.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Off => "0",
            Self::On => "1",
            Self::Visible => "visible",
        }
    }
}
