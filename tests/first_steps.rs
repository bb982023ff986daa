//! The first steps of every optimizer and every convention, worked out by hand.
//!
//! All on f = ½(x² + 4y²), so g = (x, 4y), and all but a few from (2, 1), so that the first gradient is (2, 4).

mod common {
    pub mod family;
    pub mod run_text;
    pub mod surface_text;
}

use common::family::{FAMILIES, Row};
use common::run_text::run_spec;
use descent_lab::optim;
use descent_lab::param::Scale;
use descent_lab::run::trace;

#[test]
fn the_first_steps_are_those_worked_out_by_hand() {
    for Row { run, start, points } in FAMILIES.iter().flat_map(|f| f.first) {
        let steps = u32::try_from(points.len()).expect("a few");
        let spec = run_spec("ravine(kappa=4)", *start, steps, run, "").expect(run);
        let trace = trace(&spec);
        assert_eq!(trace.point2(0), Some(*start), "{run}");
        for (step, want) in (1..).zip(*points) {
            let point = trace.point2(step).expect("a point");
            for (a, b) in point.iter().zip(want) {
                assert!((a - b).abs() < 2e-15, "{run}, step {step}: {point:?} is not {want:?}");
            }
        }
    }
}

#[test]
fn every_optimizer_convention_and_switch_has_a_row() {
    let rows: Vec<_> = FAMILIES.iter().flat_map(|f| f.first).map(|r| r.run).collect();
    let named = |part: &str, key: &str| {
        rows.iter().any(|run| run.starts_with(&format!("{key}:")) && run.contains(part))
    };
    for spec in optim::ALL {
        assert!(named("", spec.key), "{} has no row", spec.key);
        for p in spec.params {
            let words: Vec<&str> = match p.scale {
                Scale::Choice(words) => words[1..].to_vec(),
                Scale::Switch if p.default == 0.0 => vec!["on"],
                Scale::Switch => vec!["off"],
                _ => continue,
            };
            for word in words {
                let item = format!("{}={word}", p.key);
                assert!(named(&item, spec.key), "{}:{item} has no row", spec.key);
            }
        }
    }
}
