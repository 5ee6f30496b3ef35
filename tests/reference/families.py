"""Each continuous family with two or three parameters beside the same one of scipy.stats."""

from math import inf
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

from priors.distributions.catalog import CONTINUOUS

LINE = (-inf, inf)
POSITIVE = (0.0, inf)
UNIT = (0.0, 1.0)

TWO = ((10, 90), (5, 50), (50, 99), (1, 99), (40, 60))
THREE = ((10, 50, 90), (5, 50, 95), (25, 40, 60))


class Case(NamedTuple):
    """A member of a family, and the same distribution in scipy.stats.

    Attributes
    ----------
    stated : dict
        Its parameters.
    support : tuple of float
        Of a quantity that may have this prior.
    reference : scipy.stats distribution
    percents : tuple of tuple of int
        Sets of percentiles that tell it.
    """

    stated: dict[str, float]
    support: tuple[float, float]
    reference: Any
    percents: tuple[tuple[int, ...], ...] = TWO


CASES: dict[str, Case] = {
    "normal": Case({"mean": -1.0, "sd": 3.0}, LINE, stats.norm(-1.0, 3.0)),
    "lognormal": Case({"median": 2.0, "log_sd": 0.7}, POSITIVE, stats.lognorm(0.7, scale=2.0)),
    "beta": Case({"alpha": 2.0, "beta": 5.0}, UNIT, stats.beta(2.0, 5.0)),
    "gamma": Case({"shape": 1.7, "rate": 4.0}, POSITIVE, stats.gamma(1.7, scale=0.25)),
    "uniform": Case({"low": -2.0, "high": 5.0}, LINE, stats.uniform(-2.0, 7.0)),
    "triangular": Case(
        {"low": 1.0, "mode": 2.0, "high": 6.0}, LINE, stats.triang(0.2, 1.0, 5.0), THREE
    ),
    # Malcolm et al. (1959): shapes 1 + 4 (mode - low)/width and 1 + 4 (high - mode)/width
    "pert": Case(
        {"low": 1.0, "mode": 2.0, "high": 6.0}, LINE, stats.beta(1.8, 4.2, 1.0, 5.0), THREE
    ),
    "weibull": Case({"shape": 1.6, "life": 3.0}, POSITIVE, stats.weibull_min(1.6, scale=3.0)),
    "student_t": Case(
        {"location": -1.0, "spread": 2.0, "df": 3.5},
        LINE,
        stats.t(3.5, -1.0, 2.0),
        ((50, 75, 95), (5, 25, 60), (10, 40, 99)),
    ),
}
#: Families that are stated by parameters: each is tested, and has to have a case.
FAMILIES = sorted(name for name, family in CONTINUOUS.items() if family.parameters)

#: A member of every continuous family: parameters as its functions take them, and scipy.stats'.
MEMBERS: dict[str, tuple[tuple[float, ...], Any]] = {
    **{name: (tuple(case.stated.values()), case.reference) for name, case in CASES.items()},
    # Keelin (2016): two terms are a logistic
    "metalog": ((-inf, inf, 3.0, 2.0), stats.logistic(3.0, 2.0)),
}
#: Probabilities of the uncut family between which it is cut.
CUTS = {"whole": (0.0, 1.0), "below": (0.1, 1.0), "above": (0.0, 0.6), "both": (0.2, 0.9)}


class Cut:
    """A family of `CASES` between two of its quantiles, as stated and as scipy.stats has it.

    Attributes
    ----------
    stated : dict
        Family, parameters and bounds.
    bounds : dict
        The bounds alone.
    support : tuple of float
        Of a quantity that may have this prior.
    """

    def __init__(self, family: str, cut: str) -> None:
        parameters, self.support, self._whole, _ = CASES[family]
        self._low, self._high = CUTS[cut]
        self.bounds = {}
        if self._low > 0.0:
            self.bounds["lower"] = float(self._whole.ppf(self._low))
        if self._high < 1.0:
            self.bounds["upper"] = float(self._whole.ppf(self._high))
        self.stated = {"family": family, **parameters, **self.bounds}

    def ppf(self, u: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Quantiles of what is left after cutting."""
        probabilities = self._low + np.asarray(u) * (self._high - self._low)
        return np.asarray(self._whole.ppf(probabilities))

    def cdf(self, x: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Probabilities of what is left after cutting."""
        share = (self._whole.cdf(x) - self._low) / (self._high - self._low)
        return np.asarray(np.clip(share, 0.0, 1.0))

    def by_quantiles(self, percents: tuple[int, ...]) -> dict[str, Any]:
        """The same stated by quantiles of what is left."""
        quantiles = {f"p{p:02d}": float(self.ppf(p / 100)) for p in percents}
        return {"family": self.stated["family"], **self.bounds, **quantiles}
