//! The principal directions of the runs' paths.

use super::cast;
use crate::math::num;

/// The most points that are taken of all paths together.
const MOST: usize = 400;

/// Points of paths, about their mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Cloud {
    dim: usize,
    /// The points less their mean, one after the other.
    points: Vec<f64>,
    /// The mean of the squared distances from the mean.
    variance: f64,
    /// From the first path's first point to its last.
    onward: Vec<f64>,
}

impl Cloud {
    /// Points of these paths, each given as its points one after the other: as many of each, evenly spaced along its steps.
    #[must_use]
    pub fn new(dim: usize, paths: &[&[f64]]) -> Self {
        let each = (MOST / paths.len().max(1)).max(2);
        let mut points = Vec::new();
        for path in paths {
            let rows = path.len().checked_div(dim).unwrap_or(0);
            let taken = rows.min(each);
            for k in 0..taken {
                // The first and the last are among them.
                let row = if taken < 2 { 0 } else { k * (rows - 1) / (taken - 1) };
                let point = &path[row * dim..(row + 1) * dim];
                if point.iter().all(|w| w.is_finite()) {
                    points.extend_from_slice(point);
                }
            }
        }
        let onward = paths.first().filter(|p| dim > 0 && p.len() >= dim).map_or_else(Vec::new, |p| {
            p[p.len() - dim..].iter().zip(&p[..dim]).map(|(last, first)| last - first).collect()
        });
        let mut cloud = Self { dim, points, variance: 0.0, onward };
        cloud.centre();
        cloud
    }

    fn centre(&mut self) {
        let count = cast::float(self.len().max(1));
        let mut mean = vec![0.0; self.dim];
        for point in self.points.chunks_exact(self.dim.max(1)) {
            for (mean, p) in mean.iter_mut().zip(point) {
                *mean += p;
            }
        }
        for mean in &mut mean {
            *mean /= count;
        }
        let mut sum = 0.0;
        for point in self.points.chunks_exact_mut(self.dim.max(1)) {
            for (p, mean) in point.iter_mut().zip(&mean) {
                *p -= mean;
            }
            sum += num::dot(point, point);
        }
        self.variance = sum / count;
    }

    /// How many points there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.points.len().checked_div(self.dim).unwrap_or(0)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// The sum of all variances: the mean of the squared distances from the mean.
    #[must_use]
    pub const fn variance(&self) -> f64 {
        self.variance
    }

    /// The covariance matrix times a vector.
    #[must_use]
    pub fn times(&self, v: &[f64]) -> Vec<f64> {
        let count = cast::float(self.len().max(1));
        let mut sum = vec![0.0; self.dim];
        for point in self.points.chunks_exact(self.dim.max(1)) {
            let along = num::dot(point, v) / count;
            for (sum, p) in sum.iter_mut().zip(point) {
                *sum += along * p;
            }
        }
        sum
    }

    /// A direction with the sign with which the first path goes forward along it.
    #[must_use]
    pub fn forward(&self, direction: &[f64]) -> Vec<f64> {
        let back = self.onward.len() == direction.len() && num::dot(&self.onward, direction) < 0.0;
        direction.iter().map(|d| if back { -d } else { *d }).collect()
    }
}
