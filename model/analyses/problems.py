"""The decisions of a run, each with the quantities that bear on it.

Every player decides, and every type of several players as one. The shared quantities bear on all
decisions, a player's own on its own decision and its type's. Rivals bear on a decision by how
attractive and how cheap they are; they are learnt together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from model.simulation.labels import selection_of

if TYPE_CHECKING:
    import numpy.typing as npt
    import xarray as xr

__all__ = ["GROUPS", "Case", "cases", "quantities_of", "single_types"]

#: Named groups of shared quantities, by the first part of their names.
GROUPS: tuple[str, ...] = ("market", "compute", "competition", "robotics", "ipo", "valuation")
#: What is looked at of a rival.
_RIVALRY = ("player.attractiveness", "player.cost_ratio")
_WEIGHT_2026 = "player.weight_2026"


@dataclass(frozen=True, eq=False)
class Case:
    """Decisions that the same quantities bear on.

    Attributes
    ----------
    kind : str
        ``players``, or ``types`` for a single type.
    names : tuple of str
        The players, or the one type.
    npv : DataArray
        (chain, draw, player, strategy), or (chain, draw, strategy) for a type.
    inputs : Dataset
        The quantities that vary: (chain, draw), a player's own (chain, draw, player). A type has
        its members' own by their paths.
    rivals : Dataset
        What is known of the rivals together, as inputs.
    """

    kind: str
    names: tuple[str, ...]
    npv: "xr.DataArray"
    inputs: "xr.Dataset"
    rivals: "xr.Dataset"

    @cached_property
    def strategies(self) -> tuple[str, ...]:
        """Names of the strategies, in the order of the payoffs."""
        return tuple(str(name) for name in self.npv["strategy"].values)

    @cached_property
    def own(self) -> list[str]:
        """Inputs that are a player's own."""
        return [str(name) for name in self.inputs if str(name).startswith("player")]

    @cached_property
    def groups(self) -> dict[str, list[str]]:
        """Named groups of inputs, without empty ones."""
        shared = [str(name) for name in self.inputs if not str(name).startswith("player")]
        found = {
            group: [name for name in shared if name.startswith(f"{group}.")] for group in GROUPS
        }
        return {name: members for name, members in (found | {"own": self.own}).items() if members}

    def place(self, name: str) -> dict[str, str]:
        """Selects one decision from a result with the dimensions of `npv`.

        Parameters
        ----------
        name : str
            The decision.

        Returns
        -------
        dict of str to str
            Dimension to label; empty for a type.
        """
        return {"player": name} if "player" in self.npv.dims else {}

    def only(self, name: str) -> "Case":
        """The same with one decision.

        Parameters
        ----------
        name : str
            The decision.

        Returns
        -------
        Case
            Its arrays keep the dimension ``player``, of length 1; of a type, the case itself.
        """
        if len(self.names) == 1:
            return self
        at = {"player": [name]}
        inputs = self.inputs.sel(at) if "player" in self.inputs.dims else self.inputs
        return replace(self, names=(name,), npv=self.npv.sel(at), inputs=inputs)

    def tables(self, found: "xr.Dataset", along: str = "input") -> dict[str, Any]:
        """Variables of a result as plain arrays (decision, …, along), (decision,) without it.

        Thousands of figures are read from them; by label that would take seconds.

        Parameters
        ----------
        found : Dataset
            Has ``player`` where `npv` has it.
        along : str
            The dimension that comes last.

        Returns
        -------
        dict of str to array
            By variable; a type's have a first axis of length 1.
        """
        tables = {}
        for name, values in found.data_vars.items():
            last = (along,) if along in values.dims else ()
            if "player" in self.npv.dims:
                tables[str(name)] = values.transpose("player", ..., *last).values
            else:
                tables[str(name)] = values.transpose(..., *last).values[None]
        return tables

    @cached_property
    def payoffs(self) -> "npt.NDArray[np.float64]":
        """Payoffs (row, decision, strategy), the chains one after the other."""
        values = self.npv.values
        return values.reshape(values.shape[0] * values.shape[1], len(self.names), -1)

    def draws_of(self, quantity: str, name: str) -> "npt.NDArray[np.float64]":
        """Draws (row,) of an input in one decision, in the order of `payoffs`.

        Parameters
        ----------
        quantity : str
            Name in `inputs`.
        name : str
            The decision.

        Returns
        -------
        array (row,)
            In the quantity's unit.
        """
        values = self.inputs[quantity].values
        if values.ndim > 2:
            values = values[:, :, self.names.index(name)]
        return values.ravel()

    @cached_property
    def inputs_of(self) -> dict[str, dict[str, str]]:
        """Each decision to the inputs that vary in it, each to its path in the prior file."""
        found: dict[str, dict[str, str]] = {name: {} for name in self.names}
        for quantity, values in self.inputs.items():
            varies = _varies(values)
            for place, name in enumerate(self.names):
                if varies[place if len(varies) > 1 else 0]:
                    path = str(quantity).replace("player.", f"players.{name}.", 1)
                    found[name][str(quantity)] = path
        return found


def quantities_of(run: "xr.DataTree") -> "xr.Dataset":
    """The draws of every quantity: the posterior where there is one.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.

    Returns
    -------
    Dataset
        (chain, draw), a player's own (chain, draw, player), in the registry's units.
    """
    return run["posterior" if "posterior" in run.children else "prior"].to_dataset()


def cases(run: "xr.DataTree", verdict: Mapping[str, Any]) -> list[Case]:
    """All decisions of a run that are reported, the players' first.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.
    verdict : mapping
        From `decision`: says which players are reported, and whether types are.

    Returns
    -------
    list of Case
        The players together, then each type of two members or more.
    """
    npv = run["payoff"].to_dataset()["npv"].transpose("chain", "draw", "player", "strategy")
    quantities, selection = quantities_of(run), selection_of(run)
    reported = list(verdict["players"])
    every = [str(name) for name in npv["player"].values]
    shared = {q.name: quantities[q.name] for q in selection.shared}
    own = {
        q.name: quantities[q.name].sel(player=reported).transpose("chain", "draw", "player")
        for q in selection.own
    }
    rivals = {name: [one for one in every if one != name] for name in reported}
    found = [
        Case(
            "players",
            tuple(reported),
            npv.sel(player=reported),
            _varying(shared | own),
            _stacked([_rivalry(quantities, rivals[name]) for name in reported], reported),
        )
    ]
    for kind, members in _members(verdict).items():
        if len(members) < 2:
            continue
        theirs = {
            f"players.{member}.{q.key}": quantities[q.name].sel(player=member, drop=True)
            for member in members
            for q in selection.own
        }
        others = [one for one in every if one not in members]
        found.append(
            Case(
                "types",
                (kind,),
                npv.sel(player=members).sum("player"),
                _varying(shared | theirs),
                _rivalry(quantities, others),
            )
        )
    return found


def single_types(verdict: Mapping[str, Any]) -> dict[str, str]:
    """Types of a single player, whose decision is the player's, to that player.

    Parameters
    ----------
    verdict : mapping
        From `decision`.

    Returns
    -------
    dict of str to str
        Empty where types are not reported.
    """
    return {kind: members[0] for kind, members in _members(verdict).items() if len(members) == 1}


def _members(verdict: Mapping[str, Any]) -> dict[str, list[str]]:
    return {kind: list(entry["players"]) for kind, entry in verdict.get("types", {}).items()}


def _varying(quantities: "Mapping[str, xr.DataArray]") -> "xr.Dataset":
    import xarray as xr

    kept = {name: values for name, values in quantities.items() if _varies(values).any()}
    return xr.Dataset(kept).drop_vars("player", errors="ignore").assign_coords(_players(kept))


def _players(quantities: "Mapping[str, xr.DataArray]") -> dict[str, Any]:
    labels = [one["player"].values for one in quantities.values() if "player" in one.dims]
    return {"player": labels[0]} if labels else {}


def _varies(values: "xr.DataArray") -> "npt.NDArray[np.bool_]":
    """Whether a quantity varies, (player,) or (1,)."""
    rows = values.values.reshape(-1, values.sizes.get("player", 1))
    return np.asarray(rows.min(axis=0) < rows.max(axis=0))


def _rivalry(quantities: "xr.Dataset", rivals: Sequence[str]) -> "xr.Dataset":
    """What the shares and the price depend on of the rivals: sum, mean and least.

    The sums of their attractiveness and weights of 2026, their mean cost ratio weighted by the
    first, and the cheapest one's.
    """
    import xarray as xr

    if not rivals:
        return xr.Dataset()
    weight, cost = (quantities[name].sel(player=list(rivals)) for name in _RIVALRY)
    total = weight.sum("player")
    mean = (weight * cost).sum("player") / np.maximum(total, np.finfo(float).tiny)
    return xr.Dataset(
        {
            "rivals.attractiveness": total,
            **_weights_2026(quantities, rivals),
            "rivals.mean_cost_ratio": mean,
            "rivals.least_cost_ratio": cost.min("player"),
        }
    ).drop_vars("player", errors="ignore")


def _weights_2026(quantities: "xr.Dataset", rivals: Sequence[str]) -> "dict[str, xr.DataArray]":
    """The sum of the rivals' weights of 2026, which the first edition does not know."""
    if _WEIGHT_2026 not in quantities:
        return {}
    return {"rivals.weight_2026": quantities[_WEIGHT_2026].sel(player=list(rivals)).sum("player")}


def _stacked(each: "list[xr.Dataset]", names: Sequence[str]) -> "xr.Dataset":
    import xarray as xr

    if not all(one.data_vars for one in each):
        return xr.Dataset()
    return xr.concat(each, xr.DataArray(list(names), dims="player", name="player")).transpose(
        "chain", "draw", "player"
    )
