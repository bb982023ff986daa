# uses: layers symmetric_eigen product
class Shampoo:
    """Divides a matrix on both sides by roots of sums of GGᵀ and GᵀG; a vector by the root of Σggᵀ (Gupta, Koren, Singer 2018).

    The paper's sums and exponent −1/(2k) for k sides. Many implementations average, and some take −½ for matrices.
    """

    keeps = ["left", "right"]

    def __init__(self, x, p, run):
        self.layers = layers(run)
        self.left = [np.zeros((rows, rows)) for _, (rows, cols) in self.layers]
        self.right = [np.zeros((cols, cols)) if cols > 1 else np.zeros((0, 0)) for _, (rows, cols) in self.layers]

    def step(self, x, p, k):
        g = k.gradient(x)
        for i, (at, (rows, cols)) in enumerate(self.layers):
            u = g[at].reshape(rows, cols)
            self.left[i] += product(u, u.T)
            if cols == 1:
                u = product(inverse_power(self.left[i], -1 / 2, p["eps"]), u)
            else:
                self.right[i] += product(u.T, u)
                u = product(inverse_power(self.left[i], -1 / 4, p["eps"]), u)
                u = product(u, inverse_power(self.right[i], -1 / 4, p["eps"]))
            x[at] -= p["lr"] * u.ravel()
        return x


def inverse_power(a, exponent, eps):
    """(a + ε) to a power below 0; eigenvalues that are 0 to working precision count as 0."""
    if not np.all(np.isfinite(a)):
        return np.zeros_like(a)
    values, vectors = symmetric_eigen(a)
    values = np.where(values > 1e-15 * abs(values[0]), values, 0.0) + eps
    power = np.zeros_like(values)
    power[values > 0] = values[values > 0] ** exponent
    return product(vectors * power, vectors.T)
