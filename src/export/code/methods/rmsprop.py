# uses: over
class Rmsprop:
    """Divides by the root of an average v of squared gradients (Tieleman, Hinton 2012)."""

    def __init__(self, x, p, run):
        self.v, self.mean, self.b, self.b_lr = (np.zeros_like(x) for _ in range(4))

    def step(self, x, p, k):
        lr, alpha, eps, mu = p["lr"], p["alpha"], p["eps"], p["momentum"]
        is_optax = p["convention"] == "optax"
        self.keeps = ["v"] + ["mean"] * p["centered"] + ["b_lr" if is_optax else "b"] * (mu > 0)
        g = k.gradient(x)
        self.v = alpha * self.v + (1 - alpha) * g * g
        self.mean = alpha * self.mean + (1 - alpha) * g
        v = np.maximum(self.v - self.mean**2, 0) if p["centered"] else self.v
        u = over(g, np.sqrt(v + eps) if is_optax else np.sqrt(v) + eps)
        # In PyTorch the rate multiplies the whole momentum buffer, in optax it is inside.
        self.b = mu * self.b + u
        self.b_lr = mu * self.b_lr + lr * u
        return x - (self.b_lr if is_optax else lr * self.b)
