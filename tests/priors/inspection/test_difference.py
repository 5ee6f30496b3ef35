"""What differs between two prior files."""

import pytest

from priors.inspection.difference import (
    Change,
    CorrelationChange,
    correlation_differences,
    differences,
)
from priors.reading.load import load_text
from priors.registry.quantities import PLAYER_QUANTITIES
from tests.reference.prior_files import minimal

PLAYERS = ("one", "two")


def load(*overrides, players=PLAYERS, head="", tail=""):
    return load_text(head + minimal(players=players) + tail, "mine.toml", overrides)


def pair(first, second, rank):
    return f'[[correlations]]\nbetween = ["{first}", "{second}"]\nrank = {rank}\n'


def paths(first, second):
    return [change.path for change in differences(first, second)]


def test_a_file_does_not_differ_from_itself():
    assert differences(load(), load()) == []
    tail = pair("players.*.cost_ratio", "market.size_2033", 0.3)
    assert correlation_differences(load(tail=tail), load(tail=tail)) == []


def test_how_a_distribution_came_about_is_no_difference():
    """Type or player, file or override: what counts is what is drawn."""
    stated = '[players.one.fixed_cost]\nfamily = "lognormal"\np10 = 0.5\np90 = 2.0\n'
    assert differences(load(), load(tail=stated)) == []
    assert differences(load(), load("types.lab.fixed_cost.why='another reason'")) == []


def test_a_change_is_told_by_its_deciles_and_unit():
    (change,) = differences(load(), load("market.size_2033.scale=3"))
    assert (change.path, change.unit) == ("market.size_2033", "USD billion/year")
    assert change.first == pytest.approx((0.5, 1.0, 2.0))
    assert change.second == pytest.approx((1.5, 3.0, 6.0))


def test_the_other_way_round_it_is_turned():
    one, other = load(), load("market.size_2033.scale=3", "players.two.fixed_cost=1")
    turned = [
        Change(
            change.path,
            change.unit,
            change.second,
            change.first,
            change.second_stated,
            change.first_stated,
        )
        for change in differences(other, one)
    ]
    assert turned == differences(one, other)
    assert [change.path for change in turned] == ["market.size_2033", "players.two.fixed_cost"]


def test_a_player_s_own_prior():
    (change,) = differences(load(), load("players.two.fixed_cost=1.25"))
    assert (change.path, change.unit) == ("players.two.fixed_cost", "USD billion/year")
    assert change.first == pytest.approx((0.5, 1.0, 2.0))
    assert change.second == (1.25, 1.25, 1.25)


def test_an_event_is_told_by_its_probability():
    """Its deciles are 0, 1 and 1 before and after."""
    (change,) = differences(load(), load("robotics.success.probability=0.6"))
    assert change.path == "robotics.success"
    assert (change.first, change.second) == ((0.5,), (0.6,))
    (change,) = differences(load(), load("robotics.success=1"))
    assert change.second == (1.0,)


def test_a_change_that_no_decile_shows_is_a_change():
    (change,) = differences(load(), load("market.size_2033.upper=1e9"))
    assert change.first == pytest.approx(change.second)
    assert "upper" not in change.first_stated
    assert change.second_stated == "lognormal, p10 = 0.5, p90 = 2, upper = 1e+09"


def test_changes_come_in_the_order_of_the_registry():
    overrides = (
        "players.two.attractiveness=1",
        "ipo.refund=0.5",
        "players.one.reentry_share=0.5",
        "players.one.attractiveness=1",
        "market.size_2025=1",
    )
    assert paths(load(), load(*overrides)) == [
        "market.size_2025",
        "ipo.refund",
        "players.one.attractiveness",
        "players.one.reentry_share",
        "players.two.attractiveness",
    ]


def test_a_player_whom_one_file_has_not():
    both, one = load(), load(players=("one",))
    gone, come = differences(both, one), differences(one, both)
    assert {change.path.split(".")[1] for change in gone} == {"two"}
    assert len(gone) == len(come) == len(PLAYER_QUANTITIES)
    assert all(change.first and change.second is None for change in gone)
    assert all(change.second and change.first is None for change in come)


def test_an_excluded_player_is_one_whom_the_file_has_not():
    part = load(head='exclude = ["two"]\n')
    assert paths(load(), part) == paths(load(), load(players=("one",)))
    assert differences(part, load(players=("one",))) == []


def test_correlations_that_changed_came_or_went():
    first = load(
        tail=pair("market.size_2033", "market.size_2025", 0.2)
        + pair("ipo.refund", "market.size_2033", 0.4)
    )
    second = load(
        tail=pair("market.size_2025", "market.size_2033", 0.3)
        + pair("players.*.salvage", "players.*.funding", -0.1)
    )
    found = correlation_differences(first, second)
    assert found == [
        CorrelationChange(("market.size_2025", "market.size_2033"), 0.2, 0.3),
        CorrelationChange(("ipo.refund", "market.size_2033"), 0.4, 0.0),
        CorrelationChange(("players.one.funding", "players.one.salvage"), 0.0, -0.1),
        CorrelationChange(("players.two.funding", "players.two.salvage"), 0.0, -0.1),
    ]


def test_the_order_of_the_ends_is_no_difference():
    ends = ("market.size_2033", "players.one.funding")
    first, second = load(tail=pair(*ends, 0.2)), load(tail=pair(*reversed(ends), 0.2))
    assert correlation_differences(first, second) == []


def test_a_correlation_with_an_excluded_player_is_none():
    tail = pair("players.*.salvage", "players.*.funding", 0.1)
    found = correlation_differences(load(tail=tail), load(head='exclude = ["two"]\n', tail=tail))
    assert found == [CorrelationChange(("players.two.funding", "players.two.salvage"), 0.1, 0.0)]
