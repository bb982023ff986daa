def over(a, b):
    """a/b, and 0 where there is nothing to divide by."""
    return np.divide(a, b, out=np.zeros_like(b), where=b > 0)
