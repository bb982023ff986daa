# uses: dot
def cholesky(a):
    """L with L Lᵀ = a; None where a is not positive definite."""
    l = np.zeros_like(a)
    for i in range(len(a)):
        for j in range(i + 1):
            rest = a[i, j] - dot(l[i, :j], l[j, :j])
            if j < i:
                l[i, j] = rest / l[j, j]
            elif 0 < rest < np.inf:
                l[i, i] = np.sqrt(rest)
            else:
                return None
    return l


def cholesky_solve(l, b):
    """x with L Lᵀ x = b."""
    x = b.copy()
    for i in range(len(b)):
        x[i] = (x[i] - dot(l[i, :i], x[:i])) / l[i, i]
    for i in reversed(range(len(b))):
        for j in range(i + 1, len(b)):
            x[i] -= l[j, i] * x[j]
        x[i] /= l[i, i]
    return x
