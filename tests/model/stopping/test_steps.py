"""What happens to each draw at one date: against the same said with whole arrays."""

import numpy as np
import pytest

from model.stopping import steps

DRAWS = 400


@pytest.fixture(params=[False, True], ids=["estimated", "observed"])
def case(request):
    """A date and what the one after it left, all at random."""
    random = np.random.default_rng(int(request.param))
    group, own = (random.random((2, DRAWS)) < 0.6).astype(np.int8)
    date, carried = steps.room(random.standard_normal(DRAWS), group, own, request.param, 2)
    for array in (*carried, date.targets, date.fitted):
        array[:] = random.standard_normal(array.shape)
    steps.prepare(date, carried, True)
    return date, carried


def gain(date):
    """Fitted value of exercising over going on (half, draw)."""
    fitted = date.fitted[:, steps.GAIN]
    return date.now - fitted if date.observed else fitted


def test_scores_are_clipped_and_each_group_has_its_own():
    random = np.random.default_rng(0)
    states, group = 5.0 * random.standard_normal((2, DRAWS)), random.integers(0, 2, DRAWS)
    center, scale = random.random((2, 2, 2)) + 0.5
    found = np.empty((2, DRAWS))
    steps.standardise(states, group.astype(np.int8), center, scale, found)
    expected = (states - center[group].T) / scale[group].T
    np.testing.assert_allclose(found, expected.clip(-3.0, 3.0), rtol=1e-14)
    assert (np.abs(expected) > 3.0).any()


@pytest.mark.parametrize("closed_too", [False, True])
def test_targets_and_cells(case, closed_too):
    date, carried = case
    steps.prepare(date, carried, closed_too)
    draw = np.arange(DRAWS)
    waits = (date.group == 0) | date.observed
    regressand = np.where(waits, carried.cash, date.now - carried.cash)
    np.testing.assert_array_equal(date.targets[steps.GAIN], regressand)
    np.testing.assert_array_equal(date.targets[steps.CUT], 0.0)
    ahead = carried.later + carried.excess[date.own, draw] - date.now
    np.testing.assert_array_equal(date.targets[steps.NEXT], ahead)
    for half in range(2):
        wanted = (date.group == 1) | closed_too
        np.testing.assert_array_equal(date.use[half], np.where(wanted, 2 * date.group + half, -1))
    np.testing.assert_array_equal(date.cell, date.use[date.own, draw])
    assert not date.fitted.any()


def test_what_winsorising_cuts_off_is_kept_beside_it(case):
    date, carried = case
    steps.prepare(date, carried, False)
    whole, low, high = date.targets[steps.GAIN].copy(), np.full(4, -0.5), np.array([9, 9, 0.3, 0.7])
    steps.winsorize(date, low, high)
    fitted = date.cell >= 0
    cut = whole[fitted].clip(low[date.cell[fitted]], high[date.cell[fitted]])
    np.testing.assert_array_equal(date.targets[steps.GAIN, fitted], cut)
    np.testing.assert_allclose(
        date.targets[steps.GAIN] + date.targets[steps.CUT], whole, rtol=1e-14
    )
    assert not date.targets[steps.CUT, ~fitted].any()


def test_only_open_draws_near_the_boundary_stay(case):
    date, _ = case
    date.fitted[:] = np.random.default_rng(5).standard_normal(date.fitted.shape)
    before, limits = date.use.copy(), np.array([0.5, 1.5])
    steps.narrow(date, limits)
    near = (date.group == 1) & (np.abs(gain(date)) <= limits[:, None])
    np.testing.assert_array_equal(date.use, np.where(near, before, -1))
    np.testing.assert_array_equal(date.cell, date.use[date.own, np.arange(DRAWS)])


def test_earned_is_what_exercising_pays_those_that_it_was_fitted_to(case):
    date, carried = case
    date.fitted[:] = np.random.default_rng(6).standard_normal(date.fitted.shape)
    found = steps.earned(date, carried)
    exercised = (date.group == 1) & (gain(date)[date.own, np.arange(DRAWS)] > 0.0)
    for half in range(2):
        chosen = exercised & (date.own == half)
        expected = (date.now - carried.cash)[chosen].sum()
        assert found[half] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("pays", [(True, True), (True, False)])
def test_advance(case, pays):
    date, carried = case
    date.fitted[:] = np.random.default_rng(7).standard_normal(date.fitted.shape)
    before = steps.Carried(*(array.copy() for array in carried))
    advantage, innovation = np.empty((2, DRAWS))
    steps.advance(date, carried, np.array(pays), advantage, innovation)
    draw, other, is_open = np.arange(DRAWS), 1 - date.own, date.group == 1
    gains = np.where(np.array(pays)[:, None], gain(date), np.minimum(0.0, gain(date)))
    np.testing.assert_array_equal(advantage, np.where(is_open, gains[other, draw], np.nan))
    exercised = is_open & (gains[date.own, draw] > 0.0)
    np.testing.assert_array_equal(carried.cash, np.where(exercised, date.now, before.cash))
    np.testing.assert_array_equal(carried.later, date.now)
    worth = np.where(is_open, np.maximum(0.0, -gains), date.fitted[:, steps.GAIN])
    np.testing.assert_array_equal(carried.excess, worth)
    ahead = before.later + before.excess[other, draw] - date.now
    expected = ahead - date.fitted[other, steps.EXPECTED, draw]
    np.testing.assert_allclose(innovation, expected, rtol=1e-12, atol=1e-12)


def test_the_first_positive_advantage_is_exercised():
    advantage = np.array(
        [[-1.0, 1.0, np.nan, 0.0], [2.0, 3.0, np.nan, 0.0], [5.0, -1.0, 4.0, -1.0]]
    )
    exercise = np.arange(12.0).reshape(3, 4)
    payoff, when = np.zeros(4), np.full(4, -1)
    steps.realise(exercise, advantage, payoff, when)
    np.testing.assert_array_equal(when, [1, 0, 2, -1])
    np.testing.assert_array_equal(payoff, [4.0, 1.0, 10.0, 0.0])


@pytest.mark.parametrize("observed", [False, True])
def test_at_the_limit_a_draw_stays_and_at_zero_it_waits(observed):
    """Three draws of one half: an advantage of 0, of the limit, beyond it."""
    date, carried = steps.room(np.zeros(3), np.ones(3, np.int8), np.zeros(3, np.int8), observed, 1)
    gains = np.array([0.0, 2.0, 2.5])
    date.now[:] = [5.0, 6.0, 7.0]
    steps.prepare(date, carried, False)
    assert date.cell.tolist() == [2, 2, 2]
    date.fitted[:, steps.GAIN] = date.now - gains if observed else gains
    steps.narrow(date, np.array([2.0, -1.0]))
    np.testing.assert_array_equal(date.use, [[2, 2, -1], [-1, -1, -1]])
    carried.cash[:] = 1.0
    assert steps.earned(date, carried).tolist() == [5.0 + 6.0, 0.0]
    advantage, innovation = np.empty((2, 3))
    steps.advance(date, carried, np.ones(2, bool), advantage, innovation)
    np.testing.assert_allclose(advantage, gains)
    assert carried.cash.tolist() == [1.0, 6.0, 7.0]


def test_what_is_in_cell_0_is_winsorized_like_the_others():
    date, carried = steps.room(np.zeros(2), np.zeros(2, np.int8), np.array([0, 1]), False, 1)
    carried.cash[:] = [4.0, -4.0]
    steps.prepare(date, carried, True)
    assert date.cell.tolist() == [0, 1]
    steps.winsorize(date, np.full(4, -1.0), np.full(4, 1.0))
    assert date.targets[steps.GAIN].tolist() == [1.0, -1.0]
    assert date.targets[steps.CUT].tolist() == [3.0, -3.0]
