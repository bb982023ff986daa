# uses: dot
def trust_ratio(theta, update):
    """‖θ‖/‖u‖ of a layer; None where either is 0."""
    size, length = norm(theta), norm(update)
    return size / length if size > 0 and length > 0 else None
