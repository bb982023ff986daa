# uses: schedule_free correction over
class ScheduleFreeAdamw(ScheduleFree):
    """Schedule-free AdamW: z steps as Adam without a first moment, x averages z (Defazio et al. 2024).

    The decay acts at y, as in optax.
    """

    keeps = ["z", "v"]

    def __init__(self, x, p, run):
        super().__init__(x, p, run)
        self.v, self.beta2_t = np.zeros_like(x), 1.0

    def step(self, y, p, k):
        beta2 = p["beta2"]
        y = self.begin(y, p["beta"])
        self.beta2_t *= beta2
        g = k.gradient(y)
        self.v = beta2 * self.v + (1 - beta2) * (g * g)
        root = np.sqrt(self.v / correction(self.beta2_t)) + p["eps"]
        self.z = self.z - self.rate(p["lr"], k) * (over(g, root) + p["weight_decay"] * y)
        return self.end(p["lr"])
