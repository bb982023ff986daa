//! What units do with their sums.

#![expect(clippy::inline_always, reason = "loops over lanes are vectorised only around what is inlined")]

use super::number::Elementary;
use super::spec::Activation;
use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI};

/// The slope of a leaky unit below 0.
const LEAK: f64 = 0.01;

impl Activation {
    /// What a unit gives for its sum.
    #[inline(always)]
    #[must_use]
    pub fn at<T: Elementary>(self, z: T) -> T {
        match self {
            // As all of them, it hands on what is not a number.
            Self::Relu => (-z).positive(T::of(0.0), z),
            Self::LeakyRelu => z.positive(z, z * T::of(LEAK)),
            Self::Elu => z.positive(z, z.expm1()),
            Self::Gelu => z * normal_share(z),
            Self::Swish => z * z.sigmoid(),
            Self::Softplus => z.softplus(),
            Self::Sigmoid => z.sigmoid(),
            Self::Tanh => z.tanh(),
            Self::Linear => z,
        }
    }

    /// The derivative, from the sum and what the unit gave. At a kink it is that of the left side, as PyTorch has it.
    #[inline(always)]
    #[must_use]
    pub fn slope<T: Elementary>(self, z: T, a: T) -> T {
        let one = T::of(1.0);
        match self {
            Self::Relu => z.positive(one, T::of(0.0)),
            Self::LeakyRelu => z.positive(one, T::of(LEAK)),
            Self::Elu => z.positive(one, a + one),
            Self::Gelu => {
                let density = (-(z * z) * T::of(0.5)).exp() * T::of(0.5 * FRAC_1_SQRT_2 * FRAC_2_SQRT_PI);
                normal_share(z) + z * density
            }
            Self::Swish => {
                let s = z.sigmoid();
                s + a * (one - s)
            }
            Self::Softplus => z.sigmoid(),
            Self::Sigmoid => a * (one - a),
            Self::Tanh => one - a * a,
            Self::Linear => one,
        }
    }

    /// The size that what it gives cannot exceed, where there is one.
    #[must_use]
    pub const fn limit(self) -> Option<f64> {
        match self {
            Self::Sigmoid | Self::Tanh => Some(1.0),
            _ => None,
        }
    }
}

/// Φ(z), the share of a normal distribution below z.
#[inline(always)]
fn normal_share<T: Elementary>(z: T) -> T {
    T::of(0.5) * (T::of(1.0) + (z * T::of(FRAC_1_SQRT_2)).erf())
}
