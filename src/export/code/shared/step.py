# uses: rng dot product
class Step:
    """What a method is told in a step and whom it may ask: `k` in the methods."""

    def __init__(self, f, run):
        self.f, self.run = f, run
        self.step = self.t = 0  # The number of the step, from 1; t leaves out steps that were refused.
        self.worker = 0
        self.lr = self.base_lr = 1.0  # The learning rate after and before the schedule.
        self.last = np.zeros(run.dim)  # The gradient that the method was given last.

    def advance(self, method, x, p, lr=1.0, base_lr=1.0):
        """Takes a step with this rate."""
        self.step += 1
        self.t += 1
        self.lr, self.base_lr = lr, base_lr
        return method.step(x.copy(), p, self)

    def value(self, x):
        return np.float64(self.f.value(x))

    def trial(self, x):
        """f and g at a point that is only tried."""
        return np.float64(self.f.value(x)), self.f.gradient(x)

    def value_and_gradient(self, x):
        f, self.last = self.trial(x)
        return f, self.last.copy()

    def gradient(self, x):
        return self.value_and_gradient(x)[1]

    def hessian(self, x):
        """The matrix of second derivatives; None where there is none to give."""
        return self.f.hessian(x)

    def hvp(self, x, v):
        """Hessian times v: exact, or from two gradients where there is no Hessian."""
        h = self.hessian(x)
        if h is not None:
            return product(h, v)
        size = 1e-5 * (1.0 + norm(x))
        return (self.gradient(x + size * v) - self.gradient(x - size * v)) / (2.0 * size)

    def residuals(self, x):
        """r and their Jacobian, for f a sum of squares."""
        return self.f.residuals(x)

    # What methods draw at random: a draw for each counter of this step, apart from the noise of gradients.

    def draw_uniform(self, stream, counter):
        return uniform(self.run.seed, stream, counter)

    def stream(self):
        return 1 << 63 | self.worker << 32 | self.step

    def uniform(self, counter):
        return uniform(self.run.seed, self.stream(), counter)

    def normal(self, counter):
        return normal(self.run.seed, self.stream(), counter)

    def rademacher(self, counter):
        return np.where(self.uniform(counter) < 0.5, -1.0, 1.0)
