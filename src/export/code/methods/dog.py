# uses: dot
class Dog:
    """Distance over gradients: the farthest that θ has been from its start, over the root of Σ‖g‖² (Ivgi, Hinder, Carmon 2023).

    The average of the iterates that the paper advises is left out.
    """

    keeps = ["start"]

    def __init__(self, x, p, run):
        self.start, self.farthest, self.sum = x.copy(), 0.0, 0.0

    def step(self, x, p, k):
        self.farthest = max(self.farthest, norm(x - self.start))
        reach = max(self.farthest, p["init"] * (1 + norm(self.start)))
        g = k.gradient(x)
        self.sum += dot(g, g)
        return x - k.lr * reach / math.sqrt(self.sum + 1e-8) * g
