//! What a method may ask during a step: every question is counted, gradients come modified, and looking costs nothing.

mod common {
    pub mod run_text;
    pub mod surface_text;
}

use common::run_text::run_spec;
use descent_lab::math::rng;
use descent_lab::optim::{self, Init, Optimizer, OptimizerSpec, StateItem, StepCtx};
use descent_lab::run::{RunSpec, Runner, Settings, trace};

/// Asks for everything: two gradients at the point, three values, a Hessian. Moves by the difference of the gradients.
#[derive(Clone)]
struct Curious {
    seen: Vec<f64>,
}

impl Optimizer for Curious {
    fn step(&mut self, x: &mut [f64], ctx: &mut StepCtx<'_>) {
        let mut h = [0.0; 4];
        assert!(ctx.oracle.hessian(x, &mut h));
        let first = ctx.gradient(x).to_vec();
        let second = ctx.gradient(x).to_vec();
        let values = [1.0, 2.0, 3.0].map(|k| ctx.oracle.value(&[k * x[0], k * x[1]]));
        let least = ctx.oracle.known_minimum().expect("known");
        for ((x, a), b) in x.iter_mut().zip(&first).zip(&second) {
            *x += a - b;
        }
        self.seen = [&h[..], &first, &second, &values, &[least]].concat();
    }

    fn state(&self, show: &mut dyn FnMut(StateItem<'_>)) {
        show(StateItem { symbol: "a", name: "answers", kind: optim::StateKind::Number, values: &self.seen });
    }

    fn kept(&mut self, _: &mut dyn FnMut(&mut [f64])) {}
}

/// A run of that method on f = ½(x² + 4y²) from (2, 1).
fn run(modifiers: &str) -> RunSpec {
    let sgd = optim::find("sgd").expect("registered");
    let curious = OptimizerSpec {
        key: "curious",
        new: Some(|_: &Init<'_>| Box::new(Curious { seen: Vec::new() })),
        ..*sgd
    };
    let spec = run_spec("ravine(kappa=4)", [2.0, 1.0], 10, &format!("sgd:{modifiers}"), "");
    let mut spec = spec.expect("readable");
    spec.settings = Settings { optimizer: Box::leak(Box::new(curious)), ..spec.settings };
    spec
}

/// The answers in the first step.
fn answers(spec: &RunSpec) -> Vec<f64> {
    let mut runner = Runner::new(spec);
    runner.advance();
    let mut seen = Vec::new();
    runner.state(&mut |item| seen = item.values.to_vec());
    seen
}

#[test]
fn every_question_of_a_method_is_counted_and_no_look_at_it() {
    let trace = trace(&run(""));
    for row in 0..=10_u32 {
        assert_eq!(trace.evaluations[row as usize], 5 * row);
        assert_eq!(trace.hessians[row as usize], row);
    }
    let spec = run("");
    let mut runner = Runner::new(&spec);
    runner.advance();
    for _ in 0..7 {
        runner.observe().expect("finite");
    }
    let counts = runner.counts();
    assert_eq!((counts.values, counts.gradients, counts.hessians), (3, 2, 1));
    assert_eq!(counts.evaluations(), 5);
}

#[test]
fn answers_are_those_of_the_function() {
    // H = diag(1, 4); ∇f = (2, 4) twice; f at 1, 2 and 3 times (2, 1) is 4, 16, 36; f* = 0
    let want = [1.0, 0.0, 0.0, 4.0, 2.0, 4.0, 2.0, 4.0, 4.0, 16.0, 36.0, 0.0];
    assert_eq!(answers(&run("")), want);
}

#[test]
fn modifiers_change_gradients_and_nothing_else() {
    let seen = answers(&run("l2=0.5"));
    assert_eq!(seen[4..8], [3.0, 4.5, 3.0, 4.5]);
    let plain = answers(&run(""));
    assert_eq!((&seen[..4], &seen[8..]), (&plain[..4], &plain[8..]));
}

#[test]
fn each_gradient_of_a_step_meets_its_own_noise() {
    let spec = run("noise=0.5");
    let seen = answers(&spec);
    for (call, gradient) in [(0, &seen[4..6]), (1, &seen[6..8])] {
        for (i, (g, raw)) in (0..).zip(gradient.iter().zip([2.0, 4.0])) {
            let noise = 0.5 * rng::normal(spec.seed, (1 << 32) | call, i);
            assert_eq!(g.to_bits(), (raw + noise).to_bits(), "call {call}, coordinate {i}");
        }
    }
}

#[test]
fn a_copy_of_a_method_goes_on_by_itself() {
    for spec in optim::ALL {
        let params = descent_lab::param::defaults(spec.params);
        let layout = [descent_lab::objective::Block::vector(2)];
        let region = [(-3.0, 3.0); 2];
        let method =
            spec.fresh(&Init { x: &[2.0, 1.0], layout: &layout, params: &params, region: &region, seed: 7 });
        let state = |method: &dyn Optimizer| {
            let mut all = Vec::new();
            method.state(&mut |item| all.extend(item.values.iter().map(|v| v.to_bits())));
            all
        };
        let mut copy = method.snapshot();
        let before = state(&*method);
        let (mut x, mut grad) = ([2.0, 1.0], [0.0; 2]);
        let mut ctx = StepCtx {
            t: 1,
            step: 1,
            worker: 0,
            horizon: 10,
            seed: 7,
            lr: 0.1,
            warmup: 0,
            params: &params,
            oracle: &mut Slope,
            grad: &mut grad,
        };
        copy.step(&mut x, &mut ctx);
        assert_eq!(state(&*method), before, "{}: the original changed", spec.key);
    }
}

/// f = x + y.
struct Slope;

impl descent_lab::objective::Oracle for Slope {
    fn value(&mut self, x: &[f64]) -> f64 {
        x.iter().sum()
    }
    fn gradient(&mut self, x: &[f64], grad: &mut [f64]) -> f64 {
        grad.fill(1.0);
        self.value(x)
    }
    fn hessian(&mut self, _: &[f64], h: &mut [f64]) -> bool {
        h.fill(0.0);
        true
    }
    fn known_minimum(&self) -> Option<f64> {
        None
    }
    fn residuals(&mut self, _: &[f64], _: &mut Vec<f64>, _: &mut Vec<f64>) -> bool {
        false
    }
}

#[test]
fn the_memory_that_is_stated_is_what_is_kept() {
    for optimizer in optim::ALL {
        let switches = optimizer.params.iter().filter(|p| p.max == 1.0 && p.min == 0.0 || p.max <= 4.0);
        let settings = switches.flat_map(|p| [p.min, p.max].map(|v| format!("{}={}", p.key, p.format(v))));
        for setting in std::iter::once(String::new()).chain(settings) {
            let run = format!("{}:{setting}", optimizer.key);
            let spec = run_spec("rosenbrock", [-1.5, 2.0], 20, &run, "").expect("readable");
            let mut runner = Runner::new(&spec);
            for _ in 0..20 {
                runner.advance();
            }
            let stated = (optimizer.about.expect(optimizer.key).memory)(2, &spec.settings.params);
            if !optimizer.needs.is_missing(spec.problem.objective()) {
                assert_eq!(runner.kept(), stated, "{run}");
            }
        }
    }
}
