"""Value of information the slow way, and in closed form."""

from collections.abc import Callable
from math import log, sqrt

import numpy as np
import numpy.typing as npt
from scipy.stats import beta, betabinom, norm

type Array = npt.NDArray[np.float64]


def nested_value(
    payoff: Callable[..., Array],
    information: Callable[[np.random.Generator], object],
    given: Callable[..., object],
    outer: int,
    inner: int,
    seed: int = 0,
) -> tuple[float, float]:
    """Two-level Monte Carlo: learn something, average the payoffs given it, choose, repeat.

    Parameters
    ----------
    payoff : callable
        Quantities (what `given` returns) → payoffs (draw, strategy).
    information : callable
        Draws one piece of information.
    given : callable
        (information, number of draws, rng) → draws of the quantities given the information.
    outer, inner : int
        Pieces of information, and draws for each.

    Returns
    -------
    tuple of float
        The value, and its standard error. An upward bias of the order of 1/inner is in the value.
    """
    rng = np.random.default_rng(seed)
    means = np.array([payoff(given(information(rng), inner, rng)).mean(0) for _ in range(outer)])
    gains = means.max(axis=1) - means[:, means.mean(axis=0).argmax()]
    return float(gains.mean()), float(gains.std(ddof=1) / sqrt(outer))


def normal_value(mean: float, sd: float) -> float:
    """Value of learning a normal incremental net benefit: σφ(μ/σ) − |μ|Φ(−|μ|/σ).

    With sd that of the expected benefit given the information, the value of that information.
    """
    if sd == 0.0:
        return 0.0
    return float(sd * norm.pdf(mean / sd) - abs(mean) * norm.cdf(-abs(mean) / sd))


def sd_given(weights: Array, covariance: Array, known: list[int]) -> float:
    """Standard deviation of E[w·x | x_known] for normal x: √(cᵀ Σ⁻¹ c), c = cov(w·x, x_known)."""
    across = (covariance @ weights)[known]
    return float(np.sqrt(across @ np.linalg.solve(covariance[np.ix_(known, known)], across)))


def lognormal_value(strike: float, sd: float) -> float:
    """E max(X, k) − max(E X, k) for a lognormal X of mean 1 (Black and Scholes 1973)."""
    up = (log(1.0 / strike) + sd**2 / 2.0) / sd
    call = norm.cdf(up) - strike * norm.cdf(up - sd)
    return float(call - max(1.0 - strike, 0.0))


class Ades:
    """The decision of Ades, Lu and Claxton (2004), as restated by Heath et al. (2020).

    A treatment halves or better the odds of a critical event, at a cost and with side effects. The
    incremental net benefit is linear in the probability of side effects and in the quality of life
    after the event, given the others.
    """

    years, side_effect_loss, threshold = 30.0, 1.0, 75_000.0
    event_cost, treatment_cost, side_effect_cost = 200_000.0, 15_000.0, 100_000.0
    side_effects = (3.0, 9.0)

    @classmethod
    def draw(cls, draws: int, rng: np.random.Generator) -> dict[str, Array]:
        """Draw the four uncertain quantities."""
        return {
            "side_effects": rng.beta(*cls.side_effects, draws),
            "quality": 1.0 / (1.0 + np.exp(-rng.normal(0.6, sqrt(1 / 6), draws))),
            "untreated": rng.beta(15.0, 85.0, draws),
            "odds_ratio": np.exp(rng.normal(-1.5, sqrt(1 / 3), draws)),
        }

    @classmethod
    def treated(cls, q: dict[str, Array]) -> Array:
        """Probability of the event under treatment."""
        odds = q["untreated"] / (1.0 - q["untreated"]) * q["odds_ratio"]
        return odds / (1.0 + odds)

    @classmethod
    def payoffs(cls, q: dict[str, Array]) -> Array:
        """Net benefit (draw, strategy) of the standard and of the treatment."""
        lost = cls.threshold * cls.years * (1.0 - q["quality"]) / 2.0 + cls.event_cost
        side = cls.side_effect_cost + cls.threshold * cls.side_effect_loss
        standard = -q["untreated"] * lost
        treatment = -cls.treated(q) * lost - q["side_effects"] * side - cls.treatment_cost
        return np.stack([standard, treatment], axis=1)

    @classmethod
    def side_effects_line(cls, draws: int = 4_000_000) -> tuple[float, float]:
        """Level and slope of E[benefit | probability of side effects].

        The level is an expectation over the other three quantities, which is taken over so many
        draws that its error does not matter.
        """
        q = cls.draw(draws, np.random.default_rng(1))
        q["side_effects"] = np.zeros(draws)
        standard, treatment = cls.payoffs(q).mean(axis=0)
        slope = -(cls.side_effect_cost + cls.threshold * cls.side_effect_loss)
        return float(treatment - standard), slope

    @classmethod
    def evppi_side_effects(cls) -> float:
        """EVPPI of the probability of side effects."""
        level, slope = cls.side_effects_line()
        grid = beta(*cls.side_effects).ppf((np.arange(200_000) + 0.5) / 200_000)
        benefit = level + slope * grid
        return float(np.maximum(benefit, 0.0).mean() - max(benefit.mean(), 0.0))

    @classmethod
    def evsi_side_effects(cls, patients: int) -> float:
        """EVSI of counting side effects in so many patients: a sum over the counts."""
        a, b = cls.side_effects
        level, slope = cls.side_effects_line()
        counts = np.arange(patients + 1)
        benefit = level + slope * (a + counts) / (a + b + patients)
        weight = betabinom(patients, a, b).pmf(counts)
        return float(weight @ np.maximum(benefit, 0.0) - max(weight @ benefit, 0.0))


def mean_one(log_sd: float, score: Array) -> Array:
    """Lognormal values of mean 1 from normal scores."""
    return np.exp(log_sd * score - log_sd**2 / 2.0)
