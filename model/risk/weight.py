"""How many draws carry the weight behind a certainty equivalent."""

import numpy as np

from model.numerics.arrays import Array

__all__ = ["FEWEST_EFFECTIVE", "effective_draws"]

#: A certainty equivalent that rests on fewer is not told.
FEWEST_EFFECTIVE = 100.0


def effective_draws(outcome: Array, risk_tolerance: float) -> float:
    """Effective number of draws behind a certainty equivalent under exponential utility.

    Parameters
    ----------
    outcome : array (draw,)
        More is better.
    risk_tolerance : float
        Above 0, in the outcome's unit.

    Returns
    -------
    float
        From 1 to the number of draws: the square of the sum of w over the sum of w², where w is
        exp(−outcome / ρ) (Kish 1965).
    """
    with np.errstate(under="ignore"):
        weights = np.exp((outcome.min() - outcome) / risk_tolerance)
        return float(weights.sum() ** 2 / np.square(weights).sum())
