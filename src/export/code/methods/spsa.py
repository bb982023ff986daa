class Spsa:
    """A gradient from two values: all coordinates are shaken at once, each by ±c (Spall 1992).

    Gains as Spall gives them for practice (1998), with t from 1. The learning rate is his a.
    """

    keeps = []

    def __init__(self, x, p, run):
        pass

    def step(self, x, p, k):
        a = p["lr"] / (k.t + p["offset"]) ** p["alpha"]
        shake = p["c"] / k.t ** p["gamma"] * k.rademacher(np.arange(len(x)))
        g = (k.value(x + shake) - k.value(x - shake)) / (2 * shake)
        return x - a * np.where(np.isfinite(g), g, 0.0)
