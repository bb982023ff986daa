def product(a, b):
    """a b for a matrix and a matrix or vector, summed in order: a @ b differs in the last bit from machine to machine."""
    return sum(np.multiply.outer(a[:, i], b[i]) for i in range(len(b)))
