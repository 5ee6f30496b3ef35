"""The record of joint draws."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from model.numerics.arrays import Array
from priors.registry.selection import Selection, select

__all__ = ["Draws"]


@dataclass(frozen=True, slots=True)
class Draws:
    """Joint draws of every quantity.

    Attributes
    ----------
    values : ndarray, shape (chain, dimension, draw)
        The global quantities, then each player's, in the order of `quantities` and of `players`;
        in the units of the registry.
    players : tuple of str
        Names of the players.
    quantities : Selection
        Those that there are draws of.
    """

    values: Array
    players: tuple[str, ...]
    quantities: Selection = field(default_factory=select)

    @classmethod
    def of_rows(
        cls, rows: Sequence[Array], players: tuple[str, ...], quantities: Selection
    ) -> "Draws":
        """Put the draws of each quantity together.

        Parameters
        ----------
        rows : sequence of array (chain, draw)
            In the order of `values`. Where they are views of such an array, as `by_name` gives
            them, that array itself is taken: a copy of all draws takes longer than to judge them.
        players : tuple of str
            Names of the players.
        quantities : Selection
            Those that there are draws of.

        Returns
        -------
        Draws
        """
        chains, draws = rows[0].shape
        whole = rows[0].base
        if (
            isinstance(whole, np.ndarray)
            and whole.shape == (chains, len(rows), draws)
            and all(_same(row, whole[:, place]) for place, row in enumerate(rows))
        ):
            return cls(whole, players, quantities)
        return cls(np.stack(rows, axis=1), players, quantities)

    @property
    def shape(self) -> tuple[int, int]:
        """Number of chains, and of draws a chain."""
        return self.values.shape[0], self.values.shape[2]

    def _own(self) -> Array:
        """Each player's quantities (chain, player, own quantity, draw): a view."""
        chains, draws = self.shape
        own = self.values[:, len(self.quantities.shared) :]
        return own.reshape(chains, len(self.players), len(self.quantities.own), draws)

    def globals_(self, chain: int) -> Array:
        """One chain's global quantities (global quantity, draw).

        Parameters
        ----------
        chain : int
            Place of the chain.

        Returns
        -------
        array (global quantity, draw)
            A view, in the order of ``quantities.shared``.
        """
        return self.values[chain, : len(self.quantities.shared)]

    def of_players(self, chain: int) -> Array:
        """One chain's player quantities (player, player quantity, draw).

        Parameters
        ----------
        chain : int
            Place of the chain.

        Returns
        -------
        array (player, player quantity, draw)
            A view, in the order of ``quantities.own``.
        """
        own: Array = self._own()[chain]
        return own

    def by_name(self) -> dict[str, Array]:
        """Quantity name to its draws: (chain, draw), or (chain, draw, player).

        Returns
        -------
        dict of str to array
            Views, in the registry's units.
        """
        own = self._own()
        named = {q.name: self.values[:, place] for place, q in enumerate(self.quantities.shared)}
        for place, quantity in enumerate(self.quantities.own):
            named[quantity.name] = own[:, :, place].transpose(0, 2, 1)
        return named


def _same(one: Array, other: Array) -> bool:
    """Whether two views of one shape are of the same memory, value by value."""
    return (one.ctypes.data, one.strides, one.dtype) == (
        other.ctypes.data,
        other.strides,
        other.dtype,
    )
