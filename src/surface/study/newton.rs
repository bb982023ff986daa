//! Newton's method on ∇f = 0, kept near where it began.

use super::super::SurfaceObjective;
use crate::math::HyperDual;
use crate::math::num;

/// The most steps. At a degenerate point each step only takes a part of the way.
const MOST_STEPS: u32 = 90;
/// How often a step is halved before it is given up.
const MOST_HALVINGS: u32 = 8;
/// A step below this part of the reach has arrived.
const ARRIVED: f64 = 1e-11;
/// A gradient that the strongest curvature brings to 0 within this part of the reach has arrived, if none is smaller near.
const ROUNDED: f64 = 1e-9;
/// Curvatures below this part of the larger are not divided by.
const SINGULAR: f64 = 1e-14;

/// Where the gradient vanishes, near a start; none if it does not within `reach`. Where no curvature leads on, a gradient below
/// `tiny` counts as none. `work` is counted up by what was evaluated.
pub fn root(
    surface: &SurfaceObjective,
    start: [f64; 2],
    reach: f64,
    tiny: f64,
    work: &mut usize,
) -> Option<[f64; 2]> {
    let mut at = start;
    let mut here = surface.hessian_at(at[0], at[1]);
    let mut last = f64::INFINITY;
    let mut trail = [start; 2];
    for _ in 0..MOST_STEPS {
        *work += 2;
        let size = num::norm(&here.d);
        if size == 0.0 {
            return Some(at);
        }
        let Some(step) = step(&here) else {
            return (size <= tiny).then(|| farther(surface, trail, at, size));
        };
        let length = num::norm(&step);
        let mut part = if length > 0.5 * reach { 0.5 * reach / length } else { 1.0 };
        let mut halvings = 0;
        let next = loop {
            let to = [at[0] + part * step[0], at[1] + part * step[1]];
            let there = surface.hessian_at(to[0], to[1]);
            if num::norm(&there.d) < size {
                break Some((to, there));
            }
            *work += 2;
            halvings += 1;
            part *= 0.5;
            if halvings > MOST_HALVINGS {
                break None;
            }
        };
        let Some((to, there)) = next else {
            // Nothing is lower than what rounding leaves. Along a line of roots that part of the step is of any length.
            let most = here.h.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
            let arrived = length <= 1e-6 * reach || size <= ROUNDED * most * reach;
            return arrived.then(|| farther(surface, trail, at, size));
        };
        trail = [trail[1], at];
        (at, here) = (to, there);
        last = part * length;
        if (at[0] - start[0]).abs().max((at[1] - start[1]).abs()) > reach {
            return None;
        }
        if last <= ARRIVED * reach {
            return Some(at);
        }
    }
    (last <= 1e-6 * reach).then_some(at)
}

/// Where the last steps lead. At a degenerate point each takes the same part of the way that is left (as a fifth with y⁶), until
/// the curvature is too small to divide by; coordinate by coordinate the rest is the sum of a geometric series. Taken if the
/// gradient is smaller there.
fn farther(surface: &SurfaceObjective, trail: [[f64; 2]; 2], at: [f64; 2], size: f64) -> [f64; 2] {
    let to = [0, 1].map(|k| {
        let (before, now) = (trail[1][k] - trail[0][k], at[k] - trail[1][k]);
        let ratio = now / before;
        if ratio > 0.0 && ratio < 1.0 { at[k] + now * ratio / (1.0 - ratio) } else { at[k] }
    });
    let shorter = num::norm(&surface.gradient_at(to[0], to[1]).d) < size;
    if shorter { to } else { at }
}

/// −H⁻¹∇f, but for a part along a direction without curvature; none where that part is most of the gradient, as on the straight
/// sides of a kink, or something is not a number.
fn step(here: &HyperDual) -> Option<[f64; 2]> {
    let [xx, xy, yy] = here.h;
    let ([large, small], [vx, vy]) = num::eigen2(xx, xy, yy);
    let most = large.abs().max(small.abs());
    let slopes = [here.d[0] * vx + here.d[1] * vy, here.d[1] * vx - here.d[0] * vy];
    let mut parts = [0.0; 2];
    let mut explained = 0.0_f64;
    for (k, l) in [large, small].into_iter().enumerate() {
        if l.abs() > SINGULAR * most {
            parts[k] = -slopes[k] / l;
            explained = explained.max(slopes[k].abs());
        }
    }
    let step = [parts[0] * vx - parts[1] * vy, parts[0] * vy + parts[1] * vx];
    let enough = explained >= 0.5 * slopes[0].abs().max(slopes[1].abs());
    (enough && step[0].is_finite() && step[1].is_finite()).then_some(step)
}
