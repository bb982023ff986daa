import copy


class Schedule:
    """The factor of the learning rate: a straight warm-up, then schedules that follow each other, each from its own start.

    parts: a list of (schedule, its parameters, the steps it lasts or None for the rest).
    """

    def __init__(self, parts, run):
        self.parts, self.run = parts, run

    def __call__(self, step, loss=None):
        """What the rate is multiplied by after so many steps, and the momentum that is set, if any.

        loss: the one where the step before began; only schedules that read it need it.
        """
        run = self.run
        rise = min((step + 1) / run.warmup, 1.0) if run.warmup else 1.0
        into, left = max(step - run.warmup, 0), max(run.steps - run.warmup, 0)
        for schedule, p, length in self.parts:
            if length is None or into < length:
                break
            into, left = into - length, max(left - length, 0)
        own = copy.copy(run)
        own.steps = left if length is None else min(length, left)
        if hasattr(schedule, "factor"):
            factor = schedule.factor(into, p, own, loss)
        else:
            factor = schedule(into, p, own)
        factor, momentum = factor if isinstance(factor, tuple) else (factor, None)
        return rise * factor, momentum
