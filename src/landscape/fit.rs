//! Which part of a plane holds the paths.

use super::plane::Projection;
use crate::surface::View;

/// So many times further than the middle one of the open run's points, a point is not looked at: what diverges would make
/// all the rest a dot.
const FAR: f64 = 10.0;
/// Room beside the outermost points, as a part of the longer side.
const MARGIN: f64 = 0.12;

/// The part of a plane that holds the origin and these paths, of which the first is the open run's. It reaches at least
/// this far from its middle.
#[must_use]
pub fn extent(paths: &[Vec<Projection>], least: f64) -> View {
    let size = |p: &Projection| p.at[0].abs().max(p.at[1].abs());
    let mut sizes: Vec<f64> = paths.first().map_or_else(Vec::new, |p| p.iter().map(size).collect());
    sizes.sort_by(f64::total_cmp);
    let middle = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    let bound = (FAR * middle).max(least);
    let (mut low, mut high) = ([0.0_f64; 2], [0.0_f64; 2]);
    for p in paths.iter().flatten().filter(|p| size(p) <= bound) {
        for i in 0..2 {
            low[i] = low[i].min(p.at[i]);
            high[i] = high[i].max(p.at[i]);
        }
    }
    let room = MARGIN * (high[0] - low[0]).max(high[1] - low[1]);
    let [x, y] = [0, 1].map(|i| {
        let (low, high) = (low[i] - room, high[i] + room);
        let centre = 0.5 * (low + high);
        let half = (0.5 * (high - low)).max(least);
        (centre - half, centre + half)
    });
    View { x, y }
}
