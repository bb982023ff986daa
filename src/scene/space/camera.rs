//! Where the block is looked at from.

use super::Point;
use super::block::{Block, FLOOR, TOP};
use crate::math::num;
use crate::param::number;

/// The lowest and the highest one may stand.
const ELEVATIONS: (f64, f64) = (3.0, 90.0);
/// The least and the most that can be zoomed.
const ZOOMS: (f64, f64) = (0.4, 20.0);
/// How far the middle of the picture may be moved from that of the block.
const FURTHEST: f64 = 1.5;
/// How far the eye is away, in heights of what it sees of a plane at that distance: a long lens, so that far edges are not
/// much shorter than near ones.
const LENS: f64 = 1.9;
/// Room for labels around the block.
const MARGIN_PX: [f64; 2] = [46.0, 36.0];
/// Degrees of turning for a drag of a pixel.
const DEG_PER_PX: f64 = 0.4;
/// Seen this flat, a drag up or down does not move the middle further.
const FLATTEST: f64 = 0.35;

/// Where the block is looked at from, and what of it stands in the middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The direction to the eye over the floor, in degrees from the x axis towards the y axis.
    pub azimuth: f64,
    /// How high above the floor that direction rises, in degrees.
    pub elevation: f64,
    /// How much larger than the whole.
    pub zoom: f64,
    /// The place over the floor that stands in the middle of the picture.
    pub target: [f64; 2],
}

impl Default for Camera {
    fn default() -> Self {
        Self { azimuth: -60.0, elevation: 34.0, zoom: 1.0, target: [0.0; 2] }
    }
}

fn within(v: f64, (low, high): (f64, f64)) -> f64 {
    num::clamp(v, low, high)
}

/// A number with so many decimals at the most.
fn rounded(v: f64, per: f64) -> f64 {
    (v * per).round() / per
}

impl Camera {
    /// The camera of the numbers of a link; what is missing is at its default, and what is out of bounds at the bound.
    #[must_use]
    pub fn read(numbers: &[f64]) -> Self {
        let default = Self::default();
        let get =
            |i: usize, default: f64| numbers.get(i).copied().filter(|v| v.is_finite()).unwrap_or(default);
        Self {
            azimuth: get(0, default.azimuth),
            elevation: get(1, default.elevation),
            zoom: get(2, default.zoom),
            target: [get(3, 0.0), get(4, 0.0)],
        }
        .kept_in_bounds()
    }

    /// As links write it, to what can be seen of a difference; empty at the default.
    #[must_use]
    pub fn write(&self) -> String {
        let short = Self {
            azimuth: rounded(self.azimuth, 10.0),
            elevation: rounded(self.elevation, 10.0),
            zoom: rounded(self.zoom, 100.0),
            target: self.target.map(|v| rounded(v, 1000.0)),
        };
        if short == Self::default() {
            return String::new();
        }
        let mut numbers = vec![short.azimuth, short.elevation, short.zoom];
        if short.target != [0.0; 2] {
            numbers.extend(short.target);
        }
        numbers.into_iter().map(number).collect::<Vec<_>>().join(",")
    }

    fn kept_in_bounds(self) -> Self {
        // Any number of turns is the same as none.
        let turns = ((self.azimuth + 180.0) / 360.0).floor();
        Self {
            azimuth: self.azimuth - 360.0 * turns,
            elevation: within(self.elevation, ELEVATIONS),
            zoom: within(self.zoom, ZOOMS),
            target: self.target.map(|v| within(v, (-FURTHEST, FURTHEST))),
        }
    }

    /// Turned by so many degrees around the block and upwards.
    #[must_use]
    pub fn turned(self, azimuth: f64, elevation: f64) -> Self {
        let next = Self { azimuth: self.azimuth + azimuth, elevation: self.elevation + elevation, ..self };
        if azimuth.is_finite() && elevation.is_finite() { next.kept_in_bounds() } else { self }
    }

    /// Turned as a pointer does that has taken hold of the block.
    #[must_use]
    pub fn dragged(self, by_px: [f64; 2]) -> Self {
        self.turned(-DEG_PER_PX * by_px[0], DEG_PER_PX * by_px[1])
    }

    /// Zoomed by a factor about a pixel.
    #[must_use]
    pub fn zoomed(self, factor: f64, at_px: [f64; 2], sight: &Sight) -> Self {
        if !(factor.is_finite() && factor > 0.0) {
            return self;
        }
        let zoom = within(self.zoom * factor, ZOOMS);
        let factor = zoom / self.zoom;
        let [width, height] = sight.size_px;
        let off = [at_px[0] - 0.5 * width, at_px[1] - 0.5 * height + sight.raised];
        // What stood under the pixel is now this much further out.
        let moved = self.panned([off[0] / factor - off[0], off[1] / factor - off[1]], sight);
        Self { zoom, ..moved }
    }

    /// Moved over the floor, so that what stands in the middle follows the pointer.
    #[must_use]
    pub fn panned(self, by_px: [f64; 2], sight: &Sight) -> Self {
        let per_px = 1.0 / sight.px_per_unit();
        let (sin_e, (sin_a, cos_a)) = (sine(self.elevation), (sine(self.azimuth), cosine(self.azimuth)));
        let right = by_px[0] * per_px;
        let back = by_px[1] * per_px / sin_e.max(FLATTEST);
        let [x, y] = self.target;
        let target = [x + sin_a * right - cos_a * back, y - cos_a * right - sin_a * back];
        let next = Self { target, ..self };
        if target.iter().all(|v| v.is_finite()) { next.kept_in_bounds() } else { self }
    }

    /// How it sees a block on a picture of this size.
    #[must_use]
    pub fn sight(&self, block: &Block, width_px: f64, height_px: f64) -> Sight {
        let (width, height) = (width_px.max(1.0), height_px.max(1.0));
        let (sin_a, cos_a) = (sine(self.azimuth), cosine(self.azimuth));
        let (sin_e, cos_e) = (sine(self.elevation), cosine(self.elevation));
        let back = [cos_e * cos_a, cos_e * sin_a, sin_e];
        let focal = LENS * height;
        let turning = Turning { radius: block.radius(), sin: sin_e, cos: cos_e };
        let room = |size: f64, margin: f64| (size - 2.0 * margin).max(0.78 * size) / focal;
        let distance = turning.distance(room(width, MARGIN_PX[0]), room(height, MARGIN_PX[1]));
        let [above, below] = turning.reach(distance);
        let target = [self.target[0], self.target[1], Block::middle()];
        Sight {
            eye: [0, 1, 2].map(|i| target[i] + distance * back[i]),
            right: [-sin_a, cos_a, 0.0],
            up: [-sin_e * cos_a, -sin_e * sin_a, cos_e],
            back,
            focal: focal * self.zoom,
            distance,
            // The sphere around the block, wherever it has been moved to.
            reach: turning.radius + TOP - FLOOR + num::norm(&self.target),
            // What is nearer reaches further down than what is behind reaches up; zoomed in, the target stands in the middle.
            raised: 0.5 * (below - above) * focal / self.zoom,
            size_px: [width, height],
        }
    }
}

/// The space that a block takes up as it turns about its axis, seen from this height.
struct Turning {
    radius: f64,
    sin: f64,
    cos: f64,
}

impl Turning {
    /// How far it reaches above and below its middle on the picture, for a focal length of one.
    fn reach(&self, distance: f64) -> [f64; 2] {
        let half = 0.5 * (TOP - FLOOR);
        let (flat, tall) = (self.radius * self.sin, half * self.cos);
        let (toward, down) = (self.radius * self.cos, half * self.sin);
        // In front it ends at the floor, or seen from above at the nearer rim of its top.
        let (floor, rim) = (distance - toward + down, distance - toward - down);
        [(flat + tall) / (distance + toward - down), ((flat + tall) / floor).max((flat - tall) / rim)]
    }

    /// From where all of it is seen in so much room.
    fn distance(&self, across: f64, up: f64) -> f64 {
        let wide = num::norm(&[2.0 * self.radius / across, self.radius * self.cos]);
        // Nearer it is larger; halving the way 30 times is closer than a pixel.
        let (mut near, mut far) = (1.6 * self.radius, 100.0);
        for _ in 0..30 {
            let middle = 0.5 * (near + far);
            let [above, below] = self.reach(middle);
            if above + below > up {
                near = middle;
            } else {
                far = middle;
            }
        }
        wide.max(far)
    }
}

fn sine(deg: f64) -> f64 {
    num::sin(deg * (std::f64::consts::PI / 180.0))
}

fn cosine(deg: f64) -> f64 {
    num::cos(deg * (std::f64::consts::PI / 180.0))
}

/// A block as a camera sees it on a picture of some size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// Where the eye is.
    pub eye: Point,
    right: Point,
    up: Point,
    /// Towards the eye.
    pub back: Point,
    /// Pixels for a unit at a distance of one.
    focal: f64,
    distance: f64,
    reach: f64,
    /// So many pixels higher than the middle stands what is looked at.
    raised: f64,
    /// The size of the picture.
    pub size_px: [f64; 2],
}

fn dot(a: Point, b: Point) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

impl Sight {
    /// Pixels for a unit in the middle of the picture.
    #[must_use]
    pub fn px_per_unit(&self) -> f64 {
        self.focal / self.distance
    }

    /// Where a point stands on the picture, and how far it is away.
    #[must_use]
    pub fn project(&self, p: Point) -> ([f64; 2], f64) {
        let from_eye = [0, 1, 2].map(|i| p[i] - self.eye[i]);
        let away = -dot(self.back, from_eye);
        let scale = self.focal / away;
        let [width, height] = self.size_px;
        let at = [
            0.5 * width + scale * dot(self.right, from_eye),
            0.5 * height - self.raised - scale * dot(self.up, from_eye),
        ];
        (at, away)
    }

    /// The direction over the floor and upwards from which light comes: from the left, behind the eye.
    #[must_use]
    pub fn light(&self) -> Point {
        let mix = |i: usize| -0.75 * self.right[i] + 0.35 * self.back[i];
        let toward = [mix(0), mix(1), mix(2) + 0.9];
        let length = num::norm(&toward);
        toward.map(|v| v / length)
    }

    /// The matrix that takes points of the block to clip space, column after column.
    #[must_use]
    pub fn matrix(&self) -> [f64; 16] {
        let [width, height] = self.size_px;
        let (across, up) = (2.0 * self.focal / width, 2.0 * self.focal / height);
        let near = (self.distance - self.reach).max(0.02 * self.distance);
        let far = self.distance + self.reach;
        let deep = (far + near) / (far - near);
        let rows = [self.right, self.up, self.back].map(|axis| (axis, -dot(axis, self.eye)));
        let mut matrix = [0.0; 16];
        for column in 0..4 {
            let [r, u, b] = rows.map(|(axis, last)| axis.get(column).copied().unwrap_or(last));
            matrix[4 * column] = across * r;
            // Away from the eye is against `back`.
            matrix[4 * column + 1] = up * u - 2.0 * self.raised / height * b;
            matrix[4 * column + 2] = -deep * b;
            matrix[4 * column + 3] = -b;
        }
        matrix[14] -= 2.0 * far * near / (far - near);
        matrix
    }
}

#[cfg(test)]
mod tests;
