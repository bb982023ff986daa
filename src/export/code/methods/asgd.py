class Asgd:
    """Averaged SGD: plain steps at a falling rate, and beside them the average of the iterates (Polyak, Juditsky 1992).

    As in PyTorch, after Bottou. The average does not act on θ; it is the answer at the end.
    """

    keeps = ["average"]

    def __init__(self, x, p, run):
        self.average, self.n = x.copy(), 0

    def step(self, x, p, k):
        lr, lambd = p["lr"], p["lambd"]
        eta = lr / (1 + lambd * lr * (k.t - 1)) ** p["alpha"]
        x = x * (1 - lambd * eta) - eta * k.gradient(x)
        self.n = self.n + 1 if k.t - 1 > p["t0"] else 0  # Iterates in the average; until t₀ it is θ itself.
        self.average = self.average + (x - self.average) / self.n if self.n > 1 else x.copy()
        return x
