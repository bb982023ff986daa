# uses: correction over
class Adan:
    """Averages the gradient, its change since the last step, and the square of the gradient a step ahead (Xie et al. 2022).

    β is 1 − β of the paper. The trend v enters with 1 − β₂, as in optax; the authors' code has β₂ there.
    """

    keeps = ["m", "v", "n", "last"]

    def __init__(self, x, p, run):
        self.m, self.v, self.n, self.last = (np.zeros_like(x) for _ in range(4))
        self.beta1_t = self.beta2_t = self.beta3_t = 1.0

    def step(self, x, p, k):
        beta1, beta2, beta3 = p["beta1"], p["beta2"], p["beta3"]
        self.beta1_t *= beta1
        self.beta2_t *= beta2
        self.beta3_t *= beta3
        g = k.gradient(x)
        change = np.zeros_like(g) if k.t == 1 else g - self.last
        ahead = g + (1 - beta2) * change
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * change
        self.n = beta3 * self.n + (1 - beta3) * (ahead * ahead)
        self.last = g
        m, v = self.m / correction(self.beta1_t), self.v / correction(self.beta2_t)
        root = np.sqrt(self.n / correction(self.beta3_t) + p["eps_root"]) + p["eps"]
        return x - over(p["lr"] * (m + (1 - beta2) * v), root)
