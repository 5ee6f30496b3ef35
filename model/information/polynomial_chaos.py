"""Deciding on several quantities at once: sparse polynomial chaos in their ranks.

Polynomials of one quantity, products of two and of three: a polynomial chaos expansion (Xiu and
Karniadakis 2002) with a hyperbolic limit on the products and, where there are too many, the terms
that explain most on the training folds (Blatman and Sudret 2011), under a ridge that grows with
the degree and spares the plane. Of many quantities only the strongest are used: what the others
add is less than what is lost by a coarser expansion.
"""

from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from math import comb, prod

import numpy as np

from model.information.arrays import FOLDS, Payoffs
from model.information.cross_fitting import Equations, gains
from model.information.spline import binned
from model.numerics.arrays import Array, Flags, Integers, Singles
from model.numerics.orthonormal_polynomials import orthonormal_polynomials
from model.numerics.polynomial_products import FACTORS, fill_products
from model.numerics.rank_bins import RankBins

__all__ = ["CROSS_VALIDATED", "ChaosProblem", "chaos_problem", "chaos_terms"]

#: (quantity, degree) of each factor.
type Term = tuple[tuple[int, int], ...]

_DEGREE = 8
#: Quantities used at once, the strongest by polynomials of this degree: those that matter by
#: their products alone are not found among more.
_QUANTITIES = 12
_SCREEN_DEGREE = 2
#: Terms looked through, and terms kept.
_CANDIDATES = 1200
_KEPT = 192
#: Limits on the product of (degree + 1) over a term's factors; the widest that fits is taken.
_LIMITS = (48, 36, 27, 24, 18, 16, 12, 10, 9, 8, 6, 5, 4, 3, 2)
#: From a free fit to nearly a plane in the normal scores.
_STRENGTHS = 10.0 ** np.array([-6.0, -5.0, -4.0, -3.0, -2.0, -1.0, 1.0])
#: Rows of a chain that terms are looked through on, and that rules are cross_validated on.
_SCREENED = 1024
CROSS_VALIDATED = 2048


@cache
def chaos_terms(degrees: tuple[int, ...], most: int = _CANDIDATES) -> tuple[Term, ...]:
    """Terms of quantities with the given highest degrees, the constant left out.

    The product of (degree + 1) over the factors of a term is limited, so that a high degree in
    one quantity is allowed, but not in two; the limit is the widest with at most `most` terms,
    if all quantities had the highest degree.

    Parameters
    ----------
    degrees : tuple of int
        Highest degree of each quantity.
    most : int
        Terms at most, unless even the narrowest limit has more.

    Returns
    -------
    tuple of Term
        Each its factors: (place of a quantity, degree).
    """
    counts = range(1, min(FACTORS, len(degrees)) + 1)
    for limit in _LIMITS:
        powers = {factors: _powers(factors, limit) for factors in counts}
        if sum(comb(len(degrees), n) * len(powers[n]) for n in counts) <= most:
            break
    return tuple(
        tuple(zip(members, power, strict=True))
        for factors in counts
        for members in combinations(range(len(degrees)), factors)
        for power in powers[factors]
        if all(p <= degrees[m] for m, p in zip(members, power, strict=True))
    )


def _powers(factors: int, limit: int) -> list[tuple[int, ...]]:
    """Degrees of so many factors within the limit."""
    return [
        power
        for power in product(range(1, _DEGREE + 1), repeat=factors)
        if sum(power) <= _DEGREE and prod(one + 1 for one in power) <= limit
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Basis:
    """Polynomials of several quantities, and their products.

    Attributes
    ----------
    tables : array (quantity, degree, bin)
        Polynomials of each quantity from degree 0, in single precision: twice as fast.
    cells : array (quantity, row)
        Bin of each row.
    members, degrees : array (term, factor)
        The products: quantity and degree of each factor. Where a term has fewer factors, its first
        quantity at degree 0 stands for the others.
    room : array (value,)
        Memory for the values of the constant and all terms in one chain.
    """

    tables: Singles
    cells: Integers
    members: Integers
    degrees: Integers
    room: Singles

    @property
    def degree(self) -> Array:
        """Sum of the degrees of the constant and each term."""
        return np.append(0.0, self.degrees.sum(axis=1))

    def values(self, rows: slice, which: Integers) -> Singles:
        """The constant 1 and the terms in `which`: (1 + term, row), valid until the next call."""
        shape = 1 + len(which), rows.stop - rows.start
        out = self.room[: shape[0] * shape[1]].reshape(shape)
        out[0] = 1.0
        members, degrees = self.members[which], self.degrees[which]
        fill_products(self.tables, self.cells, rows.start, members, degrees, out[1:])
        return out


def _basis(payoffs: Payoffs, bins: list[RankBins], tables: list[Array]) -> _Basis:
    """The basis of the quantities with these polynomials (degree, bin), from degree 1."""
    each = np.zeros((len(bins), 1 + _DEGREE, max(len(one.weight) for one in bins)), np.float32)
    each[:, 0] = 1.0
    for place, table in enumerate(tables):
        each[place, 1 : 1 + len(table), : table.shape[1]] = table
    terms = chaos_terms(tuple(map(len, tables)))
    factors = np.array([[*term, *[(term[0][0], 0)] * (FACTORS - len(term))] for term in terms])
    return _Basis(
        each,
        np.stack([one.cell for one in bins]),
        np.ascontiguousarray(factors[..., 0]),
        np.ascontiguousarray(factors[..., 1]),
        np.empty((1 + len(terms)) * int(np.diff(payoffs.starts).max()), np.float32),
    )


@dataclass(frozen=True, slots=True, eq=False)
class ChaosProblem:
    """A `Problem` over the draws of several quantities. The first feature is the constant.

    Attributes
    ----------
    payoffs : Payoffs
        The payoffs.
    basis : _Basis
        The terms looked through.
    union : array (term,)
        Places of the terms that are features for some fold.
    kept : tuple of array
        Features to use where each fold is held out.
    centre : array (feature,)
        Means of the features over all rows; filled by `equations`.
    """

    payoffs: Payoffs
    basis: _Basis
    union: Integers
    kept: tuple[Integers, ...]
    centre: Array

    def terms(self, fold: int) -> Integers:
        """Features to use where `fold` is held out.

        Parameters
        ----------
        fold : int
            The fold held out.

        Returns
        -------
        array (feature,)
            Places of features, the constant's among them.
        """
        return self.kept[fold]

    def equations(self) -> Equations:
        """Normal equations by fold.

        Returns
        -------
        Equations
            The penalty grows with the cube of a term's degree.
        """
        payoffs, count = self.payoffs, 1 + len(self.union)
        gram = np.zeros((FOLDS, count, count))
        moment = np.zeros((FOLDS, count, payoffs.targets[0].size))
        for chain, fold in enumerate(payoffs.fold):
            rows = payoffs.rows(chain)
            features = self.basis.values(rows, self.union)
            gram[fold] += features @ features.T
            targets = payoffs.targets[rows].astype(np.float32)
            moment[fold] += features @ targets.reshape(features.shape[1], -1)
        weight = gram[:, 0, 0]
        self.centre[:] = gram[:, 0].sum(axis=0) / weight.sum()
        moment = moment.reshape(FOLDS, count, *payoffs.targets.shape[1:])
        degree = self.basis.degree[[0, *(self.union + 1)]]
        penalty = np.diag(np.maximum(degree**3 - 1.0, 0.0))
        return Equations(gram, moment, weight, moment[:, 0], penalty, _STRENGTHS)

    def cross_validated(self, folds: list[int], terms: Integers, coefficients: Array) -> Array:
        """Gains (target, chain, problem) of deciding in each fold with its own coefficients.

        Parameters
        ----------
        folds : list of int
            Folds to decide in.
        terms : array (feature,)
            Places of features.
        coefficients : array (fold, feature, target, problem, strategy)
            Of each fold.

        Returns
        -------
        array (target, chain, problem)
            In the payoffs' unit; 0 for chains of other folds.
        """
        out = np.zeros((2, self.payoffs.chains, self.payoffs.problems))
        for fold, one in zip(folds, coefficients, strict=True):
            judged = self._judged(fold, terms, one, CROSS_VALIDATED)
            out[:, self.payoffs.fold == fold] = np.stack(judged, axis=1)
        return out

    def earned(self, fold: int, terms: Integers, coefficients: Array) -> Array:
        """Gains (chain of the fold, problem) of deciding with coefficients in a fold.

        Parameters
        ----------
        fold : int
            The fold held out.
        terms : array (feature,)
            Places of features.
        coefficients : array (feature, problem, strategy)
            From the other folds.

        Returns
        -------
        array (chain, problem)
            In the payoffs' unit.
        """
        return np.stack(self._judged(fold, terms, coefficients[:, None]))[:, 0]

    def _judged(
        self, fold: int, terms: Integers, coefficients: Array, most: int | None = None
    ) -> list[Array]:
        """Gains (target, problem) in each chain of a fold, in at most so many of its rows."""
        flat, which = coefficients.reshape(len(terms), -1), self.union[terms[1:] - 1]
        level, flat = self.centre[terms] @ flat, flat.astype(np.float32)
        each = []
        for chain in np.flatnonzero(self.payoffs.fold == fold).tolist():
            rows = self.payoffs.rows(chain, most)
            fitted = self.basis.values(rows, which).T @ flat - level
            shape = fitted.reshape(-1, *coefficients.shape[1:])
            each.append(gains(self.payoffs.centred[None, rows], shape, self.payoffs)[:, 0])
        return each


def chaos_problem(payoffs: Payoffs, bins: list[RankBins]) -> ChaosProblem:
    """Set up the regression on several quantities, each with two bins or more.

    Parameters
    ----------
    payoffs : Payoffs
        Rows and problems.
    bins : list of RankBins
        The quantities.

    Returns
    -------
    ChaosProblem
    """
    tables = [orthonormal_polynomials(one, _DEGREE) for one in bins]
    strong = _strongest(payoffs, bins, tables)
    used = np.flatnonzero(strong.any(axis=0)).tolist()
    basis = _basis(payoffs, [bins[place] for place in used], [tables[place] for place in used])
    kept = _screened(payoffs, basis, strong[:, used])
    union = np.unique(np.concatenate(kept))
    places = tuple(np.concatenate([[0], np.searchsorted(union, one) + 1]) for one in kept)
    return ChaosProblem(payoffs, basis, union, places, np.zeros(1 + len(union)))


def _strongest(payoffs: Payoffs, bins: list[RankBins], tables: list[Array]) -> Flags:
    """Whether to use each quantity where each fold is held out: (fold, quantity)."""
    if len(bins) <= _QUANTITIES:
        return np.ones((FOLDS, len(bins)), bool)
    strengths = np.zeros((FOLDS, len(bins)))
    scale = _scale(payoffs)
    for place, (one, table) in enumerate(zip(bins, tables, strict=True)):
        _, sums = binned(payoffs, one)
        for fold in range(FOLDS):
            away = sums[payoffs.fold != fold, :, 0].sum(axis=0) / scale
            moment = np.tensordot(table[:_SCREEN_DEGREE], away, axes=1)
            strengths[fold, place] = (moment**2).sum()
    order = np.argsort(-strengths, axis=1, kind="stable")[:, :_QUANTITIES]
    strong = np.zeros(strengths.shape, bool)
    np.put_along_axis(strong, order, values=True, axis=1)
    return strong


def _screened(payoffs: Payoffs, basis: _Basis, strong: Flags) -> list[Integers]:
    """Places of the terms to keep where each fold is held out, found without that fold's rows."""
    everything = np.arange(len(basis.members))
    if len(everything) <= _KEPT:
        return [everything] * FOLDS
    moment, scale = np.zeros((FOLDS, len(everything), payoffs.mean.size)), _scale(payoffs)
    for chain, fold in enumerate(payoffs.fold):
        rows = payoffs.rows(chain, _SCREENED)
        values = basis.values(rows, everything)[1:]
        away = (payoffs.centred[rows] - payoffs.mean) / scale
        moment[fold] += values @ away.reshape(values.shape[1], -1).astype(np.float32)
    strength = ((moment.sum(axis=0) - moment) ** 2).sum(axis=2) / basis.degree[1:] ** 2
    allowed = strong[:, basis.members].all(axis=2)
    order = np.argsort(-np.where(allowed, strength, -1.0), axis=1, kind="stable")
    return [np.sort(one[:_KEPT]) for one in order]


def _scale(payoffs: Payoffs) -> Array:
    """Root mean square (problem, strategy) of the payoffs; infinite where they are all alike."""
    spread = np.sqrt((payoffs.centred**2).mean(axis=0))
    return np.where(spread > 0.0, spread, np.inf)
