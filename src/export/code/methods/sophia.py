# uses: diagonal correction
class Sophia:
    """Divides momentum by a slow average of the curvature and clips (Liu, Li, Hall, Liang, Ma 2024).

    The paper takes m as it is and the newest curvature; optax corrects m and uses the curvature of the step before.
    """

    keeps = ["m", "h"]

    def __init__(self, x, p, run):
        self.m, self.h, self.beta1_t = np.zeros_like(x), np.zeros_like(x), 1.0

    def look(self, x, p, k):
        new = diagonal(x, k)
        self.h = np.where(np.isfinite(new), p["beta2"] * self.h + (1 - p["beta2"]) * new, self.h)

    def step(self, x, p, k):
        beta1, is_optax = p["beta1"], p["convention"] == "optax"
        is_due = (k.t - 1) % max(int(p["interval"]), 1) == 0
        if is_due and not is_optax:
            self.look(x, p, k)
        self.beta1_t *= beta1
        self.m = beta1 * self.m + (1 - beta1) * k.gradient(x)
        m = self.m / correction(self.beta1_t) if is_optax else self.m
        u = np.where(m == 0, 0.0, np.clip(m / np.maximum(p["rho"] * self.h, p["eps"]), -1, 1))
        if is_due and is_optax:
            self.look(x, p, k)
        return x - p["lr"] * u
