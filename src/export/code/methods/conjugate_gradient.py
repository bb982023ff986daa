# uses: strong_wolfe dot
class ConjugateGradient:
    """Directions that keep a part of the one before, by a choice of formulas (Fletcher, Reeves 1964; Polak, Ribière 1969).

    Nocedal, Wright 2006, section 5.2. SciPy has the first formula, with a line search of its own.
    """

    keeps = ["d", "before"]

    def __init__(self, x, p, run):
        self.d, self.before = np.zeros_like(x), np.zeros_like(x)
        self.promised, self.is_fresh = 0.0, True

    def step(self, x, p, k):
        f, g = k.value_and_gradient(x)
        if p["lr"] <= 0:
            return x
        y = g - self.before
        beta = 0.0
        if not self.is_fresh:
            above = dot(g, y if p["formula"] in ("polak_ribiere", "hestenes_stiefel") else g)
            below = dot(self.d, y) if p["formula"] in ("hestenes_stiefel", "dai_yuan") else dot(self.before, self.before)
            beta = above / below
            if p["formula"] == "polak_ribiere":
                beta = max(0.0, beta)
        self.d = -g + beta * self.d if np.isfinite(beta) else -g
        if not downhill(self.d, g):
            self.d = -g  # A restart.
        # First try the length that would change f as much as the last step, to first order.
        slope = dot(g, self.d)
        first = p["lr"] * (self.promised / slope if self.promised < 0 else min(1 / norm(g), 1.0))
        found = strong_wolfe(k, x, self.d, f, g, first, p["c1"], p["c2"])
        t = found.t if found else 0.0
        self.promised, self.before, self.is_fresh = t * slope, g, False
        return x + t * self.d if found else x
