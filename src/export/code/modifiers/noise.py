# uses: modifier dot rng
class Noise(Modifier):
    """Gradient noise g + σz, drawn from the seed, the step, the question in it and the coordinate, and from nothing else."""

    def gradient(self, g, x, p, k, call):
        sigma = p["noise"]
        if p["noise_kind"] == "relative":
            sigma *= norm(g) / math.sqrt(len(g))
        # Another stream of noise than 0 is other noise for the same seed.
        seed, own = k.run.seed, int(p["noise_stream"])
        if own:
            seed = bits(seed, 0x6E6F697365000000, own)
        return g + sigma * normal(seed, k.step << 32 | call, np.arange(len(g)))
