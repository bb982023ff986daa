class Momentum:
    """The heavy ball: a buffer b adds up past gradients (Polyak 1964)."""

    def __init__(self, x, p, run):
        self.b, self.v = np.zeros_like(x), np.zeros_like(x)

    def step(self, x, p, k):
        lr, mu, is_keras = p["lr"], p["momentum"], p["convention"] == "keras"
        self.keeps = ["v"] if is_keras else ["b"]
        g = k.gradient(x)
        # PyTorch dampens all gradients but the first, and the rate multiplies the whole buffer; Keras has the rate
        # inside the buffer v. The two paths part when the rate changes.
        dampening = 0.0 if k.t == 1 else p["dampening"]
        self.b = mu * self.b + (1 - dampening) * g
        self.v = mu * self.v - lr * g
        return x + self.v if is_keras else x - lr * self.b
