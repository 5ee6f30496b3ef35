"""What checks read: the run, its decision, its analyses, and draws of what is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from model.analyses.results.record import Figure
from model.numerics.arrays import Array
from model.simulation.run_attributes import names_of

if TYPE_CHECKING:
    import numpy.typing as npt
    import xarray as xr

__all__ = ["Context"]


@dataclass(frozen=True, eq=False)
class Context:
    """A run with what has been found of it.

    Attributes
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.
    decision : mapping
        As in ``decision.json``.
    analyses : mapping
        Name of each analysis that was run, such as ``structure``, to the content of its file.
    """

    run: "xr.DataTree"
    decision: Mapping[str, Any]
    analyses: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def draws(self) -> "xr.Dataset":
        """Draws of what is known of the world, or has a limit: from `reality`."""
        from model.simulation.labels import setting_of
        from model.simulation.reality import reality

        return reality(setting_of(self.run))

    @cached_property
    def players(self) -> tuple[str, ...]:
        """All players of the run, reported or not."""
        return tuple(str(name) for name in self.run["payoff"].dataset["player"].values)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Each player's name for readers."""
        return names_of(self.run.attrs, "player_labels")

    @cached_property
    def types(self) -> Mapping[str, str]:
        """Each player's type."""
        return names_of(self.run.attrs, "player_types")

    def states(self, quantity: str) -> bool:
        """Whether the run has draws of a quantity.

        Parameters
        ----------
        quantity : str
            Dotted path.

        Returns
        -------
        bool
        """
        return quantity in self.run["prior"].data_vars

    def drawn(self, name: str, player: str | None = None) -> Array:
        """Draws of what is known, or has a limit.

        Parameters
        ----------
        name : str
            A variable of `reality`.
        player : str, optional
            Whose, for one of players.

        Returns
        -------
        array (chain, draw)
        """
        return _array(self.draws[name], player)

    def quantity(self, name: str, player: str) -> Array:
        """Draws of a player's quantity.

        Parameters
        ----------
        name : str
            Dotted path.
        player : str
            Whose.

        Returns
        -------
        array (chain, draw)
            In the registry's unit.
        """
        return _array(self.run["prior"].dataset[name], player)

    def staying(self, player: str) -> Array:
        """Draws of what staying is worth to a player.

        Parameters
        ----------
        player : str
            Whose.

        Returns
        -------
        array (chain, draw)
            USD billion.
        """
        return _array(self.run["payoff"].dataset["npv"].sel(strategy="stay"), player)

    @staticmethod
    def share(where: "npt.NDArray[np.bool_]") -> Figure:
        """Share of the draws of which something holds.

        Parameters
        ----------
        where : array of bool (chain, draw)
            Whether it holds.

        Returns
        -------
        Figure
        """
        return Figure.mean(where.mean(axis=1))

    @staticmethod
    def median(values: Array) -> Figure:
        """Median of all draws.

        Parameters
        ----------
        values : array (chain, draw)
            In any unit.

        Returns
        -------
        Figure
            In the same unit.
        """
        return Figure.pooled(float(np.median(values)), np.median(values, axis=1))


def _array(values: "xr.DataArray", player: str | None) -> Array:
    own = values if player is None else values.sel(player=player)
    return np.asarray(own.transpose("chain", "draw").values)
