# uses: population
class ParticleSwarm:
    """Particles that fly on and are drawn to the best places of their own and of all (Kennedy, Eberhart 1995).

    Inertia and attraction as Eberhart and Shi (2000) advise, velocities up to the width of the region.
    """

    keeps = ["at", "velocities", "points", "values"]

    def __init__(self, x, p, run):
        self.swarm = Population(run)

    points = property(lambda self: self.swarm.points)
    values = property(lambda self: self.swarm.values)

    def step(self, x, p, k):
        swarm = self.swarm
        if swarm.begin(int(p["population"]), x, k):
            self.at, self.velocities = swarm.points.copy(), np.zeros_like(swarm.points)
            return swarm.best.x.copy()
        r = k.uniform(np.arange(2 * self.at.size)).reshape(*self.at.shape, 2)
        own, best = swarm.points - self.at, swarm.best.x - self.at
        v = p["w"] * self.velocities + p["c"] * r[..., 0] * own + p["c"] * r[..., 1] * best
        self.velocities = np.clip(v, swarm.lo - swarm.hi, swarm.hi - swarm.lo)
        self.at = self.at + self.velocities
        for i, point in enumerate(self.at):
            value = ask(k, point)
            if value < swarm.values[i]:
                swarm.improve(i, point, value)
        return swarm.best.x.copy()
