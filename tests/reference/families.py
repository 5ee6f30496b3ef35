"""Each continuous family with two or three parameters beside the same one of scipy.stats."""

from math import inf
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

LINE = (-inf, inf)
POSITIVE = (0.0, inf)
UNIT = (0.0, 1.0)

#: Stated parameters, support, and the same distribution in scipy.stats.
CASES: dict[str, tuple[dict[str, float], tuple[float, float], Any]] = {
    "normal": ({"mean": -1.0, "sd": 3.0}, LINE, stats.norm(-1.0, 3.0)),
    "lognormal": ({"median": 2.0, "log_sd": 0.7}, POSITIVE, stats.lognorm(0.7, scale=2.0)),
    "beta": ({"alpha": 2.0, "beta": 5.0}, UNIT, stats.beta(2.0, 5.0)),
    "gamma": ({"shape": 1.7, "rate": 4.0}, POSITIVE, stats.gamma(1.7, scale=0.25)),
    "uniform": ({"low": -2.0, "high": 5.0}, LINE, stats.uniform(-2.0, 7.0)),
    "triangular": ({"low": 1.0, "mode": 2.0, "high": 6.0}, LINE, stats.triang(0.2, 1.0, 5.0)),
    # Malcolm et al. (1959): shapes 1 + 4 (mode - low)/width and 1 + 4 (high - mode)/width
    "pert": ({"low": 1.0, "mode": 2.0, "high": 6.0}, LINE, stats.beta(1.8, 4.2, 1.0, 5.0)),
}
FAMILIES = sorted(CASES)
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
        parameters, self.support, self._whole = CASES[family]
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
