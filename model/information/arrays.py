"""Payoffs and inputs as plain arrays, chain by chain, for the value-of-information estimators.

A chain is an independent randomization, so that what is fitted on some chains may be judged on the
others and the spread over the chains is a standard error. Where the draws come in fewer than four
chains, or each is a chain of its own, they are pooled and dealt into sixteen. Which draw goes where
depends on its numbers, not on its place: shuffled rows give the same answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from model.numerics.arrays import Array, Integers
from priors.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["FOLDS", "Frame", "Payoffs", "arrange", "check_payoffs", "sample_of"]


#: Parts of the chains that are held out in turn.
FOLDS = 4
#: Chains that pooled draws are dealt into.
_DEALT_CHAINS = 16
_FEWEST_CHAINS = 4
#: Chains are taken together where there are more: their spread shows no better with more of them.
_MOST_CHAINS = 256
_FEWEST_DRAWS = 64
_CUT = 0.005
#: An odd number near 2⁶⁴ over the golden ratio, by which SplitMix64 counts.
_STEP = np.uint64(0x9E3779B97F4A7C15)

type _Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Payoffs:
    """Payoffs of every strategy in every decision problem, rows chain by chain.

    Attributes
    ----------
    targets : array (row, target, problem, strategy)
        What a regression may aim at. The first is the payoff less its mean over the strategies
        (differences between strategies are all that matters, and none is singled out as the
        reference); the second is the same cut at its 0.5 and 99.5 percentiles, something to fit
        where tails are heavy, never to judge by.
    mean : array (problem, strategy)
        Mean of the first target over all rows.
    best : array (problem,)
        The strategy to choose as things stand.
    starts : array (chain + 1,)
        First row of each chain, and the end. The first rows of a chain are a random sample of it.
    fold : array (chain,)
        Part, from 0 to ``FOLDS − 1``, with which the chain is held out.
    """

    targets: Array
    mean: Array
    best: Integers
    starts: Integers
    fold: Integers

    @property
    def centred(self) -> Array:
        """The first target: what rules are judged by, (row, problem, strategy)."""
        return self.targets[:, 0]

    @property
    def chains(self) -> int:
        """Number of chains."""
        return len(self.fold)

    @property
    def problems(self) -> int:
        """Number of decision problems, such as players."""
        return len(self.best)

    def only(self, problem: int) -> "Payoffs":
        """The same with a single problem.

        Parameters
        ----------
        problem : int
            Place of the problem.

        Returns
        -------
        Payoffs
        """
        one = slice(problem, problem + 1)
        return replace(
            self,
            targets=np.ascontiguousarray(self.targets[:, :, one]),
            mean=self.mean[one],
            best=self.best[one],
        )

    def rows(self, chain: int, most: int | None = None) -> slice:
        """Rows of a chain, the first `most` of them where so many are enough.

        Parameters
        ----------
        chain : int
            Place of the chain.
        most : int, optional
            Rows at most.

        Returns
        -------
        slice
        """
        start, end = (int(row) for row in self.starts[chain : chain + 2])
        return slice(start, end if most is None else min(end, start + most))


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Payoffs, and how labelled arrays map to their rows and problems.

    Attributes
    ----------
    payoffs : Payoffs
        The payoffs.
    order : array (row,)
        Place of each row in the draws as given.
    sample : tuple of str
        Dimensions of the draws as given: (``chain``, ``draw``) or (``draw``,).
    extra : DataArray
        One zero a problem, with the dimensions and coordinates that are neither sample nor
        strategy.
    """

    payoffs: Payoffs
    order: Integers
    sample: tuple[str, ...]
    extra: "xr.DataArray"

    def column(self, variable: "xr.DataArray") -> Array:
        """A quantity's values: (row,), or (row, problem) where they differ between problems.

        Parameters
        ----------
        variable : DataArray
            Dimensions of the sample, maybe others of the payoffs: as from
            `model.numerics.arguments.labelled.beside`.

        Returns
        -------
        array (row,) or (row, problem)
            In the variable's unit, in the payoffs' order.

        Raises
        ------
        InputError
            Where a value is not finite.
        """
        values = _rows(variable, self.sample, self.extra)
        values = values[self.order]
        return values[:, 0] if set(variable.dims) == set(self.sample) else values

    def labelled(
        self, along: str, labels: Sequence[Any], figures: Mapping[str, Sequence[Any]]
    ) -> "xr.Dataset":
        """Figures, each a list over `labels` of (problem,), along a new dimension.

        Parameters
        ----------
        along : str
            Name of the new dimension.
        labels : sequence
            Its coordinate.
        figures : mapping of str to sequence
            Name to an array (problem,) for each label.

        Returns
        -------
        Dataset
            Along the new dimension and those of `extra`.
        """
        import xarray as xr

        dims, shape = (along, *self.extra.dims), (len(labels), *self.extra.shape)
        return xr.Dataset(
            {name: (dims, np.array(each).reshape(shape)) for name, each in figures.items()},
            coords={**self.extra.coords, along: list(labels)},
        )


def check_payoffs(npv: "xr.DataArray") -> "xr.DataArray":
    """`npv` with dimensions (chain, draw, …, strategy), or (draw, …, strategy) without chains.

    Parameters
    ----------
    npv : DataArray
        Dimensions ``draw``, ``strategy``, maybe ``chain`` and more.

    Returns
    -------
    DataArray
        The same draws, transposed.

    Raises
    ------
    InputError
        Where a dimension is missing, there is nothing to choose between, or a payoff is not
        finite.
    """
    missing = [name for name in ("draw", "strategy") if name not in npv.dims]
    if missing:
        dims = ", ".join(map(str, npv.dims))
        raise InputError(f"payoffs need the dimension {missing[0]!r}; these have ({dims})")
    if npv.sizes["strategy"] < 2 or npv.sizes["draw"] < 1:
        raise InputError("payoffs need at least two strategies and one draw")
    if not npv.size:
        sizes = ", ".join(f"{dim} {size}" for dim, size in npv.sizes.items())
        raise InputError(f"payoffs need something along each dimension; these have {sizes}")
    if not np.isfinite(npv.values).all():
        count = int((~np.isfinite(npv.values)).sum())
        raise InputError(f"{count} payoffs are not finite")
    ordered = npv.transpose(*sample_of(npv), ..., "strategy")
    # In one order of memory, sums do not depend on which order the caller's was.
    return ordered.copy(deep=False, data=np.ascontiguousarray(ordered.values))


def sample_of(npv: "xr.DataArray") -> tuple[str, ...]:
    """Dimensions of the draws.

    Parameters
    ----------
    npv : DataArray
        With the dimension ``draw``.

    Returns
    -------
    tuple of str
        (``chain``, ``draw``) or (``draw``,).
    """
    return tuple(name for name in ("chain", "draw") if name in npv.dims)


def arrange(npv: "xr.DataArray", inputs: "xr.Dataset") -> Frame:
    """Lay the payoffs out chain by chain.

    Parameters
    ----------
    npv : DataArray
        From `check_payoffs`.
    inputs : Dataset
        Uncertain quantities of the same draws, beside it; they decide where a draw is dealt.

    Returns
    -------
    Frame

    Raises
    ------
    InputError
        Where there are fewer than 64 draws, or a value is not finite.
    """
    sample = sample_of(npv)
    sizes = [npv.sizes[name] for name in sample]
    draws = int(np.prod(sizes))
    if draws < _FEWEST_DRAWS:
        raise InputError(f"{draws} draws are too few; {_FEWEST_DRAWS} are the least")
    extra = npv.isel(dict.fromkeys((*sample, "strategy"), 0), drop=True) * 0.0
    values = np.array(npv.values, dtype=np.float64).reshape(draws, -1, npv.sizes["strategy"])
    key = _fingerprint((_rows(one, sample, extra) for one in inputs.values()), draws)
    order, starts = _dealt(sizes, key, _fingerprint([values], draws))
    targets = np.empty((draws, 2, *values.shape[1:]))
    targets[:, 0] = values[order]
    targets[:, 0] -= targets[:, 0].mean(axis=2, keepdims=True)
    low, high = np.quantile(targets[:, 0], [_CUT, 1.0 - _CUT], axis=0)
    np.clip(targets[:, 0], low, high, out=targets[:, 1])
    mean = targets[:, 0].mean(axis=0)
    fold = np.arange(len(starts) - 1) % FOLDS
    return Frame(Payoffs(targets, mean, mean.argmax(axis=1), starts, fold), order, sample, extra)


def _rows(variable: "xr.DataArray", sample: tuple[str, ...], extra: "xr.DataArray") -> Array:
    """Values of a quantity as given: (row, 1), or (row, problem)."""
    import xarray as xr

    if not np.isfinite(variable.values).all():
        raise InputError(f"{variable.name} has values that are not finite")
    shape = sample if len(variable.dims) == len(sample) else (*sample, *extra.dims)
    if len(variable.dims) < len(shape):
        variable, _ = xr.broadcast(variable, extra)
    values = np.asarray(variable.transpose(*shape).values, np.float64)
    rows = int(np.prod([variable.sizes[name] for name in sample]))
    return values.reshape(rows, -1)


def _dealt(sizes: list[int], *keys: _Words) -> tuple[Integers, Integers]:
    """Order of the rows, and first row of each chain.

    Rows of a chain are put in an order that looks random, so that its first rows are a fair sample
    of it: every fourth point of a Sobol sequence, for one, would not be.
    """
    rows, lot = int(np.prod(sizes)), _lot(*keys)
    if len(sizes) > 1 and sizes[0] >= _FEWEST_CHAINS and sizes[1] > 1:
        parts = min(sizes[0], _MOST_CHAINS)
        starts = np.linspace(0, sizes[0], parts + 1).astype(np.int64) * sizes[1]
        chain = np.repeat(np.arange(parts), np.diff(starts))
        return np.lexsort((lot, chain)), starts
    return np.argsort(lot, kind="stable"), np.linspace(0, rows, _DEALT_CHAINS + 1).astype(np.int64)


def _lot(key: _Words, other: _Words) -> _Words:
    """A number for each row by which to deal it: those of rows that are alike differ, too.

    The first key decides. Rows that share it, such as those of an event that is all that is known,
    are numbered in the order of the other.
    """
    order = np.lexsort((other, key))
    ordered, places = key[order], np.arange(len(order))
    new = np.append(True, ordered[1:] != ordered[:-1])
    among = places - np.maximum.accumulate(np.where(new, places, 0))
    lot = np.empty_like(ordered)
    lot[order] = _mixed(ordered + among.astype(np.uint64) * _STEP)
    return lot


def _fingerprint(columns: Iterable[Array], rows: int) -> _Words:
    """A number for each row of `columns` (row, …): looks random, but depends on its values alone.

    The values' bits are added up, so that the order of inputs, or of strategies, does not matter,
    and mixed as in SplitMix64 (Steele, Lea and Flood 2014).
    """
    bits = np.zeros(rows, np.uint64)
    for values in columns:
        flat = np.ascontiguousarray(values.reshape(rows, -1) + 0.0)
        bits += flat.view(np.uint64).sum(axis=1, dtype=np.uint64)
    return _mixed(bits)


def _mixed(bits: _Words) -> _Words:
    bits = bits + _STEP
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(bits ^ (bits >> np.uint64(31)))
