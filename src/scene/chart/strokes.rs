//! What is not a plain line: bars for what goes up and down within a pixel, dashes for what is only looked at.

use super::curve::{Curve, Place};
use super::{ChartFrame, ChartSeries, ChartSpec};
use crate::math::num;

/// How wide bars are.
pub const BAR_PX: f64 = 2.0;
/// How far dashes stand apart, from the beginning of one to that of the next, and the part of it that is drawn.
const DASH_PX: f64 = 7.0;
const DASH_ON: f64 = 0.6;

/// The bars of a run: cheap to fill, however much goes up and down in one.
pub fn bars(spec: &ChartSpec<'_>, frame: &ChartFrame, series: &ChartSeries<'_>) -> Curve {
    let mut curve = Curve { noisy: true, ..Curve::default() };
    let mut before = None;
    for (row, value) in series.values.iter().enumerate() {
        let column = (frame.px_from_row(series, row) / BAR_PX).floor();
        let place = num::clamp(frame.place(*value), frame.y.0, frame.y.1);
        match curve.bars.last_mut().filter(|_| before == Some(column)) {
            Some((_, [low, high])) => (*low, *high) = (low.min(place), high.max(place)),
            None => curve.bars.push((spec.x_axis.of_row(series, row), [place; 2])),
        }
        before = Some(column);
    }
    // Bars touch the next ones, so that a calm run is a line.
    for i in 1..curve.bars.len() {
        let [low, high] = curve.bars[i - 1].1;
        let next = &mut curve.bars[i].1;
        *next = [next[0].min(high), next[1].max(low)];
    }
    if series.diverged {
        curve.end = curve.bars.last().map(|(x, [_, high])| (*x, *high));
    }
    curve
}

/// Pieces of the lines, dashed by equal distances across.
pub fn dashes(curve: &Curve, frame: &ChartFrame) -> Vec<Vec<Place>> {
    let period = (frame.x.1 - frame.x.0) / frame.plot.width * DASH_PX;
    let mut pieces: Vec<Vec<Place>> = Vec::new();
    // A picture without an extent, or one so small that rounding holds it in place.
    let advances = period > 0.0 && frame.x.0 + 0.1 * period > frame.x.0;
    if !advances || !frame.x.1.is_finite() {
        return pieces;
    }
    for line in &curve.lines {
        let mut piece = Vec::new();
        for pair in line.windows(2) {
            let [mut from, to] = [pair[0], pair[1]];
            loop {
                let place = (from.0 - frame.x.0) / period;
                // Where a dash ends or begins, rounding does not matter.
                let cell = (place + 1e-6).floor();
                let is_on = place - cell + 1e-6 < DASH_ON;
                let end = frame.x.0 + period * (cell + if is_on { DASH_ON } else { 1.0 });
                let share = (end - from.0) / (to.0 - from.0);
                let goes_on = end < to.0;
                let next = if goes_on { (end, from.1 + share * (to.1 - from.1)) } else { to };
                if is_on {
                    if piece.is_empty() {
                        piece.push(from);
                    }
                    piece.push(next);
                } else if !piece.is_empty() {
                    pieces.push(std::mem::take(&mut piece));
                }
                if !goes_on {
                    break;
                }
                from = next;
            }
        }
        if !piece.is_empty() {
            pieces.push(piece);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::curve::tests::drawn;
    use super::*;
    use crate::scene::chart::{Quantity, XAxis, YScale};
    use crate::scene::style::{Theme, run_style};

    #[test]
    fn dashes_cover_their_part_of_a_line_and_stay_on_it() {
        let values: Vec<f64> = (0..=3000).map(|i| 5.0 + 4.0 * f64::from(i % 2)).collect();
        for values in [&values[..], &[1.0, 9.0], &[2.0; 40]] {
            let (curve, frame) = drawn(values, false);
            let pieces = dashes(&curve, &frame);
            let across: f64 = pieces.iter().map(|p| p[p.len() - 1].0 - p[0].0).sum();
            let share = across / (frame.x.1 - frame.x.0);
            assert!((share - DASH_ON).abs() < 0.02, "{share}");
            assert!(pieces.len() <= 44, "{}", pieces.len());
        }
        let (straight, mut frame) = drawn(&[1.0, 9.0], false);
        for (x, y) in dashes(&straight, &frame).concat() {
            assert!((y - (1.0 + 8.0 * x)).abs() < 1e-9, "{x}");
        }
        for x in [(0.0, 0.0), (1.0, 0.0), (0.0, f64::NAN), (1e9, 1e9 + 1e-7)] {
            frame.x = x;
            assert!(dashes(&straight, &frame).is_empty(), "{x:?}");
        }
    }

    #[test]
    fn bars_hold_every_value_and_touch() {
        let values: Vec<f64> = (0..5000).map(|i| 5.0 + f64::from(i % 7) * 0.1).collect();
        let series = ChartSeries {
            values: &values,
            other: &[],
            steps: &[],
            evaluations: &[],
            hessians: &[],
            diverged: false,
            style: run_style(0),
        };
        let (_, frame) = drawn(&values, false);
        let spec = ChartSpec {
            quantity: Quantity::Batch,
            x_axis: XAxis::Steps,
            y_scale: YScale::Linear,
            baseline: 0.0,
            series: &[series],
            fan: None,
            horizon: 4999,
            until: None,
            theme: Theme::Light,
        };
        let bars = bars(&spec, &frame, &series).bars;
        assert!((149..=152).contains(&bars.len()), "{}", bars.len());
        // The right edge is a column of its own.
        let whole = &bars[..bars.len() - 1];
        assert!(whole.iter().all(|(_, [low, high])| *low <= 5.0 + 1e-9 && *high >= 5.6 - 1e-9));
    }
}
