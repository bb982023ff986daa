//! Elementary functions with the same bits natively and in WebAssembly.
//!
//! The standard library hands `sin`, `exp`, `powf` and the rest to the platform's C library, whose last bits
//! differ from one platform to the next; after a few hundred steps on an oscillating surface the paths have nothing
//! in common. So everything transcendental goes through `libm` (plain Rust), and `clippy.toml` forbids the others.
//! `sqrt`, `abs`, `floor` and the four operations are exact in IEEE 754 and need no such care.

pub use libm::{
    acos, asin, atan, atan2, cos, cosh, erf, exp, expm1, log as ln, log1p, log2, log10, sin, sinh, tan, tanh,
};

/// `base` to the power `exponent`.
#[must_use]
pub fn pow(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

/// `base`, above 0, to the power `exponent`, for what is seen and not computed with: exact to about 13 digits where `pow` is
/// to the last, at half of its size in the page's download.
#[must_use]
pub fn pow_to_show(base: f64, exponent: f64) -> f64 {
    exp(exponent * log10(base) * std::f64::consts::LN_10)
}

/// `base` to a whole power, by repeated squaring from the lowest bit up.
#[must_use]
pub fn powi(base: f64, exponent: i32) -> f64 {
    let mut factor = base;
    let mut left = exponent.unsigned_abs();
    let mut product = 1.0;
    while left > 0 {
        if left & 1 == 1 {
            product *= factor;
        }
        factor *= factor;
        left >>= 1;
    }
    if exponent < 0 { 1.0 / product } else { product }
}

/// The cube root, to the last bit but one. `libm`'s has that bit too, and takes three times as long.
#[must_use]
pub fn cbrt(x: f64) -> f64 {
    const SUBNORMAL: (f64, f64) = (18_014_398_509_481_984.0, 262_144.0);
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let size = x.abs();
    if size < f64::MIN_POSITIVE {
        return cbrt(x * SUBNORMAL.0) / SUBNORMAL.1;
    }
    // A third of the exponent, and of the mantissa, which is nearly its logarithm; then Halley's rule, each time with three
    // times as many right digits.
    let mut root = f64::from_bits(size.to_bits() / 3 + (682 << 52));
    for _ in 0..3 {
        let other = size / (root * root);
        root += root * (other - root) / (root + root + other);
    }
    if x < 0.0 { -root } else { root }
}

/// The logistic function 1/(1 + e⁻ˣ), without overflow on either side.
#[must_use]
pub fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + exp(-x))
    } else {
        let e = exp(x);
        e / (1.0 + e)
    }
}

/// ln(1 + eˣ), without overflow.
#[must_use]
pub fn softplus(x: f64) -> f64 {
    if x > 0.0 { x + log1p(exp(-x)) } else { log1p(exp(x)) }
}

/// The Euclidean norm, summed from the first coordinate to the last.
///
/// Scaled by the largest coordinate only where the plain sum of squares would overflow or vanish, so that
/// ordinary values give the same bits as the plain formula.
#[must_use]
pub fn norm(v: &[f64]) -> f64 {
    let mut sum = 0.0;
    for x in v {
        sum += x * x;
    }
    if sum.is_finite() && sum > 1e-290 {
        return sum.sqrt();
    }
    let largest = v.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
    if largest == 0.0 || !largest.is_finite() || v.iter().any(|x| x.is_nan()) {
        return if v.iter().any(|x| x.is_nan()) { f64::NAN } else { largest };
    }
    let mut scaled = 0.0;
    for x in v {
        let q = x / largest;
        scaled += q * q;
    }
    largest * scaled.sqrt()
}

/// The dot product, summed from the first coordinate to the last.
#[must_use]
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (x, y) in a.iter().zip(b) {
        sum += x * y;
    }
    sum
}

/// The value, or the end of the range that it lies beyond. The standard library's has a message with floats in it, and
/// with that all of their formatting in the page's download.
#[must_use]
pub fn clamp(v: f64, lo: f64, hi: f64) -> f64 {
    if v < lo {
        lo
    } else if v > hi {
        hi
    } else {
        v
    }
}

/// The value rounded to `digits` significant decimal digits.
#[must_use]
pub fn round_significant(v: f64, digits: i32) -> f64 {
    if v == 0.0 || !v.is_finite() {
        return v;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a decimal exponent is below 400")]
    let exponent = log10(v.abs()).floor() as i32;
    let shift = digits - 1 - exponent;
    // A quotient of two exact numbers is the correctly rounded decimal; a product with 10⁻ᵏ would not be.
    if shift >= 0 {
        let scale = powi(10.0, shift);
        if !scale.is_finite() {
            return v;
        }
        (v * scale).round() / scale
    } else {
        let scale = powi(10.0, -shift);
        (v / scale).round() * scale
    }
}

/// The symmetric 2×2 matrix [[a, b], [b, c]]: its eigenvalues (larger first) and the unit eigenvector of the larger.
#[must_use]
pub fn eigen2(a: f64, b: f64, c: f64) -> ([f64; 2], [f64; 2]) {
    let mean = 0.5 * (a + c);
    let half = 0.5 * (a - c);
    let radius = norm(&[half, b]);
    let values = [mean + radius, mean - radius];
    // Of the two ways to write the eigenvector, take the one without cancellation.
    let (vx, vy) = if half >= 0.0 { (half + radius, b) } else { (b, radius - half) };
    let length = norm(&[vx, vy]);
    let vector = if length > 0.0 { [vx / length, vy / length] } else { [1.0, 0.0] };
    (values, vector)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_keeps_the_shortest_decimal() {
        for (v, digits, want) in [
            (0.123_456, 3, 0.123),
            (1e-7 * 1.234_5, 2, 1.2e-7),
            (98_765.0, 2, 99_000.0),
            (-0.000_999_9, 3, -0.001),
            (0.0, 3, 0.0),
        ] {
            assert_eq!(round_significant(v, digits).to_bits(), f64::to_bits(want), "{v}");
        }
    }

    #[test]
    fn the_norm_survives_the_ends_of_the_range() {
        assert_eq!(norm(&[3.0, 4.0]), 5.0);
        assert!((norm(&[3e200, 4e200]) / 5e200 - 1.0).abs() < 1e-15);
        assert!((norm(&[3e-200, 4e-200]) / 5e-200 - 1.0).abs() < 1e-15);
        assert_eq!(norm(&[0.0, 0.0]), 0.0);
        assert!(norm(&[f64::NAN, 1.0]).is_nan());
        assert_eq!(norm(&[f64::INFINITY, 1.0]), f64::INFINITY);
    }

    #[test]
    fn eigenvectors_solve_their_equation() {
        for (a, b, c) in [(2.0, 1.0, 3.0), (1.0, 0.0, 5.0), (5.0, 0.0, 1.0), (-1.0, 2.0, -4.0)] {
            let ([big, small], [x, y]) = eigen2(a, b, c);
            assert!(big >= small);
            assert!((a * x + b * y - big * x).abs() < 1e-12);
            assert!((b * x + c * y - big * y).abs() < 1e-12);
        }
    }

    #[test]
    fn cube_roots_of_cubes_are_whole_and_others_right_to_the_last_bit_but_one() {
        for whole in 1..2_000_i32 {
            let root = f64::from(whole);
            assert_eq!(cbrt(root * root * root), root);
            assert_eq!(cbrt(-root * root * root), -root);
        }
        for i in 0..200_000_u64 {
            let x = f64::from_bits(i * 46_093_000_000_000 + 1);
            let apart = cbrt(x).to_bits().abs_diff(libm::cbrt(x).to_bits());
            assert!(apart <= 1, "{x:e}: {apart}");
        }
        for odd in [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN_POSITIVE] {
            assert_eq!(cbrt(odd).to_bits(), libm::cbrt(odd).to_bits(), "{odd}");
        }
        assert!(cbrt(f64::NAN).is_nan());
    }

    #[test]
    fn whole_powers_agree_with_products() {
        assert_eq!(powi(1.5, 3), 1.5 * (1.5 * 1.5));
        assert_eq!(powi(2.0, -2), 0.25);
        assert_eq!(powi(7.0, 0), 1.0);
    }
}
