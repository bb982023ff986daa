def inverse_time(step, p, run):
    """One over a straight line, the classical condition of stochastic approximation (Robbins, Monro 1951)."""
    return 1 / (1 + p["rate"] * step)
