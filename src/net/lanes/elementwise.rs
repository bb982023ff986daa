//! What is done to each number of a matrix by itself.

use crate::net::spec::Activation;

/// Runs the body with the activation as a constant, so that its loop has one formula in it.
macro_rules! with_constant {
    ($activation:expr, $constant:ident, $body:block, [$($member:ident)*]) => {
        match $activation {
            $(Activation::$member => {
                const $constant: Activation = Activation::$member;
                $body
            })*
        }
    };
    ($activation:expr, $constant:ident, $body:block) => {
        with_constant!(
            $activation, $constant, $body,
            [Relu LeakyRelu Elu Gelu Swish Softplus Sigmoid Tanh Linear]
        );
    };
}

/// What the units give for their sums.
#[inline(always)]
pub fn activate(activation: Activation, before: &[f64], after: &mut [f64]) {
    with_constant!(activation, A, {
        for (a, z) in after.iter_mut().zip(before) {
            *a = A.at(*z);
        }
    });
}

/// From derivatives by what the units give to those by their sums.
#[inline(always)]
pub fn slopes(activation: Activation, before: &[f64], after: &[f64], slopes: &mut [f64]) {
    with_constant!(activation, A, {
        for ((d, z), a) in slopes.iter_mut().zip(before).zip(after) {
            *d *= A.slope(*z, *a);
        }
    });
}

/// a·b.
#[inline(always)]
pub fn product(a: &[f64], b: &[f64], out: &mut [f64]) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = a * b;
    }
}

/// a ← a·b.
#[inline(always)]
pub fn scale(a: &mut [f64], b: &[f64]) {
    for (a, b) in a.iter_mut().zip(b) {
        *a *= b;
    }
}
