# uses: backtrack strong_wolfe
class GdLineSearch:
    """Gradient descent whose step length a line search finds (Armijo 1966)."""

    keeps = []

    def __init__(self, x, p, run):
        pass

    def step(self, x, p, k):
        f, g = k.value_and_gradient(x)
        if p["search"] == "armijo":
            return x - backtrack(k, x, -g, f, g, p["lr"], p["c1"], p["shrink"]) * g
        found = strong_wolfe(k, x, -g, f, g, p["lr"], p["c1"], p["c2"])
        return x - found.t * g if found else x
