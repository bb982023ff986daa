class Signum:
    """Moves every coordinate by η against the sign of the average gradient (Bernstein et al. 2018).

    Without momentum it is signSGD. Whether the average is μm + (1 − μ)g or μm + g makes no difference to its sign.
    """

    keeps = ["m"]

    def __init__(self, x, p, run):
        self.m = np.zeros_like(x)

    def step(self, x, p, k):
        mu = p["momentum"]
        self.m = mu * self.m + (1 - mu) * k.gradient(x)
        return x - p["lr"] * np.sign(self.m)
