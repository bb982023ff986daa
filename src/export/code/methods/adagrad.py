# uses: over
class Adagrad:
    """Divides by the root of the sum s of all squared gradients (Duchi, Hazan, Singer 2011)."""

    keeps = ["s"]

    def __init__(self, x, p, run):
        self.s = np.full_like(x, p["initial_accumulator"])

    def step(self, x, p, k):
        g, eps = k.gradient(x), p["eps"]
        self.s = self.s + g * g
        # PyTorch adds ε to the root, optax under it.
        root = np.sqrt(self.s + eps) if p["convention"] == "optax" else np.sqrt(self.s) + eps
        lr = p["lr"] / (1 + (k.t - 1) * p["lr_decay"])
        return x - over(lr * g, root)
