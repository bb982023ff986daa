//! Loss surfaces over the plane. A file each; the formula is written once, over [`Scalar`], and gives the value, the
//! exact gradient and the exact Hessian.
//!
//! To add one: a file beside this one with a `SPEC`, and its name in the list below, under `later`.

pub mod custom;
#[cfg(feature = "lab")]
pub mod examples;
#[cfg(feature = "lab")]
pub mod fit;
mod objective;
pub mod study;
pub mod transform;
#[cfg(feature = "lab")]
pub mod typed;

pub use custom::Custom;
pub use objective::SurfaceObjective;
pub use transform::Transform;

use crate::later::registry;
use crate::math::{Dual, HyperDual, Scalar};
use crate::param::ParamSpec;

registry! {
    /// Every surface, in the order of the menu.
    SurfaceSpec {
        core: ;
        later: sphere, ravine, booth, matyas, trid, logistic, styblinski_tang;
        core: rosenbrock;
        later:
            beale, dixon_price, zakharov, goldstein_price, flower, hyperbola_valley, saddle, bounded_saddle,
            monkey_saddle, six_hump_camel, plateau, himmelblau, branin, three_hump_camel, mccormick, two_wells,
            peaks, rastrigin, ackley, griewank, levy, levy13, schwefel, easom, michalewicz, eggholder,
            drop_wave, schaffer2, schaffer4, shubert, bohachevsky1, cliff, recurrent_cliff, l1, huber, bukin6,
            cross_in_tray, holder_table;
    }
}

/// What a surface is there to teach; the menu is grouped by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// One bowl.
    Convex,
    /// Long curved or narrow valleys.
    Valley,
    /// Saddles and plateaus.
    Saddle,
    /// Many minima.
    Multimodal,
    /// Cliffs.
    Cliff,
    /// Kinks.
    NonSmooth,
}

impl Group {
    /// All, in the order of the menu.
    pub const ALL: [Self; 6] =
        [Self::Convex, Self::Valley, Self::Saddle, Self::Multimodal, Self::Cliff, Self::NonSmooth];

    /// The heading in the menu.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Convex => "Convex",
            Self::Valley => "Valleys",
            Self::Saddle => "Saddles and plateaus",
            Self::Multimodal => "Many minima",
            Self::Cliff => "Cliffs",
            Self::NonSmooth => "Non-smooth",
        }
    }
}

/// How contour levels and colours are spaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Levels {
    /// Evenly in f.
    Linear,
    /// Evenly in log(f − f* + ε), for a range that spans many decades.
    Log,
}

/// A rectangle of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Left and right edge.
    pub x: (f64, f64),
    /// Lower and upper edge.
    pub y: (f64, f64),
}

impl View {
    /// The least distance of opposite edges.
    pub const CLOSEST: f64 = 1e-9;
    /// How far from the origin an edge may be.
    pub const FARTHEST: f64 = 1e9;

    /// Whether it can be shown, and so be in a link.
    #[must_use]
    pub fn is_showable(&self) -> bool {
        [self.x, self.y].iter().all(|(low, high)| {
            high - low >= Self::CLOSEST && *low >= -Self::FARTHEST && *high <= Self::FARTHEST
        })
    }

    /// From −half to half in both directions.
    #[must_use]
    pub const fn square(half: f64) -> Self {
        Self { x: (-half, half), y: (-half, half) }
    }

    /// Whether the point lies inside or on the edge.
    #[must_use]
    pub fn contains(&self, [x, y]: [f64; 2]) -> bool {
        (self.x.0..=self.x.1).contains(&x) && (self.y.0..=self.y.1).contains(&y)
    }
}

/// A formula with its gradient and its Hessian.
pub type Hyper = fn(HyperDual, HyperDual, &[f64]) -> HyperDual;

/// Gives the global minima for the parameters.
pub type Minima = fn(&[f64]) -> Vec<[f64; 2]>;

/// A formula compiled for its value, its gradient and its Hessian.
#[derive(Clone, Copy)]
pub struct Formula {
    /// f.
    pub value: fn(f64, f64, &[f64]) -> f64,
    /// f and ∇f.
    pub dual: fn(Dual, Dual, &[f64]) -> Dual,
    /// f, ∇f and ∇²f; none in the first load.
    pub hyper: Option<Hyper>,
}

/// The residuals of a sum of squares, with their derivatives.
pub type Residuals = fn(Dual, Dual, &[f64]) -> Vec<Dual>;

/// Compiles a generic function `f<T: Scalar>(x: T, y: T, p: &[f64]) -> T` three times.
macro_rules! formula {
    ($f:ident) => {
        $crate::surface::Formula {
            value: $f::<f64>,
            dual: $f::<$crate::math::Dual>,
            hyper: $crate::later::here($f::<$crate::math::HyperDual>),
        }
    };
}
use formula;

/// A surface: its formula and all that is known and shown of it.
pub struct SurfaceSpec {
    /// The word in links and on the command line.
    pub key: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// What it teaches.
    pub group: Group,
    /// One sentence: what to look for.
    pub sentence: &'static str,
    /// f(x, y) as people write it.
    pub text: &'static str,
    /// The parameters of the formula.
    pub params: &'static [ParamSpec],
    /// The rectangle shown first.
    pub view: View,
    /// Where runs start when nothing is said.
    pub start: [f64; 2],
    /// The spacing of levels and colours.
    pub levels: Levels,
    /// The global minima for these parameters; empty where there is none. Left out where the formula is.
    pub minima: Option<Minima>,
    /// Whether f falls without end.
    pub unbounded: bool,
    /// Where f = Σ rᵢ² is a sum of squares: its residuals r. Not in the first load.
    pub residuals: Option<Residuals>,
    /// The formula; none where this program does not carry it (see [`crate::later`]).
    pub formula: Option<Formula>,
}

/// Σ over x and y of the same function of one variable.
fn both<T: Scalar>(x: T, y: T, f: impl Fn(T) -> T) -> T {
    f(x) + f(y)
}
