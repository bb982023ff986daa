class ReduceOnPlateau:
    """The rate times f when the loss has not improved for more than so many steps, as PyTorch's mode "min" does.

    Better is below best · (1 − threshold): of negative losses even those that stand still are better.
    """

    def __init__(self):
        self.reset()
        self.is_new = True

    def reset(self):
        self.lowered, self.best, self.bad = 1.0, math.inf, 0

    def factor(self, step, p, run, loss):
        """loss: the one where the step before began."""
        if step <= 1:
            self.reset()
        if step >= 1 and not self.is_new:
            if loss < self.best * (1 - p["threshold"]):
                self.best, self.bad = loss, 0
            else:
                self.bad += 1
            if self.bad > p["patience"]:
                self.lowered, self.bad = self.lowered * p["factor"], 0
        self.is_new = False
        return self.lowered
