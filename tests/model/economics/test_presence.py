"""Who is in the market: by hand, and what it must and must not change."""

import numpy as np
import pytest

from model.economics.axes import N_YEARS
from model.economics.inputs import factors_in, inputs_of
from model.economics.kernel import evaluate
from model.economics.operations import factors_of
from model.economics.presence import Presence, everybody, fill_presence, mean_presence
from model.economics.strategies import STRATEGIES
from tests.reference.draws import (
    PLAYER,
    every_year,
    made_up,
    made_up_presence,
)
from tests.reference.options import real_options
from tests.reference.strategies import EXIT, STAY

#: Two answers of one draw: the first player half leaves after 2028; the second half never came.
TWO = Presence(np.array([[[2, -1]], [[19, 0]]], dtype=np.int8), np.array([0.25, 0.75]))


def nobody_but(own, draws, players):
    """All rivals of one player are gone before the first year."""
    last = np.full((1, draws, players), -1, dtype=np.int8)
    last[:, :, own] = N_YEARS - 1
    return Presence(last, np.ones(1))


def components(globals_, players, presence=None):
    return evaluate(globals_, players, presence=presence, serial=True)[0]


def assert_same(found, expected):
    size = np.abs(expected).sum(axis=-1, keepdims=True)
    assert np.all(np.abs(found - expected) <= 1e-12 * size)


# ------------------------------------------------------------------------------------------ by hand


def test_each_year_has_the_weight_of_the_answers_in_which_a_player_is_there():
    present = np.full((2, N_YEARS), np.nan)
    fill_presence(TWO.last[:, 0], TWO.weight, present)
    assert present[0].tolist() == [1.0] * 3 + [0.75] * 17
    assert present[1].tolist() == [0.75] + [0.0] * 19


def test_everybody_is_everybody_in_every_year():
    present = np.zeros((3, N_YEARS))
    fill_presence(everybody(2, 3).last[:, 1], np.ones(1), present)
    assert np.all(present == 1.0)
    assert np.all(mean_presence(everybody(2, 3)) == 1.0)


def test_the_mean_is_over_draws():
    there = made_up_presence(40, 3, seed=1)
    assert mean_presence(there) == pytest.approx(every_year(there).mean(axis=0).T)
    assert mean_presence(TWO)[0].tolist() == [1.0] * 3 + [0.75] * 17


def test_inputs_are_contiguous_and_by_default_of_every_file_and_of_everybody():
    globals_, players = made_up(6, 2, seed=2)
    found = inputs_of(globals_[:, ::2], players[..., ::2])
    assert found.globals_.flags.c_contiguous
    assert found.players.flags.c_contiguous
    assert np.array_equal(found.players, players[..., ::2])
    assert all(map(np.array_equal, factors_in(found), factors_of()))
    assert all(map(np.array_equal, (found.last, found.weight), everybody(3, 2)))


def test_inputs_carry_the_strategies_and_the_presence_that_are_stated():
    draws, there = made_up(6, 2, seed=2), made_up_presence(6, 2, seed=3)
    factors = factors_of(STRATEGIES[:2])
    found = inputs_of(*draws, factors, there)
    assert factors_in(found).numbers is factors.numbers
    assert found.last is there.last


# ------------------------------------------------------------------------------ what it must change


def test_without_entry_those_who_have_left_are_as_good_as_left_out():
    """What staying is worth to who is alone is that of a market of its own, in other costs."""
    draws = 40
    globals_, players = made_up(draws, 3, seed=4, competition_entry=0.0, cost_ratio=0.8)
    found = components(globals_, players, nobody_but(1, draws, 3))[:, 1]
    assert_same(found, components(globals_, players[1:2])[:, 0])


def test_a_rival_that_is_half_there_counts_half():
    globals_, players = made_up(30, 2, seed=5, competition_entry=0.0, cost_ratio=0.8)
    half = Presence(
        np.array([[[19, 19]], [[19, -1]]], dtype=np.int8).repeat(30, 1), np.full(2, 0.5)
    )
    weaker = players.copy()
    for name in ("attractiveness", "weight_2026"):
        weaker[1, PLAYER.index(name)] *= 0.5
    assert_same(components(globals_, players, half)[:, 0], components(globals_, weaker)[:, 0])


def test_when_a_rival_leaves_only_the_years_after_change():
    """A player that leaves after the year in which its rival is last there never notices."""
    globals_, players = made_up(50, 2, seed=6, competition_entry=0.0)
    last = np.full((1, 50, 2), 5, dtype=np.int8)
    all_, some = (
        real_options(globals_, players, there)[0][STAY].states[:, 2]
        for there in (everybody(50, 2), Presence(last, np.ones(1)))
    )
    assert np.array_equal(all_[:6], some[:6])
    assert not np.any((all_[6] == some[6]) & (all_[6] != 0.0) & (some[6] != 0.0))


# -------------------------------------------------------------------------- what it must not change


def test_with_entry_one_staying_is_worth_the_same_whoever_is_there():
    draws = made_up(100, 4, seed=7, competition_entry=1.0)
    there = made_up_presence(100, 4, seed=8)
    assert_same(components(*draws, there), components(*draws))
    assert not np.allclose(components(*made_up(100, 4, seed=7), there), components(*draws))
    for player in range(4):
        some, full = (real_options(*draws, who)[player] for who in (there, None))
        for one, other in zip(some[STAY:], full[STAY:], strict=True):
            assert np.array_equal(one.live, other.live)
            assert one.exercise == pytest.approx(other.exercise, rel=1e-9, abs=1e-9)
        # Who comes back meets the largest rival that is there.
        assert not np.allclose(some[EXIT].exercise, full[EXIT].exercise)


def test_nobody_s_own_presence_matters_to_itself():
    draws = made_up(40, 3, seed=9)
    there = made_up_presence(40, 3, seed=10)
    gone = there.last.copy()
    gone[..., 1] = -1
    without = Presence(gone, there.weight)
    assert np.array_equal(components(*draws, there)[:, 1], components(*draws, without)[:, 1])
    assert not np.array_equal(components(*draws, there)[:, 0], components(*draws, without)[:, 0])


@pytest.mark.parametrize("fixed", [{}, {"cost_ratio": 1e-3}])
def test_a_player_without_attractiveness_is_as_good_as_left_out(fixed):
    """Not even as the cheapest does it count, nor present or absent."""
    draws = 60
    globals_, players = made_up(draws, 4, seed=11)
    for name, value in ({"attractiveness": 0.0} | fixed).items():
        players[2, PLAYER.index(name)] = value
    there, others = made_up_presence(draws, 4, seed=12), [0, 1, 3]
    without = Presence(np.ascontiguousarray(there.last[..., others]), there.weight)
    found = components(globals_, players, there)
    assert_same(found[:, others], components(globals_, players[others], without))
    revenue = found[:, 2, STAY, 0]
    assert np.all(revenue == 0.0)
    for place, player in enumerate(others):
        held = real_options(globals_, players, there)[player]
        expected = real_options(globals_, players[others], without)[place]
        for one, other in zip(held, expected, strict=True):
            assert one.exercise == pytest.approx(other.exercise, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("api_share", [0.0, 0.5])
@pytest.mark.parametrize("players", [1, 3])
def test_alone_without_fringe_and_newcomers_all_is_finite_and_the_market_its_own(
    players, api_share
):
    """One player, or all others gone before the first year."""
    none = {"competition_fringe_attractiveness": 0.0, "competition_entry": 0.0}
    draws = made_up(20, players, seed=13, api_share=api_share, funding=1e9, synergy=0.3, **none)
    there = nobody_but(0, 20, players)
    found = components(*draws, there)
    assert np.isfinite(found).all()
    fringe = made_up(
        20,
        players,
        seed=13,
        funding=1e9,
        synergy=0.3,
        **none | {"competition_fringe_attractiveness": 1e-15},
    )
    whole = components(*fringe, there)[:, 0, STAY]
    assert found[:, 0, STAY] == pytest.approx(whole, rel=1e-9)
    assert np.all((found[:, 0, STAY + 1, 1] > 0.0) == (api_share > 0.0))
    for option in real_options(*draws, there)[0]:
        assert np.isfinite(option.exercise).all()
        assert np.isfinite(option.states.swapaxes(1, 2)[option.live]).all()
