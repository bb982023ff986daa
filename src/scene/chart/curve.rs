//! The curve of a run: thinned to a few points for each pixel column before anything is stroked, and cut to the plot.

use super::{ChartFrame, ChartSeries, ChartSpec};
use crate::math::num;
use crate::scene::cast;
use crate::scene::clip::clip;
use crate::scene::painter::Rect;

/// Markers on a curve stand about this far apart.
const MARK_EVERY_PX: f64 = 96.0;
/// A curve that goes up and down by more than this for each pixel across is drawn thin: its stroke is what takes time.
const NOISY: f64 = 4.0;

/// How far a curve may be off, up or down, where points are left out, in units of the backend. plotters rounds more than
/// that, and with fewer points it shows less: a gentle slope is a few long strokes instead of a staircase.
const OFF_UNITS: f64 = 0.35;
/// Never less than this: it is not seen.
const OFF_PX: f64 = 0.1;

/// A point in the coordinates of the axes.
pub type Place = (f64, f64);

/// What is drawn for a run.
#[derive(Clone, Debug, Default)]
pub struct Curve {
    pub lines: Vec<Vec<Place>>,
    pub marks: Vec<Place>,
    /// Where it ended, if it diverged.
    pub end: Option<Place>,
    pub noisy: bool,
    /// From the lowest to the highest for each few pixels across, in place of lines where these would be mostly up and down.
    pub bars: Vec<(f64, [f64; 2])>,
}

/// A curve of the run with this index, for a backend that counts pixels in units of this size.
pub fn curve(
    spec: &ChartSpec<'_>,
    frame: &ChartFrame,
    series: &ChartSeries<'_>,
    index: usize,
    unit_px: f64,
) -> Curve {
    let mut curve = Curve::default();
    let off_px = (OFF_UNITS * unit_px).max(OFF_PX);
    let places = simplified(&thinned(spec, frame, series), frame, off_px);
    let Some(first) = places.first() else {
        return curve;
    };
    let rect =
        Rect { left: frame.x.0, top: frame.y.0, width: frame.x.1 - frame.x.0, height: frame.y.1 - frame.y.0 };
    let px_per_y = frame.plot.height / rect.height;
    let mut travel_px = 0.0;
    let mut last_seen = *first;
    for pair in places.windows(2) {
        let Some([a, b]) = clip(pair[0].into(), pair[1].into(), &rect) else {
            continue;
        };
        travel_px += (b[1] - a[1]).abs() * px_per_y;
        match curve.lines.last_mut() {
            Some(line) if line.last() == Some(&a.into()) => line.push(b.into()),
            _ => curve.lines.push(vec![a.into(), b.into()]),
        }
        last_seen = b.into();
    }
    let across_px = frame.px_from_step(last_seen.0) - frame.px_from_step(first.0);
    curve.noisy = travel_px > NOISY * across_px.max(40.0);
    curve.marks = marks(&curve.lines, frame, cast::float(index));
    if curve.lines.is_empty() {
        curve.marks.push(*first);
    }
    if series.diverged {
        curve.end = Some((last_seen.0, num::clamp(last_seen.1, frame.y.0, frame.y.1)));
    }
    curve
}

/// At most four rows for each pixel column: the first, the lowest, the highest and the last, in their order.
fn thinned(spec: &ChartSpec<'_>, frame: &ChartFrame, series: &ChartSeries<'_>) -> Vec<Place> {
    let values = series.values;
    let mut places = Vec::new();
    let mut start = 0;
    while start < values.len() {
        let column = |row| frame.px_from_row(series, row).floor();
        let this = column(start);
        let (mut lowest, mut highest, mut end) = (start, start, start + 1);
        while end < values.len() && column(end) == this {
            if values[end] < values[lowest] {
                lowest = end;
            }
            if values[end] > values[highest] {
                highest = end;
            }
            end += 1;
        }
        let mut rows = [start, lowest.min(highest), lowest.max(highest), end - 1].into_iter();
        let mut before = None;
        for row in &mut rows {
            if before != Some(row) {
                let x = spec.x_axis.of_row(series, row);
                places.push((x, frame.place(values[row])));
            }
            before = Some(row);
        }
        start = end;
    }
    places
}

/// The same curve without the points that a straight line between their neighbours passes close by.
fn simplified(places: &[Place], frame: &ChartFrame, off_px: f64) -> Vec<Place> {
    let px_per_x = frame.plot.width / (frame.x.1 - frame.x.0);
    let px_per_y = frame.plot.height / (frame.y.1 - frame.y.0);
    let Some(mut anchor) = places.first().copied() else {
        return Vec::new();
    };
    let mut kept = vec![anchor];
    let mut before = anchor;
    // The slopes that pass all points since the anchor closely enough.
    let mut slopes = (f64::NEG_INFINITY, f64::INFINITY);
    for place in &places[1..] {
        let cone = |from: Place| {
            let dx = ((place.0 - from.0) * px_per_x).max(1e-6);
            let dy = (place.1 - from.1) * px_per_y;
            ((dy - off_px) / dx, dy / dx, (dy + off_px) / dx)
        };
        let (mut low, slope, mut high) = cone(anchor);
        if slope < slopes.0 || slope > slopes.1 {
            kept.push(before);
            anchor = before;
            slopes = (f64::NEG_INFINITY, f64::INFINITY);
            (low, _, high) = cone(anchor);
        }
        slopes = (slopes.0.max(low), slopes.1.min(high));
        before = *place;
    }
    kept.push(before);
    kept
}

/// Points on the lines at equal distances across, shifted from run to run so that markers do not pile up.
fn marks(lines: &[Vec<Place>], frame: &ChartFrame, index: f64) -> Vec<Place> {
    let mut marks = Vec::new();
    let every = (frame.x.1 - frame.x.0) * (MARK_EVERY_PX / frame.plot.width);
    let mut next = frame.x.0 + every * (0.3 + 0.37 * index).fract();
    for line in lines {
        // After a gap the same places are kept.
        next += every * ((line[0].0 - next) / every).ceil().max(0.0);
        for pair in line.windows(2) {
            let [(x0, y0), (x1, y1)] = [pair[0], pair[1]];
            while next <= x1 {
                let u = if x1 > x0 { (next - x0) / (x1 - x0) } else { 1.0 };
                marks.push((next, y0 + u * (y1 - y0)));
                next += every;
            }
        }
    }
    if marks.is_empty() {
        marks.extend(lines.last().and_then(|l| l.last()));
    }
    marks
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::scene::chart::{Quantity, XAxis, YScale};
    use crate::scene::style::{Theme, run_style};

    pub fn drawn(values: &[f64], diverged: bool) -> (Curve, ChartFrame) {
        let series = [ChartSeries {
            values,
            other: &[],
            steps: &[],
            evaluations: &[],
            hessians: &[],
            diverged,
            style: run_style(0),
        }];
        let spec = ChartSpec {
            quantity: Quantity::Loss,
            x_axis: XAxis::Steps,
            y_scale: YScale::Linear,
            baseline: 0.0,
            series: &series,
            fan: None,
            horizon: 1,
            until: None,
            theme: Theme::Light,
        };
        let plot = Rect { left: 0.0, top: 0.0, width: 300.0, height: 100.0 };
        let end = cast::float(series[0].last()).max(1.0);
        let frame = ChartFrame::new(&spec, plot, (0.0, end), ((0.0, 10.0), YScale::Linear));
        (curve(&spec, &frame, &series[0], 0, 1.0), frame)
    }

    #[test]
    fn thousands_of_points_become_a_few_and_keep_their_extremes() {
        let mut loss: Vec<f64> = (0..5000).map(|i| 5.0 + f64::from(i % 7) * 0.1).collect();
        loss[1234] = 9.5;
        loss[4321] = 0.5;
        let (curve, _) = drawn(&loss, false);
        let [line] = curve.lines.as_slice() else {
            panic!("one line");
        };
        assert!(line.len() <= 4 * 301, "{}", line.len());
        assert!(line.contains(&(1234.0, 9.5)) && line.contains(&(4321.0, 0.5)));
        assert_eq!(line[0], (0.0, 5.0));
        assert_eq!(line[line.len() - 1].0, 4999.0);
        assert!(curve.noisy);
    }

    #[test]
    fn a_smooth_curve_keeps_its_shape_with_few_points() {
        let value = |i: f64| 9.0 / (1.0 + i / 200.0);
        let loss: Vec<f64> = (0..2000).map(|i| value(f64::from(i))).collect();
        let (curve, frame) = drawn(&loss, false);
        let line = &curve.lines[0];
        assert!(line.len() < 30, "{}", line.len());
        for pair in line.windows(2) {
            let x = 0.5 * (pair[0].0 + pair[1].0);
            let off = 0.5 * (pair[0].1 + pair[1].1) - value(x);
            assert!(off.abs() / 10.0 * frame.plot.height < 0.5);
        }
        assert!(!curve.noisy && (2..5).contains(&curve.marks.len()));
    }

    #[test]
    fn a_run_that_blows_up_leaves_through_the_top_and_ends_with_a_cross() {
        let (curve, _) = drawn(&[1.0, 5.0, 1e300, 1e308], true);
        assert_eq!(curve.lines, [vec![(0.0, 1.0), (1.0, 5.0), (1.0, 10.0)]]);
        assert_eq!(curve.end, Some((1.0, 10.0)));
        let (curve, _) = drawn(&[3.0], true);
        assert_eq!((curve.marks, curve.end), (vec![(0.0, 3.0)], Some((0.0, 3.0))));
        let (curve, _) = drawn(&[], true);
        assert!(curve.lines.is_empty() && curve.end.is_none());
    }
}
