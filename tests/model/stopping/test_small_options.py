"""Options of a few hundred draws: by the slow version, by hand, and what the arguments mean."""

import numpy as np
import pytest
import xarray as xr

from model.stopping import dual_bound
from model.stopping.bermudan import bermudan_option
from model.stopping.study import Folds
from priors.errors import InputError
from tests.reference import stopping

DRAWS, DATES = 480, 3


def option(seed=0, features=1):
    """Payoffs of both signs that the states tell of in part; not everywhere live."""
    rng = np.random.default_rng(seed)
    states = rng.standard_normal((DRAWS, DATES, features)).cumsum(axis=1)
    paid = states.sum(axis=2) + 0.5 * rng.standard_normal((DRAWS, DATES))
    return paid, states, rng.random((DRAWS, DATES)) < 0.9


def same(one, other):
    """Whether two results have the same bytes in all that a holder reads."""
    arrays = "payoff", "exercise_date", "advantage"
    figures = "value", "se", "upper", "upper_se", "upper_kind", "best_fixed", "perfect_foresight"
    return all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True) for name in arrays
    ) and all(getattr(one, name) == getattr(other, name) for name in figures)


# ---------------------------------------------------------------------------- the slow version


@pytest.mark.parametrize("observed", [False, True])
def test_payoffs_and_dates_are_those_of_the_slow_version(observed):
    """Draws enough for a correction near the boundary."""
    paid, states, live = option()
    if observed:
        paid, live = np.abs(paid), np.ones_like(live)
    found = bermudan_option(paid, states, live, 1, seed=5, observed=observed, dual=False)
    assert found.rule.coefficients.shape[:3] == (4, DATES, 3)
    assert (found.rule.limits[:, 0, 1] > 0.0).all()
    payoff, when = stopping.value_by_draw(paid, states, live, found.rule.rule, 1, observed)
    np.testing.assert_array_equal(found.exercise_date, when)
    np.testing.assert_array_equal(found.payoff, payoff)


@pytest.mark.parametrize("observed", [False, True])
def test_the_rule_says_why(observed):
    paid, states, live = option(1)
    found = bermudan_option(paid, states, live, 1, observed=observed)
    is_open = live & (paid > 0.0) if observed else live
    np.testing.assert_array_equal(np.isnan(found.advantage), ~is_open)
    for date in range(DATES):
        for rule in range(4):
            chosen = (found.rule.rule == rule) & is_open[:, date]
            said = found.rule.advantage(states[chosen, date], date, rule, paid[chosen, date])
            np.testing.assert_allclose(said, found.advantage[chosen, date], atol=1e-10)


# ------------------------------------------------------------------------------------- figures


def test_figures_that_do_not_depend_on_the_fit():
    """Foresight takes the best date of each draw; a fixed date is chosen on the other quarters."""
    paid, states, live = option(2)
    paid += 0.2
    found = bermudan_option(paid, states, live, 1, chain=4)
    usable = np.where(live, paid, 0.0)
    assert found.perfect_foresight == pytest.approx(usable.max(axis=1).clip(0.0).mean())
    rule, fixed = found.rule.rule, np.zeros(DRAWS)
    assert np.bincount(rule).tolist() == [DRAWS // 16] * 16
    for own in range(16):
        mine, others = rule == own, (rule // 4 == own // 4) & (rule != own)
        means = usable[others].mean(axis=0)
        if means.max() > 0.0:
            fixed[mine] = usable[mine, means.argmax()]
    assert found.best_fixed == pytest.approx(fixed.mean())
    assert found.value == pytest.approx(found.payoff.mean())
    chains = found.payoff.reshape(4, -1).mean(axis=1)
    assert found.se == pytest.approx(chains.std(ddof=1) / 2.0)
    assert not found.loses


def test_a_fixed_date_that_costs_is_never_chosen():
    paid, states, live = option(3)
    found = bermudan_option(-np.abs(paid) - 0.1, states, live, 1)
    assert (found.best_fixed, found.perfect_foresight, found.value) == (0.0, 0.0, 0.0)
    cheap = bermudan_option(np.full((DRAWS, 2), 0.5), states[:, :2], degree=0)
    assert cheap.best_fixed == 0.5


def test_the_best_fixed_date_of_each_half_is_that_of_the_other():
    """The first date pays the even half, the second the odd one."""
    none = np.zeros((2048, 2, 1))
    rule = bermudan_option(np.zeros((2048, 2)), none, seed=1).rule.rule
    paid = np.stack([np.where(rule == 0, 3.0, 1.0), np.where(rule == 1, 2.0, 0.0)], axis=1)
    found = bermudan_option(paid, none, seed=1)
    np.testing.assert_array_equal(found.rule.rule, rule)
    assert found.best_fixed == pytest.approx(0.5 * 0.0 + 0.5 * 1.0)


@pytest.mark.parametrize(("now", "behind"), [(0.0, 0.25), (1.0, 0.25)])
def test_a_rule_that_loses_is_said_to(now, behind):
    """What is good in one half of the draws is bad in the other; 0 and 1 can be had without."""
    draws = 2048
    half = bermudan_option(np.zeros((draws, 2)), np.zeros((draws, 2, 1)), seed=7).rule.rule
    states = np.random.default_rng(0).standard_normal((draws, 2, 1))
    alike = (states[:, 1, 0] > 0.0) == (half == 0)
    paid = np.stack([np.full(draws, now), now + np.where(alike, 1.0, -1.5)], axis=1)
    found = bermudan_option(paid, states, degree=1, seed=7)
    assert found.best_fixed == now
    assert found.value < now - behind
    assert found.loses


# ----------------------------------------------------------------------------------- the bound


@pytest.mark.parametrize(
    ("room", "plain", "corrected", "gap"),
    [
        (1.0, 0.30, 0.35, 0.35),
        (1.0, 0.35, 0.30, 0.35),
        (1.0, 0.00, 0.10, 0.10),
        (1.0, 0.30, 0.45, None),
        (1.0, 0.45, 0.30, None),
        (2.0, 0.30, 0.45, 0.45),
        (1.0, 1.00, 0.50, None),
        (1.0, 0.95, 1.00, None),
        (0.5, 0.45, 0.48, 0.48),
    ],
)
def test_which_bound_is_given(room, plain, corrected, gap):
    """The larger gap, where the two agree to a tenth of the room and are below it."""
    spread, payoff = np.linspace(-0.01, 0.01, DRAWS), np.linspace(0.0, 2.0, DRAWS)
    found = dual_bound._larger(plain + spread, corrected + 0.5 * spread, room, payoff)
    if gap is None:
        assert found is None
    else:
        assert (found - payoff).mean() == pytest.approx(gap)


def test_a_dual_bound_and_none():
    paid, states, _ = option(5)
    dual = bermudan_option(paid, states, degree=1, chain=4)
    assert dual.upper_kind == "dual"
    assert dual.value < dual.upper < dual.perfect_foresight
    none = bermudan_option(paid, states, degree=1, chain=4, dual=False)
    assert none.upper_kind == "perfect foresight"
    assert none.upper == none.perfect_foresight == dual.perfect_foresight
    foresight = paid.max(axis=1).clip(0.0).reshape(4, -1).mean(axis=1)
    assert none.upper_se == pytest.approx(foresight.std(ddof=1) / 2.0)


# ------------------------------------------------------------------------------- the arguments


def test_defaults():
    paid, states, live = option(6)
    stated = bermudan_option(
        paid, states, np.ones_like(live), 3, 0, np.zeros(DRAWS), observed=False, dual=True
    )
    assert same(bermudan_option(paid, states), stated)
    assert stated.rule.powers.ravel().tolist() == [0, 1, 2, 3]
    assert not same(bermudan_option(paid, states, seed=1), stated)
    assert same(bermudan_option(paid, states, chain=1), stated)


def test_labelled_arrays_in_any_order():
    paid, states, live = option(7, features=2)
    labelled = bermudan_option(
        xr.DataArray(paid, dims=("draw", "date")).transpose("date", "draw"),
        xr.DataArray(states, dims=("draw", "date", "feature")).transpose("feature", "date", "draw"),
        xr.DataArray(live, dims=("draw", "date")).transpose("date", "draw"),
        degree=1,
    )
    assert same(labelled, bermudan_option(paid, states, live, degree=1))


def test_what_is_not_finite_where_the_option_is_not_live_counts_as_0():
    """What a draw that is not live shows says something of what it is worth later."""
    paid, states, live = option(8)
    gone = ~live & (np.arange(DRAWS) % 3 == 0)[:, None]
    nothing = np.where(live, paid, 0.0), np.where(gone[:, :, None], 0.0, states)
    unknown = np.where(live, paid, np.nan), np.where(gone[:, :, None], np.inf, states)
    assert same(bermudan_option(*unknown, live, 1), bermudan_option(*nothing, live, 1))


def test_an_observed_payoff_is_taken_only_where_it_is_positive():
    paid, states, _ = option(9)
    paid = np.round(paid)
    found = bermudan_option(paid, states, degree=1, observed=True)
    np.testing.assert_array_equal(np.isnan(found.advantage), paid <= 0.0)
    assert found.rule.observed
    assert found.rule.powers.tolist() == [[0, 0], [1, 0], [0, 1]]
    halved = bermudan_option(0.5 * paid, states, degree=1, observed=True)
    np.testing.assert_array_equal(np.isnan(halved.advantage), paid <= 0.0)
    np.testing.assert_allclose(halved.payoff, 0.5 * found.payoff)


def test_labels_of_chains_in_any_order():
    paid, states, live = option(10)
    labels = np.random.default_rng(0).permutation(np.repeat(list("wxyz"), [150, 130, 110, 90]))
    found = bermudan_option(paid, states, live, 1, chain=labels)
    for place, label in enumerate("wxyz"):
        followed = np.bincount(found.rule.rule[labels == label], minlength=16)
        assert np.ptp(followed[4 * place : 4 * place + 4]) <= 1
        assert followed.sum() == followed[4 * place : 4 * place + 4].sum()
    # The mean of all draws is that of the chains, each with its part in the draws.
    parts = [(found.payoff - found.value)[labels == label].sum() for label in "wxyz"]
    assert found.se == pytest.approx(4.0 / DRAWS * np.std(parts, ddof=1) / 2.0)


@pytest.mark.parametrize(("draws", "folds"), [(1, 1), (3, 3), (4, 4), (2047, 4), (2048, 2)])
def test_folds_are_even_and_drawn_by_lot(draws, folds):
    one, other = Folds.dealt(draws, 0, 1), Folds.dealt(draws, 0, 2)
    assert np.ptp(np.bincount(one.fold, minlength=folds)) <= 1
    assert draws < 4 or (one.fold != other.fold).any()
    for k, (order, train) in enumerate(zip(one.orders, one.train, strict=True)):
        assert sorted(order.tolist()) == list(range(draws))
        assert (one.fold[order[:train]] != k).all()
        assert (one.fold[order[train:]] == k).all()


def test_a_rule_waits_where_too_few_draws_are_live():
    """Of 12 draws three quarters are 9, of 16 they are 12. Only what is taken is known exactly."""
    for draws, paid, se in ((12, 0.0, np.nan), (16, 1.0, 0.0)):
        found = bermudan_option(np.ones((draws, 1)), np.zeros((draws, 1, 1)), degree=0)
        assert (found.value, found.best_fixed, found.upper_se) == (paid, 1.0, 0.0)
        assert found.se == pytest.approx(se, nan_ok=True)


WRONG = np.ones((8, 2))
WRONG[3, 1] = np.nan


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"exercise": np.zeros(8)}, r"^exercise: expected axes \(draw, date\), got shape \(8,\)"),
        ({"states": np.zeros((8, 2))}, r"^states: expected axes \(draw, date, feature\), got"),
        ({"live": np.ones(8, bool)}, r"^live: expected axes \(draw, date\), got shape \(8,\)"),
        ({"states": np.zeros((7, 2, 1))}, "do not have the same draws and dates"),
        ({"exercise": WRONG}, "^exercise: not finite somewhere where the option is live"),
        ({"states": WRONG[:, :, None]}, "^states: not finite somewhere where the option is live"),
        (
            {"exercise": np.ones((8, 0)), "states": np.zeros((8, 0, 1))},
            r"expected at least 4 draws and 1 date, got shape \(8, 0\)",
        ),
        (
            {"exercise": np.ones((3, 2)), "states": np.zeros((3, 2, 1))},
            r"expected at least 4 draws and 1 date, got shape \(3, 2\)",
        ),
        ({"chain": -1}, "8 draws do not divide into -1 chains"),
        ({"chain": 5}, "8 draws do not divide into 5 chains"),
        ({"chain": np.arange(16)}, r"^chain: expected 8 labels, got shape \(16,\)"),
    ],
)
def test_arguments_that_do_not_fit(change, message):
    arguments = {"exercise": np.ones((8, 2)), "states": np.zeros((8, 2, 1)), **change}
    with pytest.raises(InputError, match=message):
        bermudan_option(**arguments)
