class Modifier:
    """What a modifier may do in a step; each does some of it. p: its parameters, k: the step."""

    may_refuse = False  # Whether it may ever refuse a step.

    def answer(self, x, p, k, ask):
        """f and g at x. Those that ask more than once, or elsewhere, do so here."""
        call = k.call
        f, g = ask(x)
        return f, self.gradient(g, x, p, k, call)

    def gradient(self, g, x, p, k, call):
        """Changes the gradient; call is the number of the draw in this step."""
        return g

    def after(self, x, before, p, k, methods):
        """Changes the parameters after the rule has moved them, or what the methods keep."""
        return x

    def settle(self, x, p):
        """The last word on the parameters."""
        return x

    def workers(self, p):
        """How many copies of the method run side by side, and for how many steps each goes alone."""
        return None

    def refuses(self):
        """Whether the step must not be taken. Asked once a step."""
        return False
