# uses: layers trust_ratio
class Lars:
    """Momentum whose step in each layer is a share κ of the size of its weights (You, Gitman, Ginsburg 2017).

    Rate and ratio are inside the buffer. As in optax ‖u‖ is that of gradient and decay together; the paper adds two norms.
    """

    keeps = ["b"]

    def __init__(self, x, p, run):
        self.layers = layers(run)
        self.b = np.zeros_like(x)

    def step(self, x, p, k):
        u = k.gradient(x) + p["weight_decay"] * x
        for at, _ in self.layers:
            ratio = trust_ratio(x[at], u[at])
            r = 1.0 if ratio is None else p["trust"] * ratio
            self.b[at] = p["momentum"] * self.b[at] + p["lr"] * (r * u[at])
        return x - self.b
