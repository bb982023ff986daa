def cyclic(step, p, run):
    """Up and down in straight lines (Smith 2017)."""
    up, down = p["up"], p["down"]
    cycle, into = divmod(step, up + down)
    rise = into / up if into < up else 1 - (into - up) / down
    height = 0.5**cycle if p["mode"] == "triangular2" else 1.0
    return p["lo"] + (p["hi"] - p["lo"]) * rise * height
