def step(step, p, run):
    """A staircase: the rate times γ every so many steps."""
    return p["gamma"] ** (step // p["step_size"])
