"""Rivals who respond: figures by hand, the order of the rounds, and what the answer must hold."""

from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np
import pytest

from model.economics.axes import N_YEARS, NEVER
from model.economics.presence import Presence, everybody
from model.economics.strategies import STRATEGIES, compared
from model.numerics import threads
from model.numerics.standard_errors import mcse_of_each
from model.sampling.joint import sample
from model.simulation import rivals
from model.simulation.exercise import Usage
from model.simulation.rivals import AVERAGED, MOST, largest_move, presence_found, residual, respond
from model.simulation.setting import Setting
from model.simulation.simulate import simulate, valued
from priors.reading.load import load_priors, load_text
from tests.reference import economics as slow
from tests.reference.draws import as_setting, every_year, made_up
from tests.reference.prior_files import minimal
from tests.reference.strategies import EXIT, STAY

CHAINS = 4
LAST = N_YEARS - 1


def silent(done):
    del done


def usage_of(leaves, distress=None):
    """A use of the real options in which players leave `stay` in these years (draw, player)."""
    leaves = np.asarray(leaves, dtype=np.int8)
    draws, players = leaves.shape
    timing = np.full((draws, players, len(STRATEGIES)), 3, dtype=np.int8)
    timing[..., STAY] = leaves
    stops = np.full_like(leaves, N_YEARS) if distress is None else np.asarray(distress, np.int8)
    by_chain = timing.reshape(min(CHAINS, draws), -1, players, len(STRATEGIES))
    none = np.zeros((players, len(STRATEGIES)))
    nothing = np.zeros(by_chain.shape)
    return Usage(by_chain, nothing, stops, {"value": none}, none.astype("U17"), nothing)


def at(last):
    """Everybody of one draw is there up to these years, in one answer."""
    return Presence(np.array([[last]], dtype=np.int8), np.ones(1))


# ----------------------------------------------------------------------------------- by hand


def test_who_is_there_is_there_in_the_year_in_which_it_leaves_or_runs_out_of_funds():
    """The years of coming back, and of leaving the API, say nothing of it."""
    leaves, stops = [NEVER, 0, NEVER, 4], [N_YEARS, N_YEARS, 2, 7]
    found = presence_found(usage_of([leaves], [stops]))
    assert found.tolist() == [[LAST, 0, 2, 4]]
    assert found.dtype == np.int8
    years = every_year(Presence(found[None], np.ones(1)))[0]
    none = [None if year == NEVER else year for year in leaves]
    out = [None if year == N_YEARS else year for year in stops]
    assert years.tolist() == slow.presence_found(none, out)


def test_presence_is_found_chain_by_chain():
    leaves = np.arange(16).reshape(8, 2)
    assert np.array_equal(presence_found(usage_of(leaves)), leaves)


def test_the_residual_by_hand():
    """Of forty player-years two differ whole, and five by a half."""
    assert residual(at([LAST, 3]), np.array([[LAST, 3]], np.int8)) == 0.0
    assert residual(at([LAST, 3]), np.array([[LAST, 5]], np.int8)) == pytest.approx(2 / 40)
    assert residual(at([LAST, 3]), np.array([[LAST, 1]], np.int8)) == pytest.approx(2 / 40)
    half = Presence(np.array([[[LAST, 3]], [[LAST, 8]]], np.int8), np.array([0.5, 0.5]))
    assert residual(half, np.array([[LAST, 3]], np.int8)) == pytest.approx(2.5 / 40)
    assert residual(half, np.array([[LAST - 2, 8]], np.int8)) == pytest.approx(4.5 / 40)


def test_the_largest_move_by_hand():
    """Four chains one below and one above their mean: an error of 1/√3."""
    spread = np.array([-1.0, 1.0, -1.0, 1.0])[:, None, None]
    before = np.array([[5.0, 0.0], [7.0, 1.0]]) + spread
    now = np.array([[5.0, 0.2], [6.5, 1.0]]) + spread
    assert largest_move(now, before) == pytest.approx(0.5 * 3**0.5)
    assert largest_move(before, before) == 0.0
    # the error is that of the new round
    assert largest_move(now * 2.0, before * 0.0 + now.mean(axis=0) * 2.0 + 1.0) == pytest.approx(
        3**0.5 / 2.0
    )


def test_what_has_no_error_moves_without_limit_or_not_at_all():
    sure = np.zeros((4, 1, 2))
    assert largest_move(sure, sure) == 0.0
    assert largest_move(sure + np.array([0.0, 1e-9]), sure) == np.inf


# ------------------------------------------------------------------------------ the rounds' order


class Rounds:
    """Rounds whose outcome is stated: in which year all leave, and what strategies are worth then.

    `wanted` are the strategies whose real options each call values, None for all.
    """

    def __init__(self, monkeypatch, leaves, worth, others=None):
        self.seen, self.leaves, self.worth = [], leaves, worth
        self.others, self.wanted = others or [0.0] * len(worth), []
        self.setting = as_setting(*made_up(8, 2, seed=1), chains=CHAINS)
        monkeypatch.setattr(rivals, "exercise_options", self.exercise)
        monkeypatch.setattr(rivals, "payoffs", self.payoffs)

    def exercise(self, setting, presence, progress, strategies):
        assert setting is self.setting
        if not any(presence is one for one in self.seen):
            self.seen.append(presence)
        self.wanted.append(strategies)
        progress(1.0)
        place = next(k for k, one in enumerate(self.seen) if one is presence)
        usage = usage_of(np.full((8, 2), self.leaves[place]))
        return replace(usage, npv=self.npv(place, strategies))

    def npv(self, place, strategies):
        spread = np.array([-1.0, 1.0, -1.0, 1.0])[:, None, None, None]
        npv = np.zeros((CHAINS, 2, *self.setting.cells)) + spread
        npv[..., STAY] += self.worth[place]
        npv[..., EXIT] += self.others[place] if strategies is None else np.nan
        return npv

    def payoffs(self, setting, presence, timing):
        """Of the last round's use, at who is there in that round or in the one before."""
        assert setting is self.setting
        place = next(k for k, one in enumerate(self.seen) if one is presence)
        assert place >= len(self.seen) - 2
        assert np.all(timing[..., STAY] == self.leaves[len(self.seen) - 1])
        shape = (CHAINS, *setting.cells, 12)
        return self.npv(place, None), np.full(shape, place + 1)

    def present(self):
        """The w of each round in the first draw, of its first player."""
        return [every_year(presence)[0, :, 0] for presence in self.seen]


def until(year):
    return (np.arange(N_YEARS) <= year).astype(float)


def test_there_are_three_rounds_even_where_nothing_moves(monkeypatch):
    rounds = Rounds(monkeypatch, [5] * 3, [1.0] * 3)
    found = respond(rounds.setting, silent)
    assert (found.rounds, found.settled, found.last_move, found.residual) == (3, True, 0.0, 0.0)
    w = rounds.present()
    assert np.array_equal(w, [until(LAST), until(5), until(5)])


def test_the_rounds_end_where_nothing_has_moved_by_more_than_its_error(monkeypatch):
    """The error is .577: 10 and .6 are more, .5 is not."""
    rounds = Rounds(monkeypatch, [5, 6, 7, 8], [0.0, 10.0, 10.6, 10.1])
    found = respond(rounds.setting, silent)
    assert (found.rounds, found.settled) == (4, True)
    assert found.last_move == pytest.approx(0.5 * 3**0.5)
    assert np.array_equal(rounds.present(), [until(LAST), until(5), until(6), until(7)])
    # the result is the last round's; who is there is what it was found at, not what it finds
    assert found.npv[..., STAY].mean() == pytest.approx(10.1)
    assert np.all(found.component_means == 4)
    assert np.all(found.usage.timing[..., STAY] == 8)
    assert np.all(found.presence.last == 7)
    assert found.residual == pytest.approx(1 / N_YEARS)
    assert found.npv_rivals_stay[..., STAY].mean() == pytest.approx(0.0)


def test_a_small_move_in_the_second_round_does_not_end_them(monkeypatch):
    rounds = Rounds(monkeypatch, [5] * 4, [0.0, 0.1, 9.0, 9.0])
    assert respond(rounds.setting, silent).rounds == 4


def test_from_the_seventh_round_on_the_last_round_counts_half(monkeypatch):
    """Two places that each lead to the other: w swings, and from then on halves its way."""
    leaves = [0, LAST] * 6
    rounds = Rounds(monkeypatch, leaves, [0.0, 9.0] * 6)
    found = respond(rounds.setting, silent)
    assert (found.rounds, found.settled, found.last_move > 1.0) == (MOST, False, True)
    assert (AVERAGED, MOST) == (7, 12)
    expected = [until(LAST)]
    for played in range(1, MOST):
        w = until(leaves[played - 1])
        expected.append(w if played + 1 < 7 else 0.5 * (expected[-1] + w))
    assert np.array_equal(rounds.present(), expected)
    assert np.array_equal(expected[6], 0.5 * (until(0) + until(LAST)))
    assert found.presence is rounds.seen[-1]
    assert found.presence.weight.sum() == 1.0
    there = np.abs(expected[-1] - until(leaves[-1])).mean()
    assert found.residual == pytest.approx(there)


def test_far_from_the_end_only_staying_is_valued(monkeypatch):
    """Moves of 87, 87, .5 errors: the last round was not expected to be that."""
    rounds = Rounds(monkeypatch, [5] * 4, [0.0, 50.0, 100.0, 100.3])
    assert respond(rounds.setting, silent).rounds == 4
    assert rounds.wanted == [None, (STAY,), (STAY,), (STAY,), None]


def test_near_the_end_all_are_valued_once(monkeypatch):
    """Moves of 87, 5, .5 errors."""
    rounds = Rounds(monkeypatch, [5] * 4, [0.0, 50.0, 53.0, 53.3])
    assert respond(rounds.setting, silent).rounds == 4
    assert rounds.wanted == [None, (STAY,), (STAY,), None]


def test_another_strategy_that_still_moves_does_not_let_them_end(monkeypatch):
    rounds = Rounds(monkeypatch, [5] * 5, [0.0] * 5, [0.0, 5.0, 7.0, 9.0, 9.1])
    found = respond(rounds.setting, silent)
    assert (found.rounds, found.settled) == (5, True)
    assert found.last_move == pytest.approx(0.1 * 3**0.5)


@pytest.mark.parametrize("near", [0.0, np.inf])
def test_what_is_left_out_on_the_way_changes_no_byte(monkeypatch, near):
    plain = run_of(rivals="respond", draws=1024)
    monkeypatch.setattr(rivals, "_NEAR", near)
    other = run_of(rivals="respond", draws=1024)
    assert other.attrs["rounds"] == plain.attrs["rounds"]
    assert other.attrs["last_move_mcse"] == plain.attrs["last_move_mcse"]
    for name in ("payoff/npv", "option/timing", "presence/last"):
        assert other[name].values.tobytes() == plain[name].values.tobytes()


def test_a_lowered_cap_ends_them_unsettled(monkeypatch):
    rounds = Rounds(monkeypatch, [0, LAST] * 3, [0.0, 9.0] * 3)
    found = respond(rounds.setting, silent, most=5)
    assert (found.rounds, found.settled) == (5, False)


def test_the_first_round_is_played_at_the_start_that_is_stated(monkeypatch):
    rounds = Rounds(monkeypatch, [5] * 3, [1.0] * 3)
    alone = Presence(np.full((1, 8, 2), -1, dtype=np.int8), np.ones(1))
    respond(rounds.setting, silent, start=alone)
    assert rounds.seen[0] is alone


def test_progress_rises_and_stays_below_the_whole(monkeypatch):
    told = []
    respond(Rounds(monkeypatch, [0, LAST] * 6, [0.0, 9.0] * 6).setting, told.append)
    assert told == sorted(told)
    assert 0.0 < told[0] < told[1]
    assert told[-1] < 1.0


# ------------------------------------------------------------------------------------- small runs


def priors_of(*overrides, players=("one", "two")):
    return load_text(minimal(players=players), "mine.toml", overrides)


def run_of(*overrides, draws=4096, players=("one", "two"), **settings):
    return simulate(priors_of(*overrides, players=players), draws, 5, CHAINS, **settings)


#: Room for one of two: fixed cost is more than half of the market brings, and less than all of it.
ROOM_FOR_ONE = (
    "competition.fringe_attractiveness=0",
    "competition.entry=0",
    "market.size_2025=2",
    "market.size_2033=2",
    "market.ceiling=1000",
    "players.*.attractiveness=1",
    "players.*.weight_2026=1",
    "players.*.cost_ratio=1",
    "players.*.price_premium=1",
    "players.*.synergy=1",
    "players.*.consumer_subsidy_2026=0",
    "players.*.compute_opportunity=0",
    "players.*.legal_loss=0",
    "players.*.salvage=0",
    "players.*.trust_loss=0",
    "players.*.exit_cost=0",
    "players.*.fixed_cost=1.7",
    "players.*.funding=1000",
    "players.*.ipo_exposure=0",
    "market.fixed_cost_elasticity=0",
    "robotics.profit_pool=0",
)


@pytest.fixture(scope="module")
def pair():
    """The same draws with rivals who respond and who stay."""
    return tuple(run_of(rivals=what) for what in ("respond", "stay"))


def test_where_there_is_room_for_one_of_two_a_few_rounds_do_not_settle():
    """Both leave where the other stays, and stay where it leaves."""
    priors = priors_of(*ROOM_FOR_ONE)
    setting = Setting(sample(priors, 64, CHAINS, 5), compared(priors.strategies))
    found = respond(setting, silent, most=6)
    assert (found.rounds, found.settled) == (6, False)
    assert found.last_move > 1.0
    assert found.residual > 0.5


def test_a_run_that_is_not_settled_says_so(monkeypatch):
    monkeypatch.setattr("model.simulation.simulate.respond", partial(respond, most=4))
    run = run_of(*ROOM_FOR_ONE, draws=64)
    assert {key: run.attrs[key] for key in ("rivals", "rounds", "settled")} == {
        "rivals": "respond",
        "rounds": 4,
        "settled": 0,
    }
    assert run.attrs["last_move_mcse"] > 1.0
    assert run.attrs["residual"] > 0.5


def test_a_settled_run_says_after_how_many_rounds(pair):
    attrs = pair[0].attrs
    assert (attrs["rivals"], attrs["settled"]) == ("respond", 1)
    assert 3 <= attrs["rounds"] <= MOST
    assert 0.0 <= attrs["last_move_mcse"] <= 1.0
    assert 0.0 <= attrs["residual"] < 0.2
    assert pair[1].attrs["rivals"] == "stay"
    assert "rounds" not in pair[1].attrs
    assert not {"presence", "rivals_stay"} & set(pair[1].children)


def test_the_first_round_is_the_answer_with_rivals_who_stay(pair):
    first, stay = pair[0]["rivals_stay/npv"], pair[1]["payoff/npv"]
    assert first.dims == stay.dims
    # amounts of that size cancel in a payoff near 0, and leave their rounding
    size = np.abs(stay.values) + np.abs(stay.values).mean()
    assert np.all(np.abs(first.values - stay.values) <= 1e-12 * size)
    assert not np.allclose(first.values, pair[0]["payoff/npv"].values)


def test_the_presence_of_a_run_is_that_of_its_rules_but_for_the_residual(pair):
    run = pair[0]
    last = run["presence/last"]
    assert last.dims == ("answer", "chain", "draw", "player")
    assert run["presence"]["weight"].sum() == 1.0
    leaves = run["option/timing"].sel(strategy="stay").values
    gone = leaves != NEVER
    assert gone.any()
    assert np.mean(last.values[0][gone] == leaves[gone]) > 0.8
    assert np.all(last.values >= 0)


def test_with_entry_one_staying_is_worth_what_it_is_with_rivals_who_stay():
    """Its rule, fitted to figures that differ by rounding, may differ in a draw or so."""
    respond_, stay = (run_of("competition.entry=1", rivals=one) for one in ("respond", "stay"))
    for name in ("stay", "api_only"):
        found, expected = (run["payoff/npv"].sel(strategy=name) for run in (respond_, stay))
        close = np.isclose(found.values, expected.values, rtol=1e-9, atol=1e-9)
        assert close.mean() > 0.99
        moved = np.abs(found.mean(("chain", "draw")) - expected.mean(("chain", "draw"))).values
        error = mcse_of_each(expected.mean("draw").values)
        assert np.all(moved <= 0.1 * error)


def test_one_player_has_no_rivals_to_respond_to():
    one, other = (run_of(players=("one",), rivals=what) for what in ("respond", "stay"))
    assert np.array_equal(one["payoff/npv"].values, other["payoff/npv"].values)
    assert one.attrs["rounds"] == 3
    assert one.attrs["last_move_mcse"] == 0.0


def test_without_the_real_options_rivals_stay():
    run = run_of(options=False, rivals="respond", draws=64)
    assert run.attrs["rivals"] == "stay"
    assert not {"presence", "rivals_stay"} & set(run.children)


def test_one_core_and_several_give_the_same_bytes(pair, monkeypatch):
    monkeypatch.setattr(threads, "cores", lambda: 1)
    alone = run_of(rivals="respond")
    assert alone.attrs == pair[0].attrs
    for name, group in pair[0].children.items():
        for key, values in group.data_vars.items():
            assert alone[name][key].values.tobytes() == values.values.tobytes()


@pytest.mark.slow
def test_more_funding_lowers_no_expected_value():
    """Of the shipped priors, beyond the error of the difference on the same draws.

    From where the first year is paid for: with less, who would rather leave is gone at once, and a
    little more is only spent, for the first date to leave is the end of that year.
    """
    priors = load_priors("base.toml")
    drawn = sample(priors, 4096, 8, 7)
    first, own = len(drawn.quantities.shared), [q.key for q in drawn.quantities.own]
    rows = first + own.index("funding") + len(own) * np.arange(len(drawn.players))
    means = []
    for factor in (0.25, 0.5, 1.0, 2.0, 1e6):
        values = drawn.values.copy()
        values[:, rows] *= factor
        setting = Setting(replace(drawn, values=values), compared(priors.strategies))
        means.append(valued(setting, rivals="stay").npv.mean(axis=1))
    for poorer, richer in pairwise(means):
        gained = richer - poorer
        assert np.all(gained.mean(axis=0) >= -3.0 * mcse_of_each(gained))
        assert np.all(gained[..., EXIT] == 0.0)
    runway = list(drawn.players).index("runway")
    assert (means[1] - means[0]).mean(axis=0)[runway, STAY] > 0.0


@pytest.mark.slow
def test_each_alone_as_a_start_reaches_the_same_place():
    """Of the shipped priors: nothing proves that there is only one such place."""
    priors = load_priors("base.toml")
    draws, chains = 4096, 8
    setting = Setting(sample(priors, draws, chains, 7), compared(priors.strategies))
    count = len(priors.players)
    alone = Presence(np.full((1, draws, count), -1, dtype=np.int8), np.ones(1))
    one, other = (respond(setting, silent, start=start) for start in (None, alone))
    assert one.settled
    assert other.settled
    means = one.npv.mean(axis=1), other.npv.mean(axis=1)
    moved = np.abs(means[0].mean(axis=0) - means[1].mean(axis=0))
    assert np.all(moved <= 2.0 * mcse_of_each(means[0]))
    assert not np.array_equal(one.presence.last, everybody(draws, count).last)
