def ask(k, x):
    """f at x; what is not finite counts as worst."""
    f = k.value(x)
    return f if np.isfinite(f) and np.all(np.isfinite(x)) else np.inf


class Held:
    """A point and its value; asked for again when something other than the method has moved it."""

    def __init__(self):
        self.x, self.value = None, np.inf

    def stand(self, x, k):
        if self.x is None or not np.array_equal(self.x, x):
            self.take(x, ask(k, x))

    def take(self, x, value):
        self.x, self.value = x.copy(), value

    def offer(self, x, value):
        if value < self.value:
            self.take(x, value)
