"""How draws are made, as plain numbers."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from model.numerics.arrays import Array
from model.sampling.copula import copula
from model.sampling.dimensions import columns, dimension
from model.sampling.quantile_functions import interpolated
from model.sampling.recipe import Quantiles, quantiles_of, recipe
from model.sampling.sobol_sequence import direction_numbers
from priors.distributions.build import build
from priors.reading.load import load_priors

STATED: dict[str, dict[str, Any]] = {
    "lognormal": {"family": "lognormal", "p10": 2.0, "p90": 9.0, "scale": 2.0, "shift": 1.0},
    "normal": {"family": "normal", "mean": 2.0, "sd": 3.0, "scale": 0.5},
    "cut": {"family": "lognormal", "p10": 2.0, "p90": 9.0, "upper": 12.0},
    "beta": {"family": "beta", "p10": 0.2, "p90": 0.6},
    "event": {"family": "bernoulli", "probability": 0.3},
    "discrete": {"family": "discrete", "values": [1.0, 2.0, 5.0], "weights": [0.2, 0.5, 0.3]},
    "mixture": {
        "family": "mixture",
        "components": [
            {"weight": 0.85, "family": "lognormal", "p10": 2.0, "p90": 9.0},
            {"weight": 0.15, "family": "lognormal", "p10": 25.0, "p90": 140.0},
        ],
    },
    "moved": {"family": "beta", "p10": 0.2, "p90": 0.6, "score_shift": 0.7, "score_spread": 0.8},
}


def values(made: Quantiles, scores: Array) -> npt.NDArray[np.float64]:
    """What whoever reads the numbers makes of them."""
    at = made.moved[0] + made.moved[1] * scores
    if made.form == "lognormal":
        return made.numbers[0] * np.exp(made.numbers[1] * at) + made.numbers[2]
    if made.form == "normal":
        return made.numbers[0] + made.numbers[1] * at
    if made.form == "steps":
        return np.asarray(made.numbers)[np.searchsorted(made.scores, at, side="right")]
    return interpolated(made.nodes, 1.0 / made.step, at, *made.numbers)


@pytest.mark.parametrize("stated", STATED.values(), ids=STATED)
def test_the_numbers_are_the_quantile_function(stated: dict[str, Any]) -> None:
    support = (0.0, 1.0) if stated["family"] in ("beta", "bernoulli") else (-np.inf, np.inf)
    distribution = build(stated, support)
    scores = np.random.default_rng(3).standard_normal(20_000)
    found = values(quantiles_of(distribution), scores)
    exact = distribution.from_score(scores)
    spread = distribution.quantile(0.95) - distribution.quantile(0.05)
    missed = np.abs(found - exact) > 1e-6 * (spread + np.abs(exact))
    # between two parts of a mixture values rise steeply
    assert missed.mean() <= (1e-3 if stated["family"] == "mixture" else 0.0)


def test_sources_are_mixed_as_the_copula_does() -> None:
    priors = load_priors("base.toml")
    rows = [(quantity, None) for quantity in priors.quantities.shared]
    made = recipe(priors, rows, 9)
    joined = copula(priors)
    for (quantity, _), place in zip(rows, made.places, strict=True):
        source = made.sources[place]
        own = dimension(priors.quantities, quantity.name, None)
        assert bool(source.mix) == (own in joined.dimensions)
        assert not source.mix or sum(f * f for _, f in source.mix) == pytest.approx(1.0)
        (column,) = columns(priors.quantities, own + 1)[own:]
        assert np.array_equal(made.directions[place], direction_numbers([column])[0, :9])
