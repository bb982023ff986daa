# uses: modifier
class Lookahead(Modifier):
    """Every k steps slow weights go a part of the way to θ, which goes on from there (Zhang, Lucas, Hinton, Ba 2019)."""

    def __init__(self):
        self.slow, self.taken = None, 0

    def after(self, x, before, p, k, methods):
        if self.slow is None:
            self.slow = before
        self.taken += 1
        if self.taken < p["lookahead"]:
            return x
        self.taken = 0
        self.slow = self.slow + p["lookahead_alpha"] * (x - self.slow)
        return self.slow.copy()
