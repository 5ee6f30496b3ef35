"""The whole model with squigglepy's inputs, and the economics in NumPy on what it samples."""

from typing import Any

import numpy as np
import numpy.typing as npt
import squigglepy as sq

from benchmarks.peers.by_numpy import BLOCK
from benchmarks.peers.economics import exit_minus_stay
from benchmarks.peers.plain_draws import Key, correlation_matrix, named
from benchmarks.peers.timing import Measured, figures_of_draws, timed
from priors.distributions.distribution import Distribution
from priors.reading.load import load_priors
from priors.reading.records import Priors

__all__ = ["of_model", "variable"]

type Array = npt.NDArray[np.float64]

#: Draws that are sampled together: enough for the Iman–Conover method to order 80 inputs.
_SAMPLED = 16_384
#: A prior that is cut by less than this is left whole.
_WHOLE = 1e-5


def of_model(size: int) -> Measured:
    """Sample every input by squigglepy, correlated, and evaluate.

    Parameters
    ----------
    size : int
        Draws.

    Returns
    -------
    Measured
    """
    priors = load_priors("base.toml")
    inputs, together = _inputs(priors), min(size, _SAMPLED)

    def run() -> Array:
        found = [_evaluated(_sampled(priors, inputs, together)) for _ in range(size // together)]
        return np.concatenate(found, axis=1)

    sq.set_seed(1)
    _evaluated(_sampled(priors, inputs, 1024))
    found, wall, cpu = timed(run)
    names = tuple(player.name for player in priors.players)
    return Measured(found.shape[1], wall, cpu, figures_of_draws(names, found))


def _inputs(priors: Priors) -> dict[Key, Any]:
    """Every quantity as squigglepy has it, correlated by its own means."""
    found = {key: variable(prior.distribution) for key, prior in priors.priors.items()}
    keys, matrix = correlation_matrix(priors)
    joined = sq.correlate(tuple(found[key] for key in keys), matrix, tolerance=None)
    return found | dict(zip(keys, joined, strict=True))


def variable(distribution: Distribution) -> Any:
    """A distribution as squigglepy has it.

    Parameters
    ----------
    distribution : Distribution
        Of one of the families in base.toml.

    Returns
    -------
    Distribution of squigglepy, or float
        A number where all draws are the same.
    """
    if distribution.constant:
        return distribution.quantile(0.5)
    if distribution.family == "mixture":
        parts = [variable(part) for part in distribution.components]
        return sq.mixture(parts, weights=list(distribution.weights))
    low, high = (0.0, 1.0) if distribution.discrete else distribution.kept()
    if low > _WHOLE or high < 1.0 - _WHOLE:
        # its own clipping would heap up at the end what is cut off
        return sq.dist_fn(sq.uniform(0.0, 1.0), fn=distribution.ppf)
    first = distribution.parameters
    return {
        "lognormal": lambda: sq.lognorm(norm_mean=np.log(first[0]), norm_sd=first[1]),
        "normal": lambda: sq.norm(mean=first[0], sd=first[1]),
        "beta": lambda: sq.beta(first[0], first[1]),
        "bernoulli": lambda: sq.bernoulli(first[0]),
    }[distribution.family]()


def _sampled(priors: Priors, inputs: dict[Key, Any], draws: int) -> dict[str, Array]:
    def one(found: Any) -> Array:
        if isinstance(found, float):
            return np.full(draws, found)
        return np.asarray(sq.sample(found, n=draws), dtype=np.float64)

    return named(priors, {key: one(found) for key, found in inputs.items()})


def _evaluated(quantities: dict[str, Array]) -> Array:
    """Exit less stay (player, draw), a block of draws at a time."""
    draws = len(quantities["market.size_2025"])
    parts = [slice(start, start + BLOCK) for start in range(0, draws, BLOCK)]
    found = [
        exit_minus_stay({name: values[..., part] for name, values in quantities.items()})
        for part in parts
    ]
    return np.concatenate(found, axis=1)
