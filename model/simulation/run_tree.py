"""The door for a run's tree: whatever order, type or part it comes in, read as it was written.

Behind it places may stand for labels: `exit` is the first strategy and `stay` the second. So every
function that takes a tree from outside takes it through here.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from model.economics.strategies import EXIT, STAY, STRATEGIES, compared
from model.numerics.arguments.labelled import SAMPLE
from model.numerics.arguments.scalars import LARGEST, SMALLEST
from model.simulation.layout import of_today
from model.simulation.run_attributes import added_strategies, check_attributes, names_of
from priors.errors import InputError, NumericalError

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["as_run"]

_DIMS = (*SAMPLE, "player", "strategy")
#: Whole numbers: years.
_YEARS = ("timing", "last")
_DRAWN = frozenset(("prior", "posterior", "payoff", "option", "rivals_stay", "presence"))
#: Said of all draws.
_OF_ALL = ("component", "industry", "cash")


def as_run(run: Any) -> "xr.DataTree":
    """A run's tree as `simulate` returns it: in its order, in memory, in its types, and finite.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``, by any version; its coordinates in any order, its
        values in chunks or in other numeric types. It may be a part of the players, of the added
        strategies, of the chains or of the draws.

    Returns
    -------
    DataTree
        The same if there is nothing to change. Of a part of the draws its attributes say how many,
        and groups that speak of all are left out.

    Raises
    ------
    InputError
        Where it is no such tree: with what it lacks.
    NumericalError
        Where a number is not finite, or too large to be squared.
    """
    import xarray as xr

    if not isinstance(run, xr.DataTree):
        raise InputError(
            f"run: expected the DataTree that simulate returns, got {type(run).__name__}; "
            "xarray.open_datatree reads one from run.nc"
        )
    npv = _npv(run)
    check_attributes(run.attrs)
    found: xr.DataTree = of_today(run)
    order = _order(found, npv)
    groups = {name: node.to_dataset() for name, node in found.children.items()}
    made = {name: _in_order(name, groups, order) for name in groups}
    sizes = {dim: made["payoff"].sizes[dim] for dim in _DIMS}
    _check_sizes(found, sizes)
    said = _said(found, sizes)
    if all(made[name] is groups[name] for name in made) and not said:
        return found
    kept = {name: one for name, one in made.items() if not (said and name in _OF_ALL)}
    tree: xr.DataTree = xr.DataTree.from_dict({f"/{name}": one for name, one in kept.items()})
    tree.attrs.update(found.attrs | said)
    return tree


def _npv(run: "xr.DataTree") -> "xr.DataArray":
    """The payoffs, which decide what the run is of."""
    if "payoff" not in run.children or "npv" not in run["payoff"].data_vars:
        groups = ", ".join(map(str, run.children)) or "none"
        raise InputError(f"run: expected npv in a group payoff; its groups: {groups}")
    npv: xr.DataArray = run["payoff"].dataset["npv"]
    if set(npv.dims) != set(_DIMS):
        found = ", ".join(map(str, npv.dims))
        raise InputError(f"run: payoff/npv: expected axes ({', '.join(_DIMS)}), got ({found})")
    return npv


def _order(run: "xr.DataTree", npv: "xr.DataArray") -> dict[str, npt.NDArray[Any]]:
    """The labels of each dimension of the payoffs, in the order in which runs are written."""
    strategies = [one.name for one in compared(added_strategies(run.attrs))]
    labels = names_of(run.attrs, "player_labels")
    players = [name for name in names_of(run.attrs, "player_types") if name in labels]
    named = {
        "player": (players, "attributes player_types and player_labels"),
        "strategy": (strategies, "the run"),
    }
    order = {}
    for dim in _DIMS:
        if dim not in npv.coords:
            if dim in named:
                raise InputError(f"run: payoff/npv: {dim} has no names")
            continue
        labels = npv.coords[dim].values
        if len(set(labels.tolist())) < len(labels):
            raise InputError(f"run: payoff/npv: a {dim} is there twice")
        if dim in named:
            known, where = named[dim]
            order[dim] = np.array(_known(dim, labels, known, where))
        else:
            order[dim] = np.sort(labels) if labels.dtype.kind in "iuf" else labels
    kept = order["strategy"].tolist()
    needed = [STRATEGIES[place].name for place in (EXIT, STAY)]
    if missing := [name for name in needed if name not in kept]:
        raise InputError(f"run: lacks the strategy {missing[0]}: exit and stay are the question")
    return order


def _known(dim: str, labels: npt.NDArray[Any], known: Sequence[str], where: str) -> list[str]:
    there = [str(label) for label in labels.tolist()]
    if foreign := [name for name in there if name not in known]:
        raise InputError(f"run: {dim} {foreign[0]!r} is unknown to {where}: {', '.join(known)}")
    return [name for name in known if name in there]


def _in_order(
    group: str, groups: Mapping[str, "xr.Dataset"], order: Mapping[str, npt.NDArray[Any]]
) -> "xr.Dataset":
    """A group with the labels of the payoffs in their order, loaded, in the types of a run."""
    dataset = groups[group]
    chosen = {}
    own = group not in _DRAWN or (group == "prior" and "posterior" in groups)
    for dim in (str(dim) for dim in dataset.dims if dim in order):
        if own and dim in SAMPLE:
            continue
        labels = dataset[dim].values if dim in dataset.coords else None
        if labels is None or set(order[dim].tolist()) - set(labels.tolist()):
            raise InputError(f"run: the group {group} has not every {dim} that payoff/npv has")
        if not np.array_equal(labels, order[dim]):
            chosen[dim] = order[dim]
    found = dataset.sel(chosen) if chosen else dataset
    if any(one.chunks is not None for one in found.variables.values()):
        found = found.compute()
    if group not in _DRAWN:
        return found
    written = {str(name): _as_written(group, one) for name, one in found.data_vars.items()}
    changed = {name: one for name, one in written.items() if one is not None}
    found = found.assign(changed) if changed else found
    _check_numbers(group, found)
    return found


def _as_written(group: str, values: "xr.DataArray") -> "xr.DataArray | None":
    """A variable in the type and with the axes in which runs are written; None if it is."""
    if values.dtype.kind not in "biuf":
        raise InputError(f"run: {group}/{values.name}: expected numbers, got {values.dtype}")
    kind = np.dtype(np.int8 if values.name in _YEARS else np.float64)
    dims = [dim for dim in values.dims if dim not in _DIMS]
    dims += [dim for dim in _DIMS if dim in values.dims]
    if values.dtype == kind and list(values.dims) == dims:
        return None
    return values.transpose(*dims).astype(kind, order="C", keep_attrs=True)


def _check_numbers(group: str, dataset: "xr.Dataset") -> None:
    for name, one in dataset.data_vars.items():
        values = one.values
        if name in _YEARS or not values.size:
            continue
        largest = max(abs(float(values.max())), abs(float(values.min())))
        if not np.isfinite(largest):
            place = np.unravel_index(int(np.argmin(np.isfinite(values))), values.shape)
            at = [_at(one, dim, index) for dim, index in zip(one.dims, place, strict=True)]
            raise NumericalError(f"run: {group}/{name} is not finite, first at {', '.join(at)}")
        if group != "prior" and not (largest == 0.0 or SMALLEST < largest < LARGEST):
            raise NumericalError(
                f"run: {group}/{name}: expected USD billion of a size between {SMALLEST:g} and "
                f"{LARGEST:g}, the largest is {largest:.3g}"
            )


def _at(values: "xr.DataArray", dim: Any, place: Any) -> str:
    label = values.coords[dim].values[place] if dim in values.coords else int(place)
    return f"{dim} {label}"


def _check_sizes(run: "xr.DataTree", sizes: Mapping[str, int]) -> None:
    if sizes["chain"] < 2 or sizes["draw"] < 1 or sizes["player"] < 1:
        said = ", ".join(f"{sizes[dim]} along {dim}" for dim in _DIMS)
        raise InputError(
            f"run: errors are measured across chains: expected 2 chains or more, and a draw and a "
            f"player; payoff/npv has {said}"
        )
    if "whole" in run.children:
        _check_whole(run, sizes)
    elif "option_value" in run.children and _said(run, sizes):
        raise InputError(
            f"run: has {sizes['chain'] * sizes['draw']} of its {run.attrs['draws']} draws, but the "
            "values of its real options are of all of them: give it whole, or simulate fewer"
        )


def _check_whole(run: "xr.DataTree", sizes: Mapping[str, int]) -> None:
    """Refuse a part of a run that keeps some of its draws, and what all of them say in words."""
    try:
        content = json.loads(str(run["whole"].dataset["decision"].item()))
        there = len(content["players"]), len(content["strategies"]), int(run.attrs["kept"])
    except (KeyError, TypeError, ValueError, RecursionError):
        raise InputError("run: the group whole holds no decision") from None
    if there != (sizes["player"], sizes["strategy"], sizes["chain"] * sizes["draw"]):
        raise InputError(
            f"run: is a part of a run that keeps {there[2]} draws of {run.attrs['draws']}; what is "
            "said of it is said of all of them: give it whole"
        )


def _said(run: "xr.DataTree", sizes: Mapping[str, int]) -> dict[str, int]:
    """How many draws a part has, where its attributes say otherwise."""
    if "whole" in run.children:
        return {}
    there = {"draws": sizes["chain"] * sizes["draw"], "chains": sizes["chain"]}
    return {name: size for name, size in there.items() if int(run.attrs[name]) != size}
