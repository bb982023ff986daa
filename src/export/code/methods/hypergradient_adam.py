# uses: correction over dot
class HypergradientAdam:
    """Adam whose rate α learns: α grows where the gradient agrees with the last step (Baydin et al. 2018).

    α is kept as a multiple of η, so that it follows a schedule; with a constant η this is the paper's rule.
    """

    keeps = ["m", "v", "u"]

    def __init__(self, x, p, run):
        self.m, self.v, self.u = (np.zeros_like(x) for _ in range(3))
        self.beta1_t = self.beta2_t = self.multiple = 1.0

    def step(self, x, p, k):
        beta1, beta2 = p["beta1"], p["beta2"]
        self.beta1_t *= beta1
        self.beta2_t *= beta2
        g = k.gradient(x)
        if k.base_lr > 0:
            self.multiple += p["beta"] * dot(g, self.u) / k.base_lr
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * (g * g)
        root = np.sqrt(self.v / correction(self.beta2_t)) + p["eps"]
        self.u = over(self.m / correction(self.beta1_t), root)
        return x - p["lr"] * self.multiple * self.u
