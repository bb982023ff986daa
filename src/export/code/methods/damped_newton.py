# uses: cholesky backtrack
class DampedNewton:
    """Newton's method with a multiple of I added until the Hessian is positive definite, and backtracking along the step
    (Nocedal, Wright 2006, algorithms 3.2 and 3.3). The book starts λ from the smallest diagonal entry, here it is β."""

    keeps = []

    def __init__(self, x, p, run):
        pass

    def step(self, x, p, k):
        h, (f, g) = k.hessian(x), k.value_and_gradient(x)
        d, damping = -g, 0.0
        if h is not None and np.all(np.isfinite(h)):
            for _ in range(101):
                l = cholesky(h + damping * np.eye(len(x)))
                if l is not None:
                    d = cholesky_solve(l, -g)
                    break
                damping = max(2 * damping, p["beta"])
        if not downhill(d, g):
            d = -g
        return x + backtrack(k, x, d, f, g, p["lr"], p["c1"], p["shrink"]) * d
