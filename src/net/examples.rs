//! Points as a network sees them: features and targets.

use super::shape::Shape;
use super::spec::{Feature, NetSpec};
use crate::math::num;

impl Feature {
    /// The feature of a point.
    #[must_use]
    pub fn at(self, [x, y]: [f64; 2]) -> f64 {
        match self {
            Self::X => x,
            Self::Y => y,
            Self::X2 => x * x,
            Self::Y2 => y * y,
            Self::XY => x * y,
            Self::SinX => num::sin(x),
            Self::SinY => num::sin(y),
        }
    }
}

/// Points with their features and targets. Each feature and each target lies in one piece, an example after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Examples {
    points: Vec<[f64; 3]>,
    inputs: Vec<f64>,
    targets: Vec<f64>,
    classes: Vec<u32>,
}

/// The class of a label: the nearest there is.
fn class(label: f64, classes: usize) -> u32 {
    (0..u32::try_from(classes).unwrap_or(0)).rev().find(|c| label > f64::from(*c) - 0.5).unwrap_or(0)
}

impl Examples {
    /// The features of these points (x, y, label), and the targets that the loss needs.
    #[must_use]
    pub fn new(spec: &NetSpec, shape: &Shape, points: &[[f64; 3]]) -> Self {
        let inputs =
            spec.features.iter().flat_map(|f| points.iter().map(|[x, y, _]| f.at([*x, *y]))).collect();
        let classes: Vec<u32> = match shape.classes() {
            0 => Vec::new(),
            n => points.iter().map(|[_, _, label]| class(*label, n)).collect(),
        };
        let targets = match (shape.classes(), shape.outputs()) {
            (0, _) => points.iter().map(|p| p[2]).collect(),
            (_, 1) => classes.iter().map(|c| if *c == 0 { -1.0 } else { 1.0 }).collect(),
            (_, n) => (0..n)
                .flat_map(|o| classes.iter().map(move |c| if *c as usize == o { 1.0 } else { 0.0 }))
                .collect(),
        };
        Self { points: points.to_vec(), inputs, targets, classes }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// The place of an example.
    #[must_use]
    pub fn point(&self, i: usize) -> [f64; 2] {
        let [x, y, _] = self.points[i];
        [x, y]
    }

    /// The label of an example, as it was given.
    #[must_use]
    pub fn label(&self, i: usize) -> f64 {
        self.points[i][2]
    }

    /// The class of each example; empty for regression.
    #[must_use]
    pub fn classes(&self) -> &[u32] {
        &self.classes
    }

    /// One feature of all examples.
    #[must_use]
    pub fn input(&self, feature: usize) -> &[f64] {
        &self.inputs[feature * self.len()..(feature + 1) * self.len()]
    }

    /// What one output should be, for all examples.
    #[must_use]
    pub fn target(&self, output: usize) -> &[f64] {
        &self.targets[output * self.len()..(output + 1) * self.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::super::spec::{Loss, Task};
    use super::*;

    #[test]
    fn targets_are_signs_for_two_classes_and_one_of_each_for_more() {
        let points = [[1.0, 2.0, 0.0], [3.0, -1.0, 1.0], [0.5, 0.5, 7.0]];
        let mut spec = NetSpec { features: vec![Feature::Y, Feature::XY], ..NetSpec::default() };
        let two = Examples::new(&spec, &Shape::new(&spec, Task::Classes(2)).expect("possible"), &points);
        assert_eq!(two.input(0), [2.0, -1.0, 0.5]);
        assert_eq!(two.input(1), [2.0, -3.0, 0.25]);
        assert_eq!(two.target(0), [-1.0, 1.0, 1.0]);
        spec.loss = Loss::CrossEntropy;
        let three = Examples::new(&spec, &Shape::new(&spec, Task::Classes(3)).expect("possible"), &points);
        assert_eq!(three.classes(), [0, 1, 2], "a label beyond the last class is the last");
        assert_eq!(
            [three.target(0), three.target(1), three.target(2)],
            [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
        );
        spec.loss = Loss::Squared;
        let number = Examples::new(&spec, &Shape::new(&spec, Task::Regression).expect("possible"), &points);
        assert_eq!(number.target(0), [0.0, 1.0, 7.0]);
        assert!(number.classes().is_empty());
        assert_eq!((number.len(), number.point(1), number.label(2)), (3, [3.0, -1.0], 7.0));
    }
}
