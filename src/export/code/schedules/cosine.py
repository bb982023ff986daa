def cosine(step, p, run):
    """Half a cosine from 1 down to m (Loshchilov, Hutter 2017)."""
    share = step / (p["t_max"] or max(run.steps, 1))
    if p["after"] == "clamp":  # As in optax; PyTorch goes up again along the cosine.
        share = min(share, 1.0)
    return p["min"] + (1 - p["min"]) * 0.5 * (1 + math.cos(math.pi * share))
