# uses: correction over dot
class Prodigy:
    """Adam that estimates the distance d from the start to the minimum and steps in units of it (Mishchenko, Defazio 2024).

    As in the authors' code, with bias correction and β₃ = √β₂; the paper's listing has no correction.
    """

    keeps = ["m", "v", "s", "start"]

    def __init__(self, x, p, run):
        self.m, self.v, self.s = (np.zeros_like(x) for _ in range(3))
        self.start, self.r, self.d = x.copy(), 0.0, p["d0"]
        self.beta1_t = self.beta2_t = 1.0

    def step(self, x, p, k):
        beta1, beta2 = p["beta1"], p["beta2"]
        beta3 = math.sqrt(beta2)
        self.beta1_t *= beta1
        self.beta2_t *= beta2
        d = max(self.d, p["d0"])
        gamma = p["lr"] * d * math.sqrt(correction(self.beta2_t)) / correction(self.beta1_t)
        g = k.gradient(x)
        self.m = beta1 * self.m + (1 - beta1) * (d * g)
        self.v = beta2 * self.v + (1 - beta2) * (d * g) * (d * g)
        self.s = beta3 * self.s + gamma * (d * g)
        self.r = beta3 * self.r + d * gamma * dot(g, self.start - x)
        size = np.abs(self.s).sum()
        if size > 0:
            d = max(d, p["d_coef"] * (self.r / size))
        self.d = d
        return x - (p["weight_decay"] * gamma * x + over(gamma * self.m, np.sqrt(self.v) + d * p["eps"]))
