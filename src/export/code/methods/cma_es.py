# uses: sampling symmetric_eigen product dot
class CmaEs:
    """Draws points from a normal distribution, moves its mean to the better half, and learns its size σ and shape C from the
    steps that succeeded (Hansen, Ostermeier 2001).

    Formulas and constants of Hansen's tutorial (2016). Where θ is the mean, it is not asked for. As in pycma, the path of C
    stalls while that of σ is long, and σ grows by e at most; unlike there the points are m + σ C^½ z with the symmetric root.
    """

    keeps = ["C", "p_sigma", "p_c"]

    def __init__(self, x, p, run):
        third = sum(hi - lo for lo, hi in run.region) / (3 * len(x))
        self.sigma = np.clip(p["sigma"] if p["sigma"] > 0 else third, 1e-200, 1e100)
        self.started = 1.0
        self.reset(len(x))

    def reset(self, n):
        self.C, self.p_sigma, self.p_c = np.eye(n), np.zeros(n), np.zeros(n)

    def roots(self):
        """C^½ and C^(−½)."""
        values, vectors = symmetric_eigen(self.C)
        everything = np.concatenate([values, self.p_c, self.p_sigma])
        if not np.all(np.abs(everything) < 1e200) or values[0] < 1e-200:
            self.reset(len(self.C))
            values, vectors = symmetric_eigen(self.C)
        root = np.sqrt(np.maximum(values, values[0] / 1e14))
        return product(vectors * root, vectors.T), product(vectors * (1 / root), vectors.T)

    def step(self, x, p, k):
        n = len(x)
        count = max(int(p["population"]), 2) if p["population"] >= 1 else 4 + int(3 * math.log(n))
        root, inverse = self.roots()
        steps = [product(root, k.normal(np.arange(i * n, (i + 1) * n))) for i in range(count)]
        values = [ask(k, x + self.sigma * y) for y in steps]
        steps = [steps[i] for i in np.argsort(values, kind="stable")]
        if min(values) == np.inf:
            self.sigma *= 0.5
            return x
        w, mu_eff, c_c, c_sigma, c_1, c_mu, damping = self.constants(n, count, p["active"])

        moved = sum(max(weight, 0.0) * y for weight, y in zip(w, steps))
        x = x + self.sigma * moved
        gain = math.sqrt(c_sigma * (2 - c_sigma) * mu_eff)
        self.p_sigma = (1 - c_sigma) * self.p_sigma + gain * product(inverse, moved)
        self.started *= (1 - c_sigma) ** 2
        length = norm(self.p_sigma)
        runs = length**2 / (1 - self.started) < n * (2 + 4 / (n + 1))
        self.p_c = (1 - c_c) * self.p_c + (math.sqrt(c_c * (2 - c_c) * mu_eff) if runs else 0.0) * moved

        # A failure counts by its direction, not by its length. While the path stalls, C keeps what it would have been given.
        own = [v if v >= 0 else v * n / (norm(product(inverse, y)) + 1e-9) ** 2 for v, y in zip(w, steps)]
        keep = 1 - c_1 - c_mu * sum(w) + (0.0 if runs else c_1 * c_c * (2 - c_c))
        self.C = keep * self.C + c_1 * np.outer(self.p_c, self.p_c)
        for weight, y in zip(own, steps):
            self.C = self.C + c_mu * weight * np.outer(y, y)
        change = c_sigma / damping * (length / self.expected_length(n) - 1)
        self.sigma = np.clip(self.sigma * np.exp(min(change, 1.0)), 1e-200, 1e100)
        return x

    def constants(self, n, count, active):
        """Weights, the effective number of parents, and the rates of the tutorial."""
        w = [math.log((count + 1) / 2) - math.log(i) for i in range(1, count + 1)]
        better, worse = w[: count // 2], w[count // 2 :]
        mu_eff, mu_worse = (sum(v) ** 2 / sum(a * a for a in v) for v in (better, worse))
        c_c = (4 + mu_eff / n) / (n + 4 + 2 * mu_eff / n)
        c_sigma = (mu_eff + 2) / (n + mu_eff + 5)
        c_1 = 2 / ((n + 1.3) ** 2 + mu_eff)
        c_mu = min(2 * (0.25 + mu_eff + 1 / mu_eff - 2) / ((n + 2) ** 2 + mu_eff), 1 - c_1)
        damping = 1 + 2 * max(math.sqrt((mu_eff - 1) / (n + 1)) - 1, 0) + c_sigma
        # The worse half has negative weights: as much forgetting as learning, and C stays positive.
        total = min(1 + c_1 / c_mu, 1 + 2 * mu_worse / (mu_eff + 2), (1 - c_1 - c_mu) / (n * c_mu)) if active else 0.0
        below = -sum(min(v, 0.0) for v in worse)
        w = [v / sum(better) for v in better] + [total * min(v, 0.0) / below if below > 0 else 0.0 for v in worse]
        return w, mu_eff, c_c, c_sigma, c_1, c_mu, damping

    def expected_length(self, n):
        """Of a standard normal vector in n dimensions."""
        return math.sqrt(2) * math.exp(math.lgamma((n + 1) / 2) - math.lgamma(n / 2))
