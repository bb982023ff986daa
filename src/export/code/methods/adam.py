# uses: correction over
class Adam:
    """Averages of the gradient (m) and of its square (v), both corrected for their start at 0 (Kingma, Ba 2015)."""

    keeps = ["m", "v"]

    def __init__(self, x, p, run):
        self.m, self.v = np.zeros_like(x), np.zeros_like(x)
        self.beta1_t = self.beta2_t = 1.0  # Products of all β so far, which may change on the way.

    def step(self, x, p, k):
        lr, beta1, beta2, eps = p["lr"], p["beta1"], p["beta2"], p["eps"]
        self.beta1_t *= beta1
        self.beta2_t *= beta2
        g = k.gradient(x)
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * g * g
        c1, c2 = (correction(self.beta1_t), correction(self.beta2_t)) if p["bias_correction"] else (1.0, 1.0)
        # PyTorch adds ε to the corrected root, the paper's efficient form and Keras to the plain one.
        if p["convention"] == "paper":
            return x - over(lr * np.sqrt(c2) / c1 * self.m, np.sqrt(self.v) + eps)
        return x - over(lr / c1 * self.m, np.sqrt(self.v) / np.sqrt(c2) + eps)
