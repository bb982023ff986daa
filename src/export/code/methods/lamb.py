# uses: layers trust_ratio correction over
class Lamb:
    """Adam's direction, stretched in each layer to the size of its weights (You et al. 2020).

    As in optax both averages are corrected and the ratio is not bounded; other versions clip ‖θ‖.
    """

    keeps = ["m", "v"]

    def __init__(self, x, p, run):
        self.layers = layers(run)
        self.m, self.v = np.zeros_like(x), np.zeros_like(x)
        self.beta1_t = self.beta2_t = 1.0

    def step(self, x, p, k):
        beta1, beta2 = p["beta1"], p["beta2"]
        self.beta1_t *= beta1
        self.beta2_t *= beta2
        g = k.gradient(x)
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * g * g
        root = np.sqrt(self.v / correction(self.beta2_t)) + p["eps"]
        u = over(self.m / correction(self.beta1_t), root) + p["weight_decay"] * x
        for at, _ in self.layers:
            x[at] -= p["lr"] * ((trust_ratio(x[at], u[at]) or 1.0) * u[at])
        return x
