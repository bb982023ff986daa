# uses: modifier
class Centralise(Modifier):
    """Takes the mean away from every row of a matrix's gradient (Yong, Huang, Hua, Zhang 2020); vectors stay."""

    def gradient(self, g, x, p, k, call):
        g = g.copy()
        for rows, cols, start in k.run.blocks:
            if cols > 1:
                block = g[start : start + rows * cols].reshape(rows, cols)
                block -= block.mean(axis=1, keepdims=True)
        return g
