"""Strategies that a prior file adds: their tables, and the quantities that each brings."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from model.economics.strategies import STRATEGY_NAMES
from model.sampling.joint import sample
from priors.errors import PriorFileError
from priors.inspection.difference import correlation_differences, differences
from priors.inspection.show import rows
from priors.reading.load import load_priors, load_text
from priors.reading.records import AddedStrategy, Priors
from priors.reading.schema import json_schema
from priors.registry.selection import BUILT_IN, FACTORS, MOST_STRATEGIES
from tests.reference.prior_files import minimal

type Write = Callable[..., Path]

PLAYERS = ("one", "two")
ADDED = """
[strategies.small_team]
label = "Small team"
why = "Keep the models, sell little"
[strategies.paid_only]
[types.lab.paid_only_share]
family = "beta"
p10 = 0.7
p90 = 0.95
[players.two.paid_only_subsidy]
value = 0
[players.two.paid_only_share]
upper = 0.97
[[correlations]]
between = ["players.*.paid_only_share", "market.size_2033"]
rank = 0.3
"""


def load(*overrides: str) -> Priors:
    return load_text(minimal(players=PLAYERS) + ADDED, "mine.toml", overrides)


def factor(priors: Priors, name: str, player: str, probability: float = 0.5) -> float:
    return priors.priors[f"player.{name}", player].distribution.quantile(probability)


def test_those_that_every_file_has_are_those_of_the_model() -> None:
    assert BUILT_IN == STRATEGY_NAMES


def test_strategies_come_in_the_order_of_the_file_with_a_label() -> None:
    assert load().strategies == (
        AddedStrategy("small_team", "Small team", "Keep the models, sell little"),
        AddedStrategy("paid_only", "Paid only"),
    )


def test_a_factor_is_one_where_nobody_states_it() -> None:
    priors = load()
    text = minimal(players=PLAYERS) + ADDED
    line = text.split("\n").index("[strategies.small_team]") + 1
    for name in FACTORS:
        prior = priors.priors[f"player.small_team_{name}", "one"]
        assert prior.stated == {"family": "constant", "value": 1.0}
        place = (prior.origin.file, prior.origin.line, prior.origin.path)
        assert place == ("mine.toml", line, "strategies.small_team")


def test_types_go_into_players_and_a_players_own_beats_its_types() -> None:
    priors = load()
    assert factor(priors, "paid_only_share", "one", 0.9) == pytest.approx(0.95)
    assert factor(priors, "paid_only_subsidy", "one") == 1.0
    assert factor(priors, "paid_only_subsidy", "two") == 0.0
    assert priors.priors["player.paid_only_share", "two"].distribution.support()[1] == 0.97


def test_overrides_reach_factors_that_nobody_states_too() -> None:
    priors = load("players.*.paid_only_share=0.8", "players.*.small_team_fixed.scale=0.2")
    for player in PLAYERS:
        assert factor(priors, "paid_only_share", player) == 0.8
        assert factor(priors, "small_team_fixed", player) == 0.2
    assert load("strategies.small_team.label=Few").strategies[0].label == "Few"
    assert load("strategies.partner.label=Partner").strategies[2].name == "partner"


def test_the_resolved_file_states_strategies_before_types_and_gives_the_same_draws() -> None:
    priors = load()
    resolved = tomllib.loads(priors.resolved)
    keys = list(resolved)
    assert keys.index("strategies") < keys.index("types") < keys.index("players")
    assert resolved["strategies"]["small_team"] == {
        "label": "Small team",
        "why": "Keep the models, sell little",
    }
    again = load_text(priors.resolved, "priors.toml")
    assert (again.resolved, again.strategies) == (priors.resolved, priors.strategies)
    one, two = (sample(each, 64, seed=3, chains=4).values for each in (priors, again))
    assert one.tobytes() == two.tobytes()


def test_a_strategy_changes_no_other_quantitys_draws() -> None:
    plain = sample(load_text(minimal(players=PLAYERS), "mine.toml"), 64, seed=3, chains=4)
    added = sample(load(), 64, seed=3, chains=4).by_name()
    for name, values in plain.by_name().items():
        assert values.tobytes() == added[name].tobytes(), name


def test_a_file_that_extends_another_adds_strategies_and_changes_them(write: Write) -> None:
    write("base.toml", minimal(players=PLAYERS) + ADDED)
    child = """
        extends = "base.toml"
        [strategies.partner]
        [strategies.small_team]
        label = "Few people"
        [types.lab.partner_share]
        value = 0.5
    """
    priors = load_priors(write("mine.toml", child))
    assert [one.name for one in priors.strategies] == ["small_team", "paid_only", "partner"]
    assert priors.strategies[0].label == "Few people"
    assert priors.strategies[0].why == "Keep the models, sell little"
    assert factor(priors, "partner_share", "two") == 0.5


def test_the_shipped_file_can_be_extended_by_a_strategy() -> None:
    text = 'extends = "base.toml"\n[strategies.paid_only]\n'
    text += "[players.openai]\npaid_only_subsidy = 0\n"
    priors = load_text(text, "mine.toml")
    assert factor(priors, "paid_only_subsidy", "openai") == 0.0
    assert factor(priors, "paid_only_subsidy", "google") == 1.0


def test_as_many_as_have_dimensions_and_no_more() -> None:
    tables = [f"[strategies.s{place}]\n" for place in range(MOST_STRATEGIES + 1)]
    text = minimal() + "".join(tables[:-1])
    assert len(load_text(text, "mine.toml").strategies) == MOST_STRATEGIES
    line = text.count("\n") + 1
    expected = f"mine.toml:{line}: strategies.s8: found 9 strategies, expected at most 8"
    with pytest.raises(PriorFileError, match="^" + expected + "$"):
        load_text(text + tables[-1], "mine.toml")


def test_a_type_that_states_factors_alone_is_one_of_a_resolved_file() -> None:
    text = load_text(minimal(), "mine.toml").resolved
    text += "[strategies.paid_only]\n[types.lab.paid_only_share]\nvalue = 0.5\n"
    assert factor(load_text(text, "mine.toml"), "paid_only_share", "one") == 0.5


def test_what_is_shown_of_a_file_shows_its_factors() -> None:
    shown = {row.path: row for row in rows(load())}
    assert shown["players.one.paid_only_share"].table == "types.lab.paid_only_share"
    assert shown["players.one.small_team_scope"].table == "strategies.small_team"
    changed = load("players.two.paid_only_subsidy=0.5")
    assert [one.path for one in differences(load(), changed)] == ["players.two.paid_only_subsidy"]
    plain = load_text(minimal(players=PLAYERS), "mine.toml")
    assert len(differences(plain, load())) == 2 * 2 * len(FACTORS)
    assert len(correlation_differences(plain, load())) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[strategies.paid_only]\nlabell = 'x'", "'labell' was unexpected"),
        ("[strategies.paid_only]\nlabel = ''", "should be non-empty|too short"),
        ("[players.one]\npaid_only_shar = 1", "'paid_only_shar' .*"),
        ("[players.one]\npaid_only_share = 'x'", "'x' is not valid under any"),
    ],
)
def test_the_schema_for_editors_knows_strategies_and_their_factors(
    text: str, expected: str
) -> None:
    jsonschema.validate(tomllib.loads(ADDED), json_schema())
    with pytest.raises(jsonschema.ValidationError, match=expected):
        jsonschema.validate(tomllib.loads(text), json_schema())
