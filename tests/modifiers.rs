//! Modifiers: what each does to the gradient, in which order, and that noise belongs to the seed and not to the run.

mod common {
    pub mod run_text;
    pub mod surface_text;
}

use common::run_text::run_spec;
use descent_lab::math::{num, rng};
use descent_lab::modifier;
use descent_lab::run::{RunSpec, trace};

/// On f = ½(x² + 4y²): g = (x, 4y), at (3, 1) it is (3, 4) with norm 5.
fn ravine(run: &str, steps: u32) -> RunSpec {
    run_spec("ravine(kappa=4)", [3.0, 1.0], steps, run, "").expect(run)
}

/// What the first step of gradient descent with rate 1 takes away: the modified gradient.
fn first_gradient(modifiers: &str) -> [f64; 2] {
    let after = trace(&ravine(&format!("sgd:lr=1,{modifiers}"), 1)).point2(1).expect("a step");
    [3.0 - after[0], 1.0 - after[1]]
}

/// Modifiers, and the gradient that is left of (3, 4).
const ROWS: &[(&str, [f64; 2])] = &[
    ("", [3.0, 4.0]),
    // 1/(5 + 10⁻⁶) of (3, 4)
    ("clip_norm=1", [0.599_999_880_000_024, 0.799_999_840_000_032]),
    // shorter than the bound: as it is
    ("clip_norm=5.1", [3.0, 4.0]),
    ("clip_norm=0", [0.0, 0.0]),
    // (3, 4) + ½(3, 1)
    ("l2=0.5", [4.5, 4.5]),
    // first clipped to ½(3, 4), then (3, 1) added, whatever the order in the text
    ("clip_norm=2.500001,l2=1", [4.500_000_3, 3.000_000_4]),
    ("l2=1,clip_norm=2.500001", [4.500_000_3, 3.000_000_4]),
    ("noise=0", [3.0, 4.0]),
];

#[test]
fn each_modifier_does_what_its_rule_says() {
    for (modifiers, [x, y]) in ROWS {
        let g = first_gradient(modifiers);
        assert!((g[0] - x).abs() < 1e-7 && (g[1] - y).abs() < 1e-7, "{modifiers}: {g:?} is not {:?}", [x, y]);
    }
    let exact = first_gradient("clip_norm=1");
    assert!((num::norm(&exact) - 5.0 / 5.000_001).abs() < 1e-15, "{exact:?}");
}

#[test]
fn every_modifier_has_a_row() {
    for spec in modifier::ALL {
        let named = |r: &(&str, _)| r.0.contains(&format!("{}=", spec.key));
        assert!(ROWS.iter().any(named), "{} has no row", spec.key);
    }
}

#[test]
fn noise_is_added_before_the_clip() {
    for seed in 0..20 {
        let mut spec = ravine("sgd:lr=1,noise=1000,clip_norm=1", 30);
        spec.seed = seed;
        let trace = trace(&spec);
        for row in 0..30 {
            let ([a, b], [c, d]) = (trace.point2(row).unwrap(), trace.point2(row + 1).unwrap());
            assert!(num::norm(&[c - a, d - b]) < 1.0 + 1e-9);
        }
    }
}

#[test]
fn noise_is_drawn_from_the_seed_the_step_and_the_coordinate() {
    let spec = ravine("sgd:lr=0.1,noise=0.5", 50);
    let trace = trace(&spec);
    for (row, t) in (0..50).zip(1_u64..) {
        let ([x, y], after) = (trace.point2(row).unwrap(), trace.point2(row + 1).unwrap());
        let z = [rng::normal(spec.seed, t << 32, 0), rng::normal(spec.seed, t << 32, 1)];
        let want = [x - 0.1 * (x + 0.5 * z[0]), y - 0.1 * (4.0 * y + 0.5 * z[1])];
        for (a, b) in after.iter().zip(want) {
            assert!((a - b).abs() < 1e-14, "step {t}: {after:?} is not {want:?}");
        }
    }
}

#[test]
fn runs_with_the_same_seed_meet_the_same_noise_and_others_do_not() {
    let noise = |optimizer: &str, seed: u64| {
        let mut spec = ravine(&format!("{optimizer}:lr=0.25,noise=0.5"), 1);
        spec.seed = seed;
        let after = trace(&spec).point2(1).unwrap();
        [(3.0 - after[0]) / 0.25 - 3.0, (1.0 - after[1]) / 0.25 - 4.0]
    };
    let (a, b) = (noise("sgd", 1), noise("momentum", 1));
    assert!((a[0] - b[0]).abs() < 1e-14 && (a[1] - b[1]).abs() < 1e-14, "{a:?} {b:?}");
    assert!((a[0] - a[1]).abs() > 1e-3, "both coordinates: {a:?}");
    assert!((a[0] - noise("sgd", 2)[0]).abs() > 1e-3);
}

#[test]
fn a_second_gradient_within_a_step_meets_other_noise() {
    // The method that takes its gradient elsewhere still meets the first draw of its step.
    let paper = trace(&ravine("nesterov:lr=0.1,momentum=0,convention=paper,noise=0.5", 20));
    let plain = trace(&ravine("sgd:lr=0.1,noise=0.5", 20));
    for row in 0..=20 {
        let (a, b) = (paper.point2(row).unwrap(), plain.point2(row).unwrap());
        assert!((a[0] - b[0]).abs() < 1e-13 && (a[1] - b[1]).abs() < 1e-13);
    }
    let spec = modifier::find("noise").expect("registered");
    let draw = |t: u32, call: u32| {
        let mut grad = [0.0; 2];
        let ctx = modifier::ModifierCtx { x: &[0.0; 2], t, call, seed: 7, values: &[1.0] };
        spec.new.expect(spec.key)().gradient(&mut grad, &ctx);
        grad
    };
    assert_ne!(draw(1, 0), draw(1, 1));
    assert_ne!(draw(1, 0), draw(2, 0));
    assert_eq!(draw(1, 1), draw(1, 1));
}

#[test]
fn the_picture_shows_the_function_and_not_what_modifiers_make_of_it() {
    let trace = trace(&ravine("sgd:lr=0.1,noise=0.5,clip_norm=1,l2=0.3", 40));
    for row in 0..=40 {
        let [x, y] = trace.point2(row).unwrap();
        assert!((trace.loss[row] - 0.5 * (x * x + 4.0 * y * y)).abs() < 1e-14);
        assert!((trace.grad_norm[row] - num::norm(&[x, 4.0 * y])).abs() < 1e-14);
    }
}
