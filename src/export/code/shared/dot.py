def dot(a, b):
    """aᵀb, summed in order: a @ b differs in the last bit from machine to machine."""
    return np.add.accumulate(a * b)[-1] if len(a) else np.float64(0.0)


def norm(v):
    """The Euclidean length."""
    return np.sqrt(dot(v, v))
