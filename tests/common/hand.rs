//! Methods driven by hand on functions of any dimension that count what they are asked.

#![allow(dead_code, reason = "not every test uses every part")]

use descent_lab::math::{num, rng};
use descent_lab::objective::{Block, Counts, Objective, Oracle};
use descent_lab::optim::{self, Init, Optimizer, StepCtx};
use descent_lab::param;

/// f, ∇f and ∇²f at a point.
pub type Answer = (f64, Vec<f64>, Vec<f64>);

/// A function of any dimension.
pub type Function<'a> = dyn Fn(&[f64]) -> Answer + 'a;

/// A function given by its value and derivatives.
pub struct Asked<'a> {
    pub answer: Box<Function<'a>>,
    pub counts: Counts,
    /// Where values and gradients were asked for, in order.
    pub points: Vec<Vec<f64>>,
}

impl<'a> Asked<'a> {
    pub fn new(answer: impl Fn(&[f64]) -> Answer + 'a) -> Self {
        Self { answer: Box::new(answer), counts: Counts::default(), points: Vec::new() }
    }

    /// An objective turned by an angle in the plane of its first two coordinates: f(Rx).
    pub fn turned(objective: &'a dyn Objective, degrees: f64) -> Self {
        let angle = degrees.to_radians();
        let (s, c) = (num::sin(angle), num::cos(angle));
        Self::new(move |x| {
            let at = [c * x[0] - s * x[1], s * x[0] + c * x[1]];
            let (mut g, mut h) = ([0.0; 2], [0.0; 4]);
            let f = objective.value_grad(&at, &mut g);
            objective.hessian(&at, &mut h);
            let rows = [[c, -s], [s, c]];
            let back = |k: usize| rows[0][k] * g[0] + rows[1][k] * g[1];
            let entry =
                |i: usize, j: usize| (0..4).map(|k| rows[k / 2][i] * h[k] * rows[k % 2][j]).sum::<f64>();
            (f, vec![back(0), back(1)], vec![entry(0, 0), entry(0, 1), entry(1, 0), entry(1, 1)])
        })
    }
}

impl Oracle for Asked<'_> {
    fn value(&mut self, x: &[f64]) -> f64 {
        self.counts.values += 1;
        self.points.push(x.to_vec());
        (self.answer)(x).0
    }

    fn gradient(&mut self, x: &[f64], grad: &mut [f64]) -> f64 {
        self.counts.gradients += 1;
        self.points.push(x.to_vec());
        let (f, g, _) = (self.answer)(x);
        grad.copy_from_slice(&g);
        f
    }

    fn hessian(&mut self, x: &[f64], h: &mut [f64]) -> bool {
        self.counts.hessians += 1;
        let (_, _, hessian) = (self.answer)(x);
        let known = !hessian.is_empty();
        if known {
            h.copy_from_slice(&hessian);
        }
        known
    }

    fn known_minimum(&self) -> Option<f64> {
        None
    }

    fn residuals(&mut self, _: &[f64], _: &mut Vec<f64>, _: &mut Vec<f64>) -> bool {
        false
    }
}

/// A method in the middle of a run, with its settings.
pub struct Hand {
    pub method: Box<dyn Optimizer>,
    pub params: Vec<f64>,
    pub x: Vec<f64>,
    specs: &'static [param::ParamSpec],
    has_lr: bool,
    t: u32,
}

impl Hand {
    /// The method with defaults but for these settings.
    pub fn new(key: &str, settings: &[(&str, f64)], start: &[f64]) -> Self {
        let spec = optim::find(key).expect(key);
        let mut params = param::defaults(spec.params);
        for (name, value) in settings {
            params[param::find(spec.params, name).expect(name)] = *value;
        }
        let layout = [Block::vector(start.len())];
        let region = vec![(-3.0, 3.0); start.len()];
        let init = Init { x: start, layout: &layout, params: &params, region: &region, seed: 7 };
        let method = spec.fresh(&init);
        Self { method, params, x: start.to_vec(), specs: spec.params, has_lr: spec.has_lr(), t: 0 }
    }

    pub fn set(&mut self, name: &str, value: f64) {
        let place = param::find(self.specs, name).expect(name);
        self.params[place] = value;
    }

    pub fn step(&mut self, oracle: &mut dyn Oracle) {
        self.t += 1;
        let mut grad = vec![0.0; self.x.len()];
        let lr = if self.has_lr { self.params[0] } else { 1.0 };
        let (t, params) = (self.t, &self.params);
        let mut ctx = StepCtx {
            t,
            step: t,
            worker: 0,
            horizon: 1000,
            seed: 7,
            lr,
            warmup: 0,
            params,
            oracle,
            grad: &mut grad,
        };
        self.method.step(&mut self.x, &mut ctx);
    }

    /// The points of so many steps, the start first.
    pub fn path(&mut self, oracle: &mut dyn Oracle, steps: usize) -> Vec<Vec<f64>> {
        let mut path = vec![self.x.clone()];
        for _ in 0..steps {
            self.step(oracle);
            path.push(self.x.clone());
        }
        path
    }

    /// The numbers of a state item.
    pub fn item(&self, symbol: &str) -> Vec<f64> {
        let mut found = None;
        self.method.state(&mut |item| {
            if item.symbol == symbol {
                found = Some(item.values.to_vec());
            }
        });
        found.expect(symbol)
    }
}

/// A symmetric matrix with these eigenvalues, turned at random.
pub fn symmetric(values: &[f64], seed: u64) -> Vec<f64> {
    let n = values.len();
    // The columns of a random matrix, made orthonormal one after the other.
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for k in 0..n as u64 {
        let mut v: Vec<f64> = (0..n as u64).map(|i| rng::normal(seed, k, i)).collect();
        for _ in 0..2 {
            for b in &basis {
                let along: f64 = v.iter().zip(b).map(|(a, b)| a * b).sum();
                v.iter_mut().zip(b).for_each(|(a, b)| *a -= along * b);
            }
        }
        let norm = v.iter().map(|a| a * a).sum::<f64>().sqrt();
        basis.push(v.iter().map(|a| a / norm).collect());
    }
    let entry = |i: usize, j: usize| (0..n).map(|k| values[k] * basis[k][i] * basis[k][j]).sum();
    (0..n * n).map(|k| entry(k / n, k % n)).collect()
}

/// ½(x − m)ᵀA(x − m) with m = (1, 2, 3 …).
pub fn quadratic(a: Vec<f64>) -> Asked<'static> {
    Asked::new(move |x| {
        let from: Vec<f64> = x.iter().zip(1_u32..).map(|(x, m)| x - f64::from(m)).collect();
        let g = descent_lab::math::solve::times(&a, &from);
        let f = 0.5 * g.iter().zip(&from).map(|(g, x)| g * x).sum::<f64>();
        (f, g, a.clone())
    })
}

/// The largest difference of two lists of numbers.
pub fn far(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).fold(0.0, |m, (x, y)| f64::max(m, (x - y).abs()))
}
