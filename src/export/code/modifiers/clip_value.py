# uses: modifier
class ClipValue(Modifier):
    """Cuts every coordinate of the gradient off at ±c."""

    def gradient(self, g, x, p, k, call):
        return np.clip(g, -p["clip_value"], p["clip_value"])
