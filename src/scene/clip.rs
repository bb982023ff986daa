//! Cutting a segment to a rectangle (Liang and Barsky 1984, <https://doi.org/10.1145/357332.357333>), for end points
//! however far away.

use super::painter::Rect;
use crate::math::num;

/// With coordinates beyond this everything is shrunk by 2⁻²⁰⁰ (which is exact) before it is cut, so that no difference
/// and no product overflows.
const FAR: f64 = 1e140;

/// The part of the segment from `a` to `b` inside the rectangle; none if it passes by. End points inside are returned
/// with the same bits. Infinite coordinates count as the largest finite ones.
pub fn clip(a: [f64; 2], b: [f64; 2], rect: &Rect) -> Option<[[f64; 2]; 2]> {
    let all = [a[0], a[1], b[0], b[1]];
    if all.iter().any(|v| v.is_nan()) {
        return None;
    }
    let shrink = if all.iter().all(|v| v.abs() <= FAR) { 1.0 } else { f64::from_bits((1023 - 200) << 52) };
    let [ax, ay, bx, by] = all.map(|v| num::clamp(v, f64::MIN, f64::MAX) * shrink);
    // Parts of the length are counted from the nearer end: from a far one they would be too coarse to end on screen.
    if ax.abs() + ay.abs() > bx.abs() + by.abs() {
        return clip(b, a, rect).map(|[first, second]| [second, first]);
    }
    let d = [bx - ax, by - ay];
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (from, d, lo, hi) in [
        (ax, d[0], rect.left * shrink, rect.right() * shrink),
        (ay, d[1], rect.top * shrink, rect.bottom() * shrink),
    ] {
        if d == 0.0 {
            if from < lo || from > hi {
                return None;
            }
            continue;
        }
        let (first, second) = ((lo - from) / d, (hi - from) / d);
        enter = enter.max(first.min(second));
        leave = leave.min(first.max(second));
    }
    if enter > leave {
        return None;
    }
    let at = |t: f64| {
        [
            num::clamp((ax + t * d[0]) / shrink, rect.left, rect.right()),
            num::clamp((ay + t * d[1]) / shrink, rect.top, rect.bottom()),
        ]
    };
    Some([if enter > 0.0 { at(enter) } else { a }, if leave < 1.0 { at(leave) } else { b }])
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: Rect = Rect { left: 0.0, top: 0.0, width: 100.0, height: 50.0 };

    #[test]
    fn segments_are_cut_where_they_cross_the_edges() {
        for (a, b, want) in [
            ([10.0, 10.0], [20.0, 30.0], Some([[10.0, 10.0], [20.0, 30.0]])),
            ([-50.0, 25.0], [50.0, 25.0], Some([[0.0, 25.0], [50.0, 25.0]])),
            ([50.0, 100.0], [50.0, -100.0], Some([[50.0, 50.0], [50.0, 0.0]])),
            ([-10.0, 10.0], [-10.0, 30.0], None),
            ([-30.0, 20.0], [20.0, -30.0], None),
            ([5.0, 5.0], [5.0, 5.0], Some([[5.0, 5.0], [5.0, 5.0]])),
            ([f64::NAN, 0.0], [5.0, 5.0], None),
        ] {
            assert_eq!(clip(a, b, &RECT), want, "{a:?} {b:?}");
        }
    }

    #[test]
    fn ends_out_of_all_bounds_are_neither_lost_nor_overflow() {
        let inside = [10.0, 20.0];
        for far in [1e10, 1e100, 1e200, 1e300, 1.7e308, f64::INFINITY] {
            let [a, b] = clip(inside, [far, 20.0], &RECT).expect("begins inside");
            assert!(a == inside && (b[0] - 100.0).abs() < 1e-9 && b[1] == 20.0);
            let [a, b] = clip([-far, 30.0], inside, &RECT).expect("ends inside");
            assert!(a[0].abs() < 1e-9 && b == inside);
            let through = clip([-far, -far], [far, far], &RECT).expect("the diagonal");
            assert!(through.iter().flatten().all(|v| v.is_finite()));
            assert_eq!(clip([far, far], [far, -far], &RECT), None);
        }
    }
}
