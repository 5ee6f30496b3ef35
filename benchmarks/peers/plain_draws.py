"""Independent draws from a prior file in plain NumPy and SciPy, correlated by the same copula.

What nothing is correlated with comes from NumPy's own generators. The others are quantiles of
correlated normal scores, looked up in a table where the quantile function would be slow: a table
of so many places is right to some six digits, far within any Monte Carlo error.
"""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from priors.distributions.distribution import Distribution
from priors.reading.correlation import normal_correlation
from priors.reading.records import Priors

__all__ = ["PlainDraws", "correlation_matrix", "named"]

type Array = npt.NDArray[np.float64]
#: A quantity's name, and whose it is; None of one of the industry.
type Key = tuple[str, str | None]

_SCORES = np.linspace(-8.2, 8.2, 16_385)


class PlainDraws:
    """Draws of every quantity of a prior file.

    Parameters
    ----------
    priors : Priors
        From `load_priors`, none of its players excluded.
    """

    def __init__(self, priors: Priors) -> None:
        self.priors = priors
        self.correlated, matrix = correlation_matrix(priors)
        self.factor = np.linalg.cholesky(matrix)
        found = {key: prior.distribution for key, prior in priors.priors.items()}
        self.quantiles = {key: _quantiles(found[key]) for key in self.correlated}
        self.free = {key: of for key, of in found.items() if key not in self.quantiles}

    def draw(self, draws: int, rng: np.random.Generator) -> dict[str, Array]:
        """Draw every quantity.

        Parameters
        ----------
        draws : int
            How many.
        rng : Generator
            NumPy's.

        Returns
        -------
        dict
            Dotted name to (draw,), or (player, draw) of what is a player's.
        """
        scores = self.factor @ rng.standard_normal((len(self.correlated), draws))
        found = {
            key: self.quantiles[key](row) for key, row in zip(self.correlated, scores, strict=True)
        }
        for key, distribution in self.free.items():
            found[key] = _drawn(distribution, draws, rng)
        return named(self.priors, found)


def correlation_matrix(priors: Priors) -> tuple[list[Key], Array]:
    """The quantities that any correlation touches, and the correlations of their normal scores.

    Parameters
    ----------
    priors : Priors
        From `load_priors`.

    Returns
    -------
    list
        Keys of the quantities.
    ndarray, shape (quantity, quantity)
    """
    keys = list(
        dict.fromkeys(end for one in priors.correlations for end in (one.first, one.second))
    )
    keys = [key for key in keys if not priors.priors[key].distribution.constant]
    matrix = np.eye(len(keys))
    for one in priors.correlations:
        if one.first in keys and one.second in keys:
            row, column = keys.index(one.first), keys.index(one.second)
            matrix[row, column] = matrix[column, row] = normal_correlation(one.rank)
    return keys, matrix


def named(priors: Priors, found: Mapping[Key, Array]) -> dict[str, Array]:
    """Draws by name, the players' of one quantity in one array.

    Parameters
    ----------
    priors : Priors
        From `load_priors`.
    found : mapping
        Each quantity of the industry and of each player to its draws (draw,).

    Returns
    -------
    dict
        Dotted name to (draw,), or (player, draw).
    """
    by_name = {one.name: found[one.name, None] for one in priors.quantities.shared}
    for one in priors.quantities.own:
        by_name[one.name] = np.stack([found[one.name, who.name] for who in priors.players])
    return by_name


def _quantiles(distribution: Distribution) -> Callable[[Array], Array]:
    """From normal scores to values: by formula if that is quick, otherwise by a table."""
    if distribution.family == "lognormal" and distribution.kept() == (0.0, 1.0):
        return distribution.from_score
    table = distribution.from_score(_SCORES)
    return lambda scores: np.interp(scores, _SCORES, table)


def _drawn(distribution: Distribution, draws: int, rng: np.random.Generator) -> Array:
    """Draws (draw,) by NumPy's generator; those beyond where the prior is cut are drawn again."""
    first = distribution.parameters
    if distribution.constant:
        return np.full(draws, distribution.quantile(0.5))
    by_family: dict[str, Callable[[int], Array]] = {
        "lognormal": lambda n: rng.lognormal(np.log(first[0]), first[1], n),
        "normal": lambda n: rng.normal(first[0], first[1], n),
        "beta": lambda n: rng.beta(first[0], first[1], n),
        "bernoulli": lambda n: np.asarray(rng.random(n) < first[0], dtype=np.float64),
    }
    make = by_family[distribution.family]
    values = make(draws)
    while (wrong := (values < distribution.lower) | (values > distribution.upper)).any():
        values[wrong] = make(int(wrong.sum()))
    return distribution.scale * values + distribution.shift
