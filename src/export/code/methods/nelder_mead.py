# uses: sampling
class NelderMead:
    """A simplex that reflects, stretches and shrinks its way down (Nelder, Mead 1965).

    First corners and comparisons as in SciPy; adaptive: the coefficients of Gao and Han (2012).
    """

    keeps = ["corners", "values"]

    def __init__(self, x, p, run):
        self.corners, self.values = np.tile(x, (len(x) + 1, 1)), None
        for i in range(len(x)):
            self.corners[i + 1, i] = 1.05 * x[i] if x[i] != 0 else 0.00025

    def sort(self):
        order = np.argsort(self.values, kind="stable")
        self.corners, self.values = self.corners[order], self.values[order]

    def step(self, x, p, k):
        n = len(x)
        rho, chi, psi, sigma = p["reflection"], p["expansion"], p["contraction"], p["shrink"]
        if p["adaptive"]:
            rho, chi, psi, sigma = 1.0, 1 + 2 / n, 0.75 - 0.5 / n, 1 - 1 / n if n > 1 else 0.5
        if self.values is None:
            self.values = np.array([ask(k, corner) for corner in self.corners])
            self.sort()
        elif not np.array_equal(self.corners[0], x):  # Something else has moved θ.
            self.corners[0], self.values[0] = x, ask(k, x)
            self.sort()

        centre = sum(self.corners[:-1]) / n
        worst = self.corners[-1].copy()

        def attempt(reach):
            point = (1 + reach) * centre - reach * worst
            return point, ask(k, point)

        new = reflected, value = attempt(rho)
        if value < self.values[0]:
            expanded = attempt(rho * chi)
            if expanded[1] < value:
                new = expanded
        elif value >= self.values[-2]:
            outside = value < self.values[-1]
            new = attempt(psi * rho if outside else -psi)
            if not (new[1] <= value if outside else new[1] < self.values[-1]):
                new = None
        if new is not None:
            self.corners[-1], self.values[-1] = new
        else:
            self.corners[1:] = self.corners[0] + sigma * (self.corners[1:] - self.corners[0])
            self.values[1:] = [ask(k, corner) for corner in self.corners[1:]]
        self.sort()
        return self.corners[0].copy()
