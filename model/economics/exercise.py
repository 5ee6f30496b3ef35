"""What is known of the real options: the records that the valuation takes."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from model.economics.axes import LEAVING_YEARS, RETURN_YEARS
from model.economics.strategies import EXIT
from model.numerics.arrays import Array, Flags, Years

__all__ = ["STATES", "Exercise", "RealOption", "option_years"]


#: What a player sees at the end of a year.
STATES: tuple[str, ...] = ("log_market_revenue", "log_cost_ratio", "cash_flow")


@dataclass(frozen=True, slots=True)
class RealOption:
    """One real option of one player, on every draw.

    Attributes
    ----------
    years : tuple of int
        Year indices at whose end it may be exercised: the dates.
    exercise : ndarray, shape (date, draw)
        What exercising pays over never doing so, discounted, USD billion.
    states : ndarray, shape (date, state, draw)
        What the player sees, in the order of `STATES`.
    live : ndarray of bool, shape (date, draw)
        Where it may be exercised: a player without funding has left already.
    distress : ndarray of int8, shape (draw,)
        Year index in which funding runs out if it is never exercised; `N_YEARS` if it does not.
    """

    years: tuple[int, ...]
    exercise: Array
    states: Array
    live: Flags
    distress: Years


class Exercise(NamedTuple):
    """Room for the real options of every player, of all draws or of some.

    Attributes
    ----------
    pays : array (player, strategy, date, draw)
        What exercising pays over never doing so, USD billion; dates are those of `option_years`,
        from 0 on, and 0 beyond them.
    states : array (player, strategy, date, state, draw)
        What the player sees, in the order of `STATES`.
    live : array of bool (player, strategy, date, draw)
        Where it may be exercised.
    distress : array of int8 (player, strategy, draw)
        Year in which funding runs out; `N_YEARS` where it does not.
    npv : array (player, strategy, draw)
        What the strategy is worth if its real option is never exercised, USD billion.
    """

    pays: Array
    states: Array
    live: Flags
    distress: Years
    npv: Array

    @classmethod
    def empty(cls, players: int, strategies: int, draws: int) -> "Exercise":
        """Room for so many players, strategies and draws, to be overwritten.

        Parameters
        ----------
        players : int
            Number of players.
        strategies : int
            Number of strategies.
        draws : int
            Number of draws.

        Returns
        -------
        Exercise
        """
        each, dates = (players, strategies), len(LEAVING_YEARS)
        return cls(
            np.empty((*each, dates, draws)),
            np.empty((*each, dates, len(STATES), draws)),
            np.empty((*each, dates, draws), dtype=np.bool_),
            np.empty((*each, draws), dtype=np.int8),
            np.empty((*each, draws)),
        )

    def draws(self, part: slice) -> "Exercise":
        """The same room of some draws only.

        Parameters
        ----------
        part : slice
            Of the draws.

        Returns
        -------
        Exercise
            Of views.
        """
        return Exercise(
            self.pays[..., part],
            self.states[..., part],
            self.live[..., part],
            self.distress[..., part],
            self.npv[..., part],
        )

    def option(self, player: int, strategy: int) -> RealOption:
        """One real option of one player.

        Parameters
        ----------
        player : int
            Place of the player.
        strategy : int
            Place of the strategy.

        Returns
        -------
        RealOption
            Of views.
        """
        years = option_years(strategy)
        dates = len(years)
        return RealOption(
            years,
            self.pays[player, strategy, :dates],
            self.states[player, strategy, :dates],
            self.live[player, strategy, :dates],
            self.distress[player, strategy],
        )


def option_years(strategy: int) -> tuple[int, ...]:
    """Year indices at whose end the option of the strategy at a place may be exercised.

    Parameters
    ----------
    strategy : int
        Place among a run's.

    Returns
    -------
    tuple of int
        Years since 2026, ascending.
    """
    return RETURN_YEARS if strategy == EXIT else LEAVING_YEARS
