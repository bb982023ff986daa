def multi_step(step, p, run):
    """The rate times γ at named steps."""
    return p["gamma"] ** sum(milestone <= step for milestone in p["milestones"])
