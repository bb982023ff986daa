def warmup_stable_decay(step, p, run):
    """A straight rise, the full rate for most of the run, and a fall at its end (Hu et al. 2024)."""
    total = p["total"] or max(run.steps, 1)
    rising, falling = p["rise"] * total, p["fall"] * total
    rise = (step + 1) / rising if step + 1 < rising else 1.0
    into = step - (total - falling)
    share = 1.0 if into >= falling else max(into / falling, 0.0)
    left = {"linear": 1 - share, "cosine": 0.5 * (1 + math.cos(math.pi * share)), "sqrt": 1 - math.sqrt(share)}
    return rise * (p["min"] + (1 - p["min"]) * left[p["shape"]])
