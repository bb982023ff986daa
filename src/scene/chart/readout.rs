//! What stands under the pointer, in words.

use super::{ChartFrame, ChartSeries, XAxis};
use crate::run::status::readable;
use crate::scene::cast;
use std::fmt::Write;

/// The values of all runs at a point of the chart. On an axis of evaluations a run stands at a step of its own, so it also
/// says which step a press there goes to.
#[must_use]
pub fn readout(frame: &ChartFrame, series: &[ChartSeries<'_>], at_px: [f64; 2]) -> String {
    let along = cast::whole(frame.step_from_px(at_px[0]).round());
    let mut text = match frame.x_axis {
        XAxis::Steps => format!("step {along}"),
        XAxis::Evaluations if along == 1 => "1 evaluation".to_owned(),
        XAxis::Evaluations => format!("{along} evaluations"),
    };
    for s in series {
        let _ = write!(text, "  {} {}", s.style.marker.glyph(), value(frame, s, at_px[0]));
    }
    if frame.x_axis == XAxis::Evaluations
        && let Some((run, row)) = frame.nearest(series, at_px)
    {
        let s = &series[run];
        let _ = write!(text, "  → step {} of {}", s.step_of(row), s.style.marker.glyph());
    }
    text
}

fn value(frame: &ChartFrame, series: &ChartSeries<'_>, px: f64) -> String {
    let row = frame.row_from_px(series, px);
    let Some(value) = series.values.get(row).filter(|_| !frame.is_over(series, px)) else {
        return "–".to_owned();
    };
    let mut words = readable(*value);
    if let Some(other) = series.other.get(row) {
        let _ = write!(words, " / {}", readable(*other));
    }
    match series.hessians_at(row) {
        0 => words,
        _ if frame.x_axis == XAxis::Steps => words,
        1 => format!("{words} (and 1 Hessian)"),
        n => format!("{words} (and {n} Hessians)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::chart::YScale;
    use crate::scene::painter::Rect;
    use crate::scene::style::run_style;

    #[test]
    fn runs_that_have_ended_have_no_value_and_hessians_are_told_apart() {
        let run = |i, values, evaluations, hessians| ChartSeries {
            values,
            other: &[],
            steps: &[],
            evaluations,
            hessians,
            diverged: false,
            style: run_style(i),
        };
        let runs = [
            run(0, &[4.0, 2.0, 1.0], &[0, 1, 2], &[0, 0, 0]),
            run(1, &[4.0, 3.0, 2.0], &[0, 5, 10], &[0, 1, 2]),
        ];
        let mut frame = ChartFrame {
            plot: Rect { left: 0.0, top: 0.0, width: 100.0, height: 100.0 },
            x_axis: XAxis::Evaluations,
            x: (0.0, 10.0),
            y_scale: YScale::Linear,
            y: (0.0, 5.0),
            baseline: 0.0,
        };
        let [first, second] = [0, 1].map(|i| run_style(i).marker.glyph());
        let words = |frame: &ChartFrame, px| readout(frame, &runs, [px, 0.0]);
        assert_eq!(words(&frame, 10.0), format!("1 evaluation  {first} 2  {second} 4  → step 0 of {second}"));
        assert_eq!(
            words(&frame, 52.0),
            format!("5 evaluations  {first} –  {second} 3 (and 1 Hessian)  → step 1 of {second}")
        );
        assert!(words(&frame, 99.0).contains("2 (and 2 Hessians)"));
        (frame.x_axis, frame.x) = (XAxis::Steps, (0.0, 4.0));
        assert_eq!(words(&frame, 50.0), format!("step 2  {first} 1  {second} 2"));
        assert_eq!(words(&frame, 90.0), format!("step 4  {first} –  {second} –"));
    }
}
