# uses: modifier
class Cautious(Modifier):
    """Coordinates in which the step goes uphill stay, the others are lengthened (Liang, Chen, Liu, Liu 2024)."""

    def after(self, x, before, p, k, methods):
        g = k.last
        if not np.any(g):  # No gradient says nothing.
            return x
        kept = (before - x) * g > 0
        # The authors' code divides by the number that is kept, their paper by one more.
        longer = len(x) / (kept.sum() + 1 if p["cautious"] == "paper" else max(kept.sum(), 1))
        return np.where(kept, before + longer * (x - before), before)
