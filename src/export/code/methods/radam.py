# uses: correction over
class Radam:
    """Adam that uses its denominator only once v has seen enough gradients to be trusted (Liu et al. 2020).

    ρ is about how many gradients v has in it. The paper trusts v from ρ > 4, PyTorch from ρ > 5, optax from ρ ≥ 5.
    """

    keeps = ["m", "v"]

    def __init__(self, x, p, run):
        self.m, self.v = np.zeros_like(x), np.zeros_like(x)
        self.beta1_t = self.beta2_t = 1.0

    def step(self, x, p, k):
        lr, beta1, beta2, eps = p["lr"], p["beta1"], p["beta2"], p["eps"]
        is_optax = p["convention"] == "optax"
        self.beta1_t *= beta1
        self.beta2_t *= beta2
        c1, c2 = correction(self.beta1_t), correction(self.beta2_t)
        g = k.gradient(x)
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * (g * g)
        m = self.m / c1
        rho_inf = min(2 / (1 - beta2) - 1, 1e15) if beta2 < 1 else 1e15
        rho = rho_inf - 2 * k.t * self.beta2_t / c2
        if not (rho > 5 or is_optax and rho >= 5):
            return x - lr * m
        r = math.sqrt((rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho))
        # PyTorch adds ε to the plain root, optax to the corrected one.
        root = np.sqrt(self.v / c2) + eps if is_optax else (np.sqrt(self.v) + eps) / math.sqrt(c2)
        return x - over(lr * r * m, root)
