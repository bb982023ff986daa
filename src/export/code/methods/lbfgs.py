# uses: strong_wolfe dot
class Lbfgs:
    """BFGS that remembers the last m pairs of a step and a change of the gradient in place of a matrix (Liu, Nocedal 1989).

    As torch.optim.LBFGS with one iteration a step and its strong Wolfe search.
    """

    keeps = ["steps", "changes"]

    def __init__(self, x, p, run):
        self.steps, self.changes, self.has_begun = [], [], False

    def direction(self, g):
        d, pairs = -g, list(zip(self.steps, self.changes))
        weights = []
        for s, y in reversed(pairs):
            weights.append(dot(s, d) * (1 / dot(y, s)))
            d = d - weights[-1] * y
        if pairs:
            s, y = pairs[-1]
            d = d * (dot(y, s) / dot(y, y))
        for (s, y), weight in zip(pairs, reversed(weights)):
            d = d + (weight - dot(y, d) * (1 / dot(y, s))) * s
        return d

    def step(self, x, p, k):
        f, g = k.value_and_gradient(x)
        history = int(p["history"])
        self.steps, self.changes = self.steps[-history:], self.changes[-history:]
        d = self.direction(g)
        if np.any(g) and not downhill(d, g):
            self.steps, self.changes, d = [], [], -g
        first = p["lr"] if self.has_begun else min(1 / np.sum(np.abs(g)), 1.0) * p["lr"]
        self.has_begun = self.has_begun or bool(first > 0 and downhill(d, g))
        found = strong_wolfe(k, x, d, f, g, first, p["c1"], p["c2"])
        if not found:
            return x
        s, y = found.t * d, found.g - g
        if dot(y, s) > 1e-10 and np.all(np.isfinite([s, y])):
            self.steps, self.changes = (self.steps + [s])[-history:], (self.changes + [y])[-history:]
        return x + s
