# uses: symmetric_eigen product
class Newton:
    """Jumps to where the quadratic model is stationary, be that a minimum, a saddle or a maximum (Nocedal, Wright 2006).

    Where the Hessian is singular nothing moves along the directions without curvature.
    """

    keeps = []

    def __init__(self, x, p, run):
        pass

    def step(self, x, p, k):
        h, g = k.hessian(x), k.gradient(x)
        if h is None or not np.all(np.isfinite(h)):
            return x
        values, vectors = symmetric_eigen(h)
        nothing = len(x) * np.finfo(float).eps * np.abs(values).max()
        if np.all(np.abs(values) > nothing):
            step = np.linalg.solve(h, -g)
        else:
            inverse = np.array([1 / v if abs(v) > nothing else 0.0 for v in values])
            step = -product(vectors, inverse * product(vectors.T, g))
        return x + p["lr"] * step
