def bits(seed, stream, counter):
    """64 random bits that depend on the three numbers and on nothing else (mixing: SplitMix64; Steele, Lea, Flood 2014)."""
    golden = np.uint64(0x9E3779B97F4A7C15)

    def mix(z):
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))

    counter = np.asarray(counter, dtype=np.uint64)
    with np.errstate(over="ignore"):  # Sums and products are modulo 2^64.
        key = mix(np.uint64(seed) + golden) ^ mix(np.uint64(stream) * golden + np.uint64(1))
        return mix(mix(key + counter * golden) ^ key)


def uniform(seed, stream, counter):
    """A draw from [0, 1) for this counter, or one for each of an array of counters."""
    return (bits(seed, stream, counter) >> np.uint64(11)).astype(float) / 2.0**53


def normal(seed, stream, counter):
    """A standard normal draw for this counter (Box, Muller 1958)."""
    counter = np.asarray(counter, dtype=np.uint64)
    u = uniform(seed, stream, np.uint64(2) * counter)
    v = uniform(seed, stream, np.uint64(2) * counter + np.uint64(1))
    return np.sqrt(-2.0 * np.log(1.0 - u)) * np.cos(2.0 * np.pi * v)
