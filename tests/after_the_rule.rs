//! Modifiers that act on the parameters and the state, after the rule; low precision; and all of them switched on and off.

mod common {
    pub mod family;
    pub mod run_text;
    pub mod surface_text;
}

use common::family::with_lr;
use common::run_text::run_spec;
use descent_lab::math::precision::{BF16, F16};
use descent_lab::modifier::{self, After, Draw, ModifierCtx};
use descent_lab::optim::{self, Group, OptimizerSpec, StateKind};
use descent_lab::run::{RunSpec, Runner, trace};
use std::collections::BTreeSet;

/// A run on f = ½(x² + 4y²) from (3, 1), where g = (x, 4y).
fn ravine(run: &str, steps: u32, edits: &str) -> RunSpec {
    run_spec("ravine(kappa=4)", [3.0, 1.0], steps, run, edits).expect(run)
}

/// The named item of the state after all steps.
fn state(spec: &RunSpec, symbol: &str) -> Option<Vec<f64>> {
    let mut runner = Runner::new(spec);
    while runner.step() < spec.steps {
        runner.advance();
    }
    let mut found = None;
    runner.state(&mut |item| {
        if item.symbol == symbol {
            found = Some(item.values.to_vec());
        }
    });
    found
}

fn near(ours: &[f64], want: &[f64]) {
    let close = ours.len() == want.len() && ours.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-12);
    assert!(close, "{ours:?} is not {want:?}");
}

#[test]
fn adam_with_decay_is_adamw_but_for_rounding() {
    for more in ["", ",schedule=cosine,warmup=5", ",beta2=0.9,noise=3"] {
        let run = |method: &str, decay: &str| {
            let text = format!("{method}:lr=0.05,{decay}=0.3{more}");
            trace(&run_spec("rosenbrock", [-1.5, 2.0], 100, &text, "40:lr=0.01").expect("readable"))
        };
        let (ours, adamw) = (run("adam", "decay"), run("adamw", "weight_decay"));
        near(&ours.x, &adamw.x);
        assert_ne!(ours.x, run("adam", "l2").x);
    }
}

#[test]
fn cautious_steps_leave_out_what_goes_uphill() {
    // From (2, 1): b = (2, 4), (1.2, −0.6); g = (1.2, −2.4), b = (3, 1.2): the second coordinate goes against g, and the
    // first step 0.4 · 3 is doubled, or in the paper's form times 2/(1 + 1).
    for (scale, x) in [("kept", -1.2), ("paper", 0.0)] {
        let (run, edits) = ("momentum:lr=0.4,momentum=0.9", format!("1:cautious={scale}"));
        let spec = run_spec("ravine(kappa=4)", [2.0, 1.0], 2, run, &edits).expect("readable");
        near(&trace(&spec).point2(2).expect("a step"), &[x, -0.6]);
    }
    // All uphill: nothing moves, and the buffer goes on. b = 2, then 1.6, 1.2 and 0.8, while g = −0.4.
    let run = "momentum:lr=1.2,momentum=1,cautious=kept";
    let trace = trace(&run_spec("ravine(kappa=1)", [2.0, 2.0], 4, run, "").expect("readable"));
    near(&trace.x[2..4], &[-0.4, -0.4]);
    assert!(trace.x[4..].iter().all(|x| *x == trace.x[2]), "{:?}", trace.x);
}

#[test]
fn the_slow_weights_of_lookahead_follow_every_k_steps() {
    // 3, 2.7, 2.43 → 3 + ½(2.43 − 3) = 2.715; 2.4435, 2.19915 → 2.715 + ½(2.19915 − 2.715)
    let spec = ravine("sgd:lr=0.1,lookahead=2/0.5", 5, "");
    let xs: Vec<f64> = trace(&spec).x.chunks_exact(2).map(|p| p[0]).collect();
    near(&xs, &[3.0, 2.7, 2.715, 2.4435, 2.457_075, 2.211_367_5]);
    assert_eq!(state(&spec, "φ").map(|s| s[0]), Some(xs[4]));
    // With α = 1 it is the method by itself.
    near(&trace(&ravine("adam:lr=0.1,lookahead=3/1", 50, "")).x, &trace(&ravine("adam:lr=0.1", 50, "")).x);
}

#[test]
fn averages_of_the_iterate_leave_the_run_alone() {
    let plain = trace(&ravine("sgd:lr=0.1", 9, ""));
    // ½·3 + ½·2.7, then ½·2.85 + ½·2.43
    let ema = ravine("sgd:lr=0.1,ema=0.5", 2, "");
    assert_eq!(trace(&ema).x, plain.x[..6]);
    near(&state(&ema, "θ_ema").expect("an average")[..1], &[2.64]);
    // The points after steps 2, 5 and 8.
    let swa = ravine("sgd:lr=0.1,swa=2/3", 9, "");
    assert_eq!(trace(&swa).x, plain.x);
    let mean = [0, 1].map(|i| [2, 5, 8].map(|row| plain.x[2 * row + i]).iter().sum::<f64>() / 3.0);
    near(&state(&swa, "θ_swa").expect("a mean"), &mean);
    assert_eq!(state(&ravine("sgd:lr=0.1,swa=2/3", 1, ""), "θ_swa"), None);
    // Switched on during the run it begins there: ½·2.7 + ½·2.43.
    near(&state(&ravine("sgd:lr=0.1", 2, "1:ema=0.5"), "θ_ema").expect("an average")[..1], &[2.565]);
}

#[test]
fn state_in_eight_bits_is_rounded_block_by_block() {
    let rounded = |values: [f64; 2], vector: &[f64]| {
        let (mut x, mut kept) = ([0.0; 2], vector.to_vec());
        modifier::find("state8").expect("registered").new.expect("here")().after(&mut After {
            before: &[0.0; 2],
            x: &mut x,
            grad: &[0.0; 2],
            kept: &mut |visit| visit(&mut kept),
            lr: 1.0,
            t: 1,
            seed: 0,
            values: &values,
        });
        kept
    };
    // Linear: −0.5 · 127 is halfway and goes to the even −64; 0.381 goes to 0.
    near(&rounded([1.0, 256.0], &[1.0, -0.5, 0.003, 0.0]), &[1.0, -64.0 / 127.0, 0.0, 0.0]);
    near(&rounded([1.0, 2.0], &[10.0, 10.0, 0.0, -0.003]), &[10.0, 10.0, 0.0, -0.003]);
    // Dynamic: 64 parts of [0.1, 1] have the middle 0.1 + 28.5·0.9/64 nearest to ½, 16 parts of [0.001, 0.01] the middle
    // 0.001 + 3.5·0.009/16 nearest to 0.003.
    let half = 0.1 + 28.5 * 0.9 / 64.0;
    near(&rounded([0.0, 256.0], &[2.0, -1.0, 0.006, 0.0]), &[2.0, -2.0 * half, 2.0 * 0.002_968_75, 0.0]);
    // 256 numbers and no more; what is rounded stays.
    let steps: Vec<f64> = (-40_000..=40_000).map(|i| f64::from(i) / 40_000.0).collect();
    let once = rounded([0.0, 4096.0], &steps[40_000..]);
    assert_eq!(rounded([0.0, 4096.0], &once), once);
    let fine: Vec<f64> = (0..4_000_000).map(|i| f64::from(i - 2_000_000) / 2e6).chain([1.0]).collect();
    let mut codes: Vec<u64> = fine
        .chunks(3000)
        .flat_map(|c| rounded([0.0, 4096.0], &[c, &[1.0]].concat()))
        .map(f64::to_bits)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 256);
    assert_eq!(rounded([0.0, 2.0], &[0.0, 0.0, f64::INFINITY]), [0.0, 0.0, f64::INFINITY]);
}

#[test]
fn parameters_stored_in_few_bits_lose_small_steps_and_a_master_copy_keeps_them() {
    // Near 3 the numbers of bf16 lie 1/64 apart, and a step of 0.003 is less than half of that.
    let stored = trace(&ravine("sgd:lr=0.001,precision=bf16", 50, ""));
    assert_eq!(stored.x[100], 3.0);
    assert!(stored.x.iter().all(|x| BF16.round(*x) == *x));
    let master = trace(&ravine("sgd:lr=0.001,precision=bf16/1/on", 50, ""));
    assert!(master.x[100] < 2.87, "{}", master.x[100]);
    // Its gradients are those of the rounded parameters: 2.994 still rounds to 3, and 2.991 to 3 − 1/64.
    near(&master.x[6..7], &[2.991]);
    near(&master.x[8..9], &[2.991 - 0.001 * (3.0 - 0.015_625)]);
    let half = trace(&ravine("adam:lr=0.05,precision=f16", 200, ""));
    assert!(half.x.iter().all(|x| F16.round(*x) == *x));
    assert_eq!(
        trace(&ravine("adam:lr=0.05,precision=f64", 50, "")).x,
        trace(&ravine("adam:lr=0.05", 50, "")).x
    );
}

#[test]
fn a_loss_scale_saves_gradients_that_are_too_small_for_the_format() {
    let answer = |values: [f64; 3], g: f64| {
        let mut precision = modifier::find("precision").expect("registered").new.expect("here")();
        let (x, mut grad) = ([0.1, 2.0], [0.0; 2]);
        let ctx = ModifierCtx { x: &x, layout: &[], t: 1, call: 0, seed: 7, anchor: &[], values: &values };
        precision.answer(&ctx, &mut grad, &mut |at, grad, draw| {
            assert_eq!((at, draw), (&[F16.round(0.1), 2.0][..], Draw::Same));
            grad.copy_from_slice(&[g, 1.0]);
            0.0
        });
        (grad, precision.refuses(), precision.refuses())
    };
    // Half the smallest number of f16 is 2⁻²⁵, about 2.98e-8.
    assert_eq!(answer([3.0, 1.0, 0.0], 2e-8), ([0.0, 1.0], false, false));
    let (grad, refused, _) = answer([3.0, 1024.0, 0.0], 2e-8);
    assert!((grad[0] / 2e-8 - 1.0).abs() < 2e-3 && !refused, "{grad:?}");
    assert_eq!(answer([3.0, 1024.0, 0.0], 64.0), ([0.0, 0.0], true, false));
    assert_eq!(answer([3.0, 1.0, 0.0], f64::NAN), ([0.0, 0.0], true, false));
}

#[test]
fn a_gradient_that_overflows_costs_its_step_and_changes_nothing() {
    for method in ["momentum:lr=0.01", "adam:lr=0.05", "adamw:lr=0.05,weight_decay=0.1"] {
        for workers in ["", ",workers=2/3"] {
            let after = "decay=0.1,lookahead=2,ema=0.9";
            let run = format!("{method},precision=f16/16384{workers},{after}");
            let skipping = ravine(&run, 13, "3:precision=f16/1");
            let ours = trace(&skipping);
            let plain = trace(&ravine(&format!("{method},precision=f16/1{workers},{after}"), 10, ""));
            assert_eq!(ours.x[..6], [3.0, 1.0, 3.0, 1.0, 3.0, 1.0], "{run}");
            assert_eq!(ours.x[6..], plain.x, "{run}");
            assert_eq!(ours.evaluations[3], if workers.is_empty() { 3 } else { 6 });
            assert_eq!(state(&skipping, "n_skip"), Some(vec![3.0]));
        }
    }
}

#[test]
fn no_method_notices_a_step_that_was_refused() {
    let asks_at_its_point = |o: &&&OptimizerSpec| !matches!(o.group, Group::GradientFree | Group::Curvature);
    for optimizer in optim::ALL.iter().filter(asks_at_its_point) {
        // Values at which a count or a first step that is off by one shows.
        let more = match optimizer.key {
            "momentum" => ",dampening=0.9",
            "adagrad" => ",lr_decay=0.5",
            "asgd" => ",lambd=1,t0=2",
            _ => "",
        };
        let run = with_lr(optimizer, "0.01") + more;
        let run = run.trim_end_matches(':');
        let join = if run.contains(':') { "," } else { ":" };
        let skipping = trace(&ravine(&format!("{run}{join}precision=f16/16384"), 13, "3:precision=f16/1"));
        let plain = trace(&ravine(&format!("{run}{join}precision=f16/1"), 10, ""));
        assert_eq!(skipping.x[6..], plain.x, "{run}");
    }
}

#[test]
fn every_modifier_acts_from_the_step_at_which_it_is_on_to_the_step_at_which_it_is_off() {
    // Which leave the path of gradient descent on a surface alone.
    const BESIDE: &[&str] = &[
        "batch",
        "dropout",
        "federated",
        "centralise",
        "ema",
        "swa",
        "state8",
        "workers",
        "accumulate",
        "cautious",
    ];
    for spec in modifier::ALL {
        let value = match spec.key {
            "clip_norm" | "clip_value" => "0.01",
            "precision" => "f16",
            "workers" => "4/3",
            _ => "on",
        };
        let edits = format!("10:{key}={value} 30:{key}=off", key = spec.key);
        let spec_of_run = run_spec("ravine", [1.0, 1.0], 40, "sgd:lr=0.02", &edits).expect("readable");
        let trace = trace(&spec_of_run);
        let is_plain = |row: usize| {
            let [x, y] = trace.point2(row).expect("a point");
            trace.point2(row + 1) == Some([x - 0.02 * x, y - 0.02 * (20.0 * y)])
        };
        assert!((0..10).chain(30..40).all(is_plain), "{}", spec.key);
        assert_eq!((10..30).all(is_plain), BESIDE.contains(&spec.key), "{}", spec.key);
    }
}

#[test]
fn with_everything_on_the_state_is_named_once_finite_and_of_the_right_size() {
    let modifiers = "noise=0.1,batch=4,dropout=0.1,sam=0.1,accumulate=2,workers=2/3,federated=2/3/0/1,delay=2,\
                     precision=f32,clip_norm=9,clip_value=9,\
                     centralise=on,l1=0.01,l2=0.01,cautious=kept,decay=0.01,lookahead=4,ema=0.9,swa=5/2,state8=dynamic";
    assert!(modifier::ALL.iter().all(|m| modifiers.contains(&format!("{}=", m.key))));
    for optimizer in optim::ALL {
        let run = format!("{}:{modifiers}", optimizer.key);
        let spec = ravine(&run, 20, "");
        let mut runner = Runner::new(&spec);
        for _ in 0..20 {
            runner.advance();
            let mut seen = BTreeSet::new();
            runner.state(&mut |item| {
                assert!(seen.insert(item.symbol), "{run}: {} stands there twice", item.symbol);
                assert!(item.values.iter().all(|v| v.is_finite()), "{run}: {}", item.symbol);
                if matches!(item.kind, StateKind::Direction | StateKind::Point | StateKind::Spread) {
                    assert_eq!(item.values.len(), 2, "{run}: {}", item.symbol);
                }
            });
        }
    }
}
