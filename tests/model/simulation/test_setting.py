"""What a run is about: its inputs a chain at a time, and how they come back from its tree."""

import numpy as np
import pytest

from model.economics.operations import operation_of
from model.economics.presence import Presence, everybody
from model.economics.strategies import STRATEGIES, compared
from model.sampling.joint import sample
from model.simulation import labels
from model.simulation.setting import Setting, of_chain
from model.simulation.simulate import simulate
from priors.reading.load import load_text
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
from priors.registry.selection import select
from tests.reference.draws import as_setting, made_up, made_up_presence
from tests.reference.prior_files import minimal

LEAN = """
[strategies.lean]
label = "Lean"
[players.two.lean_share]
value = 0.5
[players.two.lean_scope]
value = 0.25
"""


def priors_of(text="", edition=2):
    return load_text(minimal(players=("one", "two"), edition=edition) + text, "mine.toml")


def setting_of(priors, draws=32):
    return Setting(sample(priors, draws, 4, 3), compared(priors.strategies))


def test_one_chain_of_who_is_there_is_its_part_of_the_draws():
    there = made_up_presence(12, 3, seed=1)
    found = of_chain(there, 2, 4)
    assert np.array_equal(found.last, there.last[:, 8:])
    assert found.weight is there.weight
    assert found.last.flags.c_contiguous


def test_inputs_are_those_of_the_chain():
    globals_, players = made_up(12, 2, seed=2)
    there = made_up_presence(12, 2, seed=3)
    found = as_setting(globals_, players, chains=3).inputs(1, there)
    assert np.array_equal(found.globals_, globals_[:, 4:8])
    assert np.array_equal(found.players, players[..., 4:8])
    assert np.array_equal(found.last, there.last[:, 4:8])


def test_a_file_of_the_first_edition_is_completed():
    setting = setting_of(priors_of(edition=1))
    found = setting.inputs(0, everybody(32, 2))
    assert setting.drawn.values.shape[1] == 27 + 2 * 24
    assert found.globals_.shape == (len(GLOBAL_QUANTITIES), 8)
    assert found.players.shape == (2, len(PLAYER_QUANTITIES), 8)
    ceiling = [quantity.name for quantity in GLOBAL_QUANTITIES].index("market.ceiling")
    assert np.all(np.isinf(found.globals_[ceiling]))


def test_an_added_strategy_is_run_by_each_player_s_own_factors():
    """1 where none is stated."""
    setting = setting_of(priors_of(LEAN))
    assert setting.cells == (2, len(STRATEGIES) + 1)
    players = setting.inputs(0, everybody(32, 2)).players
    place = len(STRATEGIES)
    assert operation_of(players[0, :, 0], setting.factors, place) == (1.0, 1.0, 1.0, 1.0)
    assert operation_of(players[1, :, 0], setting.factors, place) == (0.5, 1.0, 0.25, 1.0)


def test_a_run_s_setting_and_presence_come_back_from_its_tree():
    priors = priors_of(LEAN)
    run = simulate(priors, 256, 3, 4, without=["api_only"])
    setting = labels.setting_of(run)
    assert [one.name for one in setting.strategies] == ["exit", "stay", "lean"]
    assert setting.drawn.quantities == select(2, ("lean",))
    assert np.array_equal(setting.drawn.values, sample(priors, 256, 4, 3).values)
    there = labels.presence_of(run)
    assert np.array_equal(there.last.reshape(-1, 4, 64, 2), run["presence/last"].values)
    assert there.weight.tolist() == run["presence"]["weight"].values.tolist()


@pytest.mark.parametrize("settings", [{"options": False}, {"rivals": "stay"}])
def test_without_a_response_everybody_is_there(settings):
    run = simulate(priors_of(), 64, 3, 4, **settings)
    assert all(map(np.array_equal, labels.presence_of(run), everybody(64, 2)))


def test_halves_of_a_presence_come_back_too():
    setting, there = setting_of(priors_of()), made_up_presence(32, 2, seed=4)
    tree = labels.tree(
        {
            "payoff": labels.payoff(setting, np.zeros((4, 8, 2, 3))),
            "presence": labels.presence(setting, there),
        },
        {},
    )
    assert all(map(np.array_equal, labels.presence_of(tree), there))
    assert isinstance(labels.presence_of(tree), Presence)


def test_the_draws_of_a_run_in_memory_are_taken_as_they_are():
    """And put together where they are not all of one array any more."""
    run = simulate(priors_of(LEAN), 32, 3, 4, options=False)
    first = labels.drawn_of(run)
    drawn = sample(priors_of(LEAN), 32, 4, 3)
    assert np.array_equal(first.values, drawn.values)
    assert np.shares_memory(first.values, run["prior/market.size_2033"].values)
    run["prior"]["market.size_2033"] = run["prior/market.size_2033"].copy(deep=True)
    again = labels.drawn_of(run)
    assert np.array_equal(again.values, drawn.values)
    assert not np.shares_memory(again.values, first.values)


def test_rows_in_another_order_are_not_taken_for_the_array():
    drawn = sample(priors_of(), 32, 4, 3)
    rows = [drawn.values[:, place] for place in range(drawn.values.shape[1])]
    same = type(drawn).of_rows(rows, drawn.players, drawn.quantities)
    assert same.values is drawn.values
    swapped = type(drawn).of_rows([rows[1], rows[0], *rows[2:]], drawn.players, drawn.quantities)
    assert np.array_equal(swapped.values[:, 0], rows[1])
