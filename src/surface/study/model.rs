//! What a surface is about a point: f + ∇fᵀd + ½dᵀ∇²f d, and what follows from it.

use super::super::SurfaceObjective;
use crate::math::num;

/// A curvature below this part of the other counts as none.
const SINGULAR: f64 = 1e-9;
/// Segments of a curve at first.
const SEGMENTS: u32 = 48;
/// How often a segment may be halved.
const DEEPEST: u32 = 10;

/// The quadratic model about a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model {
    /// The point.
    pub at: [f64; 2],
    /// f there.
    pub f: f64,
    /// ∇f there.
    pub gradient: [f64; 2],
    /// The eigenvalues of the Hessian, the larger one first.
    pub curvatures: [f64; 2],
    /// Its unit eigenvectors, in the same order.
    pub axes: [[f64; 2]; 2],
}

impl Model {
    /// The model of a surface about a point; none where it is not finite.
    #[must_use]
    pub fn of(surface: &SurfaceObjective, at: [f64; 2]) -> Option<Self> {
        let here = surface.hessian_at(at[0], at[1]);
        let finite = here.v.is_finite() && here.d.iter().chain(&here.h).all(|v| v.is_finite());
        let (curvatures, [x, y]) = num::eigen2(here.h[0], here.h[1], here.h[2]);
        finite.then_some(Self { at, f: here.v, gradient: here.d, curvatures, axes: [[x, y], [-y, x]] })
    }

    /// How many times stronger the stronger curvature is; infinite where the other is 0.
    #[must_use]
    pub fn condition(&self) -> f64 {
        let [a, b] = self.curvatures.map(f64::abs);
        a.max(b) / a.min(b)
    }

    /// ∇f along the axes.
    fn slopes(&self) -> [f64; 2] {
        self.axes.map(|v| self.gradient[0] * v[0] + self.gradient[1] * v[1])
    }

    fn is_flat(&self, axis: usize) -> bool {
        let [a, b] = self.curvatures.map(f64::abs);
        self.curvatures[axis].abs() <= SINGULAR * a.max(b)
    }

    /// Newton's step −∇²f⁻¹∇f; none where the Hessian is singular.
    #[must_use]
    pub fn newton_step(&self) -> Option<[f64; 2]> {
        if self.is_flat(0) || self.is_flat(1) {
            return None;
        }
        let [a, b] = self.slopes();
        Some(self.plane([-a / self.curvatures[0], -b / self.curvatures[1]]))
    }

    /// Whether a step goes uphill at first.
    #[must_use]
    pub fn is_uphill(&self, step: [f64; 2]) -> bool {
        self.gradient[0] * step[0] + self.gradient[1] * step[1] > 0.0
    }

    /// From parts along the axes to parts along x and y.
    fn plane(&self, [a, b]: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|k| a * self.axes[0][k] + b * self.axes[1][k])
    }

    /// f of the model at a distance d from the point.
    #[must_use]
    pub fn value(&self, d: [f64; 2]) -> f64 {
        let along = self.axes.map(|v| d[0] * v[0] + d[1] * v[1]);
        let [a, b] = self.slopes();
        let bent = self.curvatures[0] * along[0] * along[0] + self.curvatures[1] * along[1] * along[1];
        self.f + a * along[0] + b * along[1] + 0.5 * bent
    }

    /// The level curve of the model through the point, or, where that would be smaller than `least`, as large as that: an
    /// ellipse, the two branches of a hyperbola, a parabola or lines. As points of the plane that are at most `fine` apart
    /// within `far` of the point.
    #[must_use]
    pub fn level_curve(&self, least: f64, fine: f64, far: f64) -> Vec<Vec<[f64; 2]>> {
        let [a, b] = self.slopes();
        let [p, q] = self.curvatures;
        let draw = Curve { model: self, fine, far };
        if p == 0.0 && q == 0.0 {
            // A plane: the line across the slope.
            let size = num::norm(&[a, b]);
            let across = |t: f64| [-t * b / size, t * a / size];
            return if size > 0.0 { vec![draw.along(-far, far, &across)] } else { Vec::new() };
        }
        if self.is_flat(0) || self.is_flat(1) {
            let (curve, slope, floor, turned) =
                if self.is_flat(1) { (p, a, b, false) } else { (q, b, a, true) };
            let place = |u: f64, v: f64| if turned { [v, u] } else { [u, v] };
            if floor.abs() <= 1e-12 * (slope.abs() + curve.abs() * least) {
                // A trough: lines on either side of its floor.
                let half = (slope / curve).abs().max(least);
                return [-half, half]
                    .into_iter()
                    .map(|u| draw.along(-far, far, &|v| place(u - slope / curve, v)))
                    .collect();
            }
            let parabola = |u: f64| place(u, -(0.5 * curve * u + slope) * u / floor);
            return vec![draw.along(-far, far, &parabola)];
        }
        let centre = [-a / p, -b / q];
        let energy = 0.5 * (p * centre[0] * centre[0] + q * centre[1] * centre[1]);
        // The half axes; those of a hyperbola point across and along its branches.
        let sizes = |energy: f64| [p, q].map(|l| (2.0 * (energy / l).abs()).sqrt());
        let [r, s] = {
            let sizes = sizes(energy);
            let grow = least / sizes[0].max(sizes[1]);
            if grow > 1.0 && grow.is_finite() { sizes.map(|v| v * grow) } else { sizes }
        };
        let [r, s] = if r == 0.0 && s == 0.0 {
            let big = least * p.abs().min(q.abs()).sqrt();
            [big / p.abs().sqrt(), big / q.abs().sqrt()]
        } else {
            [r, s]
        };
        if p * q > 0.0 {
            let tau = std::f64::consts::TAU;
            let ellipse = |t: f64| [centre[0] + r * num::cos(t), centre[1] + s * num::sin(t)];
            return vec![draw.along(0.0, tau, &ellipse)];
        }
        let across = energy * p >= 0.0;
        let reach = num::log1p(4.0 * (far + num::norm(&centre)) / r.min(s).max(f64::MIN_POSITIVE)).min(300.0);
        [1.0, -1.0]
            .into_iter()
            .map(|side| {
                draw.along(-reach, reach, &|t| {
                    let (c, h) = (side * num::cosh(t), num::sinh(t));
                    let (u, v) = if across { (c, h) } else { (h, c) };
                    [centre[0] + r * u, centre[1] + s * v]
                })
            })
            .collect()
    }
}

/// Points of a curve, closer where that is seen.
struct Curve<'a> {
    model: &'a Model,
    fine: f64,
    far: f64,
}

impl Curve<'_> {
    /// `curve` gives parts along the axes, away from the point.
    fn along(&self, from: f64, to: f64, curve: &dyn Fn(f64) -> [f64; 2]) -> Vec<[f64; 2]> {
        let mut points = vec![self.point(curve(from))];
        let at = |i: u32| from + (to - from) * f64::from(i) / f64::from(SEGMENTS);
        for i in 0..SEGMENTS {
            self.between([at(i), at(i + 1)], DEEPEST, curve, &mut points);
        }
        points
    }

    fn between(&self, [a, b]: [f64; 2], deep: u32, curve: &dyn Fn(f64) -> [f64; 2], out: &mut Vec<[f64; 2]>) {
        let ends = [a, b].map(curve);
        let apart = num::norm(&[ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]]);
        // A segment that is out of sight passes no nearer than its ends by more than its length.
        let seen = ends.iter().any(|e| num::norm(e) - apart < self.far);
        if deep > 0 && apart > self.fine && seen {
            let middle = 0.5 * (a + b);
            self.between([a, middle], deep - 1, curve, out);
            self.between([middle, b], deep - 1, curve, out);
        } else {
            out.push(self.point(ends[1]));
        }
    }

    fn point(&self, along: [f64; 2]) -> [f64; 2] {
        let d = self.model.plane(along);
        [self.model.at[0] + d[0], self.model.at[1] + d[1]]
    }
}
