def mean_of_asked(n, x, ask):
    """f, and the mean of n gradients at x, each with a draw of its own."""
    f, g = ask(x)
    for _ in range(int(n) - 1):
        g = g + ask(x, fresh=True)[1]
    return f, g / n
