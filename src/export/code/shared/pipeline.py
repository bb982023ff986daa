# uses: step
import copy


class Pipeline(Step):
    """A step with modifiers: on the gradient, before the rule has it, and on what the rule does."""

    def __init__(self, f, run, modifiers):
        """modifiers: pairs of a modifier and its parameters, in the order in which they act."""
        super().__init__(f, run)
        self.modifiers, self.crew, self.anchor = modifiers, None, None

    def trial(self, x):
        f, g = self.through(len(self.modifiers), x)
        self.call += 1  # Every question of a step meets noise of its own.
        return f, g

    def through(self, upto, x):
        """f and g at x, as the first modifiers leave them."""
        if upto == 0:
            return super().trial(x)
        modifier, p = self.modifiers[upto - 1]

        def ask(x, fresh=False):
            self.call += fresh
            return self.through(upto - 1, x)

        return modifier.answer(x, p, self, ask)

    def advance(self, method, x, p, lr=1.0, base_lr=1.0):
        before = x.copy()
        self.step, self.call = self.step + 1, 0
        self.lr, self.base_lr = lr, base_lr
        self.set_crew(method, x)
        if any(m.may_refuse for m, _ in self.modifiers):
            saved = copy.deepcopy((method.__dict__, self.crew))
        self.t += 1
        x = (self.crew or method).step(x.copy(), p, self)
        if any([m.refuses() for m, _ in self.modifiers]):
            self.t -= 1
            self.crew = saved[1]
            method.__dict__.update(saved[0])
            return before
        methods = [method] + (self.crew.others if self.crew else [])
        for modifier, own in self.modifiers:
            x = modifier.after(x, before, own, self, methods)
        for modifier, own in self.modifiers:
            x = modifier.settle(x, own)
        return x

    def set_crew(self, method, x):
        """Begins or ends working side by side; all begin where the run is."""
        shape = None
        for modifier, p in self.modifiers:
            shape = modifier.workers(p) or shape
        if shape != (self.crew.shape if self.crew else None):
            self.crew = Crew(shape, method, x) if shape else None
