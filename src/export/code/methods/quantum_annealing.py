# uses: sampling metropolis
class QuantumAnnealing:
    """A ring of replicas joined by springs stands for a quantum particle; the field Γ falls and draws it together
    (Santoro, Martoňák, Tosatti, Car 2002). θ is the best replica."""

    keeps = ["replicas", "values"]

    def __init__(self, x, p, run):
        self.widths = np.array([hi - lo for lo, hi in run.region])
        self.replicas = np.tile(x, (max(int(p["replicas"]), 1), 1))
        self.values, self.best, self.chosen = np.zeros(len(self.replicas)), Held(), 0

    def step(self, x, p, k):
        n, count, tau = len(x), len(self.replicas), p["temperature"]
        self.best.stand(x, k)
        if k.t == 1:
            self.values[:] = self.best.value
        self.replicas[self.chosen], self.values[self.chosen] = x, self.best.value
        field = p["field"] * (max(k.run.steps - k.step, 0) + 1) / max(k.run.steps, 1)
        spread = np.sqrt(field / ((1 if count == 1 else 2) * tau))
        for i in range(count):  # Each is drawn anew from what its two springs leave.
            between = 0.5 * self.replicas[i - 1] + 0.5 * self.replicas[(i + 1) % count]
            y = between + spread * self.widths * k.normal(np.arange(i * n, (i + 1) * n))
            value = ask(k, y)
            if metropolis(self.values[i], value, tau, k.uniform(1 << 40 | i)):
                self.replicas[i], self.values[i] = y, value
        self.chosen = int(np.argmin(self.values))
        self.best.take(self.replicas[self.chosen], self.values[self.chosen])
        return self.best.x.copy()
