"""The payoffs of one decision: those of a player, or of a type's players added up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.analyses.results.looks import looks_of, required_errors
from model.economics.axes import LEAVING_YEARS
from model.economics.strategies import EXIT, STAY, Strategy, of_run
from model.numerics.arrays import Array

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["AllPayoffs", "Payoffs", "payoffs_of"]

#: Share of draws from which on a player that leaves at the end of the first year never stays.
_NEARLY_ALWAYS = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Payoffs:
    """What one decision is judged on, USD billion.

    Attributes
    ----------
    strategies : tuple of Strategy
        Those compared, `exit` and `stay` first.
    npv : array (strategy, chain, draw)
        With the real options, where the run values them.
    bare : array (strategy, chain, draw)
        `npv` of `exit` and of `stay` if neither real option is ever used.
    rivals_stay : array (strategy, chain, draw), optional
        `npv` if rivals stayed; None of a run in which they do not respond.
    one_more_year : bool
        Whether staying is left at the end of the first year nearly always.
    required : float, optional
        Standard errors by which the best strategy must lead to be called resolved, where the run
        was looked at until it is; elsewhere two.
    """

    strategies: tuple[Strategy, ...]
    npv: Array
    bare: Array
    rivals_stay: Array | None = None
    one_more_year: bool = False
    required: float | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the strategies."""
        return tuple(one.name for one in self.strategies)

    @property
    def chains(self) -> int:
        """Number of chains."""
        return len(self.npv[0])

    def chain(self, chain: int) -> Array:
        """One chain's NPVs (strategy, draw).

        Parameters
        ----------
        chain : int
            Place of the chain.

        Returns
        -------
        array (strategy, draw)
            A view, USD billion.
        """
        return self.npv[:, chain]

    def chain_for_good(self, chain: int) -> Array | None:
        """One chain's part of `for_good`, where it is other than with the real options.

        Parameters
        ----------
        chain : int
            Place of the chain.

        Returns
        -------
        array (draw,) or None
            USD billion.
        """
        if np.shares_memory(self.bare, self.npv):
            return None
        return np.asarray(self.bare[EXIT, chain] - self.bare[STAY, chain])

    @property
    def for_good(self) -> Array:
        """Exit less stay (chain, draw) if neither real option is ever used."""
        return np.asarray(self.bare[EXIT] - self.bare[STAY])


@dataclass(frozen=True, slots=True, eq=False)
class AllPayoffs:
    """The payoffs of all players of a run.

    Attributes
    ----------
    players : tuple of str
        Their names.
    strategies : tuple of Strategy
        Those compared.
    npv : array (player, strategy, chain, draw)
        As in `Payoffs`.
    bare : array (player, strategy, chain, draw)
        As in `Payoffs`.
    rivals_stay : array (player, strategy, chain, draw), optional
        As in `Payoffs`.
    one_more_year : tuple of bool
        A player each.
    required : float, optional
        As in `Payoffs`.
    """

    players: tuple[str, ...]
    strategies: tuple[Strategy, ...]
    npv: Array
    bare: Array
    rivals_stay: Array | None
    one_more_year: tuple[bool, ...]
    required: float | None = None

    def of(self, members: Sequence[str]) -> Payoffs:
        """What a decision of one player, or of several as one, is judged on.

        Parameters
        ----------
        members : sequence of str
            Whose payoffs are added up.

        Returns
        -------
        Payoffs
        """
        places = [self.players.index(name) for name in members]
        stayed = self.rivals_stay
        return Payoffs(
            self.strategies,
            _sum(self.npv, places),
            _sum(self.bare, places),
            None if stayed is None else _sum(stayed, places),
            all(self.one_more_year[place] for place in places),
            self.required,
        )


def payoffs_of(run: "xr.DataTree") -> AllPayoffs:
    """The payoffs of a run as plain arrays.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``; of the first edition, or with rivals who stay, it
        lacks the group ``rivals_stay``, and without real options ``option``.

    Returns
    -------
    AllPayoffs
    """
    npv = _values(run, "payoff", "npv")
    bare, leaves = npv[:, : STAY + 1], [False] * len(npv)
    if "option" in run.children:
        bare = bare - _values(run, "option", "payoff")[:, : STAY + 1]
        at_once = _values(run, "option", "timing")[:, STAY] == LEAVING_YEARS[0]
        leaves = (at_once.mean(axis=(1, 2)) >= _NEARLY_ALWAYS).tolist()
    return AllPayoffs(
        players=tuple(str(name) for name in run["payoff"].dataset["player"].values),
        strategies=of_run(run),
        npv=npv,
        bare=bare,
        rivals_stay=_values(run, "rivals_stay", "npv") if "rivals_stay" in run.children else None,
        one_more_year=tuple(leaves),
        required=required_errors(looks_of(run.attrs)),
    )


def _values(run: "xr.DataTree", group: str, name: str) -> Array:
    """A variable (player, strategy, chain, draw), in the order of the payoffs."""
    order = run["payoff"].dataset
    values = run[group].dataset[name].sel(strategy=order["strategy"], player=order["player"])
    return np.ascontiguousarray(values.transpose("player", "strategy", "chain", "draw").values)


def _sum(values: Array, places: Sequence[int]) -> Array:
    """The sum over some players; of one its own values, not a copy."""
    return values[places[0]] if len(places) == 1 else values[list(places)].sum(axis=0)
