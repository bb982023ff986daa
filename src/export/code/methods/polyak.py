# uses: dot
class Polyak:
    """The step that would end at f* if f were linear down to there, but no longer than γ_max (Polyak 1969).

    It needs the smallest value of f. Polyak's own step has no cap.
    """

    keeps = []

    def __init__(self, x, p, run):
        pass

    def step(self, x, p, k):
        if k.run.minimum is None:
            return x
        f, g = k.value_and_gradient(x)
        square = dot(g, g)
        if square <= np.finfo(float).eps:
            return x
        gamma = min(max(f - k.run.minimum, 0.0) / square, p["max_lr"])
        return x - k.lr * gamma * g
