def norm(v):
    """The Euclidean length. Summed in a plain order, where BLAS would differ in the last bit from machine to machine."""
    return np.sqrt(np.sum(v * v))
