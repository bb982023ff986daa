# uses: correction over
class Adabelief:
    """Adam that divides by how much the gradient surprises: s averages (g − m)² (Zhuang et al. 2020).

    m has g in it already, as with the authors; older versions of optax took the m before it.
    """

    keeps = ["m", "s"]

    def __init__(self, x, p, run):
        self.m, self.s = np.zeros_like(x), np.zeros_like(x)
        self.beta1_t = self.beta2_t = 1.0

    def step(self, x, p, k):
        beta1, beta2, eps = p["beta1"], p["beta2"], p["eps"]
        self.beta1_t *= beta1
        self.beta2_t *= beta2
        g = k.gradient(x)
        self.m = beta1 * self.m + (1 - beta1) * g
        self.s = beta2 * self.s + (1 - beta2) * (g - self.m) * (g - self.m) + eps
        root = np.sqrt(self.s / correction(self.beta2_t)) + eps
        return x - over(p["lr"] * (self.m / correction(self.beta1_t)), root)
