//! A plane through the space of weights.

use crate::math::num;

/// Below this part of the product of their squared lengths two directions count as one.
const SAME: f64 = 1e-20;

/// All points origin + a·u + b·v. The directions need be neither of length 1 nor at right angles.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// What stands at (0, 0).
    pub origin: Vec<f64>,
    /// The two directions.
    pub axes: [Vec<f64>; 2],
    /// u·u, u·v and v·v.
    gram: [f64; 3],
}

/// Where weights stand against a plane.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Projection {
    /// The point of the plane that is nearest, in its coordinates.
    pub at: [f64; 2],
    /// The distance from there: from the plane.
    pub off: f64,
    /// The distance of the nearest point from the plane's origin.
    pub along: f64,
    /// The distance from the origin.
    pub away: f64,
}

impl Projection {
    /// Which part of its way from the origin does not lie in the plane, from 0 to 1.
    #[must_use]
    pub fn share_off(&self) -> f64 {
        if self.away > 0.0 { (self.off / self.away).min(1.0) } else { 0.0 }
    }
}

impl Plane {
    /// The plane through a point along two directions.
    #[must_use]
    pub fn new(origin: Vec<f64>, axes: [Vec<f64>; 2]) -> Self {
        let [u, v] = &axes;
        let gram = [num::dot(u, u), num::dot(u, v), num::dot(v, v)];
        Self { origin, axes, gram }
    }

    /// The lengths of its directions.
    #[must_use]
    pub fn lengths(&self) -> [f64; 2] {
        [self.gram[0].sqrt(), self.gram[2].sqrt()]
    }

    /// The cosine of the angle between them; 0 where one has no length.
    #[must_use]
    pub fn cosine(&self) -> f64 {
        let [u, v] = self.lengths();
        if u * v > 0.0 { num::clamp(self.gram[1] / (u * v), -1.0, 1.0) } else { 0.0 }
    }

    /// The weights at a point of it.
    #[must_use]
    pub fn point(&self, at: [f64; 2]) -> Vec<f64> {
        let mut w = vec![0.0; self.origin.len()];
        self.put(at, &mut w);
        w
    }

    /// Writes the weights at a point of it.
    pub fn put(&self, [a, b]: [f64; 2], w: &mut [f64]) {
        let [u, v] = &self.axes;
        for (((w, o), u), v) in w.iter_mut().zip(&self.origin).zip(u).zip(v) {
            *w = o + (a * u + b * v);
        }
    }

    /// The nearest point of the plane, by least squares, and the distances.
    #[must_use]
    pub fn project(&self, w: &[f64]) -> Projection {
        let way: Vec<f64> = w.iter().zip(&self.origin).map(|(w, o)| w - o).collect();
        let at = self.solve([num::dot(&way, &self.axes[0]), num::dot(&way, &self.axes[1])]);
        let [u, v] = &self.axes;
        let inside: Vec<f64> = u.iter().zip(v).map(|(u, v)| at[0] * u + at[1] * v).collect();
        let rest: Vec<f64> = way.iter().zip(&inside).map(|(w, i)| w - i).collect();
        Projection { at, off: num::norm(&rest), along: num::norm(&inside), away: num::norm(&way) }
    }

    /// Solves the normal equations; where the directions are one, along the longer.
    fn solve(&self, [p, q]: [f64; 2]) -> [f64; 2] {
        let [uu, uv, vv] = self.gram;
        let det = uu * vv - uv * uv;
        if det > SAME * uu * vv {
            return [(vv * p - uv * q) / det, (uu * q - uv * p) / det];
        }
        match (uu >= vv, uu > 0.0, vv > 0.0) {
            (true, true, _) => [p / uu, 0.0],
            (false, _, true) => [0.0, q / vv],
            _ => [0.0, 0.0],
        }
    }
}
