//! Parameters: how their values are checked, written, read and moved on their sliders, for every one there is.

mod common {
    pub mod cases;
    pub mod entries;
}

use common::cases::cases;
use common::entries::{Entry, entries};
use descent_lab::math::num;
use descent_lab::param::{ParamSpec, Scale, number};
use descent_lab::schedule;
use proptest::prelude::*;

/// Every parameter there is, with its owner for messages.
fn params() -> Vec<(String, ParamSpec)> {
    let own = |e: &Entry| -> Vec<_> {
        let named = |p: &ParamSpec| (format!("{} {} {}", e.kind, e.key, p.key), *p);
        e.params.iter().map(named).collect()
    };
    let mut all: Vec<_> = entries().iter().flat_map(own).collect();
    all.push(("schedule warmup".to_owned(), schedule::WARMUP));
    all
}

#[test]
fn defaults_may_be_used_and_stand_on_their_sliders() {
    // owner and parameter, and why its default lies beside the slider
    const BESIDE: &[(&str, &str)] = &[];
    // and why its default lies between two stops of the slider
    const BETWEEN: &[(&str, &str)] =
        &[("optim particle_swarm c", "1.49445 is what is published; the slider moves by thousandths")];
    for (name, p) in params() {
        assert_eq!(p.check(p.default), Ok(p.default), "{name}");
        let (lo, hi) = p.slider;
        assert!(p.min <= lo && lo < hi && hi <= p.max, "{name}: {:?}", p.slider);
        assert_eq!(p.check(lo), Ok(lo), "{name}");
        assert_eq!(p.check(hi), Ok(hi), "{name}");
        let beside = BESIDE.iter().any(|(n, _)| *n == name);
        assert_eq!((lo..=hi).contains(&p.default), !beside, "{name}");
        let stop = p.at(p.position(p.default));
        if BETWEEN.iter().any(|(n, _)| *n == name) {
            assert!(stop != p.default && (stop - p.default).abs() < 1e-3, "{name}");
        } else if !beside {
            assert_eq!(stop.to_bits(), p.default.to_bits(), "{name}");
        }
    }
}

#[test]
fn a_slider_reaches_its_ends_and_never_turns_back() {
    for (name, p) in params() {
        assert_eq!(p.at(0.0), p.slider.0, "{name}");
        assert_eq!(p.at(1.0), p.slider.1, "{name}");
        assert_eq!((p.position(p.slider.0), p.position(p.slider.1)), (0.0, 1.0), "{name}");
        let mut last = f64::NEG_INFINITY;
        for i in 0..=1000 {
            let value = p.at(f64::from(i) / 1000.0);
            assert!(value >= last, "{name}: {value} after {last}");
            assert_eq!(p.check(value), Ok(value), "{name}");
            // Let go and taken up again, it stays where it is.
            assert_eq!(p.at(p.position(value)), value, "{name}");
            last = value;
        }
    }
}

#[test]
fn a_value_outside_the_range_is_refused_with_the_range() {
    for (name, p) in params() {
        for value in [f64::NAN, f64::INFINITY, p.max + p.max.abs() + 1.0, p.min - p.min.abs() - 1.0] {
            let error = p.check(value).expect_err(&name).to_string();
            assert!(error.starts_with(p.key), "{error}");
        }
        if matches!(p.scale, Scale::Integer | Scale::Switch | Scale::Choice(_)) {
            assert!(p.check(p.min + 0.5).is_err(), "{name}");
        }
        for text in ["", "x", "1,5", "NaN", "inf", "0x10"] {
            let error = p.parse(text).expect_err(&name).to_string();
            assert!(error.starts_with(p.key), "{error}");
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn what_is_written_reads_back_to_the_same_bits(share in 0.0..1.0_f64, decade in -12.0..12.0_f64, bits: u64) {
        for (name, p) in params() {
            let evenly = p.min + share * (p.max - p.min);
            let by_decades = num::pow(10.0, decade);
            for v in [evenly, by_decades, -by_decades, f64::from_bits(bits), p.min, p.max] {
                let v = if matches!(p.scale, Scale::Linear | Scale::Log | Scale::Complement) { v } else { v.round() };
                let Ok(v) = p.check(v) else { continue };
                let text = p.format(v);
                prop_assert_eq!(p.parse(&text).map(f64::to_bits), Ok(v.to_bits()), "{} {}", name, text);
                prop_assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c)), "{} {}", name, text);
            }
        }
    }
}

#[test]
fn numbers_are_written_as_people_write_them() {
    for (value, text) in [
        (0.0, "0"),
        (1.0, "1"),
        (-0.5, "-0.5"),
        (0.1 + 0.2, "0.30000000000000004"),
        (0.0001, "0.0001"),
        (0.00001, "1e-5"),
        (1.5e-8, "1.5e-8"),
        (20_000.0, "20000"),
        (123_456_789.0, "123456789"),
        (1e15, "1e15"),
        (-2e300, "-2e300"),
    ] {
        assert_eq!(number(value), text);
        assert_eq!(text.parse::<f64>().map(f64::to_bits), Ok(value.to_bits()));
    }
}
