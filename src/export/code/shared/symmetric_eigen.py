def symmetric_eigen(a):
    """Eigenvalues, the largest first, and eigenvectors as columns whose largest entry is positive, by Jacobi's rotations
    (1846).

    numpy.linalg.eigh gives the same but for the last bits, which a method that divides by its state may make large.
    """
    n = len(a)
    a, vectors = np.triu(a) + np.triu(a, 1).T, np.eye(n)
    for _ in range(40):
        turned = False
        for i in range(n):
            for j in range(i + 1, n):
                p, q, r = a[i, i], a[i, j], a[j, j]
                if q == 0 or not np.isfinite(q) or abs(q) <= 2.0**-53 * min(abs(p), abs(r)):
                    continue
                turned = True
                tau = (r - p) / (2 * q)
                root = np.sqrt(1 + tau * tau)
                t = 1 / (tau + root) if tau >= 0 else -1 / (root - tau)  # The smaller of the two angles.
                c = 1 / np.sqrt(1 + t * t)
                s = t * c
                for m in (a, a.T, vectors):
                    m[:, i], m[:, j] = c * m[:, i] - s * m[:, j], s * m[:, i] + c * m[:, j]
                a[i, j] = a[j, i] = 0.0
        if not turned:
            break
    vectors = vectors * np.where(vectors[np.argmax(np.abs(vectors), axis=0), range(n)] < 0, -1.0, 1.0)
    order = np.argsort(-np.diag(a), kind="stable")
    return np.diag(a)[order], vectors[:, order]
