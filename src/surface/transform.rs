//! A surface scaled, turned, moved and tilted, to show which methods such changes make no difference to: gradient descent
//! takes the turned path on a turned surface, Newton's method the changed path after any linear change, Adam neither.
//!
//! With m = R S p + b, for the scales S, the turn R and the shift b about the origin, the surface has at m the value that it
//! had at p, and t·m besides, for the tilt t. The formula is asked at p through the same scalars, so its derivatives
//! stay exact.
//!
//! The first program of the page (see [`crate::later`]) keeps the numbers and computes nothing with them.

use super::View;
use crate::later::words;
use crate::math::Scalar;
#[cfg(feature = "lab")]
use crate::math::num;
use crate::param::{self, ParamSpec, Scale};

/// What it is for.
pub const SENTENCE: &str = words(
    "Scales the surface, turns it about the origin, moves it and tilts it; the start and the view stay. Gradient descent and \
     Newton's method take the turned path on a turned surface, Adam does not; to Newton's method no linear change matters.",
);

/// The most that may be said in numbers.
const COUNT: usize = 7;

const fn moved(key: &'static str, name: &'static str, slider: f64, help: &'static str) -> ParamSpec {
    ParamSpec::new(key, "", words(name), 0.0, (-1e6, 1e6), Scale::Linear, help).slider(-slider, slider)
}

const fn scaled(key: &'static str, name: &'static str, help: &'static str) -> ParamSpec {
    ParamSpec::new(key, "", words(name), 1.0, (1e-3, 1e3), Scale::Log, help).slider(0.1, 10.0)
}

/// Its numbers.
pub static PARAMS: [ParamSpec; COUNT] = [
    ParamSpec::new(
        "rotate",
        "θ",
        "rotate, degrees",
        0.0,
        (-360.0, 360.0),
        Scale::Linear,
        "Turns the surface about the origin, against the clock.",
    )
    .slider(-180.0, 180.0),
    scaled("scale_x", "scale x", "How many times wider the surface is, before it is turned."),
    scaled("scale_y", "scale y", "How many times higher the surface is on the page, before it is turned."),
    moved("shift_x", "shift x", 5.0, "Moves the surface to the right, after it is turned."),
    moved("shift_y", "shift y", 5.0, "Moves the surface up the page, after it is turned."),
    moved("tilt_x", "tilt x", 10.0, "Adds this times x to f. Minima move, and may go."),
    moved("tilt_y", "tilt y", 10.0, "Adds this times y to f. Minima move, and may go."),
];

/// A change of a surface; one that changes nothing is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform {
    values: [f64; COUNT],
    /// Cosine and sine of the angle.
    #[cfg(feature = "lab")]
    turn: (f64, f64),
}

impl Transform {
    /// With these numbers; none where they change nothing.
    #[must_use]
    pub fn new(values: &[f64]) -> Option<Self> {
        let values: [f64; COUNT] = values.try_into().ok()?;
        let moves = values.iter().zip(&PARAMS).any(|(value, p)| *value != p.default);
        moves.then_some(Self {
            values,
            #[cfg(feature = "lab")]
            turn: turn(values[0]),
        })
    }

    /// The numbers of a change, or of none.
    #[must_use]
    pub fn values(of: Option<&Self>) -> Vec<f64> {
        of.map_or_else(|| param::defaults(&PARAMS), |t| t.values.to_vec())
    }

    /// Whether this program can compute it.
    #[must_use]
    pub const fn is_here() -> bool {
        cfg!(feature = "lab")
    }
}

#[cfg(feature = "lab")]
impl Transform {
    /// The surface at m, from the one that is changed.
    pub fn at<T: Scalar>(&self, x: T, y: T, f: impl FnOnce(T, T) -> T) -> T {
        let (u, v) = self.inward(x, y);
        self.tilted(f(u, v), x, y)
    }

    /// The surface on a grid, row after row, from the values of the other at points.
    pub fn grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64], points: impl Fn(&[f64], &[f64], &mut [f64])) {
        for (row, y) in out.chunks_mut(xs.len().max(1)).zip(ys) {
            let (us, vs): (Vec<f64>, Vec<f64>) = xs.iter().map(|x| self.inward(*x, *y)).unzip();
            points(&us, &vs, row);
            for (value, x) in row.iter_mut().zip(xs) {
                *value = self.tilted(*value, *x, *y);
            }
        }
    }

    /// p of m.
    #[must_use]
    pub fn inward<T: Scalar>(&self, x: T, y: T) -> (T, T) {
        let ([_, wide, high, right, up, ..], (c, s)) = (self.values, self.turn);
        let (x, y) = (x - right, y - up);
        (((x * c) + (y * s)) / wide, ((y * c) - (x * s)) / high)
    }

    /// Cosine and sine of the angle that it turns by.
    #[must_use]
    pub const fn turned(&self) -> (f64, f64) {
        self.turn
    }

    /// m of p.
    fn outward(&self, [u, v]: [f64; 2]) -> [f64; 2] {
        let ([_, wide, high, right, up, ..], (c, s)) = (self.values, self.turn);
        let (u, v) = (u * wide, v * high);
        [u * c - v * s + right, u * s + v * c + up]
    }

    fn tilted<T: Scalar>(&self, f: T, x: T, y: T) -> T {
        let [.., along_x, along_y] = self.values;
        if self.is_tilted() { f + (x * along_x + y * along_y) } else { f }
    }

    /// Whether it adds a slope.
    #[must_use]
    pub fn is_tilted(&self) -> bool {
        let [.., along_x, along_y] = self.values;
        along_x != 0.0 || along_y != 0.0
    }

    /// Where minima have gone. A slope moves them to where only a search can find them.
    #[must_use]
    pub fn minima(&self, before: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
        if self.is_tilted() {
            return Vec::new();
        }
        before.into_iter().map(|p| self.outward(p)).collect()
    }

    /// The upright rectangle around what this one has become.
    #[must_use]
    pub fn around(&self, View { x, y }: View) -> View {
        let corners = [(x.0, y.0), (x.0, y.1), (x.1, y.0), (x.1, y.1)].map(|(x, y)| self.outward([x, y]));
        let range = |i: usize| {
            let along = corners.iter().map(|m| m[i]);
            along.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| (lo.min(v), hi.max(v)))
        };
        View { x: range(0), y: range(1) }
    }
}

#[cfg(not(feature = "lab"))]
impl Transform {
    /// Not a number: this program cannot compute it.
    #[must_use]
    pub fn at<T: Scalar>(&self, _: T, _: T, _: impl FnOnce(T, T) -> T) -> T {
        T::constant(f64::NAN)
    }

    /// No numbers.
    pub fn grid(&self, _: &[f64], _: &[f64], out: &mut [f64], _: impl Fn(&[f64], &[f64], &mut [f64])) {
        out.fill(f64::NAN);
    }

    /// The same, since nothing runs here.
    #[must_use]
    pub fn inward<T: Scalar>(&self, x: T, y: T) -> (T, T) {
        (x, y)
    }

    /// Not to be relied on here.
    #[must_use]
    pub fn is_tilted(&self) -> bool {
        true
    }

    /// None known here.
    #[must_use]
    pub fn minima(&self, _: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
        Vec::new()
    }

    /// The same, since nothing runs here.
    #[must_use]
    pub fn around(&self, view: View) -> View {
        view
    }
}

/// Cosine and sine of an angle in degrees: exact for quarter turns.
#[cfg(feature = "lab")]
fn turn(degrees: f64) -> (f64, f64) {
    let quarters = (degrees / 90.0).round();
    let rest = (degrees - 90.0 * quarters) * (std::f64::consts::PI / 180.0);
    let (c, s) = (num::cos(rest), num::sin(rest));
    // From −360 to 360 degrees there are −4 to 4 of them.
    match quarters.rem_euclid(4.0) {
        1.0 => (-s, c),
        2.0 => (-c, -s),
        3.0 => (s, -c),
        _ => (c, s),
    }
}
