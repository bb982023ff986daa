# uses: correction over
class Adamax:
    """Adam with the largest recent gradient u in place of the root of v (Kingma, Ba 2015)."""

    keeps = ["m", "u"]

    def __init__(self, x, p, run):
        self.m, self.u = np.zeros_like(x), np.zeros_like(x)
        self.beta1_t = 1.0

    def step(self, x, p, k):
        beta1 = p["beta1"]
        self.beta1_t *= beta1
        g = k.gradient(x)
        self.m = beta1 * self.m + (1 - beta1) * g
        self.u = np.maximum(p["beta2"] * self.u, np.abs(g) + p["eps"])  # The paper has no ε; Keras adds it to u.
        return x - over(p["lr"] * (self.m / correction(self.beta1_t)), self.u)
