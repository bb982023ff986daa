# uses: correction over
class Adahessian:
    """Adam with the curvature D under the root, estimated from random signs z by z · Hz (Yao et al. 2021)."""

    keeps = ["m", "v"]

    def __init__(self, x, p, run):
        self.m, self.v, self.d = (np.zeros_like(x) for _ in range(3))
        self.beta1_t = self.beta2_t = 1.0

    def step(self, x, p, k):
        beta1, beta2 = p["beta1"], p["beta2"]
        self.beta1_t *= beta1
        self.beta2_t *= beta2
        z = k.rademacher(np.arange(len(x)))
        product = k.hvp(x, z)
        self.d = np.where(np.isfinite(product), z * product, self.d)
        g = k.gradient(x)
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * self.d * self.d
        root = np.sqrt(self.v / correction(self.beta2_t)) ** p["hessian_power"] + p["eps"]
        return x - p["lr"] * (over(self.m / correction(self.beta1_t), root) + p["weight_decay"] * x)
