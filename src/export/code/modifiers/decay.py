# uses: modifier
class Decay(Modifier):
    """Weight decay apart from the gradient, for any method: θ − ηλθ (Loshchilov, Hutter 2019)."""

    def after(self, x, before, p, k, methods):
        return x - k.lr * p["decay"] * before
