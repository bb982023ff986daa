# uses: sampling
class Population:
    """Points with their values, the first at the start, the others anywhere in the region, and the best of all."""

    def __init__(self, run):
        self.lo, self.hi = np.array(run.region, dtype=float).T
        self.points, self.values, self.best = None, None, Held()

    def begin(self, count, x, k):
        """In the first step asks for all points and says so."""
        self.best.stand(x, k)
        if self.points is not None:
            return False
        n = len(x)
        draws = k.uniform(np.arange(count * n)).reshape(count, n)
        self.points = self.lo + draws * (self.hi - self.lo)
        self.points[0] = x
        self.values = np.array([self.best.value] + [ask(k, point) for point in self.points[1:]])
        for point, value in zip(self.points, self.values):
            self.best.offer(point, value)
        return True

    def improve(self, i, x, value):
        self.points[i], self.values[i] = x, value
        self.best.offer(x, value)
