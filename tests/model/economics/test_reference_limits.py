"""What must hold of the equations themselves: limits and invariants of their slow version."""

from math import exp, inf, isfinite, log
from pathlib import Path

import numpy as np
import pytest

from tests.reference import economics as eco
from tests.reference import first_edition
from tests.reference.draws import every_year, made_up_by_name, made_up_presence

DRAWS, PLAYERS = 30, 3
#: What the program of the first edition computed: tests/data/first_edition/README.md.
COMPUTED = Path(__file__).resolve().parents[2] / "data" / "first_edition" / "components.npz"


def rows(presence):
    """Presence of each draw as the slow version takes it: a list a year."""
    return presence.tolist()


def assert_same(found, expected):
    """Components to 1e-12 of the sum of the absolute components of each player's strategy."""
    for one, other in zip(found, expected, strict=True):
        assert one.keys() == other.keys()
        for strategy in other:
            size = sum(map(abs, other[strategy].values()))
            assert one[strategy].keys() == other[strategy].keys()
            for name, value in other[strategy].items():
                assert abs(one[strategy][name] - value) <= 1e-12 * size, (strategy, name)


def neutral(g, players):
    """The draw with what the second edition added at values that change nothing."""
    added = {
        "market.ceiling": inf,
        "compute.decline_half_life": inf,
        "compute.long_run_decline": 0.3,
        "competition.share_half_life": 2.0,
        "competition.entry": 0.4,
    }
    own = [{**p, "weight_2026": p["attractiveness"], "funding": 1e6} for p in players]
    return {**g, **added}, own


# ------------------------------------------------------------------------------------------- market


def test_the_ceiling_is_never_passed():
    for g, _ in made_up_by_name(DRAWS, 1, seed=1, market_size_2033=200.0):
        for t in eco.YEARS:
            assert eco.market(g, t) <= g["market.ceiling"] * (1 + 1e-14)
            assert eco.market(g, t) <= eco.demand(g, t)


def test_a_market_far_above_its_ceiling_is_the_ceiling():
    for g, _ in made_up_by_name(5, 1, seed=2, market_ceiling=1e-6):
        for t in eco.YEARS:
            assert eco.market(g, t) == pytest.approx(1e-6, rel=1e-12)


def test_below_half_of_the_ceiling_revenue_is_demand_within_1_6_percent():
    gaps = [
        1 - eco.market(g, t) / eco.demand(g, t)
        for g, _ in made_up_by_name(DRAWS, 1, seed=3)
        for t in eco.YEARS
        if eco.demand(g, t) <= g["market.ceiling"] / 2
    ]
    assert len(gaps) > 100
    assert 0.01 < max(gaps) < 0.016


# ----------------------------------------------------------------------------------- cost and price


def test_constant_decline_gives_the_closed_form_of_the_price():
    made = made_up_by_name(
        DRAWS,
        PLAYERS,
        seed=4,
        compute_decline_half_life=inf,
        competition_share_half_life=inf,
        compute_cost_gap_half_life=1.5,
    )
    for g, players in made:
        decline = eco.cost_decline(g, 0)
        rate = g["competition.commoditization_rate"]
        start = log(g["competition.price_2026"] / eco.target(g, players, 0))
        for t in eco.YEARS:
            phi = exp(-rate * t)
            level = eco.target(g, players, t) * exp(-decline * t)
            expected = level * exp(phi * start + max(decline, 0) * (1 - phi) / rate)
            assert eco.price(g, players, t) == pytest.approx(expected, rel=1e-12)


def test_a_rising_cost_passes_through_at_once():
    rising = {
        "compute_chip_cost_decline": 0.1,
        "compute_efficiency_gain": 0.05,
        "compute_quality_creep": 0.8,
        "compute_long_run_decline": 0.0,
    }
    for g, players in made_up_by_name(DRAWS, PLAYERS, seed=5, **rising):
        at_target = {**g, "competition.price_2026": eco.target(g, players, 0)}
        for t in eco.YEARS:
            level = eco.target(g, players, t) * eco.cost_index(g, t)
            assert eco.cost_decline(g, t) < 0
            assert eco.price(at_target, players, t) == pytest.approx(level, rel=1e-13)


def test_cost_falls_from_todays_rate_to_the_long_runs():
    for g, _ in made_up_by_name(DRAWS, 1, seed=6, compute_decline_half_life=2.0):
        first, long_run = eco.cost_decline(g, 0), -log(1 - g["compute.long_run_decline"])
        assert eco.cost_decline(g, 2) == pytest.approx((first + long_run) / 2)
        assert eco.cost_decline(g, 19) == pytest.approx(long_run, abs=2e-3 * abs(first - long_run))
        assert eco.cost_index(g, 0) == 1.0
        assert log(eco.cost_index(g, 1)) == pytest.approx(-first)


# -------------------------------------------------------------------------------------------- share


def test_weights_go_from_todays_to_the_long_runs():
    for g, players in made_up_by_name(DRAWS, 1, seed=7, competition_share_half_life=1.0):
        player = players[0]
        today, later = player["weight_2026"], player["attractiveness"]
        assert eco.weight(g, player, 0) == today
        assert eco.weight(g, player, 1) == pytest.approx((today * later) ** 0.5)
        assert eco.weight(g, player, 19) == pytest.approx(later, rel=1e-5)


def test_shares_of_all_who_are_present_and_the_fringe_add_up():
    made = made_up_by_name(DRAWS, PLAYERS, seed=8, competition_entry=0.0)
    for (g, players), presence in zip(
        made, rows(every_year(made_up_presence(DRAWS, PLAYERS, seed=8)).round()), strict=True
    ):
        for t in eco.YEARS:
            there = [i for i in range(PLAYERS) if presence[t][i]]
            total = sum(eco.weight(g, players[i], t) for i in there)
            fringe = (
                g["competition.fringe_attractiveness"] * (1 + g["competition.fringe_growth"]) ** t
            )
            shares = [eco.share(g, players, i, "stay", t, presence) for i in there]
            assert sum(shares) == pytest.approx(total / (total + fringe))


def test_with_entry_one_nobodys_share_depends_on_who_is_there():
    made = made_up_by_name(DRAWS, PLAYERS, seed=9, competition_entry=1.0)
    presence = rows(every_year(made_up_presence(DRAWS, PLAYERS, seed=9)))
    for (g, players), some in zip(made, presence, strict=True):
        for i in range(PLAYERS):
            for strategy in eco.FACTORS:
                for t in eco.YEARS:
                    full = eco.share(g, players, i, strategy, t)
                    found = eco.share(g, players, i, strategy, t, some)
                    assert found == pytest.approx(full, rel=1e-13)


def test_without_entry_a_rival_that_leaves_makes_room():
    alone = [[1.0, 0.0, 0.0] for _ in eco.YEARS]
    for g, players in made_up_by_name(DRAWS, PLAYERS, seed=10, competition_entry=0.0):
        left_out = players[:1]
        for t in eco.YEARS:
            found = eco.share(g, players, 0, "stay", t, alone)
            assert found == pytest.approx(eco.share(g, left_out, 0, "stay", t), rel=1e-13)
            assert found > eco.share(g, players, 0, "stay", t)
        assert eco.largest_rival_share(g, players, 0, 3, alone) == 0.0


def test_a_player_without_attractiveness_is_as_good_as_left_out():
    made = made_up_by_name(10, PLAYERS, seed=11)
    for (g, players), some in zip(
        made, rows(every_year(made_up_presence(10, PLAYERS + 1, seed=11))), strict=True
    ):
        bystander = {**players[0], "attractiveness": 0.0, "cost_ratio": 1e-3}
        without = [year[:PLAYERS] for year in some]
        found = eco.components(g, [*players, bystander], some)
        assert_same(found[:PLAYERS], eco.components(g, players, without))
        assert found[-1]["stay"]["platform_synergy"] == 0.0
        for i in range(PLAYERS):
            with_it = eco.return_value(g, [*players, bystander], i, 3, some)
            assert with_it == pytest.approx(eco.return_value(g, players, i, 3, without), rel=1e-12)


@pytest.mark.parametrize("api_share", [0.0, 0.5])
def test_one_player_alone_without_fringe_and_entry_stays_finite(api_share):
    made = made_up_by_name(
        10,
        1,
        seed=12,
        api_share=api_share,
        competition_fringe_attractiveness=0.0,
        competition_entry=0.0,
    )
    for g, players in made:
        assert eco.share(g, players, 0, "stay", 5) == 1.0
        assert eco.share(g, players, 0, "api_only", 5) == (1.0 if api_share else 0.0)
        assert eco.retention(g, players, 0, 5) == players[0]["reentry_share"]
        found = [
            *eco.components(g, players)[0].values(),
            *(eco.components_leaving(g, players, 0, one, 1) for one in eco.FACTORS),
            eco.components_returning(g, players, 0, 4),
        ]
        assert all(isfinite(value) for one in found for value in one.values())


def test_without_fringe_entry_and_rivals_all_of_the_market_is_the_players():
    nobody = [[0.0] * PLAYERS for _ in eco.YEARS]
    none = {"competition_fringe_attractiveness": 0.0, "competition_entry": 0.0}
    for g, players in made_up_by_name(10, PLAYERS, seed=13, api_share=0.0, **none):
        assert eco.share(g, players, 0, "stay", 9, nobody) == 1.0
        assert eco.share(g, players, 0, "api_only", 9, nobody) == 0.0
        assert eco.largest_rival_share(g, players, 0, 3, nobody) == 0.0


def test_who_leaves_or_runs_out_of_funds_is_there_until_the_end_of_that_year():
    found = eco.presence_found([None, 0, None, 4], [None, None, 2, 7])
    assert [sum(column) for column in zip(*found, strict=True)] == [20, 1, 3, 5]
    assert found[0] == [1.0] * 4
    assert found[2] == [1.0, 0.0, 1.0, 1.0]


# -------------------------------------------------------------------------------- the first edition


def test_the_slow_version_of_the_first_edition_is_what_its_program_computed():
    with np.load(COMPUTED) as stored:
        industry = dict(
            zip(stored["industry_quantities"].tolist(), stored["industry_draws"][2], strict=True)
        )
        own, names = stored["player_draws"][2], stored["player_quantities"].tolist()
        strategies, computed = stored["strategies"].tolist(), stored["components"][2]
        components = stored["component_names"].tolist()
    for draw in range(5):
        g = {name: float(values[draw]) for name, values in industry.items()}
        players = [dict(zip(names, one[:, draw].tolist(), strict=True)) for one in own]
        expected = [
            {
                strategy: dict(zip(components, values.tolist(), strict=True))
                for strategy, values in zip(strategies, one, strict=True)
            }
            for one in computed[draw]
        ]
        assert_same(first_edition.components(g, players), expected)


def test_neutral_values_give_the_first_editions_numbers():
    for made in made_up_by_name(10, PLAYERS, seed=14):
        g, players = neutral(*made)
        assert_same(eco.components(g, players), first_edition.components(g, players))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("market.ceiling", 10.0),
        ("compute.decline_half_life", 2.0),
        ("weight_2026", 0.7),
        ("funding", 0.5),
    ],
)
def test_each_addition_alone_changes_numbers(name, value):
    """Else the comparison with the first edition would show nothing."""
    g, players = neutral(*made_up_by_name(1, PLAYERS, seed=15, market_size_2033=80.0)[0])
    if "." in name:
        g = {**g, name: value}
    else:
        players = [{**player, name: value} for player in players]
    with pytest.raises(AssertionError, match="stay"):
        assert_same(eco.components(g, players), first_edition.components(g, players))


# ------------------------------------------------------------------------------------------ funding


def distressed(seed, **fixed):
    """Draw, player and strategy, and the year and part of it after which its funds run out."""
    for draw in made_up_by_name(DRAWS, PLAYERS, seed=seed, funding=1.0, **fixed):
        for i in range(PLAYERS):
            for strategy in eco.FACTORS:
                found = eco.distress(*draw, i, strategy)
                if found is not None:
                    yield draw, i, strategy, *found


def test_who_runs_out_of_funds_has_spent_its_funding():
    cases = list(distressed(seed=16))
    assert len(cases) > 30
    assert len({year for *_, year, _ in cases}) > 3
    for (g, players), i, strategy, _, part in cases:
        yearly = eco.funded_flows(g, players, i, strategy)
        gross = sum(abs(flow) for year in yearly for flow in year.values())
        assert 0.0 <= part <= 1.0
        assert sum(map(eco.cash, yearly)) == pytest.approx(-1.0, abs=1e-13 * (1 + gross))


def test_nothing_follows_when_funds_run_out():
    for (g, players), i, strategy, year, part in distressed(seed=17):
        player = players[i]
        found = eco.operating_components(g, players, i, strategy)
        burden = -eco.factor(player, strategy, "scope") * player["legal_loss"]
        factors = [eco.discount(player, t) * (1 if t < year else part) for t in range(year + 1)]
        assert found["legal"] == pytest.approx(burden * sum(factors), rel=1e-12)


def test_in_the_last_year_funds_that_run_out_end_the_perpetuity():
    """Staying costs 1 in every year, and the funding lasts for nineteen years and a quarter."""
    g, players = made_up_by_name(1, 1, seed=18, market_fixed_cost_elasticity=0.0)[0]
    costs = {"consumer_subsidy_2026": 0.0, "fixed_cost": 1.0, "legal_loss": 0.0}
    player = {**players[0], **costs, "attractiveness": 1e-9, "weight_2026": 1e-9, "funding": 19.25}
    rival = {**players[0], "attractiveness": 1e9, "weight_2026": 1e9}
    assert eco.distress(g, [player, rival], 0, "stay") == (19, pytest.approx(0.25, abs=1e-6))
    found = eco.operating_components(g, [player, rival], 0, "stay")["fixed_cost"]
    years = [eco.discount(player, t) for t in eco.YEARS]
    assert found == pytest.approx(-sum(years[:-1]) - 0.25 * years[-1], rel=1e-6)


def test_owners_are_liable_for_no_more_than_they_put_in():
    for (g, players), i, strategy, year, part in distressed(seed=19, exit_cost=10.0):
        late = (1 + players[i]["discount_rate"]) ** -(year + part)
        found = eco.distress_settlement(g, players, i, strategy)
        assert found == pytest.approx(-players[i]["trust_loss"] * late)


def test_without_funding_nothing_is_spent():
    made = made_up_by_name(DRAWS, 1, seed=20, funding=0.0, fixed_cost=50.0, salvage=0.0)
    for g, players in made:
        assert eco.distress(g, players, 0, "stay") == (0, 0.0)
        found = eco.operating_components(g, players, 0, "stay")
        assert all(found[name] == 0.0 for name in eco.OPERATING)
        assert found["exit_settlement"] == -players[0]["trust_loss"]


# ------------------------------------------------------------------------------------- real options


def test_coming_back_costs_what_robotics_would_have_brought_later():
    for g, players in made_up_by_name(10, 2, seed=21, robotics_success=1.0):
        nothing = {**g, "robotics.success": 0.0}
        for t in eco.RETURN_YEARS:
            later = eco.robotics_gain(g, players[0], first=t + 1)
            given_up = eco.return_value(nothing, players, 0, t) - eco.return_value(g, players, 0, t)
            assert given_up == pytest.approx(later, rel=1e-9, abs=1e-9)


def test_what_is_settled_on_leaving_and_coming_back_falls_at_the_end_of_the_year():
    for g, players in made_up_by_name(10, 1, seed=22, robotics_success=0.0, ipo_refund=0.0):
        player = players[0]
        settled = player["salvage"] - player["exit_cost"] - player["trust_loss"]
        for t in eco.LEAVING_YEARS:
            late = 1 / (1 + player["discount_rate"]) ** (t + 1)
            found = eco.leaving_payment(g, player, "stay", t)
            assert found == pytest.approx(settled * late, rel=1e-13)
        free = [{**player, "reentry_cost": 0.0}]
        for t in eco.RETURN_YEARS:
            late = 1 / (1 + player["discount_rate"]) ** (t + 1)
            paid = eco.return_value(g, free, 0, t) - eco.return_value(g, players, 0, t)
            cost = player["reentry_cost"] * eco.fixed_cost_growth(g, t)
            assert paid == pytest.approx(cost * late, rel=1e-9)


@pytest.mark.parametrize("strategy", eco.FACTORS)
def test_leaving_is_worth_the_difference_that_it_makes_to_the_components(strategy):
    made = made_up_by_name(5, 2, seed=23, funding=3.0)
    presence = rows(every_year(made_up_presence(5, 2, seed=23)))
    for (g, players), some in zip(made, presence, strict=True):
        never = eco.components_leaving(g, players, 0, strategy, None, some)
        for t in eco.LEAVING_YEARS:
            if eco.may_leave(g, players, 0, strategy, t, some):
                left = eco.components_leaving(g, players, 0, strategy, t, some)
                worth = eco.leaving_value(g, players, 0, strategy, t, some)
                size = sum(map(abs, [*never.values(), *left.values()]))
                assert sum(left.values()) - sum(never.values()) == pytest.approx(
                    worth, abs=1e-12 * size
                )


def test_a_rival_that_is_there_in_part_counts_in_part_while_the_player_is_away():
    g, players = made_up_by_name(1, PLAYERS, seed=24, competition_entry=0.25)[0]
    some = [[1.0, 0.5, 0.0] for _ in eco.YEARS]
    half, gone = (eco.weight(g, players[j], 4) for j in (1, 2))
    grown = (1 + g["competition.fringe_growth"]) ** 4
    fringe = g["competition.fringe_attractiveness"] * grown + 0.25 * (0.5 * half + gone)
    expected = 0.5 * half / (0.5 * half + fringe)
    assert eco.largest_rival_share(g, players, 0, 4, some) == pytest.approx(expected, rel=1e-13)


# ------------------------------------------------------------------------------- further strategies


def test_a_further_strategy_with_the_factors_of_a_known_one_is_that_one():
    strategies = eco.with_added("paid_only", "same")
    presence = rows(every_year(made_up_presence(10, PLAYERS, seed=25)))
    for (g, made), some in zip(made_up_by_name(10, PLAYERS, seed=25), presence, strict=True):
        players = [
            {
                **player,
                **{f"paid_only_{one}": player[f"api_{one}"] for one in ("share", "fixed", "scope")},
                "paid_only_subsidy": 0.0,
                **{f"same_{one}": 1.0 for one in ("share", "fixed", "scope", "subsidy")},
            }
            for player in made
        ]
        for found in eco.components(g, players, some, strategies):
            assert found["paid_only"] == found["api_only"]
            assert found["same"] == found["stay"]


def test_without_free_clips_only_what_they_cost_is_missing():
    strategies = eco.with_added("paid_only")
    for g, made in made_up_by_name(10, 2, seed=26, funding=1e6):
        factors = {f"paid_only_{one}": 1.0 for one in ("share", "fixed", "scope")}
        players = [{**player, **factors, "paid_only_subsidy": 0.0} for player in made]
        found = eco.components(g, players, strategies=strategies)[0]
        changed = {
            name for name, value in found["paid_only"].items() if value != found["stay"][name]
        }
        assert changed == {"consumer_subsidy", "compute_opportunity"}
        assert found["paid_only"]["consumer_subsidy"] == 0.0


def test_made_up_presence_is_of_every_kind():
    presence = every_year(made_up_presence(DRAWS, PLAYERS, seed=27))
    assert presence.shape == (DRAWS, len(eco.YEARS), PLAYERS)
    assert set(np.unique(presence)) == {0.0, 0.5, 1.0}
    assert np.all(np.diff(presence, axis=1) <= 0.0)
