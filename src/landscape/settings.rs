//! What of the landscape is shown, in the words of links: `landscape(all;start;seed-3;test;at_0.5_-1_2)`.

use crate::math::{decimal, num};
use crate::param::number;

/// Which directions span the plane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Directions {
    /// The first two principal directions of the open run's path.
    #[default]
    Principal,
    /// Those of all paths together.
    PrincipalAll,
    /// Two random ones, filter-normalised.
    Random,
    /// The two of the largest curvature, by size.
    Curvature,
}

/// What stands at the plane's (0, 0).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The open run's last weights.
    #[default]
    End,
    /// Its weights at the cursor.
    Cursor,
    /// Those it starts with.
    Start,
}

/// Whose loss is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LossOf {
    /// Of the examples that are trained on.
    #[default]
    Train,
    /// Of the others.
    Test,
}

impl Directions {
    /// Every choice, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Principal, Self::PrincipalAll, Self::Random, Self::Curvature];

    /// The word in links.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Principal => "pca",
            Self::PrincipalAll => "all",
            Self::Random => "random",
            Self::Curvature => "curvature",
        }
    }

    /// The name in the menu.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Principal => "Principal, of this run",
            Self::PrincipalAll => "Principal, of all runs",
            Self::Random => "Random",
            Self::Curvature => "Largest curvature",
        }
    }
}

impl Origin {
    /// Every choice, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::End, Self::Cursor, Self::Start];

    /// The word in links.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::End => "end",
            Self::Cursor => "cursor",
            Self::Start => "start",
        }
    }

    /// The name in the menu.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::End => "End of this run",
            Self::Cursor => "At the cursor",
            Self::Start => "Start",
        }
    }
}

impl LossOf {
    /// Every choice, in the order of the menu.
    pub const ALL: [Self; 2] = [Self::Train, Self::Test];

    /// The word in links.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Test => "test",
        }
    }

    /// The name in the menu.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Train => "Training loss",
            Self::Test => "Test loss",
        }
    }
}

/// A square of the plane: its middle and half of its side.
pub type Square = ([f64; 2], f64);

/// All settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Which directions.
    pub directions: Directions,
    /// Through where.
    pub origin: Origin,
    /// The seed of random directions.
    pub seed: u64,
    /// Whose loss.
    pub loss: LossOf,
    /// Which part of the plane at least; none is what holds the paths.
    pub square: Option<Square>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            directions: Directions::default(),
            origin: Origin::default(),
            seed: 1,
            loss: LossOf::default(),
            square: None,
        }
    }
}

/// The word of this view.
const WORD: &str = "landscape";

impl Settings {
    /// Those of these words; what is not understood is as if it were not there.
    #[must_use]
    pub fn read(show: &str) -> Self {
        let mut settings = Self::default();
        let inside =
            show.strip_prefix(WORD).and_then(|s| s.strip_prefix('(')).and_then(|s| s.strip_suffix(')'));
        for word in inside.unwrap_or_default().split(';') {
            if let Some(directions) = Directions::ALL.into_iter().find(|d| d.key() == word) {
                settings.directions = directions;
            } else if let Some(origin) = Origin::ALL.into_iter().find(|o| o.key() == word) {
                settings.origin = origin;
            } else if let Some(loss) = LossOf::ALL.into_iter().find(|l| l.key() == word) {
                settings.loss = loss;
            } else if let Some(seed) = word.strip_prefix("seed-").and_then(|s| s.parse::<u32>().ok()) {
                settings.seed = u64::from(seed);
            } else if let Some(square) = word.strip_prefix("at_").and_then(square) {
                settings.square = Some(square);
            }
        }
        settings
    }

    /// Their words; those that are as usual are left out.
    #[must_use]
    pub fn write(&self) -> String {
        let usual = Self::default();
        let mut words = Vec::new();
        if self.directions != usual.directions {
            words.push(self.directions.key().to_owned());
        }
        if self.origin != usual.origin {
            words.push(self.origin.key().to_owned());
        }
        if self.seed != usual.seed {
            words.push(format!("seed-{}", self.seed));
        }
        if self.loss != usual.loss {
            words.push(self.loss.key().to_owned());
        }
        if let Some(([x, y], half)) = self.square {
            words.push(format!("at_{}_{}_{}", number(x), number(y), number(half)));
        }
        if words.is_empty() { WORD.to_owned() } else { format!("{WORD}({})", words.join(";")) }
    }
}

fn square(text: &str) -> Option<Square> {
    let mut parts = text.split('_').map(decimal::parse);
    let (x, y, half) = (parts.next()??, parts.next()??, parts.next()??);
    let is_possible = |v: f64| v.is_finite() && v.abs() <= 1e9;
    (parts.next().is_none() && is_possible(x) && is_possible(y) && half > 0.0 && half <= 1e9)
        .then_some(([x, y], half))
}

/// A square with numbers that are short in links and exact to a thousandth of its side.
#[must_use]
pub fn shortened(([x, y], half): Square) -> Square {
    let half = num::round_significant(half, 3);
    let unit = num::pow(10.0, (num::log10(half) - 2.0).floor());
    let place = |v: f64| {
        if unit < 1.0 {
            (v * (1.0 / unit).round()).round() / (1.0 / unit).round()
        } else {
            (v / unit).round() * unit
        }
    };
    ([place(x), place(y)], half)
}
