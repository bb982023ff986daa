# uses: cholesky dot product
class TrustRegion:
    """Trusts the quadratic model within a radius Δ that follows how well it predicts, and steps along the dogleg (Powell 1970;
    Nocedal, Wright 2006, algorithm 4.1 and section 4.1).

    SciPy stops where the Hessian is not positive definite; here the step then follows the gradient.
    """

    keeps = []

    def __init__(self, x, p, run):
        self.radius = min(p["delta0"], p["delta_max"])

    def step(self, x, p, k):
        h, (f, g) = k.hessian(x), k.value_and_gradient(x)
        if h is None or not np.all(np.isfinite(h)):
            h = np.zeros((len(x), len(x)))
        self.radius = min(self.radius, p["delta_max"])
        if not np.any(g):
            return x
        step, on_circle = self.dogleg(h, g)
        point = x + step
        predicted = -dot(g, step) - 0.5 * dot(step, product(h, step))
        if not 0 < predicted < np.inf or np.array_equal(point, x) or not np.all(np.isfinite(point)):
            return x
        decrease = f - k.value(point)
        hidden = 10 * np.finfo(float).eps * abs(f)  # What rounding hides says nothing of the model.
        if abs(decrease) <= hidden and predicted <= hidden:
            ratio = 1.0
        else:
            ratio = decrease / predicted if np.isfinite(decrease) else -np.inf
        if ratio < 0.25:
            self.radius *= 0.25
        elif ratio > 0.75 and on_circle:
            self.radius = min(2 * self.radius, p["delta_max"])
        return point if ratio > p["accept"] else x

    def dogleg(self, h, g):
        """The step, and whether it ends on the circle."""
        l = cholesky(h)
        newton = None if l is None else cholesky_solve(l, -g)
        if newton is not None and not np.all(np.isfinite(newton)):
            newton = None
        if newton is not None and norm(newton) < self.radius:
            return newton, False
        bend = dot(g, product(h, g))
        share = dot(g, g) / bend
        if not (bend > 0 and np.isfinite(share)):
            return -g * (self.radius / norm(g)), True  # Along −g the model falls for ever.
        u = -share * g
        length = norm(u)
        if length >= self.radius:
            return u * (self.radius / length), True
        if newton is None:
            return u, False
        # ‖u + τ(p − u)‖ = Δ, the root above 0, without cancellation.
        leg = newton - u
        a, b, c = dot(leg, leg), 2 * dot(u, leg), dot(u, u) - self.radius**2
        root = np.sqrt(max(b * b - 4 * a * c, 0.0))
        tau = -2 * c / (b + root) if b > 0 else (root - b) / (2 * a)
        return u + tau * leg, True
