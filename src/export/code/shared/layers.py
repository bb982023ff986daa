def layers(run):
    """For each matrix or vector of the parameters its place in θ and its shape; a vector is a matrix of one column."""
    return [(slice(start, start + rows * cols), (rows, cols)) for rows, cols, start in run.blocks]
