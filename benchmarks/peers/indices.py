"""Sobol indices of exit less stay of one player, by this program and by SALib.

Both get the same priors, number of evaluations and compiled economics; they differ in their points,
in what they compute again, and in their estimators.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from benchmarks.peers.timing import Figures, Measured, timed
from model.analyses.sobol import kernel_indices
from model.economics.kernel import evaluate
from model.sampling.quantile_functions import fill_values
from priors.reading.load import load_priors
from priors.reading.records import Priors

__all__ = ["PLAYER", "by_salib", "of_ours", "reference"]

type Array = npt.NDArray[np.float64]

PLAYER = "openai"
_PAIR = (0, 1)
_ORDERS = ("first", "total")
#: What a 95 % interval's half width is of a standard error: Student's t with 7 degrees of freedom
#: for ours, the normal one for SALib's bootstrap.
_T, _NORMAL = 2.3646, 1.96


def of_ours(size: int, seed: int = 1, repeats: int = 3) -> Measured:
    """First-order and total indices, as `decide sensitivity` makes them.

    Parameters
    ----------
    size : int
        Base sample, a power of two.
    seed : int
        Of the points.
    repeats : int
        How often it is timed.

    Returns
    -------
    Measured
        Figures are the indices of every input.
    """
    priors, player = load_priors("base.toml"), (PLAYER,)
    kernel_indices(priors, {player: _PAIR}, 64, 0)
    found, wall, cpu = timed(lambda: kernel_indices(priors, {player: _PAIR}, size, seed), repeats)
    of = found.isel(output=0)
    names = [str(path) for path in of["input"].values]
    figures: Figures = {}
    for order in _ORDERS:
        values = of[f"{order}_order"].values
        errors = (of[f"{order}_order_upper"].values - values) / _T
        figures |= _figures(order, names, values, errors)
    return Measured(int(found.attrs["evaluations"]), wall, cpu, figures)


def reference(size: int) -> Measured:
    """The same of a larger base sample and another seed, to measure both errors against.

    Parameters
    ----------
    size : int
        Base sample, a power of two.

    Returns
    -------
    Measured
    """
    return of_ours(size, seed=2, repeats=1)


def by_salib(size: int) -> Measured:
    """The same by SALib: its points, our quantile functions and economics, its estimators.

    Parameters
    ----------
    size : int
        Base sample, a power of two.

    Returns
    -------
    Measured
        Figures are the indices of every input.
    """
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sampling

    evaluated, names = _model(load_priors("base.toml"))
    count = len(names)
    problem = {"num_vars": count, "names": names, "bounds": [[0.0, 1.0]] * count}

    def run(points: int) -> tuple[int, dict[str, Array]]:
        uniform = sampling.sample(problem, points, calc_second_order=False, seed=1)
        found = analyze.analyze(problem, evaluated(uniform), calc_second_order=False, seed=1)
        return len(uniform), found

    run(64)
    (evaluations, found), wall, cpu = timed(lambda: run(size))
    figures: Figures = {}
    for order, key in zip(_ORDERS, ("S1", "ST"), strict=True):
        figures |= _figures(order, names, found[key], found[f"{key}_conf"] / _NORMAL)
    return Measured(evaluations, wall, cpu, figures)


def _figures(order: str, names: list[str], values: Array, errors: Array) -> Figures:
    pairs = zip(values.tolist(), errors.tolist(), strict=True)
    return {f"{order} {name}": pair for name, pair in zip(names, pairs, strict=True)}


def _model(priors: Priors) -> tuple[Callable[[Array], Array], list[str]]:
    """From points (row, input) in the unit cube to exit less stay (row,); and the inputs' paths."""
    players, quantities = [one.name for one in priors.players], priors.quantities
    keys: list[tuple[str, str | None]] = [(one.name, None) for one in quantities.shared]
    shared = len(keys)
    keys += [(one.name, player) for player in players for one in quantities.own]
    found = [priors.priors[key] for key in keys]
    fixed = np.array([one.distribution.quantile(0.5) for one in found])
    varying = [place for place, one in enumerate(found) if not one.distribution.constant]
    decider = players.index(PLAYER)

    def evaluated(uniform: Array) -> Array:
        values = np.repeat(fixed[:, None], len(uniform), axis=1)
        # SciPy's Sobol points may lie at 0 exactly
        scores = ndtri(np.clip(uniform.T, 2.0**-33, 1.0 - 2.0**-33))
        for row, place in enumerate(varying):
            fill_values(found[place].distribution, scores[row, None], values[place, None])
        own = values[shared:].reshape(len(players), len(quantities.own), -1)
        _, npv = evaluate(values[:shared], own)
        return np.asarray(npv[:, decider, _PAIR[0]] - npv[:, decider, _PAIR[1]])

    return evaluated, [found[place].path for place in varying]
