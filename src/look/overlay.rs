//! What can be drawn over the paths: words for links and for the menu. The drawing is in [`crate::scene`].

use crate::later::words;

/// A kind of overlay, to be switched on and off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// Against the gradient, as the rule sees it.
    Gradient,
    /// The step that leaves the point.
    Step,
    /// Directions kept: momentum.
    Momentum,
    /// The size of past gradients in each coordinate.
    Spread,
    /// The learning rate of each coordinate.
    Rates,
    /// Averages and other iterates.
    Averages,
    /// Populations, simplices, replicas.
    Population,
    /// Covariances.
    Covariance,
    /// Trust regions.
    Region,
    /// The points a line search tried.
    Trials,
    /// Gradient noise: what is added, and what other seeds would have added.
    Noise,
}

impl Overlay {
    /// All, in the order of the menu.
    pub const ALL: [Self; 11] = [
        Self::Gradient,
        Self::Step,
        Self::Momentum,
        Self::Spread,
        Self::Rates,
        Self::Averages,
        Self::Population,
        Self::Covariance,
        Self::Region,
        Self::Trials,
        Self::Noise,
    ];

    /// The word in links.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Gradient => "gradient",
            Self::Step => "step",
            Self::Momentum => "arrows",
            Self::Spread => "spread",
            Self::Rates => "rates",
            Self::Averages => "averages",
            Self::Population => "population",
            Self::Covariance => "covariance",
            Self::Region => "region",
            Self::Trials => "trials",
            Self::Noise => "noise",
        }
    }

    /// The name in the menu.
    #[must_use]
    pub const fn name(self) -> &'static str {
        words(match self {
            Self::Gradient => "downhill (−gradient)",
            Self::Step => "next step",
            Self::Momentum => "momentum, kept directions",
            Self::Spread => "size of past gradients",
            Self::Rates => "rate of each coordinate",
            Self::Averages => "averages, other iterates",
            Self::Population => "population, simplex, replicas",
            Self::Covariance => "covariance",
            Self::Region => "trust region",
            Self::Trials => "points tried in the step",
            Self::Noise => "gradient noise",
        })
    }

    /// The overlay with this key.
    #[must_use]
    pub fn find(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.key() == key)
    }

    /// Those of a list of words, in the order of the menu, and the words that are none.
    #[must_use]
    pub fn read(text: &str) -> (Vec<Self>, Vec<&str>) {
        let (mut on, mut unknown) = ([false; Self::ALL.len()], Vec::new());
        for word in text.split(',').filter(|w| !w.is_empty()) {
            match Self::find(word) {
                Some(overlay) => on[overlay as usize] = true,
                None => unknown.push(word),
            }
        }
        (Self::ALL.into_iter().filter(|o| on[*o as usize]).collect(), unknown)
    }

    /// The list of words for these.
    #[must_use]
    pub fn write(on: &[Self]) -> String {
        let mut text = String::new();
        for overlay in on {
            if !text.is_empty() {
                text.push(',');
            }
            text.push_str(overlay.key());
        }
        text
    }
}
