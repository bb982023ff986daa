# uses: correction over
class Nadam:
    """Adam with Nesterov's look ahead (Dozat 2016)."""

    keeps = ["m", "v"]

    def __init__(self, x, p, run):
        self.m, self.v = np.zeros_like(x), np.zeros_like(x)
        self.beta1_t = self.beta2_t = self.mu_t = 1.0

    def step(self, x, p, k):
        beta1, beta2 = p["beta1"], p["beta2"]
        g = k.gradient(x)
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * (g * g)
        # In PyTorch and Keras the momentum μ grows from half of β₁ to all of it; optax has β₁ from the start.
        mu, mu_next = (beta1 * (1 - 0.5 * 0.96 ** (t * p["momentum_decay"])) for t in (k.t, k.t + 1))
        self.mu_t *= mu
        self.beta1_t *= beta1
        self.beta2_t *= beta2
        product = self.mu_t
        if p["convention"] == "optax":
            mu = mu_next = beta1
            product = self.beta1_t
        c1, c2 = (1 - mu) / correction(product), mu_next / correction(product * mu_next)
        root = np.sqrt(self.v / correction(self.beta2_t)) + p["eps"]
        return x - over(p["lr"] * (c1 * g + c2 * self.m), root)
