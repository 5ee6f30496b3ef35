"""The odds and the stakes of a pair of strategies, against slow obvious versions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.analyses.pair import slices_of, stakes_of


def slow_carried_by(draws: np.ndarray) -> float:
    """The smallest number of best draws without which the rest do not add up to more than 0."""
    ordered = np.sort(draws)[::-1]
    for count in range(len(ordered)):
        if ordered[count:].sum() <= 0.0:
            return count / len(ordered)
    return 1.0


def lognormal_pair(chains: int, draws: int, seed: int) -> np.ndarray:
    """Gains of a bet: a heavy right tail less a cost."""
    generator = np.random.default_rng(seed)
    return np.exp(1.2 * generator.standard_normal((chains, draws))) - 1.6


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 9), st.integers(1, 700))
def test_the_parts_add_up_to_the_gain(seed: int, chains: int, draws: int) -> None:
    gains = np.random.default_rng(seed).standard_normal((chains, draws)) + 0.3
    found = stakes_of(lambda chain: gains[chain], chains)
    wins = found.wins.value
    assert wins == pytest.approx(float((gains > 0.0).mean()), rel=1e-12)
    better = found.gain_when_better.value if found.gain_when_better else None
    worse = found.loss_when_worse.value if found.loss_when_worse else None
    if better is not None and worse is not None:
        whole = wins * better - (1.0 - wins) * worse
        assert whole == pytest.approx(gains.mean(), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_what_carries_the_lead_is_that_of_leaving_out_draw_after_draw(seed: int) -> None:
    gains = lognormal_pair(1, 20_000, seed)
    found = stakes_of(lambda _: gains[0], 2)
    # A slice is a thousandth of the draws.
    assert found.carried_by.value == pytest.approx(slow_carried_by(gains[0]), abs=2e-3)


def test_errors_are_the_spread_over_seeds() -> None:
    runs = [lognormal_pair(16, 512, seed) for seed in range(200)]
    found = [stakes_of(lambda chain, run=run: run[chain], 16) for run in runs]
    for name in ("wins", "gain_when_better", "loss_when_worse", "carried_by"):
        figures = [getattr(one, name) for one in found]
        spread = np.std([one.value for one in figures], ddof=1)
        stated = np.sqrt(np.mean([one.mcse**2 for one in figures]))
        # Both are known to 1/√(2·200) = 5 %, the stated ones a little better.
        assert stated / spread == pytest.approx(1.0, abs=0.2), name


def test_where_nothing_is_lost_no_part_carries_the_lead() -> None:
    gains = np.random.default_rng(1).exponential(size=(4, 100)) + 0.1
    found = stakes_of(lambda chain: gains[chain], 4)
    assert (found.wins.value, found.loss_when_worse) == (1.0, None)
    assert found.carried_by.value == pytest.approx(1.0)


def test_a_lead_of_nothing_is_carried_by_nothing() -> None:
    found = stakes_of(lambda _: np.zeros(64), 4)
    assert (found.wins.value, found.carried_by.value, found.gain_when_better) == (0.0, 0.0, None)


@given(st.integers(1, 300), st.integers(1, 60), st.integers(0, 2**32))
@settings(max_examples=50, deadline=None)
def test_slices_are_in_order_and_keep_the_mean(size: int, count: int, seed: int) -> None:
    draws = np.random.default_rng(seed).standard_normal(size)
    found = slices_of(draws, count)
    assert np.all(np.diff(found) <= 1e-12)
    assert found.mean() == pytest.approx(draws.mean(), abs=1e-12)


def test_slices_of_whole_draws_are_their_means() -> None:
    draws = np.random.default_rng(3).standard_normal(60)
    expected = np.sort(draws)[::-1].reshape(20, 3).mean(axis=1)
    np.testing.assert_allclose(slices_of(draws, 20), expected, rtol=1e-12, atol=1e-15)
