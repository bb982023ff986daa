# uses: downhill dot
class Trial:
    """A point at distance t along the line: its value, its slope along the line and its gradient."""

    def __init__(self, t, f, g, d):
        self.t, self.f, self.g, self.slope = np.float64(t), f, g, dot(g, d)

    def is_finite(self):
        return np.isfinite(self.f) and np.isfinite(self.slope)

    def is_at_most(self, other):
        return self.f <= other.f or not other.is_finite()


def cubic(a, b, lo, hi):
    """Where the cubic through two values and slopes has its minimum, between bounds; their middle where it has none."""
    if a.t > b.t:
        a, b = b, a
    mean = a.slope + b.slope - 3 * (a.f - b.f) / (a.t - b.t)
    square = mean * mean - a.slope * b.slope
    root = np.sqrt(square)
    lowest = b.t - (b.t - a.t) * ((b.slope + root - mean) / (b.slope - a.slope + 2 * root))
    return min(max(lowest, lo), hi) if square >= 0 and np.isfinite(lowest) else 0.5 * (lo + hi)


def strong_wolfe(k, x, d, f, g, first, c1, c2, tries=25):
    """A trial along d that lies low enough (c₁) and is flat enough (c₂); None where there is none.

    Lengthens until the minimum along the line is bracketed, then cuts the bracket by cubic interpolation (Nocedal, Wright
    2006, sections 3.1 and 3.5; Schmidt's minFunc 2005, as in PyTorch's L-BFGS).
    """
    if not (0 < first < np.inf and downhill(d, g)):
        return None
    start, tried = Trial(0.0, f, g, d), 0

    def sample(t):
        point = x + t * d
        if np.array_equal(point, x):
            return None
        inside = np.all(np.isfinite(point))
        return Trial(t, *(k.trial(point) if inside else (np.nan, np.full_like(x, np.nan))), d)

    def is_too_high(s):
        return not s.is_finite() or s.f > start.f + c1 * s.t * start.slope

    def is_flat(s):
        return abs(s.slope) <= -c2 * start.slope

    before, new, bracket = start, sample(first), None
    while new is not None and tried < tries:
        if is_too_high(new) or (tried > 1 and new.f >= before.f):
            bracket = [before, new]
            break
        if is_flat(new):
            return usable(new)
        if new.slope >= 0:
            bracket = [before, new]
            break
        t = cubic(before, new, new.t + 0.01 * (new.t - before.t), 10 * new.t)
        before, new, tried = new, sample(t), tried + 1
    if new is None:
        return None
    if bracket is None:
        return usable(before if before.is_at_most(new) else new)

    low, stuck = int(not bracket[0].is_at_most(bracket[1])), False
    while tried < tries:
        t, stuck = cut(*bracket, stuck)
        if t in (bracket[0].t, bracket[1].t):
            break
        new = sample(t)
        if new is None:
            break
        tried += 1
        if is_too_high(new) or new.f >= bracket[low].f:
            bracket[1 - low] = new
            low = int(not bracket[0].is_at_most(bracket[1]))
            continue
        done = is_flat(new)
        if not done and new.slope * (bracket[1 - low].t - bracket[low].t) >= 0:
            bracket.reverse()  # The old low end becomes the high one.
        bracket[low] = new
        if done:
            break
    return usable(bracket[low])


def cut(a, b, stuck):
    """The next trial in a bracket; where the bracket does not shrink, a tenth away from its ends."""
    lo, hi = min(a.t, b.t), max(a.t, b.t)
    t, edge = cubic(a, b, lo, hi), 0.1 * (hi - lo)
    is_near = min(hi - t, t - lo) < edge
    if is_near and (stuck or t >= hi or t <= lo):
        return (hi - edge if abs(t - hi) < abs(t - lo) else lo + edge), False
    return t, is_near


def usable(trial):
    return trial if trial.t > 0 and trial.is_finite() else None
