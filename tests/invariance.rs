//! What does not change a path: methods that divide by the size of the gradient do not see a factor before f.

use descent_lab::objective::{Block, Objective, Oracle};
use descent_lab::optim::{self, Init, OptimizerSpec, StepCtx};
use descent_lab::param;
use descent_lab::surface::{self, SurfaceObjective};

/// Rosenbrock times a factor.
struct Scaled {
    objective: SurfaceObjective,
    factor: f64,
}

impl Oracle for Scaled {
    fn value(&mut self, x: &[f64]) -> f64 {
        self.factor * self.objective.value(x)
    }

    fn gradient(&mut self, x: &[f64], grad: &mut [f64]) -> f64 {
        let value = self.objective.value_grad(x, grad);
        for g in grad {
            *g *= self.factor;
        }
        self.factor * value
    }

    fn hessian(&mut self, x: &[f64], h: &mut [f64]) -> bool {
        let known = self.objective.hessian(x, h);
        for h in h {
            *h *= self.factor;
        }
        known
    }

    fn known_minimum(&self) -> Option<f64> {
        self.objective.known_minimum().map(|f| self.factor * f)
    }

    fn residuals(&mut self, _: &[f64], _: &mut Vec<f64>, _: &mut Vec<f64>) -> bool {
        false
    }
}

const STEPS: u32 = 40;

/// Where a method goes on the surface times the factor. `settings` are keys with values.
fn path(spec: &OptimizerSpec, settings: &[(&str, f64)], factor: f64) -> Vec<[f64; 2]> {
    let rosenbrock = surface::find("rosenbrock").expect("registered");
    let mut oracle = Scaled { objective: SurfaceObjective::new(rosenbrock), factor };
    let mut params = param::defaults(spec.params);
    for (key, value) in settings {
        params[param::find(spec.params, key).unwrap_or_else(|| panic!("{}: {key}", spec.key))] = *value;
    }
    let mut x = [-1.5, 2.0];
    let layout = [Block::vector(2)];
    let region = oracle.objective.region();
    let mut method = spec.fresh(&Init { x: &x, layout: &layout, params: &params, region: &region, seed: 7 });
    let mut grad = [0.0; 2];
    let lr = if spec.has_lr() { params[0] } else { 1.0 };
    (1..=STEPS)
        .map(|t| {
            let mut ctx = StepCtx {
                t,
                step: t,
                worker: 0,
                horizon: STEPS,
                seed: 7,
                lr,
                warmup: 0,
                params: &params,
                oracle: &mut oracle,
                grad: &mut grad,
            };
            method.step(&mut x, &mut ctx);
            x
        })
        .collect()
}

/// Methods that do not see the factor, with the settings that take away what has the gradient's unit.
const BLIND: &[(&str, &[(&str, f64)])] = &[
    ("adagrad", &[("lr", 0.3), ("eps", 0.0)]),
    ("rmsprop", &[("eps", 0.0)]),
    ("rmsprop", &[("eps", 0.0), ("centered", 1.0), ("momentum", 0.5), ("convention", 1.0)]),
    ("adam", &[("lr", 0.05), ("eps", 0.0)]),
    ("adam", &[("lr", 0.05), ("eps", 0.0), ("bias_correction", 0.0), ("convention", 1.0)]),
    ("adamw", &[("lr", 0.05), ("eps", 0.0)]),
    ("amsgrad", &[("lr", 0.05), ("eps", 0.0)]),
    ("amsgrad", &[("lr", 0.05), ("eps", 0.0), ("convention", 1.0)]),
    ("adamax", &[("lr", 0.05), ("eps", 0.0)]),
    ("nadam", &[("lr", 0.05), ("eps", 0.0)]),
    ("nadam", &[("lr", 0.05), ("eps", 0.0), ("convention", 1.0)]),
    ("adabelief", &[("lr", 0.05), ("eps", 0.0)]),
    ("yogi", &[("lr", 0.05), ("eps", 0.0), ("initial", 0.0)]),
    ("adan", &[("lr", 0.05), ("eps", 0.0)]),
    ("adopt", &[("lr", 0.05), ("eps", 0.0)]),
    ("ademamix", &[("lr", 0.02), ("eps", 0.0)]),
    ("lion", &[("lr", 0.05)]),
    ("signum", &[("lr", 0.05)]),
    ("rprop", &[("lr", 0.05)]),
    ("polyak", &[("max_lr", 1e6)]),
    ("prodigy", &[("eps", 0.0), ("d0", 0.01)]),
    ("schedule_free_adamw", &[("lr", 0.05), ("eps", 0.0)]),
];

/// How far apart two paths come, against the size of the numbers.
fn apart(a: &[[f64; 2]], b: &[[f64; 2]]) -> f64 {
    let pairs = a.iter().flatten().zip(b.iter().flatten());
    pairs.map(|(a, b)| (a - b).abs() / (1.0 + a.abs())).fold(0.0, f64::max)
}

#[test]
fn a_power_of_four_before_f_changes_no_bit_of_what_divides_by_the_gradient() {
    for (key, settings) in BLIND {
        let spec = optim::find(key).expect(key);
        let plain = path(spec, settings, 1.0);
        assert_ne!(plain[0], plain[STEPS as usize - 1], "{key} stands still");
        for factor in [4096.0, 1.0 / 64.0] {
            assert_eq!(plain, path(spec, settings, factor), "{key} {settings:?}: {factor}");
        }
    }
}

#[test]
fn any_factor_before_f_changes_such_a_path_by_no_more_than_rounding() {
    for (key, settings) in BLIND {
        let spec = optim::find(key).expect(key);
        let plain = path(spec, settings, 1.0);
        for factor in [3.0, 0.07, 1234.5] {
            // Rounding grows along a path, in Polyak's fastest.
            let far = apart(&plain[..20], &path(spec, settings, factor)[..20]);
            assert!(far < 1e-7, "{key} {settings:?}: {far:e} for {factor}");
        }
    }
}

#[test]
fn an_epsilon_or_a_rate_in_units_of_the_gradient_is_seen() {
    for (key, settings) in [
        ("sgd", &[("lr", 0.0005)][..]),
        ("momentum", &[("lr", 0.0005)]),
        ("qhm", &[("lr", 0.0005)]),
        ("asgd", &[("lr", 0.0005)]),
        ("schedule_free_sgd", &[("lr", 0.0005)]),
        ("hypergradient_sgd", &[("lr", 0.0005), ("beta", 1e-9)]),
        ("hypergradient_adam", &[("lr", 0.02), ("beta", 1e-5)]),
        // The first steps are not divided by anything.
        ("radam", &[("lr", 0.0005)]),
        // ε sets the size of its steps.
        ("adadelta", &[("lr", 5.0), ("eps", 100.0)]),
        ("adam", &[("lr", 0.05), ("eps", 10.0)]),
        ("adamax", &[("lr", 0.05), ("eps", 10.0)]),
    ] {
        let spec = optim::find(key).expect(key);
        let far = apart(&path(spec, settings, 1.0), &path(spec, settings, 0.25));
        assert!(far > 1e-4, "{key} {settings:?}: {far:e}");
    }
}
