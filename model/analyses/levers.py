"""The answer by range of the four uncertainties: market, robotics, chips, IPO."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.analyses.payoffs import Payoffs
from model.analyses.problems import quantities_of
from model.analyses.results.levers import LeverClass, Levers
from model.analyses.results.record import Figure
from model.economics.strategies import EXIT, STAY
from model.numerics.arrays import Array, Flags, Integers

if TYPE_CHECKING:
    import xarray as xr

__all__ = [
    "CHIPS",
    "CLASSES",
    "THIRDS",
    "Ranges",
    "classes_of",
    "lever_class",
    "levers",
    "ranges_of",
]

#: A range's name, and the draws in it (chain, draw).
type Ranges = Sequence[tuple[str, Flags]]

#: Each uncertainty to the names of its ranges.
CLASSES: Mapping[str, tuple[str, str, str]] = {
    "market": ("below 7", "7 to 50", "above 50"),
    "robotics": ("by 2030", "later", "never"),
    "chips": ("slowest", "middle", "fastest"),
    "ipo": ("below 0", "0 to 0.02", "above 0.02"),
}
#: The quantity whose ranges are the thirds of its own draws, and where these end.
CHIPS, THIRDS = "compute.chip_cost_decline", (1 / 3, 2 / 3)
#: Ends of the middle range: USD billion a year; a fraction of the valuation.
_MARKET, _IPO = (7.0, 50.0), (0.0, 0.02)
#: Years from the decision within which robotics comes by 2030.
_SOON = 5.0
_FEW = 2


def classes_of(run: "xr.DataTree") -> dict[str, Ranges] | None:
    """The draws of a run by range of each uncertainty; a quantity that is constant has one range.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.

    Returns
    -------
    dict or None
        Each of `CLASSES` to its ranges in order, which hold every draw once; None of a run without
        draws of its quantities.
    """
    if not {"prior", "posterior"} & set(run.children):
        return None
    quantities = quantities_of(run)

    def draws(name: str) -> Array:
        return np.asarray(quantities[name].transpose("chain", "draw").values)

    first, second = np.quantile(draws(CHIPS), THIRDS)
    return ranges_of(draws, (float(first), float(second)))


def ranges_of(draws: Callable[[str], Array], thirds: tuple[float, float]) -> dict[str, Ranges]:
    """Some draws by range of each uncertainty.

    Parameters
    ----------
    draws : callable
        Name of a quantity to its draws, of any shape.
    thirds : tuple of float
        Quantiles of `CHIPS` over all draws of the run, at `THIRDS`.

    Returns
    -------
    dict
        Each of `CLASSES` to its ranges in order, which hold every draw once.
    """
    comes = draws("robotics.success") > 0.0
    soon = draws("robotics.years_to_revenue") < _SOON
    ranges = {
        "market": _three(draws("market.size_2033"), *_MARKET),
        "robotics": (comes & soon, comes & ~soon, ~comes),
        "chips": _three(draws(CHIPS), *thirds),
        "ipo": _three(draws("ipo.valuation_impact"), *_IPO),
    }
    return {name: list(zip(CLASSES[name], ranges[name], strict=True)) for name in CLASSES}


def _three(values: Array, low: float, high: float) -> tuple[Flags, Flags, Flags]:
    """Below `low`, from it to `high`, above."""
    return values < low, (values >= low) & (values <= high), values > high


def levers(payoffs: Payoffs, classes: Mapping[str, Ranges]) -> Levers:
    """Exit less the best other strategy of each range, and exit less stay for good.

    Which of the others is the best is found anew in each range: a large market is the best other
    strategy's case, not that of the one which is best on average. A mean over a range is a ratio of
    two sums, as chains differ in how many of their draws lie in it; its standard error is from
    leaving out a chain at a time.

    Parameters
    ----------
    payoffs : Payoffs
        Of one decision.
    classes : mapping
        From `classes_of`.

    Returns
    -------
    Levers
        Figures are NaN where a chain has fewer than two draws in the range.
    """
    exit_ = payoffs.npv[EXIT]
    differences = [exit_ - other for other in payoffs.npv[STAY:]] + [payoffs.for_good]
    names = payoffs.names[STAY:]
    return Levers(
        **{
            lever: [_class(name, inside, differences, names) for name, inside in ranges]
            for lever, ranges in classes.items()
        }
    )


def _class(
    name: str, inside: Flags, differences: Sequence[Array], others: Sequence[str]
) -> LeverClass:
    """One range: `differences` (chain, draw) are exit less each of `others`, then for good."""
    sums = [(one * inside).sum(axis=1) for one in differences]
    return lever_class(name, inside.sum(axis=1), inside.shape[1], sums, others)


def lever_class(
    name: str, inside: Integers, draws: int, sums: Sequence[Array], others: Sequence[str]
) -> LeverClass:
    """One range, from sums over its draws.

    Parameters
    ----------
    name : str
        Of the range.
    inside : array of int (chain,)
        How many draws of each chain are in it.
    draws : int
        Draws of a chain.
    sums : sequence of array (chain,)
        Over these draws, of exit less each of `others`, then of exit less stay for good.
    others : sequence of str
        Names of the other strategies.

    Returns
    -------
    LeverClass
        Figures are NaN where a chain has fewer than two draws in the range.
    """
    share, counts = Figure.mean(inside / draws), inside.astype(float)
    if counts.min() < _FEW:
        none = Figure(np.nan, np.nan)
        return LeverClass(name, share, None, none, none)
    *each, for_good = (Figure.ratio(one, counts) for one in sums)
    best = min(range(len(each)), key=lambda place: each[place].value)
    return LeverClass(name, share, others[best], each[best], for_good)
