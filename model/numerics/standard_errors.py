"""Monte Carlo standard errors, measured across the chains, which are independent randomizations."""

import numpy as np
import numpy.typing as npt

__all__ = ["mcse", "pair", "pooled"]

type Array = npt.NDArray[np.float64]


def mcse(chains: Array) -> float:
    """Monte Carlo standard error of a figure from the chains' figures (chain,)."""
    return float(np.std(chains, ddof=1) / np.sqrt(len(chains)))


def pair(name: str, chains: Array) -> dict[str, float]:
    """The mean of the chains' figures (chain,), and beside it its standard error."""
    return pooled(name, chains, float(np.mean(chains)))


def pooled(name: str, chains: Array, value: float) -> dict[str, float]:
    """A figure of all draws together, and beside it its standard error from the chains'."""
    return {name: value, f"{name}_mcse": mcse(chains)}
