# uses: modifier dot
class ClipNorm(Modifier):
    """Shortens a gradient longer than c to length c (Pascanu, Mikolov, Bengio 2013); the 1e-6 is PyTorch's."""

    def gradient(self, g, x, p, k, call):
        return g * min(1.0, p["clip_norm"] / (norm(g) + 1e-6))
