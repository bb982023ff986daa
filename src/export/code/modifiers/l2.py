# uses: modifier
class L2(Modifier):
    """L2 regularisation, as part of the gradient: g + λθ."""

    def gradient(self, g, x, p, k, call):
        return g + p["l2"] * x
