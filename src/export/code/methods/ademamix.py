# uses: correction over
class Ademamix:
    """Adam with a second, much slower average w of the gradients (Pagliardini, Ablin, Grangier 2024).

    w is not corrected. The paper raises α and β₃ along the run; here, as in optax, they are what they are set to.
    """

    keeps = ["m", "v", "w"]

    def __init__(self, x, p, run):
        self.m, self.v, self.w = (np.zeros_like(x) for _ in range(3))
        self.beta1_t = self.beta2_t = 1.0

    def step(self, x, p, k):
        beta1, beta2, beta3 = p["beta1"], p["beta2"], p["beta3"]
        self.beta1_t *= beta1
        self.beta2_t *= beta2
        g = k.gradient(x)
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * (g * g)
        self.w = beta3 * self.w + (1 - beta3) * g
        root = np.sqrt(self.v / correction(self.beta2_t)) + p["eps"]
        return x - over(p["lr"] * (self.m / correction(self.beta1_t) + p["alpha"] * self.w), root)
