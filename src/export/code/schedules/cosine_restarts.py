def cosine_restarts(step, p, run):
    """SGDR: half a cosine, then back to the full rate and a longer cycle (Loshchilov, Hutter 2017)."""
    cycle = p["t_0"]
    if p["t_mult"] <= 1:
        step = step % cycle
    while step >= cycle:
        step -= cycle
        cycle *= p["t_mult"]
    return p["min"] + (1 - p["min"]) * 0.5 * (1 + math.cos(math.pi * step / cycle))
