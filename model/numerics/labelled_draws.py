"""Labels off and on: draws in the rows, every other dimension in the columns.

The analyses of sensitivity and risk work on plain arrays. This module turns a labelled outcome and
its labelled inputs into those arrays, in blocks whose spread gives the standard errors.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from model.numerics.arguments.labelled import SAMPLE
from model.numerics.arrays import Array, ByRow, Integers
from priors.errors import InputError, NumericalError

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Column", "Outcome", "input_columns", "unlabel"]


#: Blocks at least; with fewer chains each is cut into several.
_BLOCKS = 16
_ENOUGH_CHAINS = 8
#: Chains are taken together where there are more: their spread shows no better with more of them.
_MOST_BLOCKS = 256
#: Draws at least, in each block.
_FEWEST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """An outcome without its labels.

    Attributes
    ----------
    values : array (row, column)
        Draws block by block; all dimensions beside the sample's together.
    starts : array (block + 1,)
        First row of each block, and the end.
    order : array (row,)
        Place of each row in the draws as given.
    label : DataArray
        The dimensions of the columns with their coordinates; its values count the columns.
    """

    values: ByRow
    starts: Integers
    order: Integers
    label: "xr.DataArray"

    @property
    def blocks(self) -> int:
        """Number of blocks."""
        return len(self.starts) - 1

    @property
    def block(self) -> Integers:
        """Block of each row (row,)."""
        return np.repeat(np.arange(self.blocks), np.diff(self.starts))

    def labelled(self, values: npt.NDArray[Any], **new: Any) -> "xr.DataArray":
        """Put labels on `values` (…, column): a DataArray (…new, …the outcome's dimensions).

        `new` maps each new dimension to its coordinate, or to None for none.

        Parameters
        ----------
        values : array (…, column)
            Figures of each column of the outcome.
        **new
            Dimensions in front, in order.

        Returns
        -------
        DataArray
        """
        import xarray as xr

        coords = {name: given for name, given in new.items() if given is not None}
        return xr.DataArray(
            values.reshape((*values.shape[: len(new)], *self.label.shape)),
            dims=(*new, *self.label.dims),
            coords=coords | dict(self.label.coords),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Draws of one input, and the outcomes that they belong to.

    Attributes
    ----------
    position : int
        Place of the input in the Dataset.
    values : array (row,)
        Its draws, in the outcome's order.
    outcomes : array
        Columns of `Outcome.values` to which these draws belong.
    """

    position: int
    values: ByRow
    outcomes: Integers


def unlabel(
    outcome: "xr.DataArray",
    inputs: "xr.Dataset | None" = None,
    fewest: int = _BLOCKS * _FEWEST,
) -> Outcome:
    """Take the labels off an outcome with the dimension ``draw``, maybe ``chain``, and any others.

    A block is a chain, an independent randomization, where there are at least 8, or several where
    there are over 256. Fewer chains are cut into runs of consecutive draws. Draws without chains,
    or each a chain of its own, are taken to be exchangeable and are dealt into 16 blocks by their
    numbers, so that shuffled rows give the same answer.

    Parameters
    ----------
    outcome : DataArray (draw, …)
        In any unit.
    inputs : Dataset, optional
        Where there are no chains: draws whose numbers have a part in the dealing.
    fewest : int
        Draws at least.

    Returns
    -------
    Outcome

    Raises
    ------
    InputError
        If ``draw`` is not among the dimensions, or there are fewer than `fewest` draws.
    NumericalError
        If a value is not finite.
    """
    sample = _sample(outcome)
    others = [str(dim) for dim in outcome.dims if dim not in SAMPLE]
    values = _table(outcome, others)
    if len(values) < fewest:
        raise InputError(f"{len(values)} draws are too few; {fewest} are the least")
    if len(sample) == 1 or outcome.sizes["draw"] == 1:
        order = _dealt(values, inputs)
        starts = np.linspace(0, len(values), _BLOCKS + 1).astype(np.int64)
        values = values[order]
    else:
        order = np.arange(len(values))
        starts = _chain_starts(outcome.sizes["chain"], outcome.sizes["draw"])
    label = outcome.isel(dict.fromkeys(sample, 0), drop=True).transpose(*others)
    label = label.copy(data=np.arange(values.shape[1]).reshape(label.shape))
    return Outcome(values, starts, order, label)


def input_columns(inputs: "xr.Dataset", outcome: "xr.DataArray", bare: Outcome) -> Iterator[Column]:
    """Every input's draws, with the outcomes to which they belong.

    An input may have any of the outcome's other dimensions: with ``player``, each player's
    outcome goes with that player's own draws; without, all outcomes share them.

    Parameters
    ----------
    inputs : Dataset
        Draws of the inputs, dimensions ``draw`` and maybe others of the outcome.
    outcome : DataArray
        The outcome as it was given.
    bare : Outcome
        The same from `unlabel`.

    Yields
    ------
    Column
        Inputs in their order; of one input, one for each combination of its own labels.

    Raises
    ------
    InputError
        If an input has a dimension or a label that the outcome lacks, or other draws.
    NumericalError
        If a value is not finite.
    """
    in_order = np.array_equal(bare.order, np.arange(len(bare.order)))
    for position, given in enumerate(inputs.data_vars.values()):
        matched, own = _matched(given, outcome)
        table = _table(matched, own)
        if not in_order:
            table = table[bare.order]
        sizes = [matched.sizes[dim] if dim in own else 1 for dim in bare.label.dims]
        place = np.arange(table.shape[1]).reshape(sizes)
        owner = np.broadcast_to(place, bare.label.shape).reshape(-1)
        for column in range(table.shape[1]):
            draws = np.ascontiguousarray(table[:, column])
            yield Column(position, draws, np.flatnonzero(owner == column))


def _sample(array: "xr.DataArray") -> list[str]:
    if "draw" not in array.dims:
        dims = ", ".join(map(str, array.dims))
        raise InputError(f"{_name(array)} needs the dimension 'draw', has ({dims})")
    return [name for name in SAMPLE if name in array.dims]


def _name(array: "xr.DataArray") -> str:
    return "outcome" if array.name is None else str(array.name)


def _table(array: "xr.DataArray", others: list[str]) -> Array:
    """Values (row, column), the columns in the order of the dimensions `others`."""
    ordered = array.transpose(*_sample(array), *others)
    columns = int(np.prod(ordered.shape[ordered.ndim - len(others) :]))
    table = np.asarray(ordered.values, dtype=np.float64)
    table = table.reshape(table.size // columns if columns else 0, columns)
    if not np.isfinite(table).all():
        count = int((~np.isfinite(table)).sum())
        raise NumericalError(f"{_name(array)}: {count} values are not finite")
    return table


def _chain_starts(chains: int, draws: int) -> Integers:
    if chains > _MOST_BLOCKS:
        return np.linspace(0, chains, _MOST_BLOCKS + 1).astype(np.int64) * draws
    pieces = 1 if chains >= _ENOUGH_CHAINS else -(-_BLOCKS // chains)
    within = np.linspace(0, draws, pieces + 1).astype(np.int64)[:-1]
    starts = (np.arange(chains)[:, None] * draws + within).reshape(-1)
    return np.append(starts, chains * draws)


def _matched(given: "xr.DataArray", outcome: "xr.DataArray") -> "tuple[xr.DataArray, list[str]]":
    """An input with the outcome's labels in the outcome's order, and its own dimensions."""
    own = [str(dim) for dim in outcome.dims if dim in given.dims and dim not in SAMPLE]
    if not set(given.dims) <= set(outcome.dims) or _sample(given) != _sample(outcome):
        dims = [", ".join(map(str, array.dims)) for array in (given, outcome)]
        raise InputError(f"{given.name} has dimensions ({dims[0]}), the outcome ({dims[1]})")
    for dim in given.dims:
        if dim in own and dim in given.coords and dim in outcome.coords:
            wanted, there = outcome[dim].values, given[dim].values
            missing = [v for v in wanted if v not in there]
            if missing:
                raise InputError(f"{given.name} has no {dim} {', '.join(map(str, missing))}")
            if not np.array_equal(wanted, there):
                given = given.sel({dim: wanted})
        elif given.sizes[dim] != outcome.sizes[dim]:
            raise InputError(
                f"{given.name} has {given.sizes[dim]} along {dim}, the outcome {outcome.sizes[dim]}"
            )
    return given, own


def _dealt(values: Array, inputs: "xr.Dataset | None") -> Integers:
    """An order of the rows (row,) that looks random but depends on their numbers alone."""
    given = [] if inputs is None else [one.values for one in inputs.data_vars.values()]
    tables = [values, *(np.asarray(one, np.float64).reshape(len(values), -1) for one in given)]
    total = np.zeros(len(values), np.uint64)
    for table in tables:
        total += _mixed(table).sum(axis=1, dtype=np.uint64)
    return np.argsort(total, kind="stable")


def _mixed(table: Array) -> npt.NDArray[np.uint64]:
    """The values' bits mixed as in SplitMix64 (Steele, Lea and Flood 2014)."""
    bits = np.ascontiguousarray(table + 0.0).view(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(bits ^ (bits >> np.uint64(31)))
