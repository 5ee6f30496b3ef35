"""The Gaussian copula: its conversion of ranks, its factor, and what it mixes."""

import numpy as np
import pytest

from model.sampling.copula import copula
from model.sampling.dimensions import dimension
from priors.reading.correlation import normal_correlation
from priors.reading.load import load_text
from tests.reference.prior_files import minimal

PAIRS = """
[[correlations]]
between = ["market.size_2025", "market.size_2033"]
rank = 0.6
[[correlations]]
between = ["market.size_2033", "players.*.valuation"]
rank = 0.4
[[correlations]]
between = ["players.*.valuation", "players.*.valuation"]
rank = 0.3
"""


def joined(players=("one", "two")):
    return load_text(minimal(players=players) + PAIRS, "test.toml")


def test_the_factor_multiplies_to_the_stated_correlations():
    found = copula(joined())
    quantities = joined().quantities
    size_2025, size_2033 = (
        dimension(quantities, f"market.size_{year}", None) for year in (2025, 2033)
    )
    one, two = (dimension(quantities, "player.valuation", place) for place in (0, 1))
    assert found.dimensions == (size_2025, size_2033, one, two)
    a, b, c = (normal_correlation(rank) for rank in (0.6, 0.4, 0.3))
    expected = [[1, a, 0, 0], [a, 1, b, b], [0, b, 1, c], [0, b, c, 1]]
    assert found.factor @ found.factor.T == pytest.approx(np.array(expected), abs=1e-15)
    assert np.array_equal(found.factor, np.tril(found.factor))


def test_a_new_player_leaves_the_factor_of_those_before_as_it_is():
    few, many = copula(joined()).factor, copula(joined(("one", "two", "three"))).factor
    assert np.array_equal(many[:4, :4], few)


def test_mixing_is_multiplication_by_the_factor():
    found = copula(joined())
    scores = np.random.default_rng(1).standard_normal((4, 2, 30))
    by_dimension = dict(zip(found.dimensions, scores, strict=True))
    expected = np.einsum("ij,jcn->icn", found.factor, scores)
    for place in range(4):
        assert found.mix(by_dimension, place) == pytest.approx(expected[place])


def test_without_correlations_nothing_is_joined():
    assert copula(load_text(minimal(), "test.toml")).dimensions == ()
