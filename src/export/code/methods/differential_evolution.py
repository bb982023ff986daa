# uses: population
class DifferentialEvolution:
    """Each member is challenged by another plus a difference of two (Storn, Price 1997).

    rand1bin is theirs, best1bin SciPy's default, which draws F anew in each generation where here it is fixed.
    """

    keeps = ["points", "values"]

    def __init__(self, x, p, run):
        self.members = Population(run)

    points = property(lambda self: self.members.points)
    values = property(lambda self: self.members.values)

    def step(self, x, p, k):
        members = self.members
        if not members.begin(int(p["population"]), x, k):
            best = int(np.argmin(members.values))
            trials = [self.trial(i, best, p, k) for i in range(len(members.points))]
            for i, trial in enumerate(trials):  # A generation is replaced together.
                value = ask(k, trial)
                if value < np.inf and value <= members.values[i]:
                    members.improve(i, trial, value)
        return members.best.x.copy()

    def trial(self, i, best, p, k):
        count, n = self.points.shape
        draws = k.uniform(i * (n + 4) + np.arange(n + 4))
        others = []
        for draw in draws[:3]:  # Three others, all different.
            pick = min(int(draw * (count - 1 - len(others))), count - 2 - len(others))
            for taken in sorted([i] + others):
                pick += taken <= pick
            others.append(pick)
        a, b, c = others
        if p["strategy"] == "best1bin":
            a = best
        crosses = draws[4:] < p["cr"]
        crosses[min(int(draws[3] * n), n - 1)] = True  # One coordinate always.
        mutant = self.points[a] + p["f"] * (self.points[b] - self.points[c])
        return np.where(crosses, mutant, self.points[i])
