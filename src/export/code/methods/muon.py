# uses: layers dot correction product
class Muon:
    """Momentum whose step of each matrix has its singular values brought near 1 (Jordan et al. 2024).

    PyTorch takes the average as it is and scales by rows over columns; optax corrects it and scales by columns over rows.
    Both leave vectors to Adam; here a vector is a matrix of one column.
    """

    keeps = ["m"]

    def __init__(self, x, p, run):
        self.layers = layers(run)
        self.m, self.mu_t = np.zeros_like(x), 1.0

    def step(self, x, p, k):
        lr, mu, eps, is_optax = p["lr"], p["momentum"], p["eps"], p["convention"] == "optax"
        self.mu_t *= mu
        now, after = (correction(self.mu_t), correction(self.mu_t * mu)) if is_optax else (1.0, 1.0)
        g = k.gradient(x)
        self.m = mu * self.m + (1 - mu) * g
        u = (1 - mu) * g / now + mu * self.m / after if p["nesterov"] else self.m / now
        x = x * (1 - lr * p["weight_decay"])
        for at, (rows, cols) in self.layers:
            size = norm(u[at]) + eps if is_optax else max(norm(u[at]), eps)
            if size > 0:
                o = orthogonalise(u[at].reshape(rows, cols) / size, int(p["ns_steps"]))
                ratio = cols / rows if is_optax else rows / cols
                x[at] -= lr * math.sqrt(max(ratio, 1.0)) * o.ravel()
        return x


def orthogonalise(x, steps):
    """Newton and Schulz's iteration, with coefficients that bring singular values near 1 in few steps."""
    a, b, c = 3.4445, -4.7750, 2.0315
    if len(x) > len(x.T):
        return orthogonalise(x.T, steps).T
    for _ in range(steps):
        gram = product(x, x.T)
        x = a * x + product(b * gram + c * product(gram, gram), x)
    return x
