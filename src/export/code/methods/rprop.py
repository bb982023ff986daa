class Rprop:
    """A step size for each coordinate, longer while the gradient keeps its sign, shorter where it turns: iRprop−
    (Riedmiller, Braun 1993; Igel, Hüsken 2003).

    Sizes are kept as multiples of the rate, which here may change; PyTorch reads it once.
    """

    keeps = ["ratio", "last"]

    def __init__(self, x, p, run):
        self.ratio, self.last = np.ones_like(x), np.zeros_like(x)

    def step(self, x, p, k):
        lr, g = p["lr"], k.gradient(x)
        turn = np.sign(g) * np.sign(self.last)
        g = np.where(turn < 0, 0.0, g)  # Where the gradient has turned the coordinate stays for once.
        self.last = g
        if lr == 0:
            return x
        factor = np.where(turn > 0, p["eta_plus"], np.where(turn < 0, p["eta_minus"], 1.0))
        size = np.clip(lr * self.ratio * factor, p["step_min"], p["step_max"])
        self.ratio = size / lr
        return x - size * np.sign(g)
