"""A model of one line, which every tool can express: exit less stay of one player.

Ten of OpenAI's and the industry's inputs in base.toml, lognormal or beta, independent of each
other; a year's flows last for five. Mean and variance are known exactly.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.peers.timing import Figures, Measured, figures_of_draws, timed
from model.numerics.standard_errors import mcse
from model.sampling.joint import Row, sample_rows
from priors.distributions.distribution import Distribution
from priors.reading.load import load_priors
from priors.reading.records import Priors

__all__ = [
    "INPUTS",
    "NAME",
    "by_numpy",
    "by_squigglepy",
    "exact",
    "inputs",
    "lead",
    "of_ours",
]

type Array = npt.NDArray[np.float64]

NAME = "one line"
_PLAYER = "openai"
_YEARS = 5.0
INPUTS = (
    "market.size_2025",
    "ipo.owner_pass_through",
    "ipo.delay_years",
    "ipo.delay_cost",
    "player.weight_2026",
    "player.synergy",
    "player.fixed_cost",
    "player.legal_loss",
    "player.valuation",
    "player.exit_cost",
)
_RUN, _CHAINS = 2**20, 16


def lead(q: Mapping[str, Any]) -> Any:
    """Exit less stay.

    Parameters
    ----------
    q : mapping
        Each of `INPUTS` to its draws, or to whatever can be added and multiplied.

    Returns
    -------
    array or other
        USD billion.
    """
    price = q["player.valuation"] * q["ipo.owner_pass_through"]
    listing = price * (q["ipo.delay_years"] * q["ipo.delay_cost"])
    earned = q["market.size_2025"] * q["player.weight_2026"] * q["player.synergy"]
    yearly = q["player.fixed_cost"] + q["player.legal_loss"] - earned
    return listing + _YEARS * yearly - q["player.exit_cost"]


def exact(of: Mapping[str, Distribution]) -> tuple[float, float]:
    """Mean and standard deviation of `lead`.

    Parameters
    ----------
    of : mapping
        Each of `INPUTS` to its distribution.

    Returns
    -------
    float
        USD billion.
    float
        USD billion.
    """
    products = (
        (1.0, (*INPUTS[1:4], "player.valuation")),
        (-_YEARS, ("market.size_2025", "player.weight_2026", "player.synergy")),
        (_YEARS, ("player.fixed_cost",)),
        (_YEARS, ("player.legal_loss",)),
        (-1.0, ("player.exit_cost",)),
    )
    mean = variance = 0.0
    for factor, names in products:
        first, second = np.prod([_moments(of[name]) for name in names], axis=0)
        mean += factor * first
        variance += factor**2 * (second - first**2)
    return float(mean), float(variance**0.5)


def _moments(distribution: Distribution) -> tuple[float, float]:
    """Mean, and mean of the square."""
    a, b = distribution.parameters
    if distribution.family == "lognormal":
        return a * np.exp(b**2 / 2.0), a**2 * np.exp(2.0 * b**2)
    return a / (a + b), a * (a + 1.0) / ((a + b) * (a + b + 1.0))


def inputs() -> dict[str, Distribution]:
    """The distributions of the inputs.

    Returns
    -------
    dict
        Each of `INPUTS` to its distribution.
    """
    priors = load_priors("base.toml")
    return {row[0].name: priors.priors[_key(row)].distribution for row in _rows(priors)}


def of_ours(size: int) -> Measured:
    """Draws of the inputs by this program's sampler, 16 chains of scrambled Sobol points.

    Parameters
    ----------
    size : int
        Draws, in runs of 1,048,576 or fewer.

    Returns
    -------
    Measured
    """
    priors = replace(load_priors("base.toml"), correlations=())
    rows, draws = _rows(priors), min(size, _RUN)
    seeds = range(1, size // draws + 1)

    def of_run(seed: int) -> list[float]:
        found = []
        for chain in range(_CHAINS):
            each = draws // _CHAINS
            (values,) = sample_rows(priors, rows, chain, each, seed, "sobol", block=each)
            found.append(float(lead(dict(zip(INPUTS, values, strict=True))).mean()))
        return found

    of_run(0)
    found, wall, cpu = timed(lambda: np.array([of_run(seed) for seed in seeds]))
    error = np.sqrt(np.mean([mcse(run) ** 2 for run in found]) / len(seeds))
    return Measured(draws * len(seeds), wall, cpu, {NAME: (float(found.mean()), float(error))})


def by_numpy(size: int) -> Measured:
    """Draws by NumPy's own generators.

    Parameters
    ----------
    size : int
        Draws.

    Returns
    -------
    Measured
    """
    of, rng = inputs(), np.random.default_rng(1)

    def drawn(one: Distribution) -> Array:
        a, b = one.parameters
        if one.family == "lognormal":
            return rng.lognormal(np.log(a), b, size)
        return rng.beta(a, b, size)

    found, wall, cpu = timed(lambda: lead({name: drawn(one) for name, one in of.items()}))
    return Measured(size, wall, cpu, _figures(found))


def by_squigglepy(size: int) -> Measured:
    """The expression made of squigglepy's distributions, and sampled.

    Parameters
    ----------
    size : int
        Draws.

    Returns
    -------
    Measured
    """
    import squigglepy as sq

    from benchmarks.peers.by_squigglepy import variable

    sq.set_seed(1)
    found_by = lead({name: variable(one) for name, one in inputs().items()})
    found, wall, cpu = timed(lambda: np.asarray(sq.sample(found_by, n=size)))
    return Measured(size, wall, cpu, _figures(found))


def _figures(values: Array) -> Figures:
    return figures_of_draws((NAME,), values[None])


def _rows(priors: Priors) -> list[Row]:
    """The inputs, and whose they are."""
    player = next(one for one in priors.players if one.name == _PLAYER)
    every = (*priors.quantities.shared, *priors.quantities.own)
    of = {one.name: one for one in every}
    return [(of[name], player if name.startswith("player.") else None) for name in INPUTS]


def _key(row: Row) -> tuple[str, str | None]:
    quantity, player = row
    return quantity.name, None if player is None else player.name
