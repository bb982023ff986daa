class Lion:
    """Moves every coordinate by η, in the direction of the sign of a mix of m and g (Chen et al. 2023)."""

    keeps = ["m"]

    def __init__(self, x, p, run):
        self.m = np.zeros_like(x)

    def step(self, x, p, k):
        lr, beta1, beta2 = p["lr"], p["beta1"], p["beta2"]
        g = k.gradient(x)
        u = np.sign(beta1 * self.m + (1 - beta1) * g)
        self.m = beta2 * self.m + (1 - beta2) * g
        return x * (1 - lr * p["weight_decay"]) - lr * u
