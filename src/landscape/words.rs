//! Sentences about planes and distances from them.

use super::plane::{Plane, Projection};
use super::search::Found;
use crate::math::num;
use crate::param::readable;

/// A run this near, as a part of its distance from the origin, counts as in the plane.
const IN_IT: f64 = 1e-9;

fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).round() / 10.0;
    let rounded = if tenths >= 10.0 { tenths.round() } else { tenths };
    if rounded == 0.0 && share > 0.0 {
        "less than 0.1 %".to_owned()
    } else {
        format!("{} %", readable(rounded))
    }
}

/// The names of both axes, with what one unit of them is.
#[must_use]
pub fn axes(found: &Found) -> [String; 2] {
    [0, 1].map(|i| match found {
        Found::Random { .. } => format!("random direction {}, in parts of each unit's own weights", i + 1),
        Found::Principal { shares, .. } => {
            format!("principal direction {} ({} of the variance)", i + 1, percent(shares[i]))
        }
        Found::Curvature { values, .. } => format!("eigenvector {} (λ = {})", i + 1, readable(values[i])),
    })
}

/// What the plane is.
#[must_use]
pub fn plane(found: &Found) -> String {
    match found {
        Found::Random { cosine } => {
            let angle = num::acos(num::clamp(*cosine, -1.0, 1.0)).to_degrees().round();
            format!(
                "Two random directions, each unit’s incoming weights scaled to the length they have at the origin; biases, γ \
                 and β stay. The angle between them is {}° and drawn as 90°.",
                readable(angle)
            )
        }
        Found::Principal { shares, points } => {
            let rest = 1.0 - shares[0] - shares[1];
            format!(
                "Together these two directions hold {} of the variance of {points} points of the path; {} lies beyond the plane.",
                percent(shares[0] + shares[1]),
                percent(rest.max(0.0))
            )
        }
        Found::Curvature { values, residuals, products, accurate } => {
            let largest = values[0].abs();
            let relative = |r: f64| readable(if largest > 0.0 { r / largest } else { 0.0 });
            let [first, second] = residuals.map(relative);
            let doubt = if *accurate { "" } else { " They are not as accurate as was wanted." };
            format!(
                "The two eigenvectors of the Hessian at the origin with the largest |λ|, from {products} Hessian–vector products; \
                 residuals |Hx − λx|/|λ₁| {first} and {second}.{doubt}"
            )
        }
    }
}

/// How far a run is from the plane at a step, and what follows.
#[must_use]
pub fn distance(step: u32, p: &Projection) -> String {
    if !(p.off.is_finite() && p.along.is_finite()) {
        return format!(
            "At step {step} the run’s weights are too large to tell how far it is from this plane."
        );
    }
    if p.off <= IN_IT * p.away || p.away == 0.0 {
        return format!(
            "At step {step} the run lies in this plane: what the map shows below it is its loss."
        );
    }
    let off = readable(p.off);
    if p.off < 0.1 * p.along {
        let share = percent(p.off / p.along);
        return format!(
            "At step {step} the run is {off} away from this plane, {share} of how far it is along it: what the map shows below it \
             is near its loss, but is not it."
        );
    }
    let times =
        if p.along > 0.0 { readable(num::round_significant(p.off / p.along, 2)) } else { String::new() };
    let compared = if times.is_empty() || p.along < 1e-6 * p.off {
        "and has not moved along it".to_owned()
    } else {
        format!("{times} times as far as it is along it")
    };
    format!(
        "At step {step} the run is {off} away from this plane, {compared}: what the map shows below it is not its loss."
    )
}

/// The run's loss beside that of the plane below it.
#[must_use]
pub fn losses(actual: f64, below: f64) -> String {
    format!("Its loss is {}; the plane’s below it is {}.", readable(actual), readable(below))
}

/// The scale of both axes.
#[must_use]
pub fn unit(plane: &Plane, found: &Found) -> String {
    match found {
        Found::Random { .. } => {
            let length = readable(num::round_significant(plane.lengths()[0], 3));
            format!("Both axes have the same scale: 1 is a distance of {length} between weights.")
        }
        _ => "Both axes have the same scale: distances between weights.".to_owned(),
    }
}
