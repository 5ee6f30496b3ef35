"""Whether standard errors hold: the spread of figures over seeds against the errors stated.

If a standard error is right, the spread of its figure over seeds is the root mean square of the
errors that the seeds state, and the figure lies within ±t errors of its mean in 95 % of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

__all__ = ["ALL", "BEYOND", "Row", "Sample", "covered", "ratios", "rows", "sample", "table"]

type Array = npt.NDArray[np.float64]

#: The name of the row of all figures.
ALL = "all figures"
#: A ratio above this is counted as beyond.
BEYOND = 1.6
#: Shares of the draws outside these are left out: they are 0 in most seeds, or 1.
_SHARES = (0.002, 0.998)
#: Spread and error of a figure that is the same in every seed, as a part of its size.
_ROUNDING = 1e-12
_RESAMPLES = 200

type Figures = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Sample:
    """The same figures in every seed.

    Attributes
    ----------
    keys : tuple of str
        Of each figure.
    values, errors : ndarray, shape (seed, figure)
        The figures, and the standard errors stated beside them.
    moved, rare, constant : int
        How many figures are left out: not in every seed, mostly because another strategy has taken
        the place that they speak of; shares that are nearly 0 or 1; the same in every seed.
    """

    keys: tuple[str, ...]
    values: Array
    errors: Array
    moved: int
    rare: int
    constant: int


@dataclass(frozen=True, slots=True)
class Row:
    """What holds of a class of figures.

    Attributes
    ----------
    name : str
        The class.
    figures : int
        How many there are.
    median, median_se, high, largest : float
        Of their ratios of spread and stated error: the median with its standard error over seeds,
        the 90 % point, and the largest.
    beyond : float
        Share of the ratios above `BEYOND`.
    covered : float
        Share of figures and seeds within the 95 % interval.
    """

    name: str
    figures: int
    median: float
    median_se: float
    high: float
    largest: float
    beyond: float
    covered: float


def sample(seeds: Sequence[Figures], is_share: Callable[[str], bool]) -> Sample:
    """Bring the figures of several seeds together.

    Parameters
    ----------
    seeds : sequence of mapping
        Key to figure and standard error, of each seed; two at least.
    is_share : callable
        Whether the figure of a key is a share of the draws.

    Returns
    -------
    Sample
        Without the figures that tell nothing of their errors. One that moves although every seed
        states an error of 0 stays.
    """
    every = list(dict.fromkeys(key for figures in seeds for key in figures))
    keys = [key for key in every if all(key in figures for figures in seeds)]
    pairs = np.array([[figures[key] for key in keys] for figures in seeds])
    values, errors = pairs[..., 0], pairs[..., 1]
    share = np.array([is_share(key) for key in keys])
    means = values.mean(axis=0)
    rare = share & ((means < _SHARES[0]) | (means > _SHARES[1]))
    least = _ROUNDING * np.abs(values).max(axis=0)
    constant = ~rare & (values.std(axis=0) <= least) & (errors.max(axis=0) <= least)
    kept = ~(rare | constant)
    return Sample(
        tuple(key for key, one in zip(keys, kept, strict=True) if one),
        values[:, kept],
        errors[:, kept],
        moved=len(every) - len(keys),
        rare=int(rare.sum()),
        constant=int(constant.sum()),
    )


def ratios(values: Array, errors: Array, counts: Array | None = None) -> Array:
    """Standard deviation over seeds by the root mean square of the errors stated.

    Parameters
    ----------
    values, errors : ndarray, shape (seed, figure)
        Figures and their standard errors, in one unit.
    counts : ndarray, shape (…, seed), optional
        How often each seed is taken; by default once.

    Returns
    -------
    ndarray, shape (…, figure)
        Infinite where a figure moves and every error is 0, NaN where neither is above 0.
    """
    seeds = len(values)
    taken = np.ones(seeds) if counts is None else counts
    centred = values - values.mean(axis=0)
    squares = taken @ centred**2 - (taken @ centred) ** 2 / seeds
    stated = taken @ errors**2 / seeds
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.sqrt(np.maximum(squares, 0.0) / (seeds - 1) / stated))


def covered(values: Array, errors: Array, chains: int) -> Array:
    """Share of the seeds whose 95 % interval holds the mean over the other seeds.

    That mean has an error of its own: the interval is ±t standard errors, t of Student's
    distribution with chains − 1 degrees of freedom, times √(N / (N − 1)) for N seeds.

    Parameters
    ----------
    values, errors : ndarray, shape (seed, figure)
        Figures and their standard errors, in one unit.
    chains : int
        From how many each error is.

    Returns
    -------
    ndarray, shape (figure,)
    """
    seeds = len(values)
    from_others = (values - values.mean(axis=0)) * seeds / (seeds - 1)
    widened = stdtrit(chains - 1, 0.975) * errors * np.sqrt(seeds / (seeds - 1))
    return np.asarray((np.abs(from_others) <= widened).mean(axis=0))


def rows(found: Sample, class_of: Callable[[str], str], chains: int) -> list[Row]:
    """Sum up each class of figures, and all of them.

    Parameters
    ----------
    found : Sample
        From `sample`.
    class_of : callable
        Key of a figure to its class.
    chains : int
        From how many each error is.

    Returns
    -------
    list of Row
        In the order of the keys; all figures are the last.
    """
    seeds = len(found.values)
    rng = np.random.default_rng(0)
    counts = rng.multinomial(seeds, np.full(seeds, 1.0 / seeds), _RESAMPLES).astype(np.float64)
    ratio, again = ratios(found.values, found.errors), ratios(found.values, found.errors, counts)
    inside = covered(found.values, found.errors, chains)
    classes: dict[str, list[int]] = {}
    for place, key in enumerate(found.keys):
        classes.setdefault(class_of(key), []).append(place)
    classes[ALL] = list(range(len(found.keys)))
    return [
        _row(name, ratio[places], again[:, places], inside[places])
        for name, places in classes.items()
    ]


def _row(name: str, ratio: Array, again: Array, inside: Array) -> Row:
    """A row from the ratios (figure,), those of resampled seeds, and the shares covered."""
    return Row(
        name,
        len(ratio),
        float(np.median(ratio)),
        float(np.nanmedian(again, axis=1).std(ddof=1)),
        float(np.quantile(ratio, 0.9, method="higher")),
        float(ratio.max()),
        float((ratio > BEYOND).mean()),
        float(inside.mean()),
    )


def table(found: Sequence[Row]) -> str:
    """The rows as a table in Markdown.

    Parameters
    ----------
    found : sequence of Row
        From `rows`.

    Returns
    -------
    str
    """
    head = (
        f"| figure | number | median (± s.e.) | 90 % point | largest | beyond {BEYOND} | covered |"
    )
    return "\n".join([head, "|---|---|---|---|---|---|---|", *map(_line, found)])


def _line(row: Row) -> str:
    cells = (
        row.name,
        f"{row.figures:,}",
        f"{row.median:.2f} ± {row.median_se:.2f}",
        f"{row.high:.2f}",
        f"{row.largest:.2f}",
        f"{100.0 * row.beyond:.1f} %",
        f"{100.0 * row.covered:.0f} %",
    )
    return f"| {' | '.join(cells)} |"
