"""Labelled arrays as the analyses take them: draws, payoffs, and inputs that go with either.

Labels are what counts, not places: draws and chains are put in the order of their labels, and
inputs in the order of the outcome that they go with.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from model.numerics.arguments.door import Check
from model.numerics.arguments.numeric import check_size, doubles
from model.numerics.arguments.scalars import SMALLEST, found
from priors.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

__all__ = [
    "SAMPLE",
    "beside",
    "dataset",
    "draws",
    "matching",
    "order_of",
    "outcome",
    "payoffs",
    "places_of",
]

SAMPLE = ("chain", "draw")


def payoffs(*ours: str) -> Check:
    """Payoffs with labels: a DataArray with the dimensions ``draw`` and ``strategy``.

    Parameters
    ----------
    *ours : str
        Names that the result uses.

    Returns
    -------
    Check
        Gives a DataArray of float64, in memory.
    """

    def check(name: str, given: Any) -> "xr.DataArray":
        import xarray as xr

        if not isinstance(given, xr.DataArray):
            raise InputError(
                f"{name} is {found(given)}; a DataArray with the dimensions draw and strategy is "
                f'expected, such as xarray.DataArray(values, dims=("draw", "strategy"))'
            )
        return _taken(name, given, ours)

    return check


def outcome(*ours: str, squared: bool = True) -> Check:
    """Draws of an outcome: a DataArray with the dimension ``draw``, or a plain array (draw,).

    Parameters
    ----------
    *ours : str
        Names that the result uses.
    squared : bool
        Whether the analysis squares figures, so that the smallest of all are refused.

    Returns
    -------
    Check
        Gives a DataArray of float64, in memory.
    """
    least = SMALLEST if squared else 0.0
    return lambda name, given: _taken(name, draws(name, given), ours, least)


def draws(name: str, given: Any) -> "xr.DataArray":
    """What was given if it has labels; a plain array (draw,) with its label.

    Parameters
    ----------
    name : str
        For messages.
    given : DataArray or array (draw,)
        In any unit.

    Returns
    -------
    DataArray

    Raises
    ------
    InputError
        Where it is neither.
    """
    import xarray as xr

    if isinstance(given, xr.DataArray):
        return given
    values = doubles(name, given)
    if isinstance(given, Mapping | str) or values.ndim != 1:
        raise InputError(
            f"{name} is {found(given)}; a DataArray with the dimension draw, or a plain array of "
            f"one draw after another, is expected"
        )
    return xr.DataArray(values, dims="draw")


def _taken(
    name: str, given: "xr.DataArray", ours: Iterable[str] = (), smallest: float = SMALLEST
) -> "xr.DataArray":
    """In memory and in double precision, names checked, and without labels of single draws."""
    dims = [str(dim) for dim in given.dims]
    for dim in given.dims:
        if not isinstance(dim, str):
            raise InputError(f"{name} has a dimension named {found(dim)}; a name is expected")
        if dims.count(dim) > 1:
            raise InputError(f"{name} has the dimension {dim!r} twice")
    for ours_too in sorted(set(ours) & {*dims, *map(str, given.coords)}):
        raise InputError(
            f"{name} has {ours_too!r} among its dimensions or coordinates, a name that the result "
            f"uses: rename it"
        )
    away = [
        key for key, one in given.coords.items() if key not in dims and set(one.dims) & set(SAMPLE)
    ]
    values = doubles(name, given.data)
    if values.size:
        over = tuple(axis for axis, dim in enumerate(dims) if dim in (*SAMPLE, "strategy"))
        check_size(name, np.maximum(values.max(axis=over), -values.min(axis=over)), smallest)
    return given.drop_vars(away).copy(deep=False, data=values)


def dataset(name: str, given: Any) -> "dict[str, xr.DataArray]":
    """Inputs by name, in double precision.

    Parameters
    ----------
    name : str
        For messages.
    given : Dataset, mapping, group of a run or table
        Name to DataArray or plain array (draw,).

    Returns
    -------
    dict of str to DataArray
        In the order given.

    Raises
    ------
    InputError
        Where it is none of these, empty, or one of its variables is none that can be used.
    """
    import xarray as xr

    if isinstance(given, xr.DataTree):
        given = given.to_dataset()
    columns = given.data_vars if isinstance(given, xr.Dataset) else given
    if isinstance(given, xr.DataArray) or not callable(getattr(columns, "items", None)):
        raise InputError(
            f"{name} is {found(given)}; a Dataset, or a mapping of names to draws, is expected"
        )
    taken: dict[str, xr.DataArray] = {}
    for key, values in columns.items():
        text = str(key)
        if text in taken:
            raise InputError(f"{name} has two variables named {text!r}")
        if text in SAMPLE:
            raise InputError(f"{name} has a variable named {text!r}, the name of a dimension")
        taken[text] = _taken(text, draws(text, values))
    if not taken:
        raise InputError(f"{name}: no inputs given")
    return taken


def beside(
    outcome: "xr.DataArray", inputs: "xr.Dataset | Mapping[str, Any]", *without: str
) -> "tuple[xr.DataArray, xr.Dataset]":
    """An outcome and its inputs by the same labels, chains and draws in the order of these.

    Parameters
    ----------
    outcome : DataArray
        From `outcome` or `payoffs`.
    inputs : mapping of str to DataArray
        From `dataset`; declared as what callers hand to the function behind the door.
    *without : str
        Dimensions of the outcome that no input may have.

    Returns
    -------
    outcome : DataArray
        The same figures.
    inputs : Dataset
        In the order given.

    Raises
    ------
    InputError
        Where an input has a dimension that the outcome lacks, lacks one of its draws', or has
        other labels or another length.
    """
    import xarray as xr

    if "draw" not in outcome.dims:
        dims = ", ".join(map(str, outcome.dims))
        raise InputError(f"the outcome needs the dimension 'draw', has ({dims})")
    order = {
        dim: places for dim in SAMPLE if (places := order_of(outcome.indexes.get(dim))) is not None
    }
    placed = {}
    for key, one in inputs.items():
        name = str(key)
        if name in outcome.dims or (name in outcome.coords and outcome[name].dims):
            raise InputError(f"inputs: {name!r} is the name of a dimension of the outcome")
        same = matching(name, one, outcome, *without)
        own = {dim: places for dim, places in order.items() if dim in same.dims}
        # In one order of dimensions, too: random numbers are drawn along them.
        in_order = sorted(map(str, same.dims), key=lambda dim: (dim not in SAMPLE, dim))
        placed[name] = (same.isel(own) if own else same).variable.transpose(*in_order)
    ordered = outcome.isel(order) if order else outcome
    used = {dim for one in placed.values() for dim in one.dims}
    away = [key for key, one in ordered.coords.items() if not one.dims or not {*one.dims} <= used]
    return ordered, xr.Dataset(placed, ordered.drop_vars(away).coords)


def matching(
    name: str, given: "xr.DataArray", outcome: "xr.DataArray", *without: str
) -> "xr.DataArray":
    """One input in the order of the outcome's labels; by place where either has none.

    Parameters
    ----------
    name : str
        For messages.
    given : DataArray
        The input.
    outcome : DataArray
        What it goes with.
    *without : str
        Dimensions of the outcome that the input may not have.

    Returns
    -------
    DataArray
        The input itself where it is in that order.

    Raises
    ------
    InputError
        Where dimensions, labels or lengths do not match.
    """
    may = [dim for dim in outcome.dims if dim not in without]
    must = [dim for dim in outcome.dims if dim in SAMPLE]
    if not set(must) <= set(given.dims) or not set(given.dims) <= set(may):
        dims = [", ".join(map(str, each)) for each in (given.dims, outcome.dims)]
        raise InputError(f"{name} has dimensions ({dims[0]}), the outcome ({dims[1]})")
    places = {}
    for dim in given.dims:
        ours, theirs = outcome.indexes.get(dim), given.indexes.get(dim)
        if ours is None or theirs is None or ours.equals(theirs):
            if given.sizes[dim] != outcome.sizes[dim]:
                raise InputError(
                    f"{name} has {given.sizes[dim]} along {dim}, the outcome {outcome.sizes[dim]}"
                )
        else:
            places[dim] = places_of(name, str(dim), theirs, ours)
    return given.isel(places) if places else given


def places_of(name: str, dim: str, given: "pd.Index", wanted: "pd.Index") -> Any:
    """Where the wanted labels stand among those given.

    Parameters
    ----------
    name : str
        Whose labels, for messages.
    dim : str
        Along which dimension.
    given : Index
        Its labels.
    wanted : Index
        Labels in another order.

    Returns
    -------
    array (label,)
        Places.

    Raises
    ------
    InputError
        Where a label is missing, or there more than once, or there are more draws than wanted.
    """
    if not (given.is_unique and wanted.is_unique):
        raise InputError(f"{name} and the outcome have labels along {dim} more than once")
    try:
        places = given.get_indexer(wanted)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name} has other labels along {dim} than the outcome") from error
    missing = wanted[places < 0]
    if len(missing):
        raise InputError(f"{name} has no {dim} {', '.join(map(str, missing[:3]))}")
    if dim in SAMPLE and len(given) != len(wanted):
        raise InputError(f"{name} has {len(given)} along {dim}, the outcome {len(wanted)}")
    return places


def order_of(index: "pd.Index | None") -> Any:
    """Places that put an index in order; None where it is, or its labels have none.

    Parameters
    ----------
    index : Index, optional
        Labels along a dimension.

    Returns
    -------
    array (label,) or None
    """
    if index is None or index.is_monotonic_increasing:
        return None
    try:
        return index.argsort(kind="stable") if index.nlevels == 1 else index.argsort()
    except TypeError:
        return None
