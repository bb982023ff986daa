# uses: modifier crew
class Federated(Modifier):
    """Clients that train alone for H steps and then average (McMahan et al. 2017); with μ they are drawn back to where
    the round began, as in FedProx (Li et al. 2020). On a surface clients differ by their noise alone."""

    def workers(self, p):
        return int(p["clients"]), int(p["local_steps"])

    def gradient(self, g, x, p, k, call):
        return g + p["prox"] * (x - k.anchor) if p["prox"] > 0 else g
