//! Where on a chart things stand.

use super::{ChartSpec, XAxis, YScale};
use crate::math::num;
use crate::run::Trace;
use crate::scene::painter::Rect;

/// The mapping between a chart's pixels and what it shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChartFrame {
    /// The rectangle of the curves, in CSS pixels.
    pub plot: Rect,
    /// What runs along the horizontal axis.
    pub x_axis: XAxis,
    /// Its ends.
    pub x: (f64, f64),
    /// How values are spread.
    pub y_scale: YScale,
    /// The ends of the vertical axis: log₁₀ of the value where it is logarithmic.
    pub y: (f64, f64),
    /// What is subtracted from values.
    pub baseline: f64,
}

impl ChartFrame {
    /// Where a step (or a number of evaluations) stands horizontally.
    #[must_use]
    pub fn px_from_step(&self, step: f64) -> f64 {
        self.plot.left + (step - self.x.0) / (self.x.1 - self.x.0) * self.plot.width
    }

    /// The step (or number of evaluations) at a pixel, within the axis.
    #[must_use]
    pub fn step_from_px(&self, px: f64) -> f64 {
        let part = ((px - self.plot.left) / self.plot.width).clamp(0.0, 1.0);
        self.x.0 + part * (self.x.1 - self.x.0)
    }

    /// Where a row of a run stands horizontally.
    #[must_use]
    pub fn px_from_row(&self, trace: &Trace, row: usize) -> f64 {
        self.px_from_step(self.x_axis.of_row(trace, row.min(trace.last())))
    }

    /// The row of a run nearest to a pixel.
    #[must_use]
    pub fn row_from_px(&self, trace: &Trace, px: f64) -> usize {
        let x = self.step_from_px(px);
        let after = match self.x_axis {
            XAxis::Steps => crate::scene::cast::index(x.ceil()),
            XAxis::Evaluations => trace.evaluations.partition_point(|e| f64::from(*e) < x),
        };
        let after = after.min(trace.last());
        let before = after.saturating_sub(1);
        let far = |row: usize| (self.x_axis.of_row(trace, row) - x).abs();
        if far(before) < far(after) { before } else { after }
    }

    /// Where a value stands vertically, on the edge for what is beyond it.
    #[must_use]
    pub fn px_from_value(&self, value: f64) -> f64 {
        let part = (self.place(value) - self.y.0) / (self.y.1 - self.y.0);
        self.plot.bottom() - part.clamp(0.0, 1.0) * self.plot.height
    }

    /// Where a value stands on the vertical axis: not below its lower end.
    pub(super) fn place(&self, value: f64) -> f64 {
        place(value - self.baseline, self.y_scale).max(self.y.0)
    }

    pub(super) fn new(
        spec: &ChartSpec<'_>,
        plot: Rect,
        x: (f64, f64),
        (y, y_scale): ((f64, f64), YScale),
    ) -> Self {
        Self { plot, x_axis: spec.x_axis, x, y_scale, y, baseline: spec.baseline }
    }
}

fn place(value: f64, scale: YScale) -> f64 {
    match scale {
        YScale::Linear => value,
        YScale::Log if value > 0.0 => num::log10(value),
        YScale::Log => f64::NEG_INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(x_axis: XAxis, y_scale: YScale) -> ChartFrame {
        ChartFrame {
            plot: Rect { left: 40.0, top: 10.0, width: 200.0, height: 100.0 },
            x_axis,
            x: (0.0, 100.0),
            y_scale,
            y: (-4.0, 1.0),
            baseline: 0.0,
        }
    }

    #[test]
    fn steps_and_pixels_are_inverse() {
        let frame = frame(XAxis::Steps, YScale::Log);
        assert_eq!(frame.px_from_step(50.0), 140.0);
        assert_eq!(frame.step_from_px(140.0), 50.0);
        assert_eq!(frame.step_from_px(0.0), 0.0);
        assert_eq!(frame.step_from_px(1e9), 100.0);
    }

    #[test]
    fn values_that_are_not_positive_stand_at_the_bottom() {
        let frame = frame(XAxis::Steps, YScale::Log);
        assert_eq!(frame.px_from_value(10.0), 10.0);
        for v in [1e-4, 1e-9, 0.0, -5.0] {
            assert_eq!(frame.px_from_value(v), 110.0);
        }
    }

    #[test]
    fn the_nearest_row_is_found_on_both_axes() {
        let trace = Trace { loss: vec![1.0; 5], evaluations: vec![0, 10, 30, 60, 100], ..Trace::default() };
        let by_evaluations = frame(XAxis::Evaluations, YScale::Log);
        for (px, row) in [(40.0, 0), (70.0, 1), (90.0, 2), (140.0, 3), (500.0, 4)] {
            assert_eq!(by_evaluations.row_from_px(&trace, px), row, "{px}");
        }
        let by_steps = frame(XAxis::Steps, YScale::Log);
        assert_eq!(by_steps.row_from_px(&trace, 44.0), 2);
        assert_eq!(by_steps.row_from_px(&trace, 200.0), 4);
    }
}
