# uses: over
class Adadelta:
    """Steps in the units of θ: the size of past steps over the size of past gradients (Zeiler 2012)."""

    keeps = ["v", "u"]

    def __init__(self, x, p, run):
        self.v, self.u = np.zeros_like(x), np.zeros_like(x)

    def step(self, x, p, k):
        rho, eps = p["rho"], p["eps"]
        g = k.gradient(x)
        self.v = rho * self.v + (1 - rho) * g * g
        delta = over(np.sqrt(self.u + eps), np.sqrt(self.v + eps)) * g
        self.u = rho * self.u + (1 - rho) * delta * delta
        return x - p["lr"] * delta  # Keras has lr = 0.001 by default, where all others have 1.
