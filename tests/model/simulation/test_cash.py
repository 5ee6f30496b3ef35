"""Cash by year against the slow version: until the money is spent, and until it is left."""

import numpy as np
import pytest

from model.economics.axes import N_YEARS, NEVER
from model.simulation.cash import CASH_PROBABILITIES, cash_by_year
from tests.reference import economics as slow
from tests.reference.draws import as_setting, by_year, made_up, made_up_presence, named

DRAWS, PLAYERS, CHAINS = 12, 3, 2
OPERATING = ("stay", "api_only")


@pytest.fixture(scope="module", params=[40.0, 0.4], ids=["funded", "no funding to speak of"])
def case(request):
    """Draws, who is there, and when each strategy is left."""
    draws = made_up(DRAWS, PLAYERS, seed=5, funding=request.param)
    there = made_up_presence(DRAWS, PLAYERS, seed=6)
    years = np.random.default_rng(7).integers(NEVER, 9, (DRAWS, PLAYERS, 1 + len(OPERATING)))
    timing = years.astype(np.int8)
    return draws, there, timing


def slow_cash(draws, there, timing):
    """Cash flow (draw, player, operating strategy, year) until the year in which it is left."""
    found = np.zeros((DRAWS, PLAYERS, len(OPERATING), N_YEARS))
    for draw in range(DRAWS):
        (g, players), presence = named(*draws, draw), by_year(there, draw)
        for i in range(PLAYERS):
            for k, strategy in enumerate(OPERATING):
                left = timing[draw, i, 1 + k]
                for t, year in enumerate(slow.funded_flows(g, players, i, strategy, presence)):
                    if left == NEVER or t <= left:
                        found[draw, i, k, t] = slow.cash(year)
    return found


def test_bands_are_those_of_the_slow_version(case):
    draws, there, timing = case
    chained = timing.reshape(CHAINS, DRAWS // CHAINS, PLAYERS, -1)
    found = cash_by_year(as_setting(*draws, chains=CHAINS), there, chained)
    expected = slow_cash(draws, there, timing)
    bands = np.quantile(expected, CASH_PROBABILITIES, axis=0)
    assert found["cash_flow"].values == pytest.approx(bands, rel=1e-9, abs=1e-12)
    assert found["negative"].values == pytest.approx((expected < 0.0).mean(axis=0))
    assert found["operating"].values.tolist() == list(OPERATING)


def test_without_options_nothing_is_left(case):
    draws, there, _ = case
    found = cash_by_year(as_setting(*draws, chains=CHAINS), there)
    never = np.full((DRAWS, PLAYERS, 3), NEVER)
    bands = np.quantile(slow_cash(draws, there, never), CASH_PROBABILITIES, axis=0)
    assert found["cash_flow"].values == pytest.approx(bands, rel=1e-9, abs=1e-12)
