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
    /// Minima, saddles and maxima in view.
    Critical,
    /// Arrows of the gradient.
    Field,
    /// Lines of steepest descent.
    Descent,
    /// Where the partial derivatives vanish.
    Zeros,
    /// Where gradient descent with the learning rate is stable.
    Stable,
    /// The quadratic model of the surface about the point.
    Model,
    /// Newton's step from the point.
    Newton,
}

impl Overlay {
    /// All, in the order of the menu.
    pub const ALL: [Self; 18] = [
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
        Self::Critical,
        Self::Field,
        Self::Descent,
        Self::Zeros,
        Self::Stable,
        Self::Model,
        Self::Newton,
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
            Self::Model => "model",
            Self::Newton => "newton",
            Self::Stable => "stable",
            Self::Critical => "critical",
            Self::Field => "field",
            Self::Descent => "descent",
            Self::Zeros => "zeros",
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
            Self::Model => "quadratic model, curvatures",
            Self::Newton => "Newton step",
            Self::Stable => "where the rate is stable",
            Self::Critical => "minima, saddles, maxima",
            Self::Field => "gradient field",
            Self::Descent => "lines of steepest descent",
            Self::Zeros => "zeros of ∂f/∂x and ∂f/∂y",
        })
    }

    /// Whether it is of the surface, and not of what the open run's method keeps.
    #[must_use]
    pub const fn is_of_surface(self) -> bool {
        matches!(
            self,
            Self::Model
                | Self::Newton
                | Self::Stable
                | Self::Critical
                | Self::Field
                | Self::Descent
                | Self::Zeros
        )
    }

    /// One sentence: what is seen.
    #[must_use]
    pub const fn help(self) -> &'static str {
        words(match self {
            Self::Gradient => {
                "Against the gradient that the rule is given, as long as the step it would give."
            }
            Self::Step => "Where the next step leads.",
            Self::Momentum => "Directions that the method keeps from one step to the next.",
            Self::Spread => "How large past gradients were in each coordinate: half axes of the ellipse.",
            Self::Rates => "The learning rate of each coordinate: half axes of the dashed ellipse.",
            Self::Averages => "Averages of the path, and other points that the method keeps.",
            Self::Population => "The points that the method moves together.",
            Self::Covariance => "The ellipse that new points are drawn from.",
            Self::Region => "The circle within which the method trusts its model.",
            Self::Trials => "Points at which the step asked for the value, in order.",
            Self::Noise => {
                "What noise adds to the gradient in this step, and where other seeds would have led: circles of one and two standard deviations."
            }
            Self::Model => {
                "The level line through the run's point of the quadratic with the same value, gradient and Hessian, and the Hessian's eigenvectors with their eigenvalues."
            }
            Self::Newton => {
                "To where that quadratic's gradient vanishes. Dashed where it first goes uphill, as it may where a curvature is negative; none where the Hessian is singular."
            }
            Self::Stable => {
                "Hatched where 0 < λmax < 2/η: there gradient descent with the open run's learning rate at the cursor does not overshoot more and more along the strongest curvature."
            }
            Self::Critical => {
                "Points in view where the gradient vanishes, found with Newton's method from a grid and told apart by their curvatures: ▼ minimum, △ maximum, ⋈ saddle; with a ring where a curvature is 0 or on a kink."
            }
            Self::Field => {
                "Arrows against the gradient. The direction is exact; of the length only small differences are shown."
            }
            Self::Descent => "Lines that follow the gradient downhill, as infinitely small steps would.",
            Self::Zeros => {
                "Dashed where f neither rises nor falls along x, dotted where along y. Where they cross, the gradient vanishes."
            }
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
