class Sgd:
    """Gradient descent: straight down the gradient (Cauchy 1847; Robbins, Monro 1951)."""

    keeps = []

    def __init__(self, x, p, run):
        pass

    def step(self, x, p, k):
        return x - p["lr"] * k.gradient(x)
