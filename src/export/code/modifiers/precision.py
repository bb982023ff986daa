# uses: modifier
class Precision(Modifier):
    """Parameters and gradients in few bits, rounded to nearest with ties to even (Micikevicius et al. 2018).

    The gradient is multiplied by S before it is rounded. A step whose gradient overflows is not taken, as with PyTorch's
    GradScaler; unlike there S stays as it is.
    """

    may_refuse = True
    FORMATS = {"f32": (24, -126, 2.0**128), "bf16": (8, -126, 2.0**128), "f16": (11, -14, 2.0**16)}

    def __init__(self):
        self.refused = False

    def round(self, v, format):
        bits, least, beyond = self.FORMATS[format]
        exponent = np.maximum(np.frexp(v)[1] - 1, least)
        unit = np.ldexp(1.0, exponent - (bits - 1))
        with np.errstate(invalid="ignore"):
            rounded = np.round(v / unit) * unit
        return np.where(np.isfinite(v), np.where(np.abs(rounded) >= beyond, np.copysign(np.inf, v), rounded), v)

    def answer(self, x, p, k, ask):
        format, scale = p["precision"], p["loss_scale"]
        if format == "f64":
            return ask(x)
        f, g = ask(self.round(x, format))
        g = self.round(scale * g, format) / scale
        if not np.all(np.isfinite(g)):
            self.refused, g = True, np.zeros_like(g)
        return f, g

    def settle(self, x, p):
        return x if p["precision"] == "f64" or p["master"] else self.round(x, p["precision"])

    def refuses(self):
        refused, self.refused = self.refused, False
        return refused
