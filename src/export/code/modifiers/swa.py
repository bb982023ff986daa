# uses: modifier
class Swa(Modifier):
    """The plain mean of the points at every few steps, beside the run (Izmailov et al. 2018)."""

    def __init__(self):
        self.mean, self.n = 0.0, 0

    def after(self, x, before, p, k, methods):
        past = k.step - p["swa"]
        if past >= 0 and past % p["swa_every"] == 0:
            self.n += 1
            self.mean = self.mean + (x - self.mean) / self.n
        return x
