"""The two real options against the slow version: what using them pays, what is seen, components."""

import numpy as np
import pytest

from model.economics.axes import LEAVING_YEARS, NEVER, RETURN_YEARS
from model.economics.components import COMPONENT_NAMES, OPTION_COMPONENT_NAMES
from model.economics.inputs import inputs_of
from model.economics.kernel import evaluate, evaluate_inputs
from model.economics.strategies import EXIT, STAY, STRATEGY_NAMES
from model.economics.timing import evaluate_timed
from tests.reference import economics as slow
from tests.reference.draws import (
    PLAYER,
    by_year,
    made_up,
    made_up_presence,
    named,
)
from tests.reference.options import real_options

ALL = (*COMPONENT_NAMES, *OPTION_COMPONENT_NAMES)
#: Strategies that may be left, by their places.
OPERATING = {place: strategy for place, strategy in enumerate(STRATEGY_NAMES) if strategy != "exit"}
#: Draws, players, and conditions to hold in draws that are otherwise wide and heterogeneous.
CASES = {
    "wide": (3, 3, {}),
    "many draws": (6, 3, {}),
    "one player": (4, 1, {}),
    "one player and no fringe": (4, 1, {"competition_fringe_attractiveness": 0.0}),
    "tiny market": (4, 2, {"market_size_2025": 1e-12, "market_size_2033": 1e-12}),
    "no funding": (4, 2, {"funding": 0.0}),
    "endless funding": (4, 2, {"funding": 1e12}),
    "robotics at once": (4, 2, {"robotics_success": 1.0, "robotics_years_to_revenue": 0.1}),
    "no terminal growth": (4, 2, {"valuation_terminal_growth": 0.0}),
    "strong lock-in": (4, 2, {"competition_lock_in": 20.0}),
    "weak rivals": (4, 2, {"attractiveness": 0.2, "competition_fringe_attractiveness": 0.1}),
}


QUICK = ("wide", "one player and no fringe", "tiny market", "endless funding", "robotics at once")


@pytest.fixture(
    params=[
        pytest.param(case, id=name, marks=() if name in QUICK else pytest.mark.slow)
        for name, case in CASES.items()
    ],
    scope="module",
)
def case(request):
    draws, players, fixed = request.param
    return (*made_up(draws, players, seed=31, **fixed), made_up_presence(draws, players, seed=30))


def each(globals_, players, presence):
    """Every draw by name, with every player's place and who is there."""
    for draw in range(globals_.shape[1]):
        one = named(globals_, players, draw)
        for i in range(len(players)):
            yield draw, i, one, by_year(presence, draw)


def money(one, i, there):
    """Sum of the absolute amounts that a player has at stake: the measure of rounding."""
    g, players = one
    player = players[i]
    gross = 0.0
    for t in slow.YEARS:
        year = slow.flows(g, players, i, "stay", t, presence=there)
        gross += slow.discount(player, t) * sum(abs(flow) for flow in year.values())
    last = sum(
        abs(flow) for flow in slow.flows(g, players, i, "stay", slow.LAST, presence=there).values()
    )
    gross += slow.discount(player, slow.LAST) * last * slow.perpetuity(g, player)
    once = sum(player[name] for name in ("salvage", "exit_cost", "trust_loss"))
    entry = player["reentry_cost"] * slow.fixed_cost_growth(g, slow.LAST)
    return gross + once + entry + abs(slow.robotics_gain(g, player)) + abs(slow.ipo_loss(g, player))


# --------------------------------------------------------------------------------- the slow version


@pytest.mark.parametrize("strategy", OPERATING.values())
def test_leaving_is_worth_the_difference_that_it_makes_to_the_components(strategy):
    """Of the slow version itself: the two ways to write it down agree."""
    for _, i, one, there in each(*made_up(3, 2, seed=32), made_up_presence(3, 2, 29)):
        never = sum(slow.components_leaving(*one, i, strategy, None, presence=there).values())
        for t in slow.LEAVING_YEARS:
            if slow.may_leave(*one, i, strategy, t, presence=there):
                left = sum(slow.components_leaving(*one, i, strategy, t, presence=there).values())
                worth = slow.leaving_value(*one, i, strategy, t, presence=there)
                assert left - never == pytest.approx(worth, abs=1e-12 * money(one, i, there))


# ------------------------------------------------------------------------------------- what it pays


def test_what_leaving_pays_and_when_it_may_be_done(case):
    found = real_options(*case)
    for draw, i, one, there in each(*case):
        for place, strategy in OPERATING.items():
            option = found[i][place]
            assert option.years == tuple(slow.LEAVING_YEARS)
            live = [slow.may_leave(*one, i, strategy, t, presence=there) for t in option.years]
            worth = [
                slow.leaving_value(*one, i, strategy, t, presence=there) if may else 0.0
                for t, may in zip(option.years, live, strict=True)
            ]
            assert option.live[:, draw].tolist() == live
            assert option.exercise[:, draw] == pytest.approx(
                worth, rel=0.0, abs=1e-12 * money(one, i, there)
            )


def test_what_coming_back_pays(case):
    found = [own[EXIT] for own in real_options(*case)]
    for draw, i, one, there in each(*case):
        assert found[i].years == tuple(slow.RETURN_YEARS)
        assert found[i].live.all()
        worth = [slow.return_value(*one, i, t, presence=there) for t in found[i].years]
        assert found[i].exercise[:, draw] == pytest.approx(
            worth, rel=0.0, abs=1e-12 * money(one, i, there)
        )


def test_what_the_player_sees(case):
    found = real_options(*case)
    for draw, i, one, there in each(*case):
        back = found[i][EXIT]
        seen = [slow.seen_away(*one, i, t, presence=there) for t in back.years]
        assert back.states[..., draw] == pytest.approx(np.array(seen), rel=1e-11, abs=1e-12)
        for place, strategy in OPERATING.items():
            option = found[i][place]
            live = option.live[:, draw]
            seen = [slow.seen_operating(*one, i, strategy, t, presence=there) for t in option.years]
            assert option.states[live, :, draw] == pytest.approx(
                np.array(seen)[live], rel=1e-11, abs=1e-12
            )


# --------------------------------------------------------------------------------------- components


def random_timing(globals_, players, presence, seed=33):
    """A year of leaving where it may be left, a year of coming back, or never."""
    rng = np.random.default_rng(seed)
    timing = np.full((globals_.shape[1], len(players), len(STRATEGY_NAMES)), NEVER, dtype=np.int8)
    for draw, i, one, there in each(globals_, players, presence):
        timing[draw, i, EXIT] = rng.choice([NEVER, *RETURN_YEARS])
        for place, strategy in OPERATING.items():
            may = [t for t in LEAVING_YEARS if slow.may_leave(*one, i, strategy, t, presence=there)]
            timing[draw, i, place] = rng.choice([NEVER, *may])
    return timing


def evaluated(globals_, players, presence, timing=None):
    """Components with room for the real options, and NPVs."""
    room = np.zeros((globals_.shape[1], len(players), len(STRATEGY_NAMES), len(ALL)))
    inputs = inputs_of(globals_, players, presence=presence)
    if timing is None:
        return evaluate_inputs(inputs, room)
    return evaluate_timed(inputs, timing, room)


def test_components_where_the_real_options_are_used(case):
    timing = random_timing(*case)
    components, npv = evaluated(*case, timing)
    for draw, i, one, there in each(*case):
        used = [None if t == NEVER else int(t) for t in timing[draw, i]]
        expected = [
            slow.components_leaving(*one, i, OPERATING[place], t, presence=there)
            if place in OPERATING
            else slow.components_returning(*one, i, t, presence=there)
            for place, t in enumerate(used)
        ]
        table = np.array([[parts.get(name, 0.0) for name in ALL] for parts in expected])
        close = 1e-12 * money(one, i, there)
        assert components[draw, i] == pytest.approx(table, rel=0.0, abs=close)
        assert npv[draw, i] == pytest.approx(table.sum(axis=-1), rel=0.0, abs=close)


def test_an_option_that_is_not_used_changes_nothing(case):
    timing = random_timing(*case)
    components, npv = evaluated(*case, timing)
    before, npv_before = evaluated(*case)
    unused = timing == NEVER
    assert np.array_equal(components[unused], before[unused])
    assert np.array_equal(npv[unused], npv_before[unused])


def test_using_an_option_changes_the_npv_by_what_it_pays(case):
    """Fast against fast: the payoff that the rule is fitted to is the one that is booked."""
    timing = random_timing(*case, seed=34)
    gained = evaluated(*case, timing)[1] - evaluated(*case)[1]
    found = real_options(*case)
    for draw, i, one, there in each(*case):
        for place, option in enumerate(found[i]):
            year = timing[draw, i, place]
            pays = 0.0 if year == NEVER else option.exercise[option.years.index(year), draw]
            assert gained[draw, i, place] == pytest.approx(pays, abs=1e-12 * money(one, i, there))


# ------------------------------------------------------------------------------------- closed forms


def test_leaving_at_once_saves_the_refund_and_the_rest_of_robotics():
    """A player that earns and spends nothing: leaving pays settlement, robotics and refund."""
    listing = {"ipo_refund": 0.5, "ipo_valuation_impact": 0.01}
    globals_, players = made_up(1, 2, seed=35, valuation_terminal_growth=0.0, **listing)
    stated = {
        "attractiveness": 0.0,
        "fixed_cost": 0.0,
        "legal_loss": 0.0,
        "consumer_subsidy_2026": 0.0,
        "funding": 1.0,
        "discount_rate": 0.1,
        "salvage": 3.0,
        "exit_cost": 0.5,
        "trust_loss": 0.25,
        "robotics_capture": 0.0,
    }
    for name, value in stated.items():
        players[0, PLAYER.index(name)] = value
    option = real_options(globals_, players)[0][STAY]
    loss = -evaluate(globals_, players)[0][0, 0, STAY, COMPONENT_NAMES.index("ipo")]
    expected = [2.25 * 1.1 ** -(t + 1) for t in range(9)]
    expected[0] += 0.5 * loss
    assert loss > 0.0
    assert option.exercise[:, 0] == pytest.approx(expected)
