class Adopt:
    """Divides the gradient by the v of the steps before it, and only then averages (Taniguchi et al. 2024).

    With the clip at (t − 1)^¼ of the authors' second version. The first step only stores v.
    """

    keeps = ["m", "v"]

    def __init__(self, x, p, run):
        self.m, self.v = np.zeros_like(x), np.zeros_like(x)

    def step(self, x, p, k):
        beta1, beta2 = p["beta1"], p["beta2"]
        g = k.gradient(x)
        if k.t == 1:
            self.v = g * g
            return x
        limit = math.sqrt(math.sqrt(k.t - 1))
        root = np.maximum(np.sqrt(self.v), p["eps"])
        ratio = np.where(root > 0, g / np.where(root > 0, root, 1.0), np.sign(g) * np.inf)
        self.m = beta1 * self.m + (1 - beta1) * np.clip(ratio, -limit, limit)
        self.v = beta2 * self.v + (1 - beta2) * g * g
        return x - p["lr"] * self.m
