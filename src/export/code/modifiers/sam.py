# uses: modifier dot
class Sam(Modifier):
    """Sharpness-aware minimisation: the gradient a way ρ uphill (Foret, Kleiner, Mobahi, Neyshabur 2021)."""

    def answer(self, x, p, k, ask):
        f, g = ask(x)
        length = norm(g)
        if 0 < length < np.inf:
            g = ask(x + p["sam"] / length * g)[1]  # With the same noise, as two passes over one batch.
        return f, g
