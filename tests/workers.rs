//! Workers that take steps alone and then meet: local SGD.

mod common {
    pub mod family;
    pub mod replay;
    pub mod run_text;
    pub mod surface_text;
    pub mod tried;
}

use common::run_text::run_spec;
use common::tried::follows;
use descent_lab::math::rng;
use descent_lab::optim::{self, Init, Optimizer, OptimizerSpec, StateItem, StepCtx};
use descent_lab::run::{RunSpec, Runner, trace};

/// A run on f = ½(x² + 4y²) from (3, 1), where g = (x, 4y).
fn ravine(run: &str, steps: u32, edits: &str) -> RunSpec {
    run_spec("ravine(kappa=4)", [3.0, 1.0], steps, run, edits).expect(run)
}

/// Where every worker is.
fn workers(runner: &Runner) -> Vec<[f64; 2]> {
    let mut points = Vec::new();
    runner.state(&mut |item| {
        if item.symbol == "θ_w" {
            points.extend(item.values.chunks_exact(2).map(|p| [p[0], p[1]]));
        }
    });
    points
}

#[test]
fn workers_go_alone_with_noise_of_their_own_and_meet_at_their_mean() {
    let spec = ravine("sgd:lr=0.1,noise=0.5,workers=3/4", 24, "");
    let mut runner = Runner::new(&spec);
    let mut ours = vec![[3.0, 1.0]; 3];
    for t in 1..=24_u64 {
        runner.advance();
        for (w, point) in (0..).zip(&mut ours) {
            let z = [0, 1].map(|i| rng::normal(spec.seed, t << 32 | w, i));
            point[0] -= 0.1 * (point[0] + 0.5 * z[0]);
            point[1] -= 0.1 * (4.0 * point[1] + 0.5 * z[1]);
        }
        let mean = [0, 1].map(|i| ours.iter().map(|p| p[i]).sum::<f64>() / 3.0);
        for (a, b) in runner.x().iter().zip(mean) {
            assert!((a - b).abs() < 1e-13, "step {t}");
        }
        let theirs = workers(&runner);
        let together = theirs.iter().all(|p| *p == theirs[0]);
        assert_eq!(together, t % 4 == 0, "step {t}: {theirs:?}");
        if t % 4 == 0 {
            ours.fill(mean);
        }
        for (a, b) in theirs.as_flattened().iter().zip(ours.as_flattened()) {
            assert!((a - b).abs() < 1e-13, "step {t}");
        }
        assert_eq!(u64::from(runner.counts().evaluations()), 3 * t);
    }
}

/// Steps by a draw of its own, and asks nothing.
#[derive(Clone)]
struct Wanders;

impl Optimizer for Wanders {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        x[0] += ctx.normal(0);
    }

    fn state(&self, _: &mut dyn FnMut(StateItem<'_>)) {}

    fn kept(&mut self, _: &mut dyn FnMut(&mut [f64])) {}
}

#[test]
fn what_a_method_draws_itself_differs_from_worker_to_worker() {
    let sgd = optim::find("sgd").expect("registered");
    let new: Option<optim::New> = Some(|_: &Init<'_>| Box::new(Wanders));
    let wanders = Box::leak(Box::new(OptimizerSpec { key: "wanders", new, ..*sgd }));
    let alone = |workers: &str| {
        let mut spec = ravine(&format!("sgd:lr=0.1{workers}"), 3, "");
        spec.settings.optimizer = wanders;
        let mut runner = Runner::new(&spec);
        runner.advance();
        (runner.x()[0] - 3.0, self::workers(&runner).iter().map(|p| p[0] - 3.0).collect::<Vec<_>>())
    };
    let (mean, steps) = alone(",workers=3/2");
    assert!((steps.iter().sum::<f64>() / 3.0 - mean).abs() < 1e-14);
    assert!(steps[0] != steps[1] && steps[1] != steps[2] && steps[0] != steps[2], "{steps:?}");
    // The first worker draws what a run without workers does.
    assert!((alone("").0 - steps[0]).abs() < 1e-14);
}

#[test]
fn without_noise_all_workers_are_one() {
    // Four equal numbers have exactly their mean.
    for method in ["sgd:lr=0.1", "momentum:lr=0.05", "adam:lr=0.1", "nesterov:lr=0.05,convention=paper"] {
        let (side, plain) = (ravine(&format!("{method},workers=4/7"), 60, ""), ravine(method, 60, ""));
        assert_eq!(trace(&side).x, trace(&plain).x, "{method}");
    }
}

#[test]
fn with_an_average_at_every_step_it_is_the_gradients_that_are_averaged() {
    let with = |more: &str| trace(&ravine(&format!("adam:lr=0.1,noise=1,{more}"), 40, "")).x;
    assert_eq!(with("workers=5"), with("accumulate=5"));
    assert_eq!(with("workers=1/9"), with("accumulate=1"));
    assert_ne!(with("workers=5/2"), with("workers=5"));
}

#[test]
fn workers_come_and_go_during_a_run() {
    for method in ["momentum:lr=0.02", "adam:lr=0.05"] {
        let run = format!("{method},noise=1");
        let edits = "5:workers=3/4 15:workers=3/2 21:workers=2/8 30:decay=0.2 33:lookahead=2 40:workers=off";
        let spec = ravine(&run, 50, edits);
        let (ours, plain) = (trace(&spec), trace(&ravine(&run, 50, "")));
        follows(&ours, &spec).unwrap_or_else(|e| panic!("{run}: {e}"));
        assert_eq!(ours.x[..12], plain.x[..12], "{run}: the past changed");
        assert_ne!(ours.x[12..14], plain.x[12..14], "{run}");
        let cost = |row: usize| ours.evaluations[row + 1] - ours.evaluations[row];
        assert_eq!([cost(4), cost(5), cost(20), cost(21), cost(39), cost(40)], [1, 3, 3, 2, 2, 1], "{run}");
    }
}

#[test]
fn what_acts_after_the_rule_acts_on_every_worker() {
    // Decay of the mean by a share of it moves all by the same; at the meeting they are at the mean anyhow.
    let spec = ravine("sgd:lr=0.1,noise=0.5,workers=2/50,decay=1", 10, "");
    let mut runner = Runner::new(&spec);
    for _ in 0..9 {
        runner.advance();
    }
    let (x, before) = (runner.x().to_vec(), workers(&runner));
    // The picture of the workers is that before the decay: their mean less a tenth of the mean of the step before.
    let mean = [0, 1].map(|i| f64::midpoint(before[0][i], before[1][i]));
    assert!((mean[0] - x[0]).abs() > 1e-6 && (mean[1] - x[1]).abs() > 1e-9, "{mean:?} {x:?}");
    runner.advance();
    let after = workers(&runner);
    for i in 0..2 {
        let gap = |points: &[[f64; 2]]| points[0][i] - points[1][i];
        let noise = |w: u64| rng::normal(spec.seed, 10 << 32 | w, u64::try_from(i).expect("small"));
        let rate = [1.0, 4.0][i];
        let want = gap(&before) * (1.0 - 0.1 * rate) - 0.05 * (noise(0) - noise(1));
        assert!((gap(&after) - want).abs() < 1e-12, "{} is not {want}", gap(&after));
    }
}
