//! The eigenvectors with the largest eigenvalues, by size, of a symmetric matrix that is known only by its products with vectors.
//!
//! The basis grows by the product of its last vector (Lanczos 1950), each new one made orthogonal to all before; when it is
//! full, only the best combinations are kept (a thick restart: Wu and Simon 2000, <https://doi.org/10.1137/S0895479898334605>).
//! The products are kept with the basis, so every residual is the true one.

use crate::math::jacobi::Eigen;
use crate::math::{num, rng};

/// The most vectors of a basis.
const MOST: usize = 32;
/// How many combinations survive when it is full.
const KEPT: usize = 8;
/// How many products lie between two looks at what is found.
const LOOK: usize = 4;
/// A new vector that shrinks to this part when made orthogonal holds only rounding.
const NOTHING: f64 = 1e-11;
const STREAM: u64 = 0x1a2c_0055;

/// An eigenvalue with its vector, as far as they are found.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// λ.
    pub value: f64,
    /// The unit vector x; of both signs that whose largest component is positive.
    pub vector: Vec<f64>,
    /// |Ax − λx|.
    pub residual: f64,
}

/// The search for two of them.
#[derive(Clone, Debug)]
pub struct Krylov {
    dim: usize,
    basis: Vec<Vec<f64>>,
    products: Vec<Vec<f64>>,
    /// Products of the basis with their products, row after row of `MOST`.
    small: Vec<f64>,
    next: Vec<f64>,
    draws: u64,
    asked: usize,
    most: usize,
    accuracy: f64,
    found: Vec<Pair>,
    done: bool,
}

impl Krylov {
    /// The search in so many dimensions, to residuals of this part of the largest eigenvalue and at most so many products.
    #[must_use]
    pub fn new(dim: usize, accuracy: f64, most: usize) -> Self {
        let mut search = Self {
            dim,
            basis: Vec::new(),
            products: Vec::new(),
            small: vec![0.0; MOST * MOST],
            next: Vec::new(),
            draws: 0,
            asked: 0,
            most,
            accuracy,
            found: Vec::new(),
            done: dim == 0,
        };
        if dim > 0 {
            search.next = search.draw();
        }
        search
    }

    /// The vector whose product is wanted next.
    #[must_use]
    pub fn next(&self) -> &[f64] {
        &self.next
    }

    /// Whether the search is over.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.done
    }

    /// How many products there were.
    #[must_use]
    pub const fn asked(&self) -> usize {
        self.asked
    }

    /// Whether both pairs are as accurate as was wanted.
    #[must_use]
    pub fn is_accurate(&self) -> bool {
        let largest = self.found.first().map_or(0.0, |p| p.value.abs());
        self.found.len() == 2.min(self.dim)
            && self.found.iter().all(|p| p.residual <= self.accuracy * largest)
    }

    /// What is found so far, the largest by size first: at most two.
    #[must_use]
    pub fn found(&self) -> &[Pair] {
        &self.found
    }

    /// Takes the product with [`next`](Self::next). One that is not finite ends the search.
    pub fn take(&mut self, product: Vec<f64>) {
        self.asked += 1;
        if self.done || product.iter().any(|v| !v.is_finite()) {
            self.done = true;
            self.found.clear();
            return;
        }
        let vector = std::mem::take(&mut self.next);
        let k = self.basis.len();
        self.basis.push(vector);
        self.products.push(product);
        for i in 0..=k {
            // Both ways round, so that rounding does not make the small matrix lopsided.
            let there = num::dot(&self.basis[i], &self.products[k]);
            let back = num::dot(&self.basis[k], &self.products[i]);
            self.small[i * MOST + k] = 0.5 * (there + back);
            self.small[k * MOST + i] = 0.5 * (there + back);
        }
        let whole = self.basis.len() >= self.dim;
        let last = whole || self.asked >= self.most;
        let full = self.basis.len() == MOST;
        if last || full || self.asked.is_multiple_of(LOOK) {
            self.look(full && !last);
            self.done = last || self.is_accurate();
        }
        if !self.done && self.next.is_empty() {
            let last = self.products.last().cloned().unwrap_or_default();
            self.next = self.beside(last).unwrap_or_else(|| self.draw());
        }
    }

    /// Works out the best combinations of the basis; keeps only those if it is to begin anew.
    fn look(&mut self, restart: bool) {
        let k = self.basis.len();
        let small: Vec<f64> = (0..k * k).map(|i| self.small[i / k * MOST + i % k]).collect();
        let Some(eigen) = Eigen::of_finite(&small, k) else {
            self.done = true;
            return;
        };
        let mut order: Vec<usize> = (0..k).collect();
        order.sort_by(|a, b| eigen.values[*b].abs().total_cmp(&eigen.values[*a].abs()));
        let combine = |of: &[Vec<f64>], j: usize| {
            let mut sum = vec![0.0; self.dim];
            for (i, v) in of.iter().enumerate() {
                let share = eigen.vectors[i * k + j];
                for (sum, v) in sum.iter_mut().zip(v) {
                    *sum += share * v;
                }
            }
            sum
        };
        let kept = if restart { KEPT } else { 2 };
        let best: Vec<_> = order
            .iter()
            .take(kept)
            .map(|j| (eigen.values[*j], combine(&self.basis, *j), combine(&self.products, *j)))
            .collect();
        self.found = best.iter().take(2).map(|(value, x, ax)| pair(*value, x, ax)).collect();
        if restart {
            self.restart(best);
        }
    }

    fn restart(&mut self, best: Vec<(f64, Vec<f64>, Vec<f64>)>) {
        self.small.fill(0.0);
        self.basis.clear();
        self.products.clear();
        let mut rest = Vec::new();
        for (i, (value, x, ax)) in best.into_iter().enumerate() {
            self.small[i * MOST + i] = value;
            // The residuals of all combinations point the same way; that of the worst has the least rounding in it.
            let residual: Vec<f64> = ax.iter().zip(&x).map(|(ax, x)| ax - value * x).collect();
            if rest.is_empty() || num::norm(&residual) > num::norm(&rest) {
                rest = residual;
            }
            self.basis.push(x);
            self.products.push(ax);
        }
        self.next = self.beside(rest).unwrap_or_else(|| self.draw());
    }

    /// The part of a vector that the basis does not have, at length 1; none where there is nothing but rounding.
    fn beside(&self, mut v: Vec<f64>) -> Option<Vec<f64>> {
        let before = num::norm(&v);
        // Twice is enough: what the first pass leaves is rounding of what it took away.
        for _ in 0..2 {
            for q in &self.basis {
                let along = num::dot(q, &v);
                for (v, q) in v.iter_mut().zip(q) {
                    *v -= along * q;
                }
            }
        }
        let length = num::norm(&v);
        if !(length > NOTHING * before && length.is_finite()) {
            return None;
        }
        for v in &mut v {
            *v /= length;
        }
        Some(v)
    }

    /// A random vector beside the basis.
    fn draw(&mut self) -> Vec<f64> {
        for _ in 0..8 {
            let first = self.draws * self.dim as u64;
            self.draws += 1;
            let v = (0..self.dim as u64).map(|i| rng::normal(1, STREAM, first + i)).collect();
            if let Some(v) = self.beside(v) {
                return v;
            }
        }
        vec![0.0; self.dim]
    }
}

fn pair(value: f64, x: &[f64], ax: &[f64]) -> Pair {
    let rest: Vec<f64> = ax.iter().zip(x).map(|(ax, x)| ax - value * x).collect();
    let largest = x.iter().fold(0.0_f64, |m, v| if v.abs() > m.abs() { *v } else { m });
    let sign = if largest < 0.0 { -1.0 } else { 1.0 };
    let length = num::norm(x);
    let unit = if length > 0.0 { sign / length } else { 0.0 };
    Pair { value, vector: x.iter().map(|v| v * unit).collect(), residual: num::norm(&rest) }
}
