def exponential(step, p, run):
    """The rate times γ at every step."""
    return p["gamma"] ** step
