# uses: correction over
class Yogi:
    """Adam whose v changes by (1 − β₂)g² at most, up or down (Zaheer, Reddi, Sachan, Kale, Kumar 2018).

    As in optax both averages begin at the same small number and are corrected; the paper corrects nothing.
    """

    keeps = ["m", "v"]

    def __init__(self, x, p, run):
        self.m, self.v = np.full_like(x, p["initial"]), np.full_like(x, p["initial"])
        self.beta1_t = self.beta2_t = 1.0

    def step(self, x, p, k):
        beta1, beta2 = p["beta1"], p["beta2"]
        self.beta1_t *= beta1
        self.beta2_t *= beta2
        g = k.gradient(x)
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = self.v - (1 - beta2) * np.sign(self.v - g * g) * (g * g)
        root = np.sqrt(np.maximum(self.v / correction(self.beta2_t), 0)) + p["eps"]
        return x - over(p["lr"] * (self.m / correction(self.beta1_t)), root)
