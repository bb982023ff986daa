# uses: correction over
class Amsgrad:
    """Adam that divides by the largest v so far (Reddi, Kale, Kumar 2018)."""

    def __init__(self, x, p, run):
        self.m, self.v, self.s, self.s_hat = (np.zeros_like(x) for _ in range(4))
        self.beta1_t = self.beta2_t = 1.0

    def step(self, x, p, k):
        beta1, beta2 = p["beta1"], p["beta2"]
        is_optax = p["convention"] == "optax"
        self.keeps = ["m", "v", "s_hat" if is_optax else "s"]
        self.beta1_t *= beta1
        self.beta2_t *= beta2
        c1, c2 = correction(self.beta1_t), correction(self.beta2_t)
        g = k.gradient(x)
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * (g * g)
        # PyTorch takes the largest v and corrects it, optax the largest corrected v; the paper corrects neither.
        self.s = np.maximum(self.s, self.v)
        self.s_hat = np.maximum(self.s_hat, self.v / c2)
        s = self.s_hat if is_optax else self.s / c2
        return x - over(p["lr"] * (self.m / c1), np.sqrt(s) + p["eps"])
