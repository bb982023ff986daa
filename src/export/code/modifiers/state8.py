# uses: modifier
class State8(Modifier):
    """What the method keeps, in 8 bits a number: blocks divided by their largest size, each number replaced by the
    nearest of 256 (Dettmers, Lewis, Shleifer, Zettlemoyer 2022), with signs for all vectors."""

    def __init__(self):
        # 0, 1 and ±10^(i − 6) times the middles of 2^i equal parts of [0.1, 1].
        positive = [10.0 ** (i - 6) * (0.1 + 0.9 * (j + 0.5) / 2**i) for i in range(7) for j in range(2**i)]
        self.codes = np.array([-v for v in reversed(positive)] + [0.0] + positive + [1.0])

    def nearest(self, v):
        above = np.minimum(np.searchsorted(self.codes, v), len(self.codes) - 1)
        below = np.maximum(above - 1, 0)
        return np.where(self.codes[above] - v < v - self.codes[below], self.codes[above], self.codes[below])

    def coded(self, v, p):
        if not np.all(np.isfinite(v)):
            return v
        size = max(int(p["state8_block"]), 1)
        v = v.copy()
        for start in range(0, len(v), size):
            block = v[start : start + size]
            largest = np.abs(block).max()
            if largest > 0:
                share = block / largest
                block[:] = largest * (np.round(share * 127) / 127 if p["state8"] == "linear" else self.nearest(share))
        return v

    def after(self, x, before, p, k, methods):
        for method in methods:
            for name in method.keeps:
                kept = getattr(method, name)
                # An array, a list of arrays that stand one after the other, or a tuple of arrays by themselves.
                for parts in kept if isinstance(kept, tuple) else [kept]:
                    parts = parts if isinstance(parts, list) else [parts]
                    if not parts or not sum(part.size for part in parts):
                        continue
                    flat = self.coded(np.concatenate([part.ravel() for part in parts]), p)
                    ends = np.cumsum([part.size for part in parts])[:-1]
                    for part, new in zip(parts, np.split(flat, ends)):
                        part[...] = new.reshape(part.shape)
        return x
