# uses: symmetric_eigen product
class SaddleFreeNewton:
    """Newton's step with the absolute values of the eigenvalues, so that it leaves saddles (Dauphin et al. 2014).

    The paper tries several dampings in a Krylov subspace; here δ is set and all eigenvalues are used.
    """

    keeps = []

    def __init__(self, x, p, run):
        pass

    def step(self, x, p, k):
        h, g = k.hessian(x), k.gradient(x)
        if h is None or not np.all(np.isfinite(h)):
            return x
        values, vectors = symmetric_eigen(h)
        size = np.abs(values)
        size = np.where(size > len(x) * np.finfo(float).eps * size.max(), size, 0.0) + p["damping"]
        inverse = np.array([1 / s if s > 0 else 0.0 for s in size])
        return x - p["lr"] * product(vectors, inverse * product(vectors.T, g))
