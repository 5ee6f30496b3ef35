"""One rule a player and strategy, fitted to draws of all chains of a run: for use outside of it.

In a run each chain has rules of its own, so that chains are independent. Where worlds are valued
that are not the run's, one rule stands for all of them. It is fitted to as many draws as each of
the run's was, since more would make another rule where the decision is close; to the last ones of
each chain, so that those who value the first ones do not use what it was fitted to.
"""

from itertools import product

import numpy as np

from model.economics.exercise import STATES
from model.economics.presence import Presence
from model.numerics.arrays import Array
from model.numerics.threads import Rooms, in_threads
from model.sampling.draws import Draws
from model.simulation.exercise import DEGREE, exercise_of, unobserved
from model.simulation.setting import Setting
from model.stopping.basis import Basis
from model.stopping.date_draws import Room
from model.stopping.longstaff_schwartz import Option, Outcome, Rule, follow
from model.stopping.study import Folds

__all__ = ["pooled_rules", "table_of"]

#: Draws of each chain at least.
_FEWEST = 4


def pooled_rules(setting: Setting, presence: Presence) -> dict[tuple[int, int], Rule]:
    """The rule of every player and strategy.

    Parameters
    ----------
    setting : Setting
        Draws and strategies of a run.
    presence : Presence
        Which rivals are there, draws chain by chain.

    Returns
    -------
    dict of (int, int) to Rule
        By places of player and strategy.
    """
    part, there = _last(setting, presence)
    found, draws = exercise_of(part, there), part.drawn.shape[0] * part.drawn.shape[1]
    basis = Basis.polynomials(len(STATES), DEGREE, observed=False)
    rooms, order = Rooms(lambda: Room.of(basis, draws)), np.arange(draws)

    def fitted(cell: tuple[int, int]) -> Rule:
        option = found.option(*cell)
        rule = Rule.waiting(len(option.years), basis)
        outcome = Outcome.never(np.zeros((0, draws)))
        with rooms.one() as room:
            follow(_contiguous(unobserved(option)), order, draws, basis, rule, room, outcome)
        return rule

    cells = list(product(range(setting.cells[0]), range(setting.cells[1])))
    return dict(zip(cells, in_threads(fitted, cells), strict=True))


def _last(setting: Setting, presence: Presence) -> tuple[Setting, Presence]:
    """The last draws of each chain, and who is there."""
    drawn, (chains, draws) = setting.drawn, setting.drawn.shape
    fitted = int(Folds.dealt(draws, 0).train[0])
    part = slice(max(draws - max(fitted // chains, _FEWEST), 0), draws)
    values = np.ascontiguousarray(drawn.values[:, :, part])
    players = len(drawn.players)
    last = presence.last.reshape(-1, chains, draws, players)[:, :, part]
    there = Presence(np.ascontiguousarray(last).reshape(len(last), -1, players), presence.weight)
    return Setting(Draws(values, drawn.players, drawn.quantities), setting.strategies), there


def _contiguous(option: Option) -> Option:
    """The same; compiled code then is that of a run."""
    return Option(
        np.ascontiguousarray(option.exercise),
        np.ascontiguousarray(option.states),
        np.ascontiguousarray(option.open),
        option.observed,
    )


def table_of(rule: Rule) -> Array:
    """The numbers of a rule.

    Parameters
    ----------
    rule : Rule
        Any.

    Returns
    -------
    array (date, number)
        Whether it pays; limits of the corrections; centres and scales of the states; coefficients,
        stage by stage.
    """
    dates = len(rule.pays)
    return np.concatenate(
        [
            rule.pays[:, None].astype(float),
            rule.limits[:, 1:],
            rule.center,
            rule.scale,
            rule.coefficients.reshape(dates, -1),
        ],
        axis=1,
    )
