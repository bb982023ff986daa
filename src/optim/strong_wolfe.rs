//! The strong Wolfe search: lengthen until the minimum along the line is bracketed, then cut the bracket by cubic
//! interpolation, staying a tenth away from its ends where it does not shrink.
//!
//! It is the search of PyTorch's L-BFGS (after minFunc's, Schmidt 2005, <https://www.cs.ubc.ca/~schmidtm/Software/minFunc.html>;
//! conditions and bracketing in Nocedal, Wright 2006, sections 3.1 and 3.5), and gives the same points but where that ends
//! badly: a trial whose value or slope is not finite counts as too high, a bracket with such an end is halved, a trial that
//! rounding makes equal to θ or to an end of the bracket ends the search, and after the last lengthening the lower of the last
//! two trials is taken.

use crate::math::num;
use crate::objective::Oracle;

/// The tries after the first one.
const TRIES: u32 = 25;

/// What a point of the line is like.
#[derive(Clone)]
pub struct Sample {
    /// α: the length, in multiples of d.
    pub t: f64,
    pub f: f64,
    /// dᵀg.
    pub slope: f64,
    pub g: Vec<f64>,
}

impl Sample {
    pub fn is_finite(&self) -> bool {
        self.f.is_finite() && self.slope.is_finite()
    }

    fn is_at_most(&self, other: &Self) -> bool {
        self.f <= other.f || !other.is_finite()
    }
}

/// The points of the line through x along d, each asked at most once.
pub struct Line<'a> {
    pub oracle: &'a mut dyn Oracle,
    pub x: &'a [f64],
    pub d: &'a [f64],
    pub trials: &'a mut Vec<f64>,
}

impl Line<'_> {
    /// The point at `t` where there is one to ask about: `None` where it is x itself.
    fn point(&mut self, t: f64) -> Option<Vec<f64>> {
        let point: Vec<f64> = self.x.iter().zip(self.d).map(|(x, d)| x + t * d).collect();
        if point == self.x {
            return None;
        }
        if point.iter().all(|v| v.is_finite()) {
            self.trials.extend_from_slice(&point);
        }
        Some(point)
    }

    /// f there; not a number where the point is out of range.
    pub fn value(&mut self, t: f64) -> Option<f64> {
        let point = self.point(t)?;
        let inside = point.iter().all(|v| v.is_finite());
        Some(if inside { self.oracle.value(&point) } else { f64::NAN })
    }

    /// f, slope and gradient there.
    fn sample(&mut self, t: f64) -> Option<Sample> {
        let point = self.point(t)?;
        let mut g = vec![f64::NAN; point.len()];
        let inside = point.iter().all(|v| v.is_finite());
        let f = if inside { self.oracle.gradient(&point, &mut g) } else { f64::NAN };
        Some(Sample { t, f, slope: num::dot(&g, self.d), g })
    }
}

/// Where the cubic through the values and slopes of two samples is lowest, between `lo` and `hi`; halfway where it has no
/// minimum or is not finite.
fn cubic(a: &Sample, b: &Sample, lo: f64, hi: f64) -> f64 {
    let (a, b) = if a.t <= b.t { (a, b) } else { (b, a) };
    let mean = a.slope + b.slope - 3.0 * (a.f - b.f) / (a.t - b.t);
    let square = mean * mean - a.slope * b.slope;
    let root = square.sqrt();
    let lowest = b.t - (b.t - a.t) * ((b.slope + root - mean) / (b.slope - a.slope + 2.0 * root));
    if square >= 0.0 && lowest.is_finite() { lowest.max(lo).min(hi) } else { 0.5 * (lo + hi) }
}

/// Samples with the minimum between them, or the one that is taken.
enum Bracket {
    Around([Sample; 2]),
    Taken(Sample),
}

/// The search with the two conditions in mind.
struct Wolfe<'a> {
    line: Line<'a>,
    start: Sample,
    c1: f64,
    c2: f64,
    /// Tries so far.
    tried: u32,
}

/// Searches from `start`; `None` where there was nothing to try.
pub fn strong_wolfe(line: Line<'_>, start: Sample, first: f64, [c1, c2]: [f64; 2]) -> Option<Sample> {
    let mut search = Wolfe { line, start, c1, c2, tried: 0 };
    match search.bracket(first)? {
        Bracket::Taken(sample) => Some(sample),
        Bracket::Around(bracket) => Some(search.cut(bracket)),
    }
}

impl Wolfe<'_> {
    fn is_too_high(&self, s: &Sample) -> bool {
        !s.is_finite() || s.f > self.start.f + self.c1 * s.t * self.start.slope
    }

    fn is_flat(&self, s: &Sample) -> bool {
        s.slope.abs() <= -self.c2 * self.start.slope
    }

    /// Lengthens until the minimum is passed.
    fn bracket(&mut self, first: f64) -> Option<Bracket> {
        let mut before = self.start.clone();
        let mut new = self.line.sample(first)?;
        while self.tried < TRIES {
            if self.is_too_high(&new) || (self.tried > 1 && new.f >= before.f) {
                return Some(Bracket::Around([before, new]));
            }
            if self.is_flat(&new) {
                return Some(Bracket::Taken(new));
            }
            if new.slope >= 0.0 {
                return Some(Bracket::Around([before, new]));
            }
            let t = cubic(&before, &new, new.t + 0.01 * (new.t - before.t), 10.0 * new.t);
            before = new;
            new = self.line.sample(t)?;
            self.tried += 1;
        }
        Some(Bracket::Taken(if before.is_at_most(&new) { before } else { new }))
    }

    /// Cuts the bracket until the conditions hold; gives its lower end.
    fn cut(&mut self, mut bracket: [Sample; 2]) -> Sample {
        let lower = |b: &[Sample; 2]| usize::from(!b[0].is_at_most(&b[1]));
        let mut low = lower(&bracket);
        let mut stuck = false;
        while self.tried < TRIES {
            let t = next(&bracket, &mut stuck);
            if t == bracket[0].t || t == bracket[1].t {
                break;
            }
            let Some(new) = self.line.sample(t) else {
                break;
            };
            self.tried += 1;
            if self.is_too_high(&new) || new.f >= bracket[low].f {
                bracket[1 - low] = new;
                low = lower(&bracket);
                continue;
            }
            let done = self.is_flat(&new);
            if !done && new.slope * (bracket[1 - low].t - bracket[low].t) >= 0.0 {
                // The old low end becomes the high one; the new sample takes its place.
                bracket.swap(0, 1);
            }
            bracket[low] = new;
            if done {
                break;
            }
        }
        let [a, b] = bracket;
        if low == 0 { a } else { b }
    }
}

/// The next length to try: the lowest point of the cubic, kept a tenth away from the ends at every second time.
fn next(bracket: &[Sample; 2], stuck: &mut bool) -> f64 {
    let [a, b] = bracket;
    let (lo, hi) = (a.t.min(b.t), a.t.max(b.t));
    let t = cubic(a, b, lo, hi);
    let edge = 0.1 * (hi - lo);
    let is_near = (hi - t).min(t - lo) < edge;
    if is_near && (*stuck || t >= hi || t <= lo) {
        *stuck = false;
        return if (t - hi).abs() < (t - lo).abs() { hi - edge } else { lo + edge };
    }
    *stuck = is_near;
    t
}
