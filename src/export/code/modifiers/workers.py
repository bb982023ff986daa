# uses: modifier mean_of_asked crew
class Workers(Modifier):
    """Workers that average their gradients at every step, or their parameters every H steps (local SGD; Stich 2019)."""

    def answer(self, x, p, k, ask):
        return mean_of_asked(1 if p["local_steps"] > 1 else p["workers"], x, ask)

    def workers(self, p):
        shape = int(p["workers"]), int(p["local_steps"])
        return shape if min(shape) > 1 else None
