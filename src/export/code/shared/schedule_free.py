class ScheduleFree:
    """Three points: z takes the steps, x averages z, and y between them is where gradients are taken; the run calls y θ.

    Only z is kept: x lies beyond y on the line from z.
    """

    def __init__(self, x, p, run):
        self.z, self.x, self.beta = x.copy(), x.copy(), 1.0
        self.largest = self.total = 0.0

    def begin(self, y, beta):
        """y for this β."""
        self.x = y + (y - self.z) * ((1 - self.beta) / self.beta)
        if beta != self.beta:
            y = self.x + (1 - beta) * (self.z - self.x)
        self.beta = beta
        return y

    def rate(self, lr, k):
        """During the warm-up the rate of the step before, as in optax; the authors' code has that of the step."""
        return lr * (k.step - 1) / k.step if k.step <= k.run.warmup else lr

    def end(self, lr):
        """Averages, weighing by the square of the largest rate so far, and gives the next y."""
        self.largest = max(self.largest, lr)
        self.total += self.largest**2
        weight = self.largest**2 / self.total if self.total > 0 else 0.0
        self.x = self.x + weight * (self.z - self.x)
        return self.x + (1 - self.beta) * (self.z - self.x)
