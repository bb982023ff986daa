# uses: downhill dot
def backtrack(k, x, d, f, g, t, c1, shrink):
    """The step length t along d, shortened until f falls by the share c₁ of what the slope promises (Armijo 1966).

    0 where 30 trials were in vain. Values are those of the function itself, whatever modifiers do to gradients.
    """
    if not (0 < t < np.inf and downhill(d, g)):
        return 0.0
    slope = dot(g, d)
    for _ in range(30):
        point = x + t * d
        if np.array_equal(point, x):
            return 0.0
        new = k.value(point) if np.all(np.isfinite(point)) else np.nan
        if np.isfinite(new) and new <= f + c1 * t * slope:
            return t
        t *= shrink
    return 0.0
