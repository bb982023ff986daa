//! Where on a chart things stand.

use super::{ChartSeries, ChartSpec, XAxis, YScale};
use crate::math::num;
use crate::scene::painter::Rect;

/// A pointer this far beyond the end of a curve still means its end.
const OVER_PX: f64 = 3.0;

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
        let part = num::clamp((px - self.plot.left) / self.plot.width, 0.0, 1.0);
        self.x.0 + part * (self.x.1 - self.x.0)
    }

    /// Where a row of a run stands horizontally.
    #[must_use]
    pub fn px_from_row(&self, series: &ChartSeries<'_>, row: usize) -> f64 {
        self.px_from_step(self.x_axis.of_row(series, row.min(series.last())))
    }

    /// The row of a run nearest to a pixel.
    #[must_use]
    pub fn row_from_px(&self, series: &ChartSeries<'_>, px: f64) -> usize {
        let x = self.step_from_px(px);
        let after = match self.x_axis {
            XAxis::Steps if series.steps.is_empty() => crate::scene::cast::index(x.ceil()),
            XAxis::Steps => series.steps.partition_point(|s| f64::from(*s) < x),
            XAxis::Evaluations => series.evaluations.partition_point(|e| f64::from(*e) < x),
        };
        let after = after.min(series.last());
        let before = after.saturating_sub(1);
        let far = |row: usize| (self.x_axis.of_row(series, row) - x).abs();
        if far(before) < far(after) { before } else { after }
    }

    /// Whether a run has ended clearly before a pixel.
    #[must_use]
    pub fn is_over(&self, series: &ChartSeries<'_>, px: f64) -> bool {
        px > self.px_from_row(series, series.last()) + OVER_PX
    }

    /// The run whose curve passes closest above or below a point, and its row there; where all have ended before, the
    /// last row of the one that went on longest. None where there is no row at all.
    #[must_use]
    pub fn nearest(&self, series: &[ChartSeries<'_>], [x_px, y_px]: [f64; 2]) -> Option<(usize, usize)> {
        let runs = || series.iter().enumerate().filter(|(_, s)| !s.values.is_empty());
        let off =
            |s: &ChartSeries<'_>| (self.px_from_value(s.values[self.row_from_px(s, x_px)]) - y_px).abs();
        let end = |s: &ChartSeries<'_>| self.px_from_row(s, s.last());
        let there = runs().filter(|(_, s)| !self.is_over(s, x_px));
        let (run, s) = there
            .min_by(|(_, a), (_, b)| off(a).total_cmp(&off(b)))
            .or_else(|| runs().max_by(|(_, a), (_, b)| end(a).total_cmp(&end(b))))?;
        Some((run, self.row_from_px(s, x_px)))
    }

    /// Where a value stands vertically, on the edge for what is beyond it.
    #[must_use]
    pub fn px_from_value(&self, value: f64) -> f64 {
        let part = (self.place(value) - self.y.0) / (self.y.1 - self.y.0);
        self.plot.bottom() - num::clamp(part, 0.0, 1.0) * self.plot.height
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
    use crate::scene::style::run_style;

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

    fn series<'a>(values: &'a [f64], evaluations: &'a [u32]) -> ChartSeries<'a> {
        ChartSeries {
            values,
            other: &[],
            steps: &[],
            evaluations,
            hessians: &[],
            diverged: false,
            style: run_style(0),
        }
    }

    #[test]
    fn the_nearest_curve_is_the_one_that_is_pointed_at() {
        let frame = frame(XAxis::Evaluations, YScale::Linear);
        let (low, high) = ([-4.0, -3.0, -3.0], [1.0, 0.0, 0.0, 0.0]);
        let runs = [series(&low, &[0, 50, 100]), series(&high, &[0, 10, 20, 30])];
        // The first runs along the bottom to the right edge, the second along the top to 30 evaluations.
        assert_eq!(frame.nearest(&runs, [82.0, 100.0]), Some((0, 0)));
        assert_eq!(frame.nearest(&runs, [82.0, 20.0]), Some((1, 2)));
        assert_eq!(frame.nearest(&runs, [140.0, 20.0]), Some((0, 1)), "the second is over");
        assert_eq!(frame.nearest(&runs[1..], [200.0, 100.0]), Some((0, 3)));
        assert!(frame.is_over(&runs[1], 110.0) && !frame.is_over(&runs[1], 102.0));
        assert_eq!(frame.nearest(&[], [0.0; 2]), None);
        assert_eq!(frame.nearest(&[series(&[], &[])], [0.0; 2]), None);
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
        let run = series(&[1.0; 5], &[0, 10, 30, 60, 100]);
        let by_evaluations = frame(XAxis::Evaluations, YScale::Log);
        for (px, row) in [(40.0, 0), (70.0, 1), (90.0, 2), (140.0, 3), (500.0, 4)] {
            assert_eq!(by_evaluations.row_from_px(&run, px), row, "{px}");
        }
        let by_steps = frame(XAxis::Steps, YScale::Log);
        assert_eq!(by_steps.row_from_px(&run, 44.0), 2);
        assert_eq!(by_steps.row_from_px(&run, 200.0), 4);
    }
}
