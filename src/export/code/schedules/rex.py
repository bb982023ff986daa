def rex(step, p, run):
    """Reflected exponential: high for long, and ever faster towards the end (Chen, Wolfe, Kyrillidis 2021)."""
    left = 1 - min(step / (p["total"] or max(run.steps, 1)), 1.0)
    return p["min"] + (1 - p["min"]) * left / (0.5 + 0.5 * left)
