def downhill(d, g):
    """Whether d points downhill."""
    return -np.inf < np.sum(g * d) < 0
