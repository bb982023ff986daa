# uses: layers dot
class Adafactor:
    """Of a matrix only the mean squares of rows and of columns are kept, and the step is measured by the size of the
    weights (Shazeer, Stern 2018).

    PyTorch bounds the rate by 1/√t and factors every matrix; optax takes the rate as it is and keeps v whole here.
    """

    def __init__(self, x, p, run):
        self.layers = layers(run)
        self.v = np.zeros_like(x)
        self.matrices = [(at, shape) for at, shape in self.layers if shape[1] > 1]
        self.rows = [np.zeros(shape[0]) for _, shape in self.matrices]
        self.cols = [np.zeros(shape[1]) for _, shape in self.matrices]

    @property
    def vectors(self):
        return tuple(self.v[at] for at, shape in self.layers if shape[1] == 1)

    def step(self, x, p, k):
        is_optax, tiny = p["convention"] == "optax", np.finfo(float).eps
        self.keeps = ["v"] if is_optax else ["vectors", "rows", "cols"]
        g = k.gradient(x)
        new = float(k.t) ** p["beta2_decay"]  # The weight of the newest square.
        self.v = (1 - new) * self.v + new * (g * g + (1e-30 if is_optax else 0.0))
        v = self.v.copy()
        for i, (at, shape) in enumerate(self.matrices):
            matrix = g[at].reshape(shape)
            self.rows[i] = (1 - new) * self.rows[i] + new * np.array([mean_square(row) for row in matrix])
            self.cols[i] = (1 - new) * self.cols[i] + new * np.array([mean_square(column) for column in matrix.T])
            if not is_optax:
                v[at] = (np.outer(self.rows[i], self.cols[i]) / max(sum(self.rows[i]) / shape[0], tiny)).ravel()
        u = g / np.sqrt(v if is_optax else np.maximum(v, tiny * tiny))
        rho = p["lr"] if is_optax else min(p["lr"], 1 / math.sqrt(k.t))
        for at, _ in self.layers:
            alpha = max(rms(x[at]), p["eps2"]) * rho
            x[at] -= alpha / max(rms(u[at]) / p["d"], 1.0) * u[at]
        return x


def mean_square(v):
    return dot(v, v) / len(v)


def rms(v):
    return norm(v) / math.sqrt(len(v))
