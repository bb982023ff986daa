def inverse_sqrt(step, p, run):
    """A straight rise over w steps, then one over the root of the steps (Vaswani et al. 2017)."""
    n, w = step + 1, p["warmup"]
    return min(n / w, math.sqrt(w / n))
