"""Monte Carlo standard errors, measured across the chains, which are independent randomizations."""

import numpy as np
import numpy.typing as npt

__all__ = ["RESOLVED", "is_resolved", "mcse"]

type Array = npt.NDArray[np.float64]

#: A difference is resolved where it exceeds this many standard errors.
RESOLVED = 2.0


def is_resolved(value: float, mcse: float) -> bool:
    """Whether `value` is above zero beyond what chance would explain: by two standard errors."""
    return bool(value > RESOLVED * mcse)


def mcse(chains: Array) -> float:
    """Monte Carlo standard error of a figure from the chains' figures (chain,)."""
    return float(np.std(chains, ddof=1) / np.sqrt(len(chains)))
