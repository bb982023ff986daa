class Nesterov:
    """Momentum that looks ahead to where it is about to be (Nesterov 1983; Sutskever, Martens, Dahl, Hinton 2013)."""

    def __init__(self, x, p, run):
        self.b, self.v = np.zeros_like(x), np.zeros_like(x)

    def step(self, x, p, k):
        lr, mu, convention = p["lr"], p["momentum"], p["convention"]
        self.keeps = ["b"] if convention == "pytorch" else ["v"]
        # The paper takes the gradient where momentum will carry θ; PyTorch and Keras call that point θ.
        g = k.gradient(x + mu * self.v if convention == "paper" else x)
        self.b = mu * self.b + g
        self.v = mu * self.v - lr * g
        if convention == "pytorch":
            return x - lr * (g + mu * self.b)
        if convention == "keras":
            return x + (mu * self.v - lr * g)
        return x + self.v
