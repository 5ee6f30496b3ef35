"""Distributions: a family, cut, mixed and moved; quantile and distribution function.

Numbers first: everything here takes and returns plain arrays.
"""

from dataclasses import dataclass, replace
from math import inf

import numpy as np
import numpy.typing as npt
from scipy import special

from priors.distributions.catalog import FAMILIES
from priors.distributions.family import Array, Continuous, Discrete, Family, Mixed, Parameters

__all__ = ["OUTMOST_SCORE", "Distribution"]

#: Beyond this a float hardly tells Φ(z) from 1: moved scores are held in here where no closed form
#: takes the score itself.
OUTMOST_SCORE = 8.0


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution: a family, cut to [`lower`, `upper`], then moved.

    Attributes
    ----------
    family : str
        A key of `FAMILIES`.
    parameters : tuple of float
        As the family's functions take them: those that it names, in order; of ``discrete`` values,
        then weights; of ``metalog`` both ends of its domain, then coefficients.
    lower, upper : float
        Where the family is cut, before `scale` and `shift`.
    scale, shift : float
        A draw is ``scale * y + shift``, where y has the cut family's distribution.
    score_shift, score_spread : float
        The draw at the standard normal score z is what it would be without these two at
        ``score_shift + score_spread * z``.
    weights : tuple of float
        Of a ``mixture``'s components; they add up to 1.
    components : tuple of Distribution
        Of a ``mixture``; each cut by itself, so that the weights hold as stated.
    """

    family: str
    parameters: Parameters
    lower: float = -inf
    upper: float = inf
    scale: float = 1.0
    shift: float = 0.0
    score_shift: float = 0.0
    score_spread: float = 1.0
    weights: Parameters = ()
    components: tuple["Distribution", ...] = ()

    @property
    def record(self) -> Family:
        """What the family states of itself."""
        return FAMILIES[self.family]

    @property
    def discrete(self) -> bool:
        """Whether draws take countably many values."""
        return isinstance(self.record, Discrete)

    @property
    def constant(self) -> bool:
        """Whether all draws are the same."""
        return isinstance(self.record, Discrete) and self.record.certain

    @property
    def elementary(self) -> bool:
        """Whether quantiles cost no more than to look them up in a table."""
        if isinstance(self.record, Continuous):
            return self.record.elementary
        return self.discrete

    @property
    def of_own_scores(self) -> "Distribution":
        """The same without `score_shift` and `score_spread`."""
        if not self._moved:
            return self
        return replace(self, score_shift=0.0, score_spread=1.0)

    @property
    def exact_in_tails(self) -> bool:
        """Whether it is computed from scores, however far out, without a probability between."""
        record = self.record
        return isinstance(record, Continuous) and bool(record.of_score) and self._whole

    @property
    def _moved(self) -> bool:
        return (self.score_shift, self.score_spread) != (0.0, 1.0)

    @property
    def _whole(self) -> bool:
        return self.kept() == (0.0, 1.0)

    def atoms(self) -> tuple[Parameters, Parameters]:
        """Values of a discrete distribution before `scale` and `shift`, and probabilities.

        Returns
        -------
        tuple of float
            The values, ascending.
        tuple of float
            Their probabilities, which add up to 1.

        Raises
        ------
        TypeError
            If the family is continuous or a mixture.
        """
        values, weights = self._own_atoms()
        if not self._moved:
            return values, weights
        ends = self._probability(np.clip(np.cumsum(weights)[:-1], 0.0, 1.0))
        return values, tuple(np.diff(ends, prepend=0.0, append=1.0).tolist())

    def _own_atoms(self) -> tuple[Parameters, Parameters]:
        record = self.record
        if not isinstance(record, Discrete):
            raise TypeError(f"{self.family} is not discrete")
        return record.atoms(self.parameters)

    def kept(self) -> tuple[float, float]:
        """Probabilities of the uncut family below `lower` and up to `upper`.

        Returns
        -------
        float
            Probability below `lower`: 0 where nothing is cut.
        float
            Probability up to `upper`: 1 where nothing is cut.
        """
        ends = self._base_cdf(np.array([self.lower, self.upper]))
        return float(ends[0]), float(ends[1])

    def ppf(self, u: npt.ArrayLike) -> Array:
        """Quantile function.

        Parameters
        ----------
        u : array_like
            Probabilities in (0, 1), any shape.

        Returns
        -------
        ndarray
            The quantiles, of the same shape, in the quantity's unit.
        """
        u = np.asarray(u, dtype=np.float64)
        return self.from_score(special.ndtri(u)) if self._moved else self._ppf(u)

    def _ppf(self, u: Array) -> Array:
        """Quantile function as it is without a move of the scores."""
        if isinstance(self.record, Continuous):
            low, high = self.kept()
            base = np.clip(self._base_ppf(low + u * (high - low)), self.lower, self.upper)
        else:
            base = self._base_ppf(u)
        return np.asarray(self.scale * base + self.shift)

    def from_score(self, z: npt.ArrayLike) -> Array:
        """Value at the standard normal score `z`, any shape: ``ppf(Φ(z))``, exact in the tails.

        Moved scores beyond ±8 count as ±8 unless the distribution is `exact_in_tails`.

        Parameters
        ----------
        z : array_like
            Standard normal scores, any shape.

        Returns
        -------
        ndarray
            Of the shape of `z`, in the quantity's unit.
        """
        z, record = np.asarray(z, dtype=np.float64), self.record
        if self._moved:
            z = self.score_shift + self.score_spread * z
        if isinstance(record, Continuous) and record.of_score and self._whole:
            return np.asarray(self.scale * record.of_score(self.parameters, z) + self.shift)
        if self._moved:
            z = np.clip(z, -OUTMOST_SCORE, OUTMOST_SCORE)
        return self._ppf(special.ndtr(z))

    def cdf(self, x: npt.ArrayLike) -> Array:
        """Probability of a value up to `x`, any shape.

        Parameters
        ----------
        x : array_like
            Values in the quantity's unit, any shape.

        Returns
        -------
        ndarray
            Of the shape of `x`, from 0 to 1.
        """
        base = self._base_cdf((np.asarray(x, dtype=np.float64) - self.shift) / self.scale)
        if isinstance(self.record, Continuous):
            low, high = self.kept()
            base = np.asarray(np.clip((base - low) / (high - low), 0.0, 1.0))
        return self._probability(base) if self._moved else base

    def _probability(self, below: Array) -> Array:
        """What the move of the scores makes of probabilities `below` values."""
        z = special.ndtri(np.clip(below, 0.0, 1.0))
        return np.asarray(special.ndtr((z - self.score_shift) / self.score_spread))

    def quantile(self, probability: float) -> float:
        """The quantile of one probability.

        Parameters
        ----------
        probability : float
            In (0, 1).

        Returns
        -------
        float
            In the quantity's unit.
        """
        return float(self.ppf(probability))

    def support(self) -> tuple[float, float]:
        """Smallest and largest value that it can take; infinite where there is no end.

        Returns
        -------
        float
            The smallest, in the quantity's unit.
        float
            The largest.
        """
        record = self.record
        if isinstance(record, Continuous):
            low, high = record.domain(self.parameters)
            ends = max(self.lower, low), min(self.upper, high)
        elif isinstance(record, Discrete):
            values, _ = self.atoms()
            ends = values[0], values[-1]
        else:
            parts = [component.support() for component in self.components]
            ends = min(low for low, _ in parts), max(high for _, high in parts)
        return self.scale * ends[0] + self.shift, self.scale * ends[1] + self.shift

    def _base_ppf(self, u: Array) -> Array:
        record = self.record
        if isinstance(record, Continuous):
            return record.ppf(self.parameters, u)
        if isinstance(record, Mixed):
            return record.ppf(self.weights, self.components, u)
        values, weights = self._own_atoms()
        steps = np.cumsum(weights)[:-1]
        return np.asarray(np.asarray(values)[np.searchsorted(steps, u, side="right")])

    def _base_cdf(self, x: Array) -> Array:
        record = self.record
        if isinstance(record, Continuous):
            return record.cdf(self.parameters, x)
        if isinstance(record, Mixed):
            return record.cdf(self.weights, self.components, x)
        values, weights = self._own_atoms()
        steps = np.concatenate([[0.0], np.cumsum(weights)])
        if self._moved:
            steps[-1] = 1.0  # a rounding short of it would be moved far
        return np.asarray(steps[np.searchsorted(values, x, side="right")])
