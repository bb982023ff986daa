def polynomial(step, p, run):
    """A power of what is left, down to an end factor."""
    left = 1 - min(step / (p["total"] or max(run.steps, 1)), 1.0)
    return p["end"] + (1 - p["end"]) * left ** p["power"]
