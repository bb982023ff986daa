//! What is done to each number of a matrix by itself.

use super::wide::{Eight, Four, Two, Wide};
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
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[inline(never)]
pub fn activate(activation: Activation, before: &[f64], after: &mut [f64]) {
    with_constant!(activation, A, {
        let (z, left) = before.as_chunks::<8>();
        let (a, rest) = after.as_chunks_mut::<8>();
        for (a, z) in a.iter_mut().zip(z) {
            A.at(Eight::load(z)).store(a);
        }
        let ((z, left), (a, rest)) = (left.as_chunks::<4>(), rest.as_chunks_mut::<4>());
        for (a, z) in a.iter_mut().zip(z) {
            A.at(Four::load(z)).store(a);
        }
        let ((z, left), (a, rest)) = (left.as_chunks::<2>(), rest.as_chunks_mut::<2>());
        for (a, z) in a.iter_mut().zip(z) {
            A.at(Two::load(z)).store(a);
        }
        for (a, z) in rest.iter_mut().zip(left) {
            *a = A.at(*z);
        }
    });
}

/// From derivatives by what the units give to those by their sums.
#[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
#[inline(never)]
pub fn slopes(activation: Activation, before: &[f64], after: &[f64], slopes: &mut [f64]) {
    if activation == Activation::Linear {
        return;
    }
    with_constant!(activation, A, {
        let ((z, left_z), (a, left_a)) = (before.as_chunks::<8>(), after.as_chunks::<8>());
        let (d, rest) = slopes.as_chunks_mut::<8>();
        for ((d, z), a) in d.iter_mut().zip(z).zip(a) {
            (Eight::load(d) * A.slope(Eight::load(z), Eight::load(a))).store(d);
        }
        for ((d, z), a) in rest.iter_mut().zip(left_z).zip(left_a) {
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
