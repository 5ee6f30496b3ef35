"""The exercise rule in units that a manager can observe: a shallow tree a date.

The regression rule weighs twenty polynomials of what the player sees. A tree with a few leaves,
fitted to its advice and weighted by what a wrong decision would cost, says nearly the same in
words; how nearly is measured, on draws that the tree was not fitted to.
"""

from math import inf
from typing import Any

import numpy as np

from model.analyses.results.option import Condition, Trigger
from model.economics.axes import FIRST_YEAR
from model.economics.exercise import RealOption
from model.numerics.arrays import Array, Flags

__all__ = ["OBSERVED", "observed", "simple_rule"]


#: What a manager can observe at the end of a year, and its unit, in the order of `STATES`.
OBSERVED: tuple[tuple[str, str], ...] = (
    ("market revenue", "USD billion/year"),
    ("cost per dollar of revenue", "1"),
    ("own operating cash flow", "USD billion/year"),
)
_LEAVES = 3
#: A leaf holds this part of the draws or more: no rule for a handful of draws.
_SMALLEST = 0.02
#: Draws that a tree is fitted to: more would move its thresholds by less than anyone can observe.
_FITTED = 16_384


def observed(states: Array) -> Array:
    """`states` (…, state) in observable units: logarithms undone.

    Parameters
    ----------
    states : array (…, state)
        In the order of `STATES`.

    Returns
    -------
    array (…, state)
        Market revenue and cash flow in USD billion/year, cost per dollar of revenue.
    """
    seen = states.copy()
    seen[..., :2] = np.exp(seen[..., :2])
    return seen


def simple_rule(
    real_option: RealOption, advantage: Array, seed: int = 0
) -> tuple[list[Trigger], float]:
    """Fit the simple rule, and measure what it keeps.

    Parameters
    ----------
    real_option : RealOption
        The real option on every draw.
    advantage : ndarray, shape (draw, date)
        Of using it over going on, by the regression rule; NaN where it is not live.
    seed : int
        Of the division into a half to fit and a half to measure.

    Returns
    -------
    triggers : list of Trigger
        One a date.
    payoff : float
        Mean payoff of the simple rule on the other half, USD billion.
    """
    draws = len(advantage)
    order = np.random.default_rng(seed).permutation(draws)
    fitted, measured = order[: draws // 2][:_FITTED], order[draws // 2 :]
    triggers, uses = [], np.zeros((len(measured), len(real_option.years)), dtype=np.bool_)
    for date, year in enumerate(real_option.years):
        seen = observed(real_option.states[date].T)
        tree = _fit(seen[fitted], advantage[fitted, date])
        triggers.append(_trigger(FIRST_YEAR + year, tree))
        live = real_option.live[date, measured]
        uses[live, date] = _advice(tree, seen[measured][live])
    first = np.where(uses.any(axis=1), uses.argmax(axis=1), -1)
    paid = real_option.exercise[np.maximum(first, 0), measured]
    return triggers, float(np.where(first >= 0, paid, 0.0).mean())


def _fit(seen: Array, advantage: Array) -> Any:
    """A tree of the advice, or the advice itself where it is the same everywhere."""
    from sklearn.tree import DecisionTreeClassifier

    known = np.isfinite(advantage)
    advice = advantage[known] > 0.0
    if advice.size == 0 or advice.all() or not advice.any():
        return bool(advice.size and advice[0])
    tree = DecisionTreeClassifier(
        max_leaf_nodes=_LEAVES,
        min_samples_leaf=max(1, int(_SMALLEST * advice.size)),
        random_state=0,
    )
    return tree.fit(seen[known], advice, sample_weight=np.abs(advantage[known]))


def _advice(tree: Any, seen: Array) -> Flags:
    if isinstance(tree, bool):
        return np.full(len(seen), tree)
    if len(seen) == 0:
        return np.zeros(0, dtype=np.bool_)
    return np.asarray(tree.predict(seen), dtype=np.bool_)


def _trigger(year: int, tree: Any) -> Trigger:
    if isinstance(tree, bool):
        return Trigger(year, tree, ())
    ways = tuple(_leaves(tree.tree_, 0, {}))
    always = ways == ((),)
    return Trigger(year, always, () if always else ways)


def _leaves(
    tree: Any, node: int, box: dict[int, tuple[float, float]]
) -> list[tuple[Condition, ...]]:
    """Conditions of every part below `node` that says to use the real option."""
    advice = _advice_below(tree, node)
    if advice == {True}:
        return [tuple(Condition(*OBSERVED[place], *ends) for place, ends in sorted(box.items()))]
    if advice == {False}:
        return []
    feature, threshold = int(tree.feature[node]), float(tree.threshold[node])
    above, below = box.get(feature, (-inf, inf))
    left = box | {feature: (above, threshold)}
    right = box | {feature: (threshold, below)}
    ways = _leaves(tree, int(tree.children_left[node]), left)
    return ways + _leaves(tree, int(tree.children_right[node]), right)


def _advice_below(tree: Any, node: int) -> set[bool]:
    """What the leaves below `node` say."""
    if int(tree.feature[node]) < 0:
        return {bool(tree.value[node][0].argmax())}
    children = (int(tree.children_left[node]), int(tree.children_right[node]))
    return _advice_below(tree, children[0]) | _advice_below(tree, children[1])
