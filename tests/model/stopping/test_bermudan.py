"""Options that may be exercised once: against closed forms, trees, published tables, by hand."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from model.stopping.bermudan import bermudan_option
from priors.errors import InputError
from tests.reference import stopping
from tests.reference.trees import Market, max_call, one_asset, prices

STRIKE = 40.0
#: Longstaff and Schwartz (2001), Table 1, finite differences: (price, volatility, years) → value.
LONGSTAFF_SCHWARTZ = {
    (36, 0.2, 1): 4.478,
    (36, 0.2, 2): 4.840,
    (36, 0.4, 1): 7.101,
    (36, 0.4, 2): 8.508,
    (38, 0.2, 1): 3.250,
    (38, 0.2, 2): 3.745,
    (38, 0.4, 1): 6.148,
    (38, 0.4, 2): 7.670,
    (40, 0.2, 1): 2.314,
    (40, 0.2, 2): 2.885,
    (40, 0.4, 1): 5.312,
    (40, 0.4, 2): 6.920,
    (42, 0.2, 1): 1.617,
    (42, 0.2, 2): 2.212,
    (42, 0.4, 1): 4.582,
    (42, 0.4, 2): 6.248,
    (44, 0.2, 1): 1.110,
    (44, 0.2, 2): 1.690,
    (44, 0.4, 1): 3.948,
    (44, 0.4, 2): 5.647,
}
#: Call on the largest of two prices, nine dates: Broadie and Glasserman (1997, 2004); of three:
#: Andersen and Broadie (2004).
MAX_CALLS = {
    (2, 90): 8.075,
    (2, 100): 13.902,
    (2, 110): 21.345,
    (3, 90): 11.29,
    (3, 100): 18.69,
    (3, 110): 27.58,
}
#: A polynomial's rule is not the best one: what it may lose, as a part of the value.
SUBOPTIMAL = 0.015


def put(case, draws=20_000, seed=0):
    price, volatility, years = case
    path, discount = prices(Market(price, 0.06, 0.0, volatility, years), 1, 50 * years, draws, seed)
    return discount * np.maximum(STRIKE - path[:, :, 0], 0), path


def call_market(price):
    return Market(price, 0.05, 0.10, 0.2, 3.0)


def call_on_the_largest(assets, price, draws=20_000, seed=0):
    """Payoffs and sorted prices, at the start and nine dates."""
    path, discount = prices(call_market(price), assets, 9, draws, seed)
    path = np.concatenate([np.full((draws, 1, assets), float(price)), path], axis=1)
    paid = np.concatenate([[1.0], discount]) * np.maximum(path.max(axis=2) - 100, 0)
    return paid, np.sort(path, axis=2)


def losses(draws, seed=0, tail=1.0):
    """An option to end losses whose course depends on what nobody sees: heavy tails, both signs."""
    rng = np.random.default_rng(seed)
    margin = 0.3 + 0.3 * rng.standard_normal(draws)
    share = 0.1 * np.exp(tail * rng.standard_normal(draws))
    cost = 0.4 * np.exp(0.7 * rng.standard_normal(draws))
    market = np.log(5) + np.cumsum(0.05 + 0.3 * rng.standard_normal((draws, 12)), axis=1)
    seen = margin[:, None] + 0.1 * rng.standard_normal((draws, 12))
    flow = share[:, None] * np.exp(market) * seen - cost[:, None]
    present = flow * 1.12 ** -np.arange(1.0, 13)
    rest = present.sum(axis=1, keepdims=True) - present.cumsum(axis=1)
    live = np.cumsum(flow, axis=1).cumsum(axis=1) > -20
    live = np.logical_and.accumulate(live, axis=1)
    return (-0.3 - rest)[:, :6], np.stack([market, seen, flow], axis=2)[:, :6], live[:, :6]


def within(result, truth, loss=SUBOPTIMAL):
    """Not above the truth, and not further below than a rule may lose; both beyond 3 se."""
    return -loss * truth - 3 * result.se < result.value - truth < 3 * result.se


# ---------------------------------------------------------------------------- exact and published


def test_the_published_puts_are_those_of_a_fine_tree():
    """The table's finite differences are within 0.006 of a binomial tree with the same dates."""
    for (price, volatility, years), published in LONGSTAFF_SCHWARTZ.items():
        market = Market(price, 0.06, 0.0, volatility, years)
        tree = one_asset(lambda s: STRIKE - s, market, 50 * years, 20)
        assert tree == pytest.approx(published, abs=0.006)


@pytest.mark.slow
@pytest.mark.parametrize(
    "case", [(36, 0.2, 1), (36, 0.4, 1), (38, 0.2, 2), (40, 0.4, 1), (44, 0.2, 1), (44, 0.4, 2)]
)
def test_puts_of_longstaff_and_schwartz(case):
    paid, path = put(case)
    truth = LONGSTAFF_SCHWARTZ[case]
    result = bermudan_option(paid, path, observed=True)
    assert within(result, truth)
    assert result.upper_kind == "dual"
    assert truth - 0.006 - 3 * result.upper_se < result.upper < 1.05 * truth + 3 * result.upper_se
    assert not result.loses


@pytest.mark.slow
@pytest.mark.parametrize("case", [(36, 0.2, 1), (44, 0.4, 2)])
def test_puts_whose_payoff_is_not_said_to_be_known(case):
    """The rule then sees the payoff only through a regression, out of the money too."""
    paid, path = put(case)
    truth = LONGSTAFF_SCHWARTZ[case]
    everywhere = bermudan_option(paid, path)
    in_the_money = bermudan_option(paid, path, live=paid > 0)
    assert within(everywhere, truth, loss=0.025)
    assert within(in_the_money, truth)
    assert in_the_money.upper > truth - 3 * in_the_money.upper_se
    assert everywhere.upper > truth - 3 * everywhere.upper_se


@pytest.mark.parametrize("price", [90, 100, 110])
def test_a_call_on_the_larger_of_two(price):
    published = MAX_CALLS[2, price]
    assert max_call(2, 100, call_market(price), 9, 24) == pytest.approx(published, abs=0.01)
    paid, path = call_on_the_largest(2, price)
    result = bermudan_option(paid, path, observed=True)
    assert within(result, published)
    assert result.upper_kind == "dual"
    assert published - 3 * result.upper_se < result.upper < 1.04 * published + 3 * result.upper_se


def test_a_call_on_the_largest_of_three():
    paid, path = call_on_the_largest(3, 100)
    result = bermudan_option(paid, path, observed=True)
    assert within(result, MAX_CALLS[3, 100])
    assert MAX_CALLS[3, 100] - 3 * result.upper_se < result.upper < 19.6


def test_perpetual_option_to_invest():
    """McDonald and Siegel (1986): value (V* − 1) (V₀ / V*)^β, V* = β / (β − 1), here β = 2.

    The tree says what yearly dates over 60 years lose of it: two hundredths.
    """
    market = Market(1.0, 0.04, 0.04, 0.2, 60.0)
    beta = 0.5 + np.sqrt(0.25 + 2 * 0.04 / 0.2**2)
    threshold = beta / (beta - 1)
    closed_form = (threshold - 1) / threshold**beta
    tree = one_asset(lambda s: s - 1, market, 60, 8)
    assert 0.98 * closed_form < tree < closed_form
    path, discount = prices(market, 1, 60, 20_000, seed=2)
    paid = discount * (path[:, :, 0] - 1)
    result = bermudan_option(paid, np.log(path), observed=True)
    assert within(result, tree)
    assert result.upper_kind == "dual"
    assert tree - 3 * result.upper_se < result.upper < 1.1 * tree + 3 * result.upper_se
    early = (result.exercise_date >= 0) & (result.exercise_date < 30)
    middle = np.median(path[early, result.exercise_date[early], 0])
    assert middle == pytest.approx(threshold, rel=0.1)


def test_two_states_by_hand():
    """Wait for news that is good (3) or bad (−1) with even odds, or take 0.8 now.

    In a good state exercising pays 3, in a bad one −1, so waiting is worth 1.5; where bad news is
    known beforehand, nine times in ten, waiting is worth 0.1 · 3 and 0.8 is taken.
    """
    rng = np.random.default_rng(3)
    draws = 4000
    gloomy = np.arange(draws) % 2 == 0
    good = np.where(gloomy, rng.random(draws) < 0.1, rng.random(draws) < 0.5)
    paid = np.stack([np.full(draws, 0.8), np.where(good, 3.0, -1.0)], axis=1)
    states = np.stack([gloomy, good], axis=1)[:, :, None].astype(float)
    result = bermudan_option(paid, states)
    expected = np.where(gloomy, 0, np.where(good, 1, -1))
    np.testing.assert_array_equal(result.exercise_date, expected)
    np.testing.assert_array_equal(result.payoff, np.where(gloomy, 0.8, np.where(good, 3.0, 0.0)))
    assert result.value == pytest.approx(0.5 * 0.8 + 0.5 * 1.5, abs=3 * result.se)
    assert result.upper_kind == "dual"
    assert result.upper == pytest.approx(result.value, abs=0.01)


# ---------------------------------------------------------------------------- the slow version


@pytest.mark.parametrize("observed", [pytest.param(False, marks=pytest.mark.slow), True])
def test_decisions_are_those_of_the_slow_version(observed):
    if observed:
        states, discount = prices(call_market(100), 2, 9, 4000)
        paid = discount * (states.max(axis=2) - 95)
        live = np.ones(paid.shape, bool)
    else:
        paid, states, live = losses(4000)
    result = bermudan_option(paid, states, live, seed=5, observed=observed)
    payoff, when = stopping.value_by_draw(paid, states, live, result.rule.rule, observed=observed)
    assert (result.exercise_date == when).mean() > 0.9995
    assert result.value == pytest.approx(payoff.mean(), abs=0.05 * result.se)


@pytest.mark.parametrize("observed", [False, True])
def test_the_rule_describes_the_decisions(observed):
    paid, states, live = losses(6000)
    result = bermudan_option(paid, states, live, observed=observed)
    for date in range(paid.shape[1]):
        for rule in range(2):
            decided = (result.rule.rule == rule) & ~np.isnan(result.advantage[:, date])
            said = result.rule.advantage(states[decided, date], date, rule, paid[decided, date])
            np.testing.assert_allclose(said, result.advantage[decided, date], atol=1e-10)


def test_a_rule_that_compares_with_the_payoff_asks_for_it():
    paid, states, live = losses(2000)
    result = bermudan_option(paid, states, live, observed=True)
    with pytest.raises(InputError, match="state `exercise`"):
        result.rule.advantage(states[:, 0], 0, 0)


# ---------------------------------------------------------------------------------- invariants


@given(st.integers(0, 2**32), st.integers(4, 300), st.integers(1, 4), st.integers(0, 3))
def test_what_holds_for_every_real_option(seed, draws, dates, degree):
    rng = np.random.default_rng(seed)
    paid = rng.standard_t(2, (draws, dates))
    states = rng.standard_normal((draws, dates, 2)) + 0.5 * paid[:, :, None]
    live = rng.random((draws, dates)) < 0.7
    result = bermudan_option(paid, states, live, degree=degree, seed=seed)
    exercised = result.exercise_date >= 0
    draw = np.flatnonzero(exercised)
    date = result.exercise_date[exercised]
    assert live[draw, date].all()
    np.testing.assert_array_equal(result.payoff[exercised], paid[draw, date])
    assert (result.payoff[~exercised] == 0).all()
    assert result.value == result.payoff.mean()
    assert result.value - 1e-12 <= result.upper <= result.perfect_foresight + 1e-12
    np.testing.assert_array_equal(np.isnan(result.advantage), ~live)


@pytest.mark.parametrize("tail", [0.5, 1.5, 2.5])
def test_not_less_than_the_best_fixed_date_and_not_more_than_foresight(tail):
    paid, states, live = losses(20_000, seed=1, tail=tail)
    result = bermudan_option(paid, states, live, chain=16)
    assert result.value > result.best_fixed - 2 * result.se
    assert result.value < result.perfect_foresight
    assert not result.loses


def test_the_rule_earns_most_of_what_foresight_would():
    paid, states, live = losses(20_000, seed=1, tail=0.5)
    result = bermudan_option(paid, states, live, chain=16)
    assert result.value > result.best_fixed + 10 * result.se
    assert result.value > 0.6 * result.perfect_foresight


@pytest.mark.parametrize(("now", "never"), [(0.0, 0.0), (1.0, 1.0)])
def test_a_rule_that_loses_is_said_to(now, never):
    """What is good in one half of the draws is bad in the other; 0 and 1 can be had without.

    The division does not depend on what is divided: so the payoffs can be made after it.
    """
    draws = 4000
    rng = np.random.default_rng(0)
    half = bermudan_option(np.zeros((draws, 2)), np.zeros((draws, 2, 1)), seed=7).rule.rule
    states = rng.standard_normal((draws, 2, 1))
    alike = (states[:, 1, 0] > 0) == (half == 0)
    paid = np.stack([np.full(draws, now), now + np.where(alike, 1.0, -1.5)], axis=1)
    result = bermudan_option(paid, states, seed=7)
    assert result.best_fixed == never
    assert result.value < result.best_fixed - 10 * result.se
    assert result.loses
    assert result.value == result.payoff.mean()


@pytest.mark.parametrize("seed", range(5))
def test_noise_does_not_pass_for_a_reason(seed):
    """Nothing can be learnt: the rule should take 1 at once, or, where all costs, nothing."""
    rng = np.random.default_rng(seed)
    states = rng.standard_normal((2000, 6, 3))
    paid = rng.standard_t(3, (2000, 6)) - 0.15
    costly = bermudan_option(paid, states)
    assert costly.value >= -2 * np.nan_to_num(costly.se)  # never exercised, it has no error
    assert not costly.loses
    paid[:, 0] = 1.0
    waiting = bermudan_option(paid, states)
    assert waiting.value == pytest.approx(1.0, abs=0.01)


def test_what_always_costs_is_never_done():
    """A cubic through costs that fall towards zero goes above it; that did not pay either half."""
    state = np.random.default_rng(0).standard_normal((20_000, 3, 1))
    result = bermudan_option(-np.exp(-1.5 * state[:, :, 0]), state)
    assert result.rule.coefficients.any()
    assert (result.exercise_date == -1).all()
    assert not result.rule.pays.any()


def test_halves_are_drawn_by_lot():
    """Taking every other draw would take one side of a dimension of Sobol's points."""
    paid, states, live = losses(4096)
    rules = [bermudan_option(paid, states, live, chain=2, seed=k).rule.rule for k in range(2)]
    assert (rules[0] != rules[1]).any()
    assert np.unique(rules[0][:2048]).tolist() == [0, 1]
    assert np.unique(rules[0][2048:]).tolist() == [2, 3]
    for stride in (2, 4, 8):
        share = (rules[0] % 2).reshape(-1, stride).mean(axis=0)
        assert np.abs(share - 0.5).max() < 4 * 0.5 / np.sqrt(4096 / stride)
        assert (share != share[0]).any()


def test_no_chain_reads_anything_of_another():
    """Other draws in one chain, however wild, leave every byte of the others as it is."""
    paid, states, live = losses(2400)
    plain = bermudan_option(paid, states, live, chain=4, dual=False)
    paid[:600], states[:600] = 1e6 * paid[:600] ** 3, 50.0 + 9.0 * states[:600]
    other = bermudan_option(paid, states, live, chain=4, dual=False)
    assert (other.exercise_date[:600] != plain.exercise_date[:600]).any()
    for name in ("payoff", "exercise_date", "advantage"):
        assert getattr(other, name)[600:].tobytes() == getattr(plain, name)[600:].tobytes()
    mine = plain.rule.coefficients[4:], other.rule.coefficients[4:]
    assert mine[0].tobytes() == mine[1].tobytes()


def test_an_outlier_bends_no_fit_and_is_not_cut_from_the_value():
    paid, states, live = losses(8000)
    plain = bermudan_option(paid, states, live)
    struck = int(np.flatnonzero(plain.exercise_date == 0)[0])
    paid[struck, 0] = 1e7
    result = bermudan_option(paid, states, live)
    assert result.value > 1e7 / 8000 * 0.99
    later = live[:, 1:] & (np.abs(plain.advantage[:, 1:]) > 0)
    agree = np.sign(result.advantage[:, 1:]) == np.sign(plain.advantage[:, 1:])
    assert agree[later].mean() == 1.0


def test_units_of_the_states_do_not_matter():
    paid, states, live = losses(4000)
    plain = bermudan_option(paid, states, live)
    scaled = bermudan_option(paid, states * [4.0, 0.25, 1024.0], live)
    np.testing.assert_array_equal(plain.payoff, scaled.payoff)
    assert plain.upper == scaled.upper


def test_the_order_of_draws_within_a_chain_matters_no_more_than_chance():
    paid, states, live = losses(16_000)
    shuffled = np.concatenate(
        [np.random.default_rng(k).permutation(1000) + 1000 * k for k in range(16)]
    )
    plain = bermudan_option(paid, states, live, chain=16)
    moved = bermudan_option(paid[shuffled], states[shuffled], live[shuffled], chain=16)
    gap = plain.payoff[shuffled] - moved.payoff
    assert gap.any()
    assert abs(gap.mean()) < 4 * gap.std() / 16_000**0.5
    assert moved.se == pytest.approx(plain.se, rel=0.2)


# ------------------------------------------------------------------------------ standard errors


def test_standard_errors_are_measured_across_chains():
    paid, states, live = losses(4000)
    numbered = bermudan_option(paid, states, live, chain=8)
    means = numbered.payoff.reshape(8, 500).mean(axis=1)
    assert numbered.se == pytest.approx(means.std(ddof=1) / np.sqrt(8))
    labels = np.repeat(list("hgfedcba"), 500)
    labelled = bermudan_option(paid, states, live, chain=labels)
    assert labelled.se == pytest.approx(means.std(ddof=1) / np.sqrt(8), rel=0.2)
    for k in range(8):
        followed = np.bincount(numbered.rule.rule[500 * k : 500 * (k + 1)], minlength=32)
        assert followed[4 * k : 4 * k + 4].tolist() == [125] * 4


@pytest.mark.slow
def test_standard_errors_of_independent_draws():
    paid, states, live = losses(4000)
    values = [bermudan_option(*losses(2000, seed=k)).value for k in range(40)]
    result = bermudan_option(paid, states, live)
    assert result.se == pytest.approx(result.payoff.std(ddof=1) / np.sqrt(4000))
    assert np.std(values) == pytest.approx(result.se * np.sqrt(2), rel=0.5)


# ------------------------------------------------------------------------------------ the bound


def test_no_dual_bound_where_more_than_the_states_can_be_known():
    """The payoff is a secret that the states do not tell, and is said to be observed.

    The martingale then misses what the rule knows, and its drift shows.
    """
    rng = np.random.default_rng(2)
    secret = rng.standard_normal(20_000)
    states = secret[:, None, None] + 1.5 * rng.standard_normal((20_000, 6, 1))
    paid = np.full((20_000, 6), 0.35)
    paid[:, -1] = secret
    result = bermudan_option(paid, states, observed=True)
    assert result.upper_kind == "perfect foresight"
    assert result.upper == result.perfect_foresight


@pytest.mark.slow
def test_the_bound_holds_where_the_conditional_means_are_poor():
    """A cubic does not follow a kinked payoff over the whole range of prices.

    Over a hundred dates its errors add up, and the bound moves away from the value, upwards.
    """
    paid, path = put((36, 0.2, 2))
    poor, good = bermudan_option(paid, path), bermudan_option(paid, path, observed=True)
    truth = LONGSTAFF_SCHWARTZ[36, 0.2, 2]
    assert truth - 0.006 - 3 * good.upper_se < good.upper < 1.05 * truth + 3 * good.upper_se
    assert good.upper < poor.upper <= poor.perfect_foresight


def test_no_dual_bound_where_none_is_asked_for():
    paid, path = put((36, 0.2, 1), draws=4000)
    with_dual = bermudan_option(paid, path, observed=True)
    without = bermudan_option(paid, path, observed=True, dual=False)
    assert with_dual.upper_kind == "dual"
    assert without.upper_kind == "perfect foresight"
    assert without.upper == without.perfect_foresight == with_dual.perfect_foresight
    assert without.value == with_dual.value


def test_an_option_that_is_never_live_is_worth_nothing():
    paid, states, live = losses(100)
    result = bermudan_option(paid * np.nan, states * np.nan, np.zeros_like(live))
    assert (result.value, result.se, result.upper) == (0.0, 0.0, 0.0)
    assert (result.exercise_date == -1).all()
    assert not result.loses


# ---------------------------------------------------------------------------------- input, bytes


def test_labelled_arrays_in_any_order():
    paid, states, live = losses(1000)
    plain = bermudan_option(paid, states, live)
    labelled = bermudan_option(
        xr.DataArray(paid, dims=("draw", "date")).transpose("date", "draw"),
        xr.DataArray(states, dims=("draw", "date", "feature")).transpose("feature", "date", "draw"),
        xr.DataArray(live, dims=("draw", "date")),
    )
    np.testing.assert_array_equal(plain.payoff, labelled.payoff)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"exercise": np.zeros(8)}, r"exercise: expected axes \(draw, date\), got shape \(8,\)"),
        ({"states": np.zeros((8, 2))}, r"states: expected axes \(draw, date, feature\)"),
        ({"states": np.zeros((8, 3, 1))}, "do not have the same draws and dates"),
        ({"live": np.ones((7, 2), bool)}, "do not have the same draws and dates"),
        ({"exercise": np.full((8, 2), np.nan)}, "exercise: not finite somewhere where the option"),
        ({"states": np.full((8, 2, 1), np.inf)}, "states: not finite somewhere where the option"),
        ({"degree": -1}, "degree: expected 0 or more, got -1"),
        ({"chain": 3}, "8 draws do not divide into 3 chains"),
        ({"chain": 0}, "8 draws do not divide into 0 chains"),
        ({"chain": np.arange(7)}, r"chain: expected 8 labels, got shape \(7,\)"),
    ],
)
def test_arguments_that_do_not_fit(change, message):
    arguments = {"exercise": np.ones((8, 2)), "states": np.zeros((8, 2, 1)), **change}
    with pytest.raises(InputError, match=message):
        bermudan_option(**arguments)


def test_too_few_draws():
    with pytest.raises(InputError, match="expected at least 4 draws and 1 date"):
        bermudan_option(np.ones((3, 2)), np.zeros((3, 2, 1)))


DIGEST = """
import hashlib
import numpy as np
from model.stopping.bermudan import bermudan_option

def digest():
    rng = np.random.default_rng(0)
    states = rng.standard_normal((4000, 5, 3)).cumsum(axis=1)
    paid = states.sum(axis=2) * rng.standard_t(3, (4000, 1)) ** 2 + rng.standard_t(2, (4000, 5))
    result = bermudan_option(paid, states, chain=4)
    parts = (result.payoff, result.advantage, result.rule.coefficients, result.upper, result.se)
    return hashlib.sha256(b"".join(np.asarray(part).tobytes() for part in parts)).hexdigest()
"""


@pytest.mark.slow
def test_the_same_bytes_on_one_core_and_on_two():
    """With one thread of every library, with as many as there are cores, and in two at once."""
    names = ("NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    run = subprocess.run(
        [sys.executable, "-c", DIGEST + "print(digest())"],
        env=os.environ | dict.fromkeys(names, "1"),
        check=True,
        capture_output=True,
        text=True,
    )
    scope: dict = {}
    exec(DIGEST, scope)
    with ThreadPoolExecutor(2) as pool:
        digests = set(pool.map(lambda _: scope["digest"](), range(2)))
    assert digests == {run.stdout.strip()}
