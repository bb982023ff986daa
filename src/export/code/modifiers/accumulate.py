# uses: modifier mean_of_asked
class Accumulate(Modifier):
    """Gradient accumulation: the mean of several gradients at one point, each with noise of its own."""

    def answer(self, x, p, k, ask):
        return mean_of_asked(p["accumulate"], x, ask)
