"""Shapley effects from given draws, the inputs independent or not.

The value of a set of inputs is the variance of the outcome that they explain; the Shapley effect
of an input is what it adds to the value, averaged over all orders in which inputs could be learnt
(Owen 2014; Song, Nelson and Staum 2016; Iooss and Prieur 2019).

With dozens of inputs neither all subsets nor nearest neighbours in all of them are possible. So the
outcome is regressed once, on functions of single inputs and products of them. The value of a set
is then what the columns within the set explain, and one Cholesky factor of the covariance, its
columns in the order in which a permutation brings their inputs in, has every step's gain in its
last row: as in the LMG measure (Lindeman, Merenda and Gold 1980) of linear regression, here on
columns that need not be linear.

Kept by hand because SALib and SciPy have no Shapley effects, and R's sensitivity needs draws from
the inputs' conditional distributions or nearest neighbours among all of them.
"""

from dataclasses import dataclass
from itertools import permutations
from math import factorial

import numpy as np

from model.numerics.arrays import Array, Integers, Singles
from model.numerics.standard_errors import jackknife_variance, mcse_of_each
from model.sensitivity.shapley_regression import PRODUCTS, Regression, centred, regress

__all__ = ["Effects", "learning_orders", "shapley_effects"]


#: Orders on which the outcome is explained anew without each block; even.
_JACKKNIFE_ORDERS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Shapley effects of one outcome.

    Attributes
    ----------
    share, se : array (input,)
        Share of the explained variance, and its standard error.
    explained : float
        Share of the outcome's variance that the regression explains in draws left out of it.
    """

    share: Array
    se: Array
    explained: float


def learning_orders(inputs: int, pairs: int, seed: int) -> Integers:
    """Orders of the inputs, each followed by its reverse: (2·pairs, input).

    All of them where there are no more than that, otherwise random ones.

    Parameters
    ----------
    inputs : int
        Number of inputs.
    pairs : int
        Random orders, before the reverses.
    seed : int
        Of the random orders.

    Returns
    -------
    array (order, input)
        Places of inputs.
    """
    if inputs > 1 and factorial(inputs) <= 2 * pairs:
        orders = np.array([one for one in permutations(range(inputs)) if one[0] < one[-1]])
    else:
        random = np.random.default_rng(seed)
        orders = np.array([random.permutation(inputs) for _ in range(pairs)])
    return np.stack([orders, orders[:, ::-1]], axis=1).reshape(-1, inputs)


def shapley_effects(
    outcome: Array, bases: list[Singles], starts: Integers, orders: Integers
) -> Effects:
    """Shapley effects of the inputs on `outcome` (row,); NaN where it does not vary.

    Parameters
    ----------
    outcome : array (row,)
        Draws, block by block.
    bases : list of array (function, row)
        Functions of each input.
    starts : array (block + 1,)
        First row of each block, and the end.
    orders : array (order, input)
        From `learning_orders`.

    Returns
    -------
    Effects
        Shares of the outcome's variance, and their standard errors.
    """
    inputs = len(bases)
    if outcome.min() == outcome.max() or not sum(map(len, bases)):
        return Effects(np.full(inputs, np.nan), np.full(inputs, np.nan), np.nan)
    regression, explained = _best_size(regress(outcome, bases, starts))
    total = regression.moments.sum(axis=0)
    share, order_se = _shares(total, regression, orders)
    few = orders[:_JACKKNIFE_ORDERS]
    if len(orders) == factorial(inputs):
        order_se, few = np.zeros(inputs), orders
    all_blocks, _ = _shares(total, regression, few)
    without = np.array([_shares(total - one, regression, few)[0] for one in regression.moments])
    bias = (len(without) - 1) * (without.mean(axis=0) - all_blocks)
    se = np.sqrt(jackknife_variance(without) + order_se**2)
    return Effects(share - bias, se, explained)


def _best_size(full: Regression) -> tuple[Regression, float]:
    """How many of the columns to keep, and what they explain in draws left out.

    The blocks of the second half, where no product was looked for, are left out one at a time.
    """
    columns = len(full.inputs)
    sizes = sorted({columns, *range(full.single, columns, PRODUCTS // 4)})
    losses, null = np.zeros(len(sizes)), 0.0
    total = full.moments.sum(axis=0)
    last = np.append(np.arange(1, columns + 1), 0)
    for held_out in full.moments[len(full.moments) // 2 :]:
        kept = total - held_out
        mean = kept[0, 1:] / kept[0, 0]
        factor = np.linalg.cholesky(_outcome_last(centred(kept)[last[:, None], last]))
        null += _loss(held_out, mean, np.zeros(columns))
        for place, size in enumerate(sizes):
            slopes = np.zeros(columns)
            slopes[:size] = np.linalg.solve(factor[:size, :size].T, factor[-1, :size])
            losses[place] += _loss(held_out, mean, slopes)
    best = int(losses.argmin())
    return full.first(sizes[best]), min(1.0, float(1.0 - losses[best] / null))


def _outcome_last(covariance: Array) -> Array:
    """Raise the outcome's own variance: what remains of it is not read, but must be positive."""
    covariance[-1, -1] *= 2.0
    return covariance


def _loss(moments: Array, mean: Array, slopes: Array) -> float:
    """Sum of squared errors of ``mean + slopes · (columns − their mean)`` on a block."""
    error = np.concatenate([[slopes @ mean[1:] - mean[0], 1.0], -slopes])
    return float(error @ moments @ error)


def _shares(moments: Array, of: Regression, orders: Integers) -> tuple[Array, Array]:
    """Shapley shares (input,), and their standard error from a sample of orders."""
    covariance = centred(moments)
    inputs = of.inputs.shape[1]
    gains = np.empty((len(orders), inputs))
    for row, order in enumerate(orders):
        place = np.empty(inputs, np.int64)
        place[order] = np.arange(inputs)
        step = np.where(of.inputs, place, -1).max(axis=1)
        sequence = np.argsort(step, kind="stable")
        last = np.append(sequence + 1, 0)
        factor = np.linalg.cholesky(_outcome_last(covariance[last[:, None], last]))
        gains[row] = np.bincount(step[sequence], factor[-1, :-1] ** 2, inputs)[place]
    gains /= gains.sum(axis=1, keepdims=True)
    pairs = gains.reshape(-1, 2, inputs).mean(axis=1)
    if len(pairs) == 1:
        return pairs[0], np.zeros(inputs)
    return pairs.mean(axis=0), mcse_of_each(pairs)
