//! The update of CMA-ES, apart from its sampling, so that it can be fed recorded generations.
//!
//! Formulas and constants as in Hansen's tutorial (<https://arxiv.org/abs/1604.00772>). Where pycma differs: its damping of
//! the path of σ starts from cσ = min(½, (μeff + 2)/(n + μeff + 3)), the tutorial's from (μeff + 2)/(n + μeff + 5), taken here.
//! As in pycma: E‖N(0, I)‖ is exact, the path of C stalls while ‖pσ‖²/(1 − Π(1 − cσ)²) ≥ n(2 + 4/(n + 1)), and σ grows at most
//! by e in a generation.

use super::sampling::real;
use crate::math::jacobi::symmetric_eigen;
use crate::math::num;

/// What the update is weighed with.
#[derive(Clone, Debug)]
pub struct Constants {
    /// A weight for each point of a generation, best first: the better half adds up to 1, the others are 0 or, where the
    /// covariance is to learn from failures too, negative.
    pub weights: Vec<f64>,
    /// How many equally weighted points the better half is worth.
    pub mu_eff: f64,
    /// The rate of the path of the covariance.
    pub c_c: f64,
    /// The rate of the path of σ.
    pub c_sigma: f64,
    /// How much of the covariance is learnt from the path.
    pub c_1: f64,
    /// How much of it is learnt from the points.
    pub c_mu: f64,
    /// How slowly σ changes.
    pub damping: f64,
}

/// (Σw)²/Σw².
fn effective(weights: &[f64]) -> f64 {
    let (mut sum, mut squares) = (0.0, 0.0);
    for w in weights {
        sum += w;
        squares += w * w;
    }
    sum * sum / squares
}

impl Constants {
    /// Those of the tutorial for n coordinates and so many points a generation (2 or more), with negative weights or
    /// without.
    #[must_use]
    pub fn tutorial(n: usize, points: usize, active: bool) -> Self {
        let lambda = real(points);
        let mut weights: Vec<f64> =
            (1..=points).map(|i| num::ln(f64::midpoint(lambda, 1.0)) - num::ln(real(i))).collect();
        let (better, worse) = weights.split_at_mut(points / 2);
        let (mu_eff, mu_eff_worse) = (effective(better), effective(worse));
        let n = real(n);
        let c_c = (4.0 + mu_eff / n) / (n + 4.0 + 2.0 * mu_eff / n);
        let c_sigma = (mu_eff + 2.0) / (n + mu_eff + 5.0);
        let c_1 = 2.0 / ((n + 1.3) * (n + 1.3) + mu_eff);
        let free = 2.0 * (0.25 + mu_eff + 1.0 / mu_eff - 2.0) / ((n + 2.0) * (n + 2.0) + mu_eff);
        let c_mu = free.min(1.0 - c_1);
        let damping = 1.0 + 2.0 * (((mu_eff - 1.0) / (n + 1.0)).sqrt() - 1.0).max(0.0) + c_sigma;
        let mut sum = 0.0;
        for w in &*better {
            sum += w;
        }
        for w in better {
            *w /= sum;
        }
        // Of three bounds the least: as much forgetting as learning, as the worth of the points, and a covariance that
        // stays positive.
        let bounds =
            [1.0 + c_1 / c_mu, 1.0 + 2.0 * mu_eff_worse / (mu_eff + 2.0), (1.0 - c_1 - c_mu) / (n * c_mu)];
        let total = if active { bounds.iter().fold(f64::INFINITY, |a, b| a.min(*b)) } else { 0.0 };
        let mut sum = 0.0;
        for w in &*worse {
            sum -= w.min(0.0);
        }
        for w in worse {
            *w = if sum > 0.0 { total * w.min(0.0) / sum } else { 0.0 };
        }
        Self { weights, mu_eff, c_c, c_sigma, c_1, c_mu, damping }
    }
}

/// E‖N(0, I)‖ in n dimensions: √(2/π), √(π/2), and (n + 1)/n times that of n in n + 2.
#[must_use]
pub fn expected_length(n: usize) -> f64 {
    let pi = std::f64::consts::PI;
    let (mut k, mut length) = if n % 2 == 1 { (1, (2.0 / pi).sqrt()) } else { (2, (pi / 2.0).sqrt()) };
    while k < n {
        length *= real(k + 1) / real(k);
        k += 2;
    }
    length
}

/// The normal distribution that the points are drawn from, but for its mean, which is the point of the run.
#[derive(Clone, Debug)]
pub struct Distribution {
    /// The size of the cloud.
    pub sigma: f64,
    /// Its shape C, row after row.
    pub covariance: Vec<f64>,
    /// The path of σ: how far the mean has gone in one direction, in units of the distribution.
    pub path_sigma: Vec<f64>,
    /// The path of the covariance.
    pub path: Vec<f64>,
    /// C^½ and C^−½.
    pub root: Vec<f64>,
    inverse: Vec<f64>,
    /// Π(1 − cσ)² over the generations.
    started: f64,
}

/// The largest ratio of eigenvalues of C that is used: beyond it, rounding decides what is positive.
const MOST_CONDITION: f64 = 1e14;

/// σ stays within these.
const SIGMAS: (f64, f64) = (1e-200, 1e100);

impl Distribution {
    /// A round cloud.
    #[must_use]
    pub fn new(n: usize, sigma: f64) -> Self {
        let mut it = Self {
            sigma: num::clamp(sigma, SIGMAS.0, SIGMAS.1),
            covariance: vec![0.0; n * n],
            path_sigma: vec![0.0; n],
            path: vec![0.0; n],
            root: Vec::new(),
            inverse: Vec::new(),
            started: 1.0,
        };
        it.reset();
        it.decompose();
        it
    }

    /// Makes the cloud round again.
    fn reset(&mut self) {
        let n = self.path.len();
        self.covariance.fill(0.0);
        for i in 0..n {
            self.covariance[i * n + i] = 1.0;
        }
        self.path.fill(0.0);
        self.path_sigma.fill(0.0);
    }

    /// Works out C^½ and C^−½: to be done after C has changed, before points are drawn or the update is made.
    pub fn decompose(&mut self) {
        let n = self.path.len();
        let mut parts = symmetric_eigen(&self.covariance, n);
        let mut largest = parts.values.iter().fold(0.0_f64, |a, b| a.max(*b));
        let paths = self.path.iter().chain(&self.path_sigma);
        let sound = parts.values.iter().chain(paths).all(|v| v.is_finite() && v.abs() < 1e200);
        if !sound || largest < 1e-200 {
            self.reset();
            parts = symmetric_eigen(&self.covariance, n);
            largest = 1.0;
        }
        let least = largest / MOST_CONDITION;
        self.root = parts.map(|v| v.max(least).sqrt());
        self.inverse = parts.map(|v| 1.0 / v.max(least).sqrt());
    }

    /// C^½ z, written to `step`.
    pub fn shape(&self, z: &[f64], step: &mut [f64]) {
        product(&self.root, z, step);
    }

    /// Takes in a generation: its steps yᵢ = (xᵢ − m)/σ, best first. Moves the mean.
    pub fn update(&mut self, mean: &mut [f64], steps: &[f64], k: &Constants) {
        let n = mean.len();
        let (mut moved, mut white) = (vec![0.0; n], vec![0.0; n]);
        for (y, w) in steps.chunks_exact(n).zip(&k.weights) {
            for (a, b) in moved.iter_mut().zip(y) {
                *a += w.max(0.0) * b;
            }
        }
        for (m, y) in mean.iter_mut().zip(&moved) {
            *m += self.sigma * y;
        }
        product(&self.inverse, &moved, &mut white);
        let gain = (k.c_sigma * (2.0 - k.c_sigma) * k.mu_eff).sqrt();
        for (p, y) in self.path_sigma.iter_mut().zip(&white) {
            *p = (1.0 - k.c_sigma) * *p + gain * y;
        }
        self.started *= (1.0 - k.c_sigma) * (1.0 - k.c_sigma);
        let length = num::norm(&self.path_sigma);
        let dim = real(n);
        let runs = length * length / (1.0 - self.started) < dim * (2.0 + 4.0 / (dim + 1.0));
        let gain = if runs { (k.c_c * (2.0 - k.c_c) * k.mu_eff).sqrt() } else { 0.0 };
        for (p, y) in self.path.iter_mut().zip(&moved) {
            *p = (1.0 - k.c_c) * *p + gain * y;
        }
        self.learn(steps, k, runs);
        let change = k.c_sigma / k.damping * (length / expected_length(n) - 1.0);
        self.sigma = num::clamp(self.sigma * num::exp(change.min(1.0)), SIGMAS.0, SIGMAS.1);
    }

    /// C from the path and the points of the generation.
    fn learn(&mut self, steps: &[f64], k: &Constants, runs: bool) {
        let n = self.path.len();
        let mut weights = k.weights.clone();
        let (mut sum, mut white) = (0.0, vec![0.0; n]);
        for (y, w) in steps.chunks_exact(n).zip(&mut weights) {
            sum += *w;
            if *w < 0.0 {
                // A failure counts by its direction, not by its length.
                product(&self.inverse, y, &mut white);
                let length = num::norm(&white) + 1e-9;
                *w *= real(n) / (length * length);
            }
        }
        // While the path stalls, C keeps what it would have been given.
        let stalled = if runs { 0.0 } else { k.c_1 * k.c_c * (2.0 - k.c_c) };
        let keep = 1.0 - k.c_1 - k.c_mu * sum + stalled;
        for i in 0..n {
            for j in i..n {
                let mut c = keep * self.covariance[i * n + j] + k.c_1 * self.path[i] * self.path[j];
                for (y, w) in steps.chunks_exact(n).zip(&weights) {
                    c += k.c_mu * w * y[i] * y[j];
                }
                self.covariance[i * n + j] = c;
                self.covariance[j * n + i] = c;
            }
        }
    }
}

/// The product of a square matrix and a vector.
fn product(matrix: &[f64], v: &[f64], out: &mut [f64]) {
    for (row, o) in matrix.chunks_exact(v.len()).zip(out) {
        *o = num::dot(row, v);
    }
}
