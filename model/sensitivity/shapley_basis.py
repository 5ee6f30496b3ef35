"""Orthonormal functions of one input's draws, to regress outcomes on."""

from functools import lru_cache

import numpy as np

from model.numerics.arrays import Array, Singles

__all__ = ["input_basis"]


#: A function of which less than this is new, given the earlier ones, is left out.
_NEW = 1e-4


def input_basis(values: Array, degree: int) -> Singles:
    """Up to `degree` orthonormal functions of an input's draws (row,): (function, row).

    They span its value, its normal score, and Legendre polynomials of its rank from degree 2: the
    value for tails, the score for Gaussian dependence, the polynomials, which are bounded, for
    any shape in between. An event has one function; a constant has none.

    Parameters
    ----------
    values : array (row,)
        Draws, in any unit.
    degree : int
        Functions at most.

    Returns
    -------
    array of float32 (function, row)
        Mean 0 and variance 1 each, uncorrelated.
    """
    if values.min() == values.max():
        return np.empty((0, len(values)), np.float32)
    functions = _functions(values, degree)
    functions -= functions.mean(axis=1, keepdims=True)
    spread = functions.std(axis=1)
    functions = functions[spread > 0] / spread[spread > 0, None]
    return _orthonormal(functions).astype(np.float32)


def _functions(values: Array, degree: int) -> Array:
    """The value, its normal score and polynomials of its rank; tied values share a rank."""
    order = np.argsort(values)
    ordered = values[order]
    tied = ordered[1:] == ordered[:-1]
    if tied.any():
        group = np.concatenate([[0], np.cumsum(~tied)])
        rank = np.bincount(group, _middles(len(values))) / np.bincount(group)
        of_rank = _rank_functions(rank, degree)[:, group]
    else:
        of_rank = _untied_functions(len(values), degree)
    functions = np.empty((degree, len(values)))
    functions[0] = values / np.abs(values).max()
    functions[1:, order] = of_rank
    return functions


def _middles(rows: int) -> Array:
    return (np.arange(rows) + 0.5) / rows


@lru_cache(maxsize=1)
def _untied_functions(rows: int, degree: int) -> Array:
    return _rank_functions(_middles(rows), degree)


def _rank_functions(rank: Array, degree: int) -> Array:
    """Normal score, then Legendre polynomials from degree 2: (degree − 1, rank)."""
    from scipy.special import ndtri

    polynomials = np.polynomial.legendre.legvander(2.0 * rank - 1.0, degree).T
    return np.concatenate([ndtri(rank)[None], polynomials[2:degree]])[: degree - 1]


def _orthonormal(functions: Array) -> Array:
    """Gram and Schmidt's process on rows of mean 0 and variance 1, leaving out what is not new."""
    gram = functions @ functions.T / functions.shape[1]
    kept: list[Array] = []
    for place in range(len(functions)):
        weights = np.zeros(len(functions))
        weights[place] = 1.0
        for earlier in kept:
            weights -= (earlier @ gram[place]) * earlier
        norm = weights @ gram @ weights
        if norm > _NEW:
            kept.append(weights / np.sqrt(norm))
    return np.array(kept) @ functions
