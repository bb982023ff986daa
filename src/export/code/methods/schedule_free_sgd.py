# uses: schedule_free
class ScheduleFreeSgd(ScheduleFree):
    """SGD that needs no falling rate: z steps, x averages z, the gradient is taken between them (Defazio et al. 2024)."""

    keeps = ["z"]

    def step(self, y, p, k):
        y = self.begin(y, p["beta"])
        self.z = self.z - self.rate(p["lr"], k) * k.gradient(y)
        return self.end(p["lr"])
