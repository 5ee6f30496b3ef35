"""The groups of a run's tree in the layout of today, whichever version wrote them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["of_today"]

#: Groups that held what has no draws beside what has, and where that stands now.
_APART = {"payoff": "component", "option": "option_value"}
#: Groups that were called otherwise.
_RENAMED = {"path": "industry"}


def of_today(run: "xr.DataTree") -> "xr.DataTree":
    """A run's tree in the layout of today.

    Once what has no draws stood among the draws, and ArviZ could not summarise such a group.

    Parameters
    ----------
    run : DataTree
        In any layout that a version has written.

    Returns
    -------
    DataTree
        The same if it is of today.
    """
    apart = {name: _without_draws(run, name) for name in _APART if name in run.children}
    old = {name for name in _RENAMED if name in run.children}
    if not old and not any(apart.values()):
        return run
    import xarray as xr

    found = {}
    for name, node in run.children.items():
        dataset = node.to_dataset()
        if moved := apart.get(name):
            found[_APART[name]] = xr.DataTree(_used(dataset[moved]))
            dataset = _used(dataset.drop_vars(moved))
        found[_RENAMED.get(name, name)] = xr.DataTree(dataset)
    tree = xr.DataTree(children=found)
    tree.attrs.update(run.attrs)
    return tree


def _without_draws(run: "xr.DataTree", group: str) -> list[str]:
    variables = run[group].data_vars.items()
    return [str(name) for name, one in variables if "draw" not in one.dims]


def _used(dataset: "xr.Dataset") -> "xr.Dataset":
    """Without coordinates of dimensions that no variable has."""
    used = {dim for one in dataset.data_vars.values() for dim in one.dims}
    return dataset.drop_vars([name for name in dataset.coords if not {name} <= used])
