# uses: modifier
class L1(Modifier):
    """L1 regularisation by its subgradient: g + λ sign(θ)."""

    def gradient(self, g, x, p, k, call):
        return g + p["l1"] * np.sign(x)
