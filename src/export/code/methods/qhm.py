class Qhm:
    """Quasi-hyperbolic momentum: a mean, weighted by ν, of the gradient and of its average b (Ma, Yarats 2019)."""

    keeps = ["b"]

    def __init__(self, x, p, run):
        self.b = np.zeros_like(x)

    def step(self, x, p, k):
        beta, nu = p["beta"], p["nu"]
        g = k.gradient(x)
        self.b = beta * self.b + (1 - beta) * g
        return x - p["lr"] * ((1 - nu) * g + nu * self.b)
