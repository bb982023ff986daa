# uses: modifier
class Delay(Modifier):
    """Each update uses the gradient of τ steps ago, or the oldest there is (Langford, Smola, Zinkevich 2009)."""

    def __init__(self):
        self.steps = []  # For each of the last steps, its number and its gradients.

    def gradient(self, g, x, p, k, call):
        if not self.steps or self.steps[-1][0] != k.step:
            self.steps.append((k.step, []))
        now = self.steps[-1][1]
        now.append(g.copy())
        del self.steps[: -(int(p["delay"]) + 1)]
        oldest = self.steps[0][1]
        # The answers of that step in their order.
        return oldest[min(len(now), len(oldest)) - 1].copy()
