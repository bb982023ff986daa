def correction(product):
    """1 − βᵗ, which an average that began at 0 is divided by; 1 where β is 1. Pass the product of all β so far."""
    return 1.0 - product if product < 1.0 else 1.0
