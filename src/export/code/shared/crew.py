class Crew:
    """Copies of a method side by side, averaged every so many steps: local SGD (Stich 2019)."""

    def __init__(self, shape, method, x):
        self.shape = shape  # How many there are, and how many steps each goes alone.
        self.method = method
        self.others = [copy.deepcopy(method) for _ in range(shape[0] - 1)]
        self.points = [x.copy() for _ in range(shape[0])]
        self.average, self.anchor, self.since = x, x, 0

    def __deepcopy__(self, memo):
        """A copy for the case that the step is refused; the first method is the run's own."""
        new = copy.copy(self)
        new.others, new.points = copy.deepcopy((self.others, self.points))
        return new

    def step(self, x, p, k):
        # What was done to the average since is done to every worker.
        self.points = [point + (x - self.average) for point in self.points]
        if self.since == 0:
            self.anchor = x  # Where the round begins.
        k.anchor = self.anchor
        for k.worker, method in enumerate([self.method] + self.others):
            self.points[k.worker] = method.step(self.points[k.worker], p, k)
        k.worker, k.anchor = 0, None
        self.average = sum(self.points) / len(self.points)
        self.since += 1
        if self.since >= self.shape[1]:
            self.since, self.points = 0, [self.average.copy() for _ in self.points]
        return self.average.copy()
