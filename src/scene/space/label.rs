//! Where the labels of the axes stand on the picture.

use super::super::cast;
use super::super::painter::Align;
use super::Point;
use super::axes::Ticks;
use super::block::{Block, FLOOR, TOP};
use super::camera::Sight;
use crate::math::num;

/// How far from its edge a label stands, and the name of an axis beyond its end.
const OUT_PX: f64 = 9.0;
const NAME_PX: f64 = 20.0;
/// About the width of a figure, and the height of a label with the room around it.
const FIGURE_PX: f64 = 6.6;
const LINE_PX: f64 = 13.0;

/// A word beside an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Its point.
    pub at_px: [f64; 2],
    /// What stands there horizontally.
    pub across: Align,
    /// The word.
    pub text: String,
    /// Whether it names the axis.
    pub is_name: bool,
}

impl Label {
    /// Left, top, right and bottom.
    fn frame(&self) -> [f64; 4] {
        let width = FIGURE_PX * cast::float(self.text.chars().count());
        let left = self.at_px[0]
            - match self.across {
                Align::Start => 0.0,
                Align::Middle => 0.5 * width,
                Align::End => width,
            };
        [left, self.at_px[1] - 0.5 * LINE_PX, left + width, self.at_px[1] + 0.5 * LINE_PX]
    }
}

/// The labels along the edges that are in front: of x and of y at the floor, of heights at the left. Names first; a tick
/// whose label would cover another one has none.
#[must_use]
pub fn labels(block: &Block, ticks: &Ticks, sight: &Sight) -> Vec<Label> {
    let edges = edges(block, sight);
    let middle = sight.project([0.0, 0.0, FLOOR]).0;
    let mut found: Vec<Label> = Vec::new();
    let mut add = |label: Label| {
        let [left, top, right, bottom] = label.frame();
        let is_free = |other: &Label| {
            let [l, t, r, b] = other.frame();
            right + 3.0 < l || r + 3.0 < left || bottom < t || b < top
        };
        if found.iter().all(is_free) {
            found.push(label);
        }
    };
    for (edge, name) in edges.iter().zip(["x", "y", "f"]) {
        let [from, to] = edge.map(|p| sight.project(p).0);
        let along = direction(from, to);
        let at_px = [0, 1].map(|i| to[i] + NAME_PX * along[i]);
        add(Label { at_px, across: Align::Middle, text: name.to_owned(), is_name: true });
    }
    for (axis, edge) in edges.iter().enumerate() {
        let [from, to] = edge.map(|p| sight.project(p).0);
        let along = direction(from, to);
        // At right angles to the edge, away from the middle.
        let away = [0, 1].map(|i| 0.5 * (from[i] + to[i]) - middle[i]);
        let side = if along[1] * away[0] - along[0] * away[1] >= 0.0 { 1.0 } else { -1.0 };
        let out = if axis == 2 { [-1.0, 0.0] } else { [side * along[1], -side * along[0]] };
        let across = if out[0] > 0.45 {
            Align::Start
        } else if out[0] < -0.45 {
            Align::End
        } else {
            Align::Middle
        };
        for (at, text) in &ticks.axes[axis] {
            let mut point = edge[0];
            point[axis] = *at;
            let px = sight.project(point).0;
            let far = OUT_PX + 3.0 * out[1].abs();
            let at_px = [0, 1].map(|i| px[i] + far * out[i]);
            add(Label { at_px, across, text: text.clone(), is_name: false });
        }
    }
    found
}

/// The direction from one pixel to another.
fn direction(from: [f64; 2], to: [f64; 2]) -> [f64; 2] {
    let d = [to[0] - from[0], to[1] - from[1]];
    let length = num::norm(&d).max(1e-9);
    d.map(|v| v / length)
}

/// The edges that are labelled, each from its lower to its upper end.
fn edges(block: &Block, sight: &Sight) -> [[Point; 2]; 3] {
    let [x, y] = block.half;
    let near = |toward: f64, half: f64| if toward > 0.0 { half } else { -half };
    let (near_x, near_y) = (near(sight.back[0], x), near(sight.back[1], y));
    let left = |p: &Point| sight.project(*p).0[0];
    let corners = block.floor();
    let corner = corners.into_iter().min_by(|a, b| left(a).total_cmp(&left(b))).unwrap_or(corners[0]);
    [
        [[-x, near_y, FLOOR], [x, near_y, FLOOR]],
        [[near_x, -y, FLOOR], [near_x, y, FLOOR]],
        [[corner[0], corner[1], 0.0], [corner[0], corner[1], TOP]],
    ]
}

#[cfg(test)]
mod tests {
    use super::super::Camera;
    use super::*;
    use crate::surface::View;

    fn ticks(block: &Block) -> Ticks {
        let along = |half: f64| (-2..=2).map(|i| (0.5 * half * f64::from(i), i.to_string())).collect();
        let up = [0.0, 0.4, 0.8].map(|z| (z, format!("{z}")));
        Ticks { axes: [along(block.half[0]), along(block.half[1]), up.to_vec()] }
    }

    #[test]
    fn no_label_covers_another_and_each_axis_has_its_name() {
        let block = Block::over(View { x: (-2.0, 2.0), y: (-1.0, 1.0) });
        for (width, height) in [(930.0, 575.0), (340.0, 200.0), (400.0, 300.0)] {
            for turn in 0..24 {
                for elevation in [5.0, 34.0, 90.0] {
                    let camera = Camera { azimuth: 15.0 * f64::from(turn), elevation, ..Camera::default() };
                    let found = labels(&block, &ticks(&block), &camera.sight(&block, width, height));
                    for (i, label) in found.iter().enumerate() {
                        let [left, top, right, bottom] = label.frame();
                        for other in &found[..i] {
                            let [l, t, r, b] = other.frame();
                            assert!(right < l || r < left || bottom < t || b < top, "{label:?} {other:?}");
                        }
                    }
                    if elevation == 34.0 {
                        let names: String =
                            found.iter().filter(|l| l.is_name).map(|l| l.text.as_str()).collect();
                        assert_eq!(names, "xyf", "{camera:?}");
                        assert!(found.len() >= 8, "{camera:?}: {found:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn labels_stand_in_the_picture() {
        let block = Block::over(View::square(2.0));
        for (width, height) in [(930.0, 575.0), (340.0, 205.0)] {
            for turn in 0..24 {
                let camera = Camera { azimuth: 15.0 * f64::from(turn), ..Camera::default() };
                for label in labels(&block, &ticks(&block), &camera.sight(&block, width, height)) {
                    let [left, top, right, bottom] = label.frame();
                    assert!(
                        left >= 0.0 && top >= 0.0 && right <= width && bottom <= height,
                        "{label:?} {camera:?}"
                    );
                }
            }
        }
    }
}
