# uses: sampling metropolis
class SimulatedAnnealing:
    """Random steps, of which those uphill are taken with a probability that falls with the temperature (Kirkpatrick, Gelatt,
    Vecchi 1983). θ is the current point, not the best so far."""

    keeps = []

    def __init__(self, x, p, run):
        self.widths = np.array([hi - lo for lo, hi in run.region])
        self.current, self.cooled = Held(), 1.0

    def step(self, x, p, k):
        self.current.stand(x, k)
        y = x + p["scale"] * self.widths * k.normal(np.arange(1, len(x) + 1))
        value = ask(k, y)
        if metropolis(self.current.value, value, p["temperature"] * self.cooled, k.uniform(0)):
            self.current.take(y, value)
        # 0 lets the temperature fall to a thousandth over the run.
        self.cooled *= p["cooling"] or 1e-3 ** (1 / max(k.run.steps, 1))
        return self.current.x.copy()
