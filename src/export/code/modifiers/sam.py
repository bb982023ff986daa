# uses: modifier
class Sam(Modifier):
    """Sharpness-aware minimisation: the gradient a way ρ uphill (Foret, Kleiner, Mobahi, Neyshabur 2021)."""

    def answer(self, x, p, k, ask):
        f, g = ask(x)
        norm = np.sqrt(np.sum(g * g))
        if 0 < norm < np.inf:
            g = ask(x + p["sam"] / norm * g)[1]  # With the same noise, as two passes over one batch.
        return f, g
