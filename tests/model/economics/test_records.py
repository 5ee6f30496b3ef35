"""Axes, strategies and components: what is derived from their records, and what names promise."""

import numpy as np
import pytest

from model.economics import axes
from model.economics.components import (
    COMPONENT_NAMES,
    COMPONENTS,
    OPTION_COMPONENT_NAMES,
    place_of,
)
from model.economics.flows import Flows
from model.economics.operations import AFTER_RETURN, factors_of, operation_of
from model.economics.records import Globals, Player, read_globals, read_player
from model.economics.strategies import (
    EXIT,
    STAY,
    STRATEGIES,
    STRATEGY_NAMES,
    compared,
)
from priors.reading.records import AddedStrategy
from priors.registry.selection import factor_quantities
from tests.reference.draws import GLOBALS, PLAYER


def test_twenty_years_from_2026():
    assert list(axes.YEARS) == list(range(2026, 2046))
    assert len(axes.YEARS) == axes.N_YEARS
    assert axes.YEARS[0] == axes.FIRST_YEAR


def test_real_options_end_with_2034():
    """Leaving from the first year on, coming back after three."""
    assert [axes.YEARS[t] for t in axes.LEAVING_YEARS] == list(range(2026, 2035))
    assert [axes.YEARS[t] for t in axes.RETURN_YEARS] == list(range(2028, 2035))
    assert axes.NEVER == -1


def test_names_and_places_of_strategies():
    assert len(set(STRATEGY_NAMES)) == len(STRATEGIES)
    assert STRATEGY_NAMES[EXIT] == "exit"
    assert STRATEGY_NAMES[STAY] == "stay"


def test_who_has_left_may_come_back_and_who_operates_may_leave():
    for place, strategy in enumerate(STRATEGIES):
        assert strategy.operating is (place != EXIT)
        assert strategy.real_option == ("leave" if strategy.operating else "come back")


def test_how_each_strategy_runs_the_business():
    """Nothing after an exit; all of it who stays; the API on its own quantities, unsubsidised."""
    row, factors = np.arange(1.0, len(PLAYER) + 1), factors_of()
    assert operation_of(row, factors, EXIT) == (0.0, 0.0, 0.0, 0.0)
    assert operation_of(row, factors, STAY) == (1.0, 1.0, 1.0, 1.0)
    own = [row[PLAYER.index(name)] for name in ("api_share", "api_fixed", "api_scope")]
    assert operation_of(row, factors, STRATEGY_NAMES.index("api_only")) == (*own, 0.0)
    assert AFTER_RETURN == (1.0, 1.0, 1.0, 0.0)


def test_an_added_strategy_is_run_by_the_quantities_behind_those_of_the_registry():
    added = (AddedStrategy("lean", "Lean"), AddedStrategy("paid", "Paid"))
    keys = [quantity.key for name in ("lean", "paid") for quantity in factor_quantities(name)]
    row = np.arange(1.0, len(PLAYER) + len(keys) + 1)
    strategies = compared(added, without=["api_only"])
    factors = factors_of(strategies, keys)
    assert [one.name for one in strategies] == ["exit", "stay", "lean", "paid"]
    assert operation_of(row, factors, STAY) == (1.0, 1.0, 1.0, 1.0)
    first = len(PLAYER) + 1.0
    assert operation_of(row, factors, 2) == tuple(first + k for k in range(4))
    assert operation_of(row, factors, 3) == tuple(first + k for k in range(4, 8))


def test_components_begin_with_the_flows_and_end_with_the_real_options():
    names = [component.name for component in COMPONENTS]
    assert (*COMPONENT_NAMES, *OPTION_COMPONENT_NAMES) == tuple(names)
    assert OPTION_COMPONENT_NAMES == ("reentry", "abandonment")
    assert tuple(names[: len(Flows._fields)]) == Flows._fields
    assert [place_of(name) for name in names] == list(range(len(names)))
    with pytest.raises(ValueError, match="not in tuple"):
        place_of("goodwill")


def test_a_draw_is_read_by_the_names_of_the_registry():
    values = np.arange(float(len(GLOBALS)))
    g = read_globals(values)
    assert g == tuple(values)
    assert Globals._fields == tuple(name.replace(".", "_") for name in GLOBALS)
    players = np.arange(3.0 * len(PLAYER)).reshape(3, -1)
    assert read_player(players, 1) == tuple(players[1])
    assert Player._fields == tuple(PLAYER)
