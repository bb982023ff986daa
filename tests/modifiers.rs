//! Modifiers: what each does to the gradient, in which order, and that noise belongs to the seed and not to the run.

mod common {
    pub mod run_text;
    pub mod surface_text;
}

use common::run_text::run_spec;
use descent_lab::math::{num, rng};
use descent_lab::modifier::{self, ModifierCtx, When};
use descent_lab::objective::Block;
use descent_lab::param;
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
    ("noise=0/relative", [3.0, 4.0]),
    ("clip_value=3.5", [3.0, 3.5]),
    ("clip_value=0", [0.0, 0.0]),
    // ½(3, 4), then cut off at 1
    ("clip_value=1,clip_norm=2.500001", [1.0, 1.0]),
    // (3, 4) + ½ sign(3, 1)
    ("l1=0.5", [3.5, 4.5]),
    // at (3, 1) + 5(0.6, 0.8) = (6, 5)
    ("sam=5", [6.0, 20.0]),
    ("sam=0", [3.0, 4.0]),
    // L2 pulls from where the run is: (6, 20) + (3, 1)
    ("l2=1,sam=5", [9.0, 21.0]),
    ("accumulate=3", [3.0, 4.0]),
    ("workers=4", [3.0, 4.0]),
    ("workers=4/10", [3.0, 4.0]),
    // Where there are no examples there is nothing to sample or to share out.
    ("batch=2", [3.0, 4.0]),
    ("dropout=0.5", [3.0, 4.0]),
    ("federated=4/10/1", [3.0, 4.0]),
    ("delay=3", [3.0, 4.0]),
    ("precision=f64", [3.0, 4.0]),
    ("precision=f16/8192", [3.0, 4.0]),
    // 4 · 16384 is more than f16 holds: no step
    ("precision=f16/16384", [0.0, 0.0]),
    ("precision=bf16/16384", [3.0, 4.0]),
    // no step is no decay either
    ("precision=f16/16384,decay=0.5", [0.0, 0.0]),
    ("centralise=on", [3.0, 4.0]),
    ("cautious=kept", [3.0, 4.0]),
    // times 2/(2 + 1)
    ("cautious=paper", [2.0, 2.666_666_666_666_666_5]),
    // (3, 4) + ½(3, 1), unlike L2 not clipped and not seen by the rule
    ("decay=0.5", [4.5, 4.5]),
    // half of the way
    ("lookahead=1/0.5", [1.5, 2.0]),
    ("lookahead=2/0.5", [3.0, 4.0]),
    // (3, 4) and ½(3, 1), then half of it
    ("lookahead=1/0.5,decay=0.5", [2.25, 2.25]),
    ("ema=0.5", [3.0, 4.0]),
    ("swa=1/1", [3.0, 4.0]),
    ("state8=linear", [3.0, 4.0]),
];

/// What a step of gradient descent costs.
const COSTS: &[(&str, u32)] = &[
    ("noise=1,clip_norm=1,clip_value=1,l1=1,l2=1,centralise=on,delay=3,precision=f16", 1),
    ("cautious=kept,decay=0.1,lookahead=5,ema=0.9,swa=1/1,state8=linear", 1),
    ("accumulate=4", 4),
    ("workers=3", 3),
    ("workers=3/5", 3),
    ("workers=1/5", 1),
    ("federated=3/5", 3),
    ("batch=2,dropout=0.5", 1),
    ("sam=0.1", 2),
    ("sam=0.1,accumulate=3", 6),
    ("accumulate=2,workers=3", 6),
    ("accumulate=2,workers=3/5,sam=0.1", 12),
];

#[test]
fn a_step_costs_what_its_modifiers_ask() {
    for (modifiers, cost) in COSTS {
        let trace = trace(&ravine(&format!("sgd:lr=0.01,{modifiers}"), 12));
        for (row, evaluations) in (0..).zip(&trace.evaluations) {
            assert_eq!(*evaluations, row * cost, "{modifiers}, row {row}");
        }
    }
}

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
        let ctx = modifier::ModifierCtx {
            x: &[0.0; 2],
            layout: &[],
            t,
            call,
            seed: 7,
            anchor: &[],
            values: &[1.0, 0.0],
        };
        spec.new.expect(spec.key)().gradient(&mut grad, &ctx);
        grad
    };
    assert_ne!(draw(1, 0), draw(1, 1));
    assert_ne!(draw(1, 0), draw(2, 0));
    assert_eq!(draw(1, 1), draw(1, 1));
}

/// The draws of a step of the runs above, one for each coordinate.
fn draw(t: u64, call: u64) -> [f64; 2] {
    [0, 1].map(|i| rng::normal(7, t << 32 | call, i))
}

#[test]
fn relative_noise_is_measured_by_the_length_of_the_gradient() {
    let g = first_gradient("noise=0.5/relative");
    let z = draw(1, 0);
    for (i, plain) in [3.0, 4.0].into_iter().enumerate() {
        let want = plain + 0.5 * 5.0 / 2.0_f64.sqrt() * z[i];
        assert!((g[i] - want).abs() < 1e-14, "{g:?}");
    }
    // Where there is no gradient there is no noise.
    let spec = run_spec("ravine", [0.0, 0.0], 5, "sgd:lr=1,noise=9/relative", "").expect("readable");
    assert_eq!(trace(&spec).point2(5), Some([0.0, 0.0]));
}

#[test]
fn accumulated_gradients_have_noise_of_their_own_and_are_averaged() {
    for run in ["accumulate=3", "workers=3"] {
        let g = first_gradient(&format!("noise=0.5,{run}"));
        for (i, plain) in [3.0, 4.0].into_iter().enumerate() {
            let noise = draw(1, 0)[i] + draw(1, 1)[i] + draw(1, 2)[i];
            assert!((g[i] - (plain + 0.5 * noise / 3.0)).abs() < 1e-14, "{run}: {g:?}");
        }
    }
    // The mean of 16 gradients strays a quarter as far as one.
    let strays = |run: &str| {
        let trace = trace(&run_spec("ravine(kappa=1)", [0.0, 0.0], 2000, run, "").expect("readable"));
        let jump = |row: usize| trace.x[2 * row + 2] - trace.x[2 * row] * 0.5;
        ((0..2000).map(|row| jump(row) * jump(row)).sum::<f64>() / 2000.0).sqrt()
    };
    let ratio = strays("sgd:lr=0.5,noise=1") / strays("sgd:lr=0.5,noise=1,accumulate=16");
    assert!((ratio - 4.0).abs() < 0.2, "{ratio}");
}

#[test]
fn both_gradients_of_sharpness_awareness_meet_the_same_noise() {
    let g = first_gradient("noise=0.5,sam=2");
    let z = draw(1, 0);
    let first = [3.0 + 0.5 * z[0], 4.0 + 0.5 * z[1]];
    let scale = 2.0 / num::norm(&first);
    let uphill = [3.0 + scale * first[0], 1.0 + scale * first[1]];
    let want = [uphill[0] + 0.5 * z[0], 4.0 * uphill[1] + 0.5 * z[1]];
    assert!((g[0] - want[0]).abs() < 1e-14 && (g[1] - want[1]).abs() < 1e-14, "{g:?} is not {want:?}");
}

#[test]
fn where_a_coordinate_is_zero_l1_does_not_pull() {
    let spec = run_spec("ravine", [0.0, -1.0], 1, "sgd:lr=1,l1=0.5", "").expect("readable");
    // (0, −20) − ½ sign
    assert_eq!(trace(&spec).point2(1), Some([0.0, 19.5]));
}

#[test]
fn centralising_takes_the_mean_of_every_row_of_a_matrix_and_leaves_vectors() {
    let spec = modifier::find("centralise").expect("registered");
    let layout = [Block { offset: 0, rows: 2, cols: 3 }, Block { offset: 6, rows: 2, cols: 1 }];
    let ctx = modifier::ModifierCtx {
        x: &[0.0; 8],
        layout: &layout,
        t: 1,
        call: 0,
        seed: 7,
        anchor: &[],
        values: &[],
    };
    let mut grad = [1.0, 2.0, 3.0, 4.0, 4.0, 10.0, 5.0, 7.0];
    spec.new.expect(spec.key)().gradient(&mut grad, &ctx);
    assert_eq!(grad, [-1.0, 0.0, 1.0, -2.0, -2.0, 4.0, 5.0, 7.0]);
}

/// x after each step of gradient descent with rate 0.1, where the gradient in x is x.
fn xs(run: &str, edits: &str, steps: u32) -> Vec<f64> {
    let run = format!("sgd:lr=0.1,{run}");
    let trace = trace(&run_spec("ravine(kappa=4)", [3.0, 1.0], steps, &run, edits).expect("readable"));
    trace.x.chunks_exact(2).map(|p| p[0]).collect()
}

fn same(ours: &[f64], want: &[f64]) {
    assert_eq!(ours.len(), want.len());
    let near = ours.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-12);
    assert!(near, "{ours:?} is not {want:?}");
}

#[test]
fn a_delayed_gradient_is_that_of_so_many_steps_ago() {
    // 3 three times, then 2.7 and 2.4
    same(&xs("delay=2", "", 5), &[3.0, 2.7, 2.4, 2.1, 1.83, 1.59]);
    assert_eq!(xs("delay=0", "", 9), xs("", "", 9));
    // Without delay from step 3 on: the gradient there is 2.1.
    same(&xs("delay=2", "3:delay=0", 4), &[3.0, 2.7, 2.4, 2.1, 1.89]);
    // With more from step 4 on: of those that are left the oldest is 2.4, until there are enough; then 2.13.
    same(&xs("delay=1", "4:delay=3", 7), &[3.0, 2.7, 2.4, 2.13, 1.89, 1.65, 1.41, 1.197]);
    // Switched off and on again it begins anew.
    same(&xs("delay=2", "3:delay=off 4:delay=2", 5), &[3.0, 2.7, 2.4, 2.1, 1.89, 1.701]);
}

#[test]
fn the_second_gradient_of_a_step_gets_the_second_of_the_earlier_one() {
    let mut delay = modifier::find("delay").expect("registered").new.expect("here")();
    let mut ask = |t: u32, g: f64| {
        let mut grad = [g, -g];
        let ctx = modifier::ModifierCtx {
            x: &[0.0; 2],
            layout: &[],
            t,
            call: 0,
            seed: 7,
            anchor: &[],
            values: &[1.0],
        };
        delay.gradient(&mut grad, &ctx);
        assert_eq!(grad[0], -grad[1]);
        grad[0]
    };
    let answers = [(1, 1.0), (1, 2.0), (2, 3.0), (2, 4.0), (2, 5.0), (3, 6.0)].map(|(t, g)| ask(t, g));
    // Step 2 asks once more than step 1 did.
    assert_eq!(answers, [1.0, 2.0, 1.0, 2.0, 2.0, 3.0]);
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

/// A modifier says when it acts, and that is when it does.
#[test]
fn modifiers_act_when_they_say() {
    let listed: Vec<&str> =
        modifier::by_time().iter().flat_map(|(_, specs)| specs.iter().map(|s| s.key)).collect();
    assert_eq!(
        listed,
        modifier::ALL.iter().map(|s| s.key).collect::<Vec<_>>(),
        "in the order in which they act"
    );
    let layout = [Block::vector(2)];
    for (when, specs) in modifier::by_time() {
        for spec in specs {
            let values = param::defaults(spec.params);
            let x = [0.3, -1.1];
            let ctx =
                ModifierCtx { x: &x, layout: &layout, t: 1, call: 0, seed: 7, anchor: &[], values: &values };
            let mut asked = Vec::new();
            let mut grad = [0.0; 2];
            let mut modifier = spec.new.expect("all are here")();
            modifier.answer(&ctx, &mut grad, &mut |at, grad, _| {
                asked.push(at.to_vec());
                grad.copy_from_slice(&[3.0, -40.0]);
                1.0
            });
            match when {
                When::Asked => {}
                When::Before => assert_eq!(asked, [x.to_vec()], "{}", spec.key),
                When::After => {
                    assert_eq!((asked.len(), grad), (1, [3.0, -40.0]), "{}", spec.key);
                }
            }
        }
    }
}

#[test]
fn what_is_for_matrices_changes_nothing_on_a_surface() {
    let for_matrices: Vec<_> = modifier::ALL.iter().filter(|s| s.is_for_matrices()).collect();
    assert!(!for_matrices.is_empty());
    for spec in for_matrices {
        let run = |text: &str| trace(&run_spec("rosenbrock", [-1.5, 2.0], 50, text, "").expect("readable"));
        assert_eq!(run("adam:lr=0.05"), run(&format!("adam:lr=0.05,{}=on", spec.key)), "{}", spec.key);
    }
}
