"""The Gaussian copula: its conversion of ranks, its factor, and what it mixes."""

import numpy as np
import pytest

from model.sampling.copula import copula, dimension
from priors.reading.correlation import normal_correlation
from priors.reading.load import load_text
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
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


def test_every_quantity_of_every_player_has_a_dimension_of_its_own():
    found = [dimension(q.name, None) for q in GLOBAL_QUANTITIES]
    found += [dimension(q.name, place) for place in range(3) for q in PLAYER_QUANTITIES]
    assert found == list(range(len(found)))


def test_the_factor_multiplies_to_the_stated_correlations():
    found = copula(joined())
    size_2025, size_2033 = dimension("market.size_2025", None), dimension("market.size_2033", None)
    one, two = (dimension("player.valuation", place) for place in (0, 1))
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
