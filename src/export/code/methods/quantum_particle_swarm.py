# uses: population
class QuantumParticleSwarm:
    """A swarm without velocities: particles appear anywhere about the best places, the farther they are from the mean of
    these (Sun, Feng, Xu 2004). The contraction falls evenly over the run."""

    keeps = ["at", "points", "values"]

    def __init__(self, x, p, run):
        self.swarm = Population(run)

    points = property(lambda self: self.swarm.points)
    values = property(lambda self: self.swarm.values)

    def step(self, x, p, k):
        swarm = self.swarm
        if swarm.begin(int(p["population"]), x, k):
            self.at = swarm.points.copy()
            return swarm.best.x.copy()
        along = min(k.step, k.run.steps) / max(k.run.steps, 1)
        beta = p["contraction"] + (p["contraction_end"] - p["contraction"]) * along
        mean = sum(swarm.points / len(swarm.points))
        phi, u, side = np.moveaxis(k.uniform(np.arange(3 * self.at.size)).reshape(*self.at.shape, 3), -1, 0)
        about = phi * swarm.points + (1 - phi) * swarm.best.x
        far = beta * np.abs(mean - self.at) * -np.log(1 - u)
        to = np.where(side < 0.5, about - far, about + far)
        self.at = np.where(np.isfinite(to), to, about)
        for i, point in enumerate(self.at):
            value = ask(k, point)
            if value < swarm.values[i]:
                swarm.improve(i, point, value)
        return swarm.best.x.copy()
