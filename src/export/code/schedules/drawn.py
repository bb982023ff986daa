def drawn(step, p, run):
    """Drawn by hand: factors at even distances over T steps, with straight lines between them."""
    factors = p["factors"]
    share = min(step / (p["total"] or max(run.steps, 1)), 1.0)
    return float(np.interp(share * (len(factors) - 1), range(len(factors)), factors))
