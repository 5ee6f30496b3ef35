"""Rivals who respond: each leaves by its own rule, and all others see its room.

A fixed point, found by rounds. A round values every player's real options given who is there in
which year (w); who is there in the next round is what these options' use leaves there. From the
seventh round on w is the mean of the last one and of the one just found, since rounds may swing
to and fro where there is room for one of two.

Who is there follows from `stay` alone. So between the first round and the last, only its real
options are valued; should `stay` settle sooner than was expected, what was left out is made up for.
How far the last round moves what other strategies are worth is seen with their real options used as
in the last round: how a player would have used them in the round before changes that little, since
its use is the best that it knows.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.economics.axes import N_YEARS, NEVER
from model.economics.presence import Presence, everybody
from model.economics.strategies import STAY
from model.numerics.arrays import Array, ByChain, Years
from model.numerics.standard_errors import mcse_of_each
from model.simulation.exercise import Usage, exercise_options
from model.simulation.payoffs import payoffs
from model.simulation.setting import Setting

__all__ = ["Response", "presence_found", "residual", "respond"]

#: The fewest and the most rounds.
FEWEST, MOST = 3, 12
#: The first round whose w is the mean of the last round's and of the one just found.
AVERAGED = 7
#: A round moves `stay` by about an eighth of what the one before did. So where the last one moved
#: it by no more than so many standard errors, the next may be the last: it is played whole.
_NEAR = 6.0


@dataclass(frozen=True, slots=True)
class Response:
    """Where the rounds have ended.

    Attributes
    ----------
    usage : Usage
        How every player uses its real options.
    presence : Presence
        Who is there: what that usage was found at.
    npv : ndarray, shape (chain, draw, player, strategy)
        USD billion.
    component_means : ndarray, shape (chain, player, strategy, component)
        USD billion.
    npv_rivals_stay : ndarray, shape (chain, draw, player, strategy)
        The first round's: nobody ever leaves.
    rounds : int
        How many there were.
    settled : bool
        Whether no expected NPV moved by more than its Monte Carlo standard error in the last one.
    last_move : float
        The largest move in it, in standard errors.
    residual : float
        Part of player-years whose presence the rules would still change.
    """

    usage: Usage
    presence: Presence
    npv: Array
    component_means: Array
    npv_rivals_stay: Array
    rounds: int
    settled: bool
    last_move: float
    residual: float


def respond(
    setting: Setting,
    progress: Callable[[float], None],
    most: int = MOST,
    start: Presence | None = None,
) -> Response:
    """Play rounds until no expected NPV moves by more than its standard error.

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    progress : callable
        Called with the share of the work that is done, as far as that can be known.
    most : int
        After so many rounds the last one is the result, settled or not.
    start : Presence, optional
        Who is there in the first round; by default everybody.

    Returns
    -------
    Response
    """
    chains, draws = setting.drawn.shape
    presence = everybody(chains * draws, setting.cells[0]) if start is None else start
    first = now = _Round.played(setting, presence, _part(progress, 0), whole=True)
    played, move, worth = 1, np.inf, None
    while not (played >= FEWEST and move <= 1.0) and played < most:
        before, part = now, _part(progress, played)
        presence = _next(before.presence, presence_found(before.usage), played + 1)
        now = _Round.played(setting, presence, part, whole=move <= _NEAR)
        played += 1
        move = largest_move(now.of_staying, before.of_staying)
        if (played >= FEWEST and move <= 1.0) or played >= most:
            now = now.completed(setting, part)
            worth = payoffs(setting, now.presence, now.usage.timing)
            as_used, _ = payoffs(setting, before.presence, now.usage.timing)
            move = max(move, largest_move(worth[0].mean(axis=1), as_used.mean(axis=1)))
    settled = played >= FEWEST and move <= 1.0
    npv, means = worth or payoffs(setting, now.presence, now.usage.timing)
    left = residual(now.presence, presence_found(now.usage))
    return Response(
        now.usage, now.presence, npv, means, first.usage.npv, played, settled, move, left
    )


@dataclass(frozen=True, slots=True)
class _Round:
    """One round: who is there, and how the real options are used; all of them, or of `stay`."""

    presence: Presence
    usage: Usage
    whole: bool

    @classmethod
    def played(
        cls, setting: Setting, presence: Presence, progress: Callable[[float], None], *, whole: bool
    ) -> "_Round":
        wanted = None if whole else (STAY,)
        return cls(presence, exercise_options(setting, presence, progress, wanted), whole)

    def completed(self, setting: Setting, progress: Callable[[float], None]) -> "_Round":
        """The same round with the real options of all strategies."""
        if self.whole:
            return self
        return _Round.played(setting, self.presence, progress, whole=True)

    @property
    def of_staying(self) -> ByChain:
        """Expected NPVs of `stay` (chain, player, 1)."""
        return np.asarray(self.usage.npv[..., STAY, None].mean(axis=1))


def presence_found(usage: Usage) -> Years:
    """Last year in which each player is there if it stays until its own rule says leave.

    Parameters
    ----------
    usage : Usage
        How the real options are used.

    Returns
    -------
    array of int8 (draw, player)
        Year index, draws chain by chain: that at whose end it leaves, or in which its funds run
        out; the last one where neither happens.
    """
    leaves = usage.timing[..., STAY].reshape(-1, usage.timing.shape[2])
    stays = np.minimum(usage.distress, np.int8(N_YEARS - 1))
    return np.where(leaves == NEVER, stays, leaves).astype(np.int8)


def largest_move(now: Array, before: Array) -> float:
    """Largest move of an expected NPV, in Monte Carlo standard errors of the new one.

    Parameters
    ----------
    now, before : array (chain, player, strategy)
        Each chain's expected NPVs.

    Returns
    -------
    float
        0 where nothing moves, infinite where what has no error does.
    """
    moved = np.abs(now.mean(axis=0) - before.mean(axis=0))
    with np.errstate(divide="ignore"):
        moves = np.where(moved > 0.0, moved / np.where(moved > 0.0, mcse_of_each(now), 1.0), 0.0)
    return float(moves.max())


def residual(presence: Presence, found: Years) -> float:
    """Part of player-years whose presence would still change: the mean of |w found - w|.

    Parameters
    ----------
    presence : Presence
        The w of a round.
    found : array of int8 (draw, player)
        From `presence_found`.

    Returns
    -------
    float
        From 0 to 1.
    """
    changed = 0.0
    for year in range(N_YEARS):
        there = np.tensordot(presence.weight, presence.last >= year, axes=1)
        changed += float(np.abs((found >= year) - there).mean())
    return changed / N_YEARS


def _next(presence: Presence, found: Years, round_: int) -> Presence:
    if round_ < AVERAGED:
        return Presence(found[None], np.ones(1))
    last = np.concatenate([presence.last, found[None]])
    return Presence(last, np.append(0.5 * presence.weight, 0.5))


def _part(progress: Callable[[float], None], played: int) -> Callable[[float], None]:
    """Progress of one round: as if a fifth one were the last, and never whole."""
    return lambda done: progress(min((played + done) / 5.0, 0.99))
