def linear(step, p, run):
    """A straight line from one factor to another, then flat."""
    share = min(step / (p["total"] or max(run.steps, 1)), 1.0)
    return p["start"] + (p["end"] - p["start"]) * share
