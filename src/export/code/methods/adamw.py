# uses: correction over
class Adamw:
    """Adam with weight decay apart from the gradient (Loshchilov, Hutter 2019).

    The decay is multiplied by the rate, as in PyTorch; the paper's is not.
    """

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
        x = x * (1 - lr * p["weight_decay"])
        if p["convention"] == "paper":
            return x - over(lr * np.sqrt(c2) / c1 * self.m, np.sqrt(self.v) + eps)
        return x - over(lr / c1 * self.m, np.sqrt(self.v) / np.sqrt(c2) + eps)
