"""The payoffs of every strategy on every draw, a chain at a time."""

import numpy as np

from model.economics.components import COMPONENT_NAMES, OPTION_COMPONENT_NAMES
from model.economics.kernel import evaluate_inputs
from model.economics.presence import Presence
from model.economics.timing import evaluate_timed
from model.numerics.arrays import Array, Years
from model.numerics.threads import Rooms, in_threads
from model.simulation.setting import Setting
from priors.errors import NumericalError

__all__ = ["check_finite", "payoffs"]


def payoffs(
    setting: Setting, presence: Presence, timing: Years | None = None
) -> tuple[Array, Array]:
    """NPVs, and each chain's component means.

    A chain at a time on each core, so that memory stays flat: the components of all draws would
    take ten times the room of the NPVs.

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    presence : Presence
        Which rivals are there, draws chain by chain.
    timing : ndarray of int8, shape (chain, draw, player, strategy), optional
        When each real option is exercised; without it there are none.

    Returns
    -------
    npv : ndarray, shape (chain, draw, player, strategy)
        USD billion.
    component_means : ndarray, shape (chain, player, strategy, component)
        USD billion.

    Raises
    ------
    NumericalError
        Where a draw's payoff is not finite: with the player and that draw's quantities.
    """
    chains, draws = setting.drawn.shape
    count = len(COMPONENT_NAMES) + (0 if timing is None else len(OPTION_COMPONENT_NAMES))
    npv = np.empty((chains, draws, *setting.cells))
    means = np.empty((chains, *setting.cells, count))
    rooms = Rooms(lambda: np.empty((draws, *setting.cells, count)))

    def evaluate(chain: int) -> None:
        inputs = setting.inputs(chain, presence)
        with rooms.one() as room:
            if timing is None:
                _, npv[chain] = evaluate_inputs(inputs, room)
            else:
                _, npv[chain] = evaluate_timed(inputs, timing[chain], room)
            check_finite(npv[chain], setting, chain)
            means[chain] = room.mean(axis=0)

    in_threads(evaluate, range(chains))
    return npv, means


def check_finite(
    npv: Array, setting: Setting, row: int, chain: int | None = None, start: int = 0
) -> None:
    """Refuse payoffs that are not finite.

    Parameters
    ----------
    npv : array (draw, player, strategy)
        USD billion.
    setting : Setting
        Whose draws they are.
    row : int
        Place of their chain among the setting's draws.
    chain : int, optional
        Place of the chain in the run, where that is another.
    start : int
        Place of the first draw in its chain.

    Raises
    ------
    NumericalError
        With the player and that draw's quantities.
    """
    if np.isfinite(npv).all():
        return
    drawn = setting.drawn
    draw, player, strategy = (int(place) for place in np.argwhere(~np.isfinite(npv))[0])
    globals_ = drawn.globals_(row)[:, draw]
    own = drawn.of_players(row)[player, :, draw]
    shared, theirs = drawn.quantities.shared, drawn.quantities.own
    lines = [f"  {q.name} = {x:.6g}" for q, x in zip(shared, globals_, strict=True)]
    name, chosen = drawn.players[player], setting.strategies[strategy].name
    lines += [f"  players.{name}.{q.key} = {x:.6g}" for q, x in zip(theirs, own, strict=True)]
    head = f"the NPV of {chosen} for {name} is {npv[draw, player, strategy]}"
    where = f"draw {start + draw} of chain {row if chain is None else chain}"
    raise NumericalError("\n".join([f"{head} in {where}, where", *lines]))
