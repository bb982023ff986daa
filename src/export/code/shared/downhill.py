# uses: dot
def downhill(d, g):
    """Whether d points downhill."""
    return -np.inf < dot(g, d) < 0
