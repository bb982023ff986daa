def metropolis(before, after, temperature, draw):
    """Whether a step from one value to another is taken (Metropolis et al. 1953)."""
    return after < np.inf and (after <= before or draw < np.exp(-(after - before) / np.float64(temperature)))
