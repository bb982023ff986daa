def one_cycle(step, p, run):
    """Up along half a cosine and down far below where it began, while the momentum does the opposite (Smith, Topin 2018).

    Gives the factor and the momentum, which takes the place of μ, or of β₁ where there is no μ.
    """
    total = p["total"] or max(run.steps, 1)
    top, end, first = max(p["pct"] * total - 1, 0), total - 1, 1 / p["div"]

    def between(a, b, share):
        return b + (a - b) * 0.5 * (1 + math.cos(math.pi * share))

    if step < top:
        return between(first, 1, step / top), between(p["m_hi"], p["m_lo"], step / top)
    share = min((step - top) / (end - top), 1.0) if end > top else float(step > top)
    return between(1, first / p["final"], share), between(p["m_lo"], p["m_hi"], share)
