# uses: layers correction over product symmetric_eigen
class Soap:
    """Adam in the eigenbasis of Shampoo's matrices (Vyas et al. 2025).

    The basis comes from the gradients before this one, so the first step only starts it. The authors follow the basis by one
    power iteration every 10 steps and leave vectors to Adam; here it is exact at every step.
    """

    def __init__(self, x, p, run):
        self.layers = layers(run)
        self.m, self.v = np.zeros_like(x), np.zeros_like(x)
        self.beta1_t = self.beta2_t = 1.0
        self.begun = False
        # For each layer its sides: rows, and columns where it is a matrix. A side has a matrix and its eigenvectors.
        sides = [[rows, cols] if cols > 1 else [rows] for _, (rows, cols) in self.layers]
        self.gram = [[np.zeros((n, n)) for n in side] for side in sides]
        self.basis = [[np.eye(n) for n in side] for side in sides]

    @property
    def matrices(self):
        turned = [i for i, (_, shape) in enumerate(self.layers) if self.vectors_too or shape[1] > 1]
        return tuple(a for i in turned for pair in zip(self.gram[i], self.basis[i]) for a in pair)

    def step(self, x, p, k):
        beta1, beta2 = p["beta1"], p["beta2"]
        self.vectors_too = p["precondition_1d"]
        self.keeps = ["m", "v", "matrices"]
        g = k.gradient(x)
        if self.begun:
            self.beta1_t *= beta1
            self.beta2_t *= beta2
            rate = math.sqrt(correction(self.beta2_t)) / correction(self.beta1_t)
            self.m = beta1 * self.m + (1 - beta1) * g
            for (at, shape), basis in zip(self.layers, self.basis):
                left, right = basis[0], basis[1] if len(basis) > 1 else np.eye(1)
                turned, m = (product(product(left.T, a[at].reshape(shape)), right) for a in (g, self.m))
                self.v[at] = beta2 * self.v[at] + (1 - beta2) * turned.ravel() * turned.ravel()
                u = over(rate * m.ravel(), np.sqrt(self.v[at]) + p["eps"])
                x[at] -= p["lr"] * product(product(left, u.reshape(shape)), right.T).ravel()
        for i, (at, shape) in enumerate(self.layers):
            matrix = g[at].reshape(shape)
            for j, square in enumerate([product(matrix, matrix.T), product(matrix.T, matrix)][: len(self.gram[i])]):
                self.gram[i][j] = beta2 * self.gram[i][j] + (1 - beta2) * square
                vectors = np.eye(len(square))
                if self.vectors_too or shape[1] > 1:
                    if not np.all(np.isfinite(self.gram[i][j])):
                        continue
                    vectors = symmetric_eigen(self.gram[i][j])[1]
                    if not self.begun:
                        self.basis[i][j] = vectors
                        continue
                self.basis[i][j] = matched(self.basis[i][j], vectors)
        self.begun = self.begun or bool(np.any(g))  # Without a gradient there is no direction to begin with.
        return x


def matched(old, new):
    """New eigenvectors in the order of the old ones they are nearest to, so that v stays with its directions."""
    overlap, order = np.abs(product(old.T, new)), []
    for row in overlap:
        row[order] = -1.0
        order.append(int(np.argmax(row)))
    return new[:, order].copy()
