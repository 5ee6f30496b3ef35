"""Polynomials in a quantity's normal score that are orthonormal over its own draws.

For regressions on several quantities' ranks, whatever ties they have. The Hermite polynomials of
`hermite_polynomials` are so only for normal states.
"""

import numpy as np

from model.numerics.arrays import Array
from model.numerics.rank_bins import RankBins

__all__ = ["orthonormal_polynomials"]


def orthonormal_polynomials(bins: RankBins, degree: int) -> Array:
    """Polynomials of degree 1 … `degree` in the score, orthonormal over the rows: (degree, bin).

    Fewer where there are not enough bins to tell them apart.

    Parameters
    ----------
    bins : RankBins
        The quantity's draws by rank.
    degree : int
        Highest degree wanted.

    Returns
    -------
    array (degree, bin)
    """
    degree = min(degree, len(bins.weight) - 1)
    share = np.sqrt(bins.weight / bins.weight.sum())
    scaled = bins.score / max(1.0, float(np.abs(bins.score).max()))
    powers = np.polynomial.legendre.legvander(scaled, degree)
    basis, triangle = np.linalg.qr(powers * share[:, None])
    signs = np.sign(np.diag(triangle))
    return np.asarray((basis * signs / share[:, None]).T[1:], np.float64)
