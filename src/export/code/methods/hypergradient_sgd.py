# uses: dot
class HypergradientSgd:
    """SGD whose rate α learns: α grows where gradients of two steps agree (Baydin et al. 2018).

    α is kept as a multiple of η, so that it follows a schedule; with a constant η this is the paper's rule.
    """

    keeps = ["u"]

    def __init__(self, x, p, run):
        self.u, self.multiple = np.zeros_like(x), 1.0

    def step(self, x, p, k):
        g = k.gradient(x)
        if k.base_lr > 0:
            self.multiple += p["beta"] * dot(g, self.u) / k.base_lr
        self.u = g
        return x - p["lr"] * self.multiple * g
