# uses: modifier
class Ema(Modifier):
    """An exponential average of the iterate, beside the run, which it does not change (Polyak, Juditsky 1992)."""

    def __init__(self):
        self.average = None

    def after(self, x, before, p, k, methods):
        beta = p["ema"]
        self.average = beta * (before if self.average is None else self.average) + (1 - beta) * x
        return x
