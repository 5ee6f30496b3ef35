"""The compiled code on quantities of the first edition: it gives the first edition's numbers."""

from math import inf
from pathlib import Path

import numpy as np
import pytest

from model.economics.components import COMPONENT_NAMES
from model.economics.kernel import evaluate
from model.economics.neutral import complete_globals, complete_players
from model.economics.strategies import STRATEGY_NAMES
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
from priors.registry.selection import factor_quantities, select
from tests.reference import first_edition
from tests.reference.draws import GLOBALS, PLAYER, made_up, named
from tests.reference.strategies import THREE

#: What the program of the first edition computed: tests/data/first_edition/README.md.
COMPUTED = Path(__file__).resolve().parents[2] / "data" / "first_edition" / "components.npz"
FIRST = select(1)
#: Quantities of the second edition that the first's numbers depend on, at neutral values.
NEUTRAL = {"market_ceiling": inf, "compute_decline_half_life": inf}


@pytest.fixture(scope="module")
def stored():
    with np.load(COMPUTED) as file:
        return dict(file)


def assert_same(found, expected):
    """To 1e-12 of the sum of the absolute components of each player's strategy."""
    size = np.abs(expected).sum(axis=-1, keepdims=True)
    assert np.all(np.abs(found - expected) <= 1e-12 * size)


def completed(stored, chain, **fixed):
    """One chain's draws with what the first edition lacks; `fixed` quantities of players changed.

    The names of the file, not the order of the registry, say which draws are which.
    """
    shared = {q: stored["industry_draws"][chain][k] for k, q in enumerate(names(stored, True))}
    own = {q: stored["player_draws"][chain][:, k] for k, q in enumerate(names(stored, False))}
    own |= {key: np.full_like(own["funding"], value) for key, value in fixed.items()}
    return (
        complete_globals(np.stack([shared[q.name] for q in FIRST.shared]), FIRST),
        complete_players(np.stack([own[q.key] for q in FIRST.own], axis=1), FIRST),
    )


def names(stored, of_industry):
    return stored["industry_quantities" if of_industry else "player_quantities"].tolist()


def in_order(stored, components):
    """Components as the first edition's file orders them."""
    strategies = [STRATEGY_NAMES.index(name) for name in stored["strategies"]]
    places = [COMPONENT_NAMES.index(name) for name in stored["component_names"]]
    return components[:, :, strategies][..., places]


# ----------------------------------------------------------------------------------- neutral values


def test_the_file_of_the_first_edition_has_its_quantities_in_their_order(stored):
    assert [q.name for q in FIRST.shared] == names(stored, True)
    assert [q.key for q in FIRST.own] == names(stored, False)
    assert (len(FIRST.shared), len(FIRST.own)) == (27, 24)


def test_what_is_complete_is_left_as_it_is():
    globals_, players = made_up(3, 2, seed=1)
    assert complete_globals(globals_, select()) is globals_
    assert complete_players(players, select()) is players


def test_what_is_missing_takes_its_neutral_value_in_the_place_of_the_registry():
    globals_, players = made_up(3, 2, seed=2)
    old = [place for place, q in enumerate(GLOBAL_QUANTITIES) if q.edition == 1]
    found = complete_globals(globals_[old], FIRST)
    for place, quantity in enumerate(GLOBAL_QUANTITIES):
        expected = globals_[place] if quantity.edition == 1 else np.full(3, quantity.neutral)
        assert np.array_equal(found[place], expected), quantity.name
    old = [place for place, q in enumerate(PLAYER_QUANTITIES) if q.edition == 1]
    found = complete_players(players[:, old], FIRST)
    assert np.array_equal(found[:, old], players[:, old])
    weight, long_run = PLAYER.index("weight_2026"), PLAYER.index("attractiveness")
    assert np.array_equal(found[:, weight], players[:, long_run])
    assert found.flags.c_contiguous


def test_factors_of_added_strategies_stay_behind_the_completed_quantities():
    quantities = select(1, ("lean",))
    stated = np.random.default_rng(3).uniform(size=(2, len(quantities.own), 4))
    found = complete_players(stated, quantities)
    assert found.shape == (2, len(PLAYER) + len(factor_quantities("lean")), 4)
    assert np.array_equal(found[:, len(PLAYER) :], stated[:, len(FIRST.own) :])


# --------------------------------------------------------------------------------- the same numbers


def test_its_own_draws_give_the_components_that_its_program_computed(stored):
    """Where funding does not run out: how the year in which it does counts has changed."""
    assert tuple(stored["strategies"]) == THREE
    kept = 0.0
    for chain, expected in enumerate(stored["components"]):
        found = evaluate(*completed(stored, chain), serial=True)[0]
        endless = evaluate(*completed(stored, chain, funding=1e6), serial=True)[0]
        same = in_order(stored, found) == in_order(stored, endless)
        funded = same.all(axis=-1)
        assert_same(in_order(stored, found)[funded], expected[funded])
        kept += funded.mean() / len(stored["components"])
    assert 0.5 < kept < 1.0


def test_its_own_draws_with_endless_funding_give_what_its_equations_say(stored):
    globals_, players = completed(stored, 1, funding=1e6)
    found = evaluate(globals_, players, serial=True)[0]
    for draw in range(15):
        assert_same(found[draw], by_equations(globals_, players, draw))


def by_equations(globals_, players, draw):
    """Components of one draw (player, strategy, component) by the first edition's slow version."""
    return np.array(
        [
            [[one[strategy][name] for name in COMPONENT_NAMES] for strategy in STRATEGY_NAMES]
            for one in first_edition.components(*named(globals_, players, draw))
        ]
    )


@pytest.mark.parametrize("count", [1, 3])
def test_neutral_values_give_what_its_equations_say_on_wide_draws(count):
    """With any long-run decline, half-life of weights and entry: they are without effect then."""
    globals_, players = made_up(20, count, seed=4, funding=1e6, **NEUTRAL)
    players[:, PLAYER.index("weight_2026")] = players[:, PLAYER.index("attractiveness")]
    found = evaluate(globals_, players, serial=True)[0]
    for draw in range(20):
        assert_same(found[draw], by_equations(globals_, players, draw))


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
    """Else the comparison would show nothing."""
    globals_, players = made_up(5, 3, seed=5, funding=1e6, market_size_2033=80.0, **NEUTRAL)
    players[:, PLAYER.index("weight_2026")] = players[:, PLAYER.index("attractiveness")]
    values = globals_[GLOBALS.index(name)] if "." in name else players[:, PLAYER.index(name)]
    values[...] = value
    found = evaluate(globals_, players, serial=True)[0]
    assert not np.allclose(found[0], by_equations(globals_, players, 0))
