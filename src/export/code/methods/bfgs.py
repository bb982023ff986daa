# uses: strong_wolfe dot product
class Bfgs:
    """Gathers an estimate B of the inverse Hessian from the changes of the gradient (Broyden, Fletcher, Goldfarb, Shanno 1970).

    B begins as I, as in SciPy; Nocedal and Wright rescale it after the first step.
    """

    keeps = ["inverse"]

    def __init__(self, x, p, run):
        self.inverse, self.is_fresh = np.eye(len(x)), True

    def step(self, x, p, k):
        f, g = k.value_and_gradient(x)
        d = -product(self.inverse, g)
        if np.any(g) and not downhill(d, g):
            self.inverse, self.is_fresh, d = np.eye(len(x)), True, -g
        first = p["lr"] * min(1 / norm(g), 1.0) if self.is_fresh else p["lr"]
        found = strong_wolfe(k, x, d, f, g, first, p["c1"], p["c2"])
        if not found:
            return x
        s, y = found.t * d, found.g - g
        ys = dot(y, s)
        if ys > 0:
            by = product(self.inverse, y)
            more = (1 + dot(y, by) / ys) / ys * np.outer(s, s) - (np.outer(by, s) + np.outer(s, by)) / ys
            if np.all(np.isfinite(self.inverse + more)):
                self.inverse, self.is_fresh = self.inverse + more, False
        return x + s
