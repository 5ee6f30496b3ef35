"""How the Sobol draws of a run are made, as plain numbers, so that they can be made elsewhere.

Of every dimension the key of its random streams, its direction numbers, and what the copula mixes
into it; of every quantity its dimension, and its quantile function: a closed form of the normal
score, steps, or a table as coarse as it may be.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from scipy import special

from model.numerics.arrays import Array, Words
from model.sampling.copula import copula
from model.sampling.dimensions import columns, dimension, number_of_dimensions
from model.sampling.joint import Row, stream_key
from model.sampling.quantile_functions import interpolated
from model.sampling.sobol_sequence import direction_numbers
from priors.distributions.distribution import OUTMOST_SCORE, Distribution
from priors.reading.records import Priors

__all__ = ["Quantiles", "Recipe", "Source", "quantiles_of", "recipe"]

#: Nodes a unit of score that are tried, and the largest error relative to the spread and the value.
_NODES, _TOLERANCE = (8, 16, 32, 80), 1e-6
#: Scores within which it must hold: of a million draws none lies beyond.
_USUAL = 5.0
#: Nodes beyond the outmost score, for slopes by differences.
_BEYOND = 3


@dataclass(frozen=True, slots=True)
class Source:
    """One dimension of the sampler.

    Attributes
    ----------
    key : tuple of int
        Of its random streams, after the chain.
    mix : tuple of (int, float)
        Places among a recipe's sources, and factors of their independent scores; empty where it is
        correlated with nothing.
    """

    key: tuple[int, int]
    mix: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Quantiles:
    """A quantile function of a normal score z.

    Attributes
    ----------
    form : {"lognormal", "normal", "steps", "table"}
        ``numbers[0] · exp(numbers[1] · z) + numbers[2]``; ``numbers[0] + numbers[1] · z``; values,
        each from a score on; or interpolated.
    numbers : tuple of float
        Of steps the values; of a table both ends.
    scores : tuple of float
        Of steps: at which the second and each later value begins.
    nodes : array
        Of a table: values at equidistant scores, `_BEYOND` of them beyond `OUTMOST_SCORE`.
    step : float
        Of a table: scores between two nodes.
    moved : tuple of float
        The scores are ``moved[0] + moved[1] · z``.
    """

    form: str
    numbers: tuple[float, ...]
    scores: tuple[float, ...] = ()
    nodes: Array = field(default_factory=lambda: np.empty(0))
    step: float = 0.0
    moved: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How draws are made.

    Attributes
    ----------
    sources : tuple of Source
        The dimensions that are needed.
    directions : array of uint32 (source, bit)
        Their direction numbers.
    places : tuple of int
        The source of each quantity asked for.
    """

    sources: tuple[Source, ...]
    directions: Words
    places: tuple[int, ...]


def recipe(priors: Priors, rows: Sequence[Row], bits: int) -> Recipe:
    """How the first 2^`bits` draws of every chain of some quantities are made.

    Parameters
    ----------
    priors : Priors
        The resolved prior file.
    rows : sequence of Row
        Which quantities.
    bits : int
        Direction numbers of each dimension.

    Returns
    -------
    Recipe
    """
    quantities, everyone = priors.quantities, priors.all_players()
    every: list[Row] = [(quantity, None) for quantity in quantities.shared]
    every += [(quantity, player) for player in everyone for quantity in quantities.own]

    def of(row: Row) -> int:
        return dimension(quantities, row[0].name, None if row[1] is None else row[1].place)

    found = {of(row): row for row in every}
    joined = copula(priors)
    mixes = {
        end: [(joined.dimensions[k], float(joined.factor[place, k])) for k in joined.sources(place)]
        for place, end in enumerate(joined.dimensions)
    }
    wanted = [of(row) for row in rows]
    needed = dict.fromkeys(wanted)
    needed |= dict.fromkeys(k for end in wanted for k, _ in mixes.get(end, ()))
    order = {end: place for place, end in enumerate(needed)}
    sources = tuple(
        Source(
            stream_key(*found[end]),
            tuple((order[k], factor) for k, factor in mixes.get(end, ()) if k in order),
        )
        for end in order
    )
    chosen = columns(quantities, number_of_dimensions(quantities, len(everyone)))
    directions = direction_numbers([chosen[end] for end in order])[:, :bits]
    return Recipe(sources, directions, tuple(order[end] for end in wanted))


def quantiles_of(distribution: Distribution) -> Quantiles:
    """The quantile function of a distribution, as plain numbers.

    Parameters
    ----------
    distribution : Distribution
        Of one quantity, no constant.

    Returns
    -------
    Quantiles
    """
    found = _of_own_scores(distribution.of_own_scores)
    return replace(found, moved=(distribution.score_shift, distribution.score_spread))


def _of_own_scores(distribution: Distribution) -> Quantiles:
    scale, shift = distribution.scale, distribution.shift
    if distribution.discrete:
        values, weights = distribution.atoms()
        steps = special.ndtri(np.cumsum(weights)[:-1])
        at = tuple(scale * value + shift for value in values)
        return Quantiles("steps", at, tuple(float(score) for score in steps))
    uncut = not distribution.components and distribution.kept() == (0.0, 1.0)
    if uncut and distribution.family == "lognormal":
        median, spread = distribution.parameters
        return Quantiles("lognormal", (scale * median, spread, shift))
    if uncut and distribution.family == "normal":
        mean, spread = distribution.parameters
        return Quantiles("normal", (scale * mean + shift, scale * spread))
    return _table(distribution)


@lru_cache(maxsize=4096)
def _table(distribution: Distribution) -> Quantiles:
    """The coarsest table that is good enough; the finest where none is."""
    tried = np.arange(-OUTMOST_SCORE, OUTMOST_SCORE, 1 / 37)
    exact = distribution.from_score(tried)
    spread = distribution.quantile(0.95) - distribution.quantile(0.05)
    for each in _NODES:
        half = int(OUTMOST_SCORE * each) + _BEYOND
        scores = np.arange(-half, half + 1) / each
        nodes = distribution.from_score(np.clip(scores, -OUTMOST_SCORE, OUTMOST_SCORE))
        found = interpolated(nodes, float(each), tried, *distribution.support())
        within = np.abs(found - exact) <= _TOLERANCE * (spread + np.abs(exact))
        if within[np.abs(tried) < _USUAL].all():
            break
    return Quantiles("table", distribution.support(), (), nodes, 1.0 / each)
