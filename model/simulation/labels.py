"""Plain arrays to labelled ones: the groups of a run's tree."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from model.economics.components import COMPONENT_NAMES, OPTION_COMPONENT_NAMES
from model.economics.presence import Presence, everybody
from model.economics.strategies import of_run
from model.numerics.arrays import Array
from model.numerics.standard_errors import mcse_of_each
from model.simulation.run_attributes import added_strategies
from priors.registry.quantities import QUANTITIES
from priors.registry.selection import Selection, select

if TYPE_CHECKING:
    import xarray as xr

    from model.sampling.draws import Draws
    from model.simulation.exercise import Usage
    from model.simulation.setting import Setting

__all__ = [
    "component",
    "drawn_of",
    "option",
    "option_value",
    "payoff",
    "presence",
    "presence_of",
    "prior",
    "rivals_stay",
    "selection_of",
    "setting_of",
    "tree",
]


_MONEY = {"units": "USD billion"}
_DRAWS = ("chain", "draw", "player", "strategy")
_CELLS = ("player", "strategy")


def prior(drawn: "Draws") -> "xr.Dataset":
    """Every quantity, (chain, draw) or (chain, draw, player), constants included.

    Parameters
    ----------
    drawn : Draws
        Joint draws of every quantity.

    Returns
    -------
    Dataset
        In the registry's units, which the attributes ``units`` state.
    """
    import xarray as xr

    quantities = drawn.quantities.by_name
    return xr.Dataset(
        {
            name: (
                ("chain", "draw", "player")[: values.ndim],
                values,
                {"units": quantities[name].unit, "long_name": quantities[name].meaning},
            )
            for name, values in drawn.by_name().items()
        },
        coords=_axes(drawn),
    )


def payoff(setting: "Setting", npv: Array) -> "xr.Dataset":
    """``npv`` (chain, draw, player, strategy).

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    npv : array (chain, draw, player, strategy)
        USD billion.

    Returns
    -------
    Dataset
    """
    return _npv(setting, npv, "net present value at the decision date")


def component(setting: "Setting", component_means: Array) -> "xr.Dataset":
    """The components of the payoffs over all draws.

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    component_means : array (chain, player, strategy, component)
        Means over each chain's draws, USD billion.

    Returns
    -------
    Dataset
        ``component_mean`` and ``component_mcse`` (player, strategy, component).
    """
    import xarray as xr

    dims, count = (*_CELLS, "component"), component_means.shape[-1]
    return xr.Dataset(
        {
            "component_mean": (dims, component_means.mean(axis=0), _MONEY),
            "component_mcse": (dims, mcse_of_each(component_means), _MONEY),
        },
        coords=_names_of(setting)
        | {"component": [*COMPONENT_NAMES, *OPTION_COMPONENT_NAMES][:count]},
    )


def rivals_stay(setting: "Setting", npv: Array) -> "xr.Dataset":
    """``npv`` (chain, draw, player, strategy) where no rival ever leaves.

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    npv : array (chain, draw, player, strategy)
        USD billion.

    Returns
    -------
    Dataset
    """
    return _npv(setting, npv, "net present value if all rivals stay")


def presence(setting: "Setting", there: Presence) -> "xr.Dataset":
    """Until when each player is there: ``last`` (answer, chain, draw, player).

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    there : Presence
        Draws chain by chain.

    Returns
    -------
    Dataset
        With the coordinate ``weight`` of each answer: a player is there with the weight of the
        answers whose last year is not over.
    """
    import xarray as xr

    shape = (len(there.weight), *setting.drawn.shape, setting.cells[0])
    said = {"long_name": "last year index in which the player is in the market", "units": "1"}
    return xr.Dataset(
        {"last": (("answer", "chain", "draw", "player"), there.last.reshape(shape), said)},
        coords=_axes(setting.drawn) | {"weight": ("answer", there.weight)},
    )


def presence_of(run: "xr.DataTree") -> Presence:
    """Who is in the market in a run, as its real options were valued.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.

    Returns
    -------
    Presence
        Everybody, always, where rivals do not respond.
    """
    npv = run["payoff"].dataset["npv"]
    if "presence" not in run.children:
        return everybody(npv.sizes["chain"] * npv.sizes["draw"], npv.sizes["player"])
    last = run["presence"].dataset["last"].transpose("answer", "chain", "draw", "player")
    rows = last.values.reshape(last.sizes["answer"], -1, last.sizes["player"])
    weight = np.asarray(last["weight"].values, dtype=float)
    return Presence(np.ascontiguousarray(rows, dtype=np.int8), weight)


def setting_of(run: "xr.DataTree") -> "Setting":
    """The draws and the strategies of a run.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.

    Returns
    -------
    Setting
    """
    from model.simulation.setting import Setting

    return Setting(drawn_of(run), of_run(run))


def option(setting: "Setting", usage: "Usage") -> "xr.Dataset":
    """When each real option is used and what that pays.

    The real option of `exit` is to come back, that of all others to leave.

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    usage : Usage
        From `exercise_options`.

    Returns
    -------
    Dataset
        ``timing`` in year indices, ``payoff`` in USD billion, (chain, draw, player, strategy).
    """
    import xarray as xr

    used = {"long_name": "year index at whose end it is used; -1 for never", "units": "1"}
    paid = _MONEY | {"long_name": "what using the real option pays over never using it"}
    return xr.Dataset(
        {"timing": (_DRAWS, usage.timing, used), "payoff": (_DRAWS, usage.payoff, paid)},
        coords=_axes_of(setting),
    )


def option_value(setting: "Setting", usage: "Usage") -> "xr.Dataset":
    """What each real option is worth, with standard errors and bounds.

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    usage : Usage
        From `exercise_options`.

    Returns
    -------
    Dataset
        (player, strategy): ``upper_kind`` in words, all else in USD billion.
    """
    import xarray as xr

    names = {"se": "value_mcse", "upper_se": "upper_mcse"}
    figures = {names.get(key, key): (_CELLS, cell, _MONEY) for key, cell in usage.values.items()}
    return xr.Dataset(
        {**figures, "upper_kind": (_CELLS, usage.upper_kind)}, coords=_names_of(setting)
    )


def tree(groups: Mapping[str, "xr.Dataset"], attributes: Mapping[str, Any]) -> "xr.DataTree":
    """Put the groups under one root; attributes are strings and numbers, as netCDF wants.

    Parameters
    ----------
    groups : mapping of str to Dataset
        Name of each group to its content.
    attributes : mapping
        Of the root.

    Returns
    -------
    DataTree
    """
    import xarray as xr

    found = xr.DataTree.from_dict({f"/{name}": group for name, group in groups.items()})
    found.attrs.update(attributes)
    return found


def drawn_of(run: "xr.DataTree") -> "Draws":
    """The joint draws of a run, as the sampler gave them.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.

    Returns
    -------
    Draws
    """
    from model.sampling.draws import Draws

    group = run["prior"].dataset.transpose("player", "chain", "draw", missing_dims="ignore")
    players = [str(name) for name in group["player"].values]
    quantities = selection_of(run)
    globals_ = [group[quantity.name].values for quantity in quantities.shared]
    own = [
        group[quantity.name].values[place]
        for place in range(len(players))
        for quantity in quantities.own
    ]
    return Draws.of_rows([*globals_, *own], tuple(players), quantities)


def selection_of(run: "xr.DataTree") -> Selection:
    """The quantities that a run has draws of.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.

    Returns
    -------
    Selection
        Of the first edition where the draws lack what only the second has.
    """
    drawn = run["prior" if "prior" in run.children else "posterior"].data_vars
    edition = max(q.edition for q in QUANTITIES if q.name in drawn)
    return select(edition, tuple(one.name for one in added_strategies(run.attrs)))


def _npv(setting: "Setting", npv: Array, meaning: str) -> "xr.Dataset":
    import xarray as xr

    worth = _MONEY | {"long_name": meaning}
    return xr.Dataset({"npv": (_DRAWS, npv, worth)}, coords=_axes_of(setting))


def _axes(drawn: "Draws") -> dict[str, Any]:
    chains, draws = drawn.shape
    return {
        "chain": np.arange(chains),
        "draw": np.arange(draws),
        "player": list(drawn.players),
    }


def _axes_of(setting: "Setting") -> dict[str, Any]:
    return _axes(setting.drawn) | _names_of(setting)


def _names_of(setting: "Setting") -> dict[str, Any]:
    strategies = [one.name for one in setting.strategies]
    return {"player": list(setting.drawn.players), "strategy": strategies}
