# uses: cholesky product dot
class LevenbergMarquardt:
    """For sums of squares: Gauss and Newton's step with a damping λ that follows the gain ratio (Levenberg 1944; Marquardt
    1963; Madsen, Nielsen, Tingleff 2004).

    Marquardt multiplies and divides λ by a constant, MINPACK keeps a trust region.
    """

    keeps = []

    def __init__(self, x, p, run):
        self.damping = self.growth = 0.0

    def refuse(self, nu):
        growth = self.growth or nu
        if np.isfinite(self.damping * growth):
            self.damping, self.growth = self.damping * growth, 2 * growth

    def step(self, x, p, k):
        found = k.residuals(x)
        if found is None:
            return x
        r, jacobian = found
        square, right = product(jacobian.T, jacobian), -product(jacobian.T, r)
        largest = max(np.diag(square).max(), 0.0)
        self.damping = max(self.damping or p["tau"] * largest, np.finfo(float).eps * largest)
        l = cholesky(square + self.damping * np.eye(len(x)))
        if l is None:
            self.refuse(p["nu"])
            return x
        step = cholesky_solve(l, right)
        point = x + step
        if np.array_equal(point, x) or not np.all(np.isfinite(point)):
            return x
        ratio = (dot(r, r) - k.value(point)) / dot(step, self.damping * step + right)
        if not ratio > 0 or np.isinf(ratio):
            self.refuse(p["nu"])
            return x
        self.damping *= max(1 / p["gamma"], 1 - (2 * ratio - 1) ** 3)
        self.growth = 0.0
        return point
