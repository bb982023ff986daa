use super::super::{num, rng};
use super::*;

/// Arguments of all sizes, both signs, and many of ordinary size.
fn arguments() -> impl Iterator<Item = f64> {
    let sized = (0..4_000).map(|i| {
        let power = num::powi(2.0, -60 + i32::try_from(rng::bits(5, 1, i) % 69).expect("small"));
        rng::normal(5, 0, i) * power
    });
    sized.chain((-80_000..=80_000).map(|i| f64::from(i) * 0.000_937))
}

/// The largest distance of two functions, in units in the last place of the second.
fn units(f: impl Fn(f64) -> f64, exact: impl Fn(f64) -> f64, arguments: impl Iterator<Item = f64>) -> f64 {
    let mut most = 0.0_f64;
    for x in arguments {
        let (ours, want) = (f(x), exact(x));
        if ours.to_bits() == want.to_bits() {
            continue;
        }
        let unit = f64::from_bits(want.abs().to_bits() + 1) - want.abs();
        let error = (ours - want).abs() / unit;
        assert!(error.is_finite(), "{x}: {ours} is not {want}");
        most = most.max(error);
    }
    most
}

#[test]
fn each_function_is_within_its_error_of_the_accurate_one() {
    let inside = || arguments().filter(|x| x.abs() < 708.0);
    for (name, error, most) in [
        ("exp", units(exp, num::exp, inside()), 2.0),
        ("expm1", units(expm1, num::expm1, inside()), 3.0),
        ("tanh", units(tanh, num::tanh, arguments()), 4.0),
        ("sigmoid", units(sigmoid, num::sigmoid, inside()), 3.0),
        ("softplus", units(softplus, num::softplus, inside()), 3.0),
        ("ln", units(ln, num::ln, arguments().map(f64::abs).filter(|x| *x > 0.0)), 2.0),
    ] {
        println!("{name}: {error}");
        assert!(error <= most, "{name}: {error} units");
    }
}

#[test]
fn the_ends_of_the_range_are_what_they_should_be() {
    let infinity = f64::INFINITY;
    for (name, got, want) in [
        ("exp ∞", exp(infinity), infinity),
        ("exp −∞", exp(-infinity), 0.0),
        ("exp 709", exp(709.0), infinity),
        ("exp −1e300", exp(-1e300), 0.0),
        ("expm1 ∞", expm1(infinity), infinity),
        ("expm1 −∞", expm1(-infinity), -1.0),
        ("tanh ∞", tanh(infinity), 1.0),
        ("tanh −1e308", tanh(-1e308), -1.0),
        ("sigmoid ∞", sigmoid(infinity), 1.0),
        ("sigmoid −∞", sigmoid(-infinity), 0.0),
        ("softplus ∞", softplus(infinity), infinity),
        ("softplus −∞", softplus(-infinity), 0.0),
        ("ln ∞", ln(infinity), infinity),
        ("ln 1", ln(1.0), 0.0),
        ("exp 0", exp(0.0), 1.0),
        ("sigmoid 0", sigmoid(0.0), 0.5),
    ] {
        assert_eq!(got, want, "{name}");
    }
    assert_eq!(tanh(-0.0).to_bits(), (-0.0_f64).to_bits());
    for f in [exp, expm1, tanh, sigmoid, softplus, ln] {
        assert!(f(f64::NAN).is_nan());
    }
}
