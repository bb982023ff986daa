# uses: sampling
class RandomSearch:
    """Draws points evenly over the region and keeps the best (Bergstra, Bengio 2012)."""

    keeps = []

    def __init__(self, x, p, run):
        self.lo, self.hi = np.array(run.region, dtype=float).T
        self.best = Held()

    def step(self, x, p, k):
        self.best.stand(x, k)
        count = int(p["samples"])
        draws = k.uniform(np.arange(count * len(x))).reshape(count, len(x))
        for point in self.lo + draws * (self.hi - self.lo):
            self.best.offer(point, ask(k, point))
        return self.best.x.copy()
