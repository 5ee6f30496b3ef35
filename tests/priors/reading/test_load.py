"""Loading, merging and resolving whole prior files."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from priors.distributions.build import build
from priors.errors import PriorFileError
from priors.reading.load import load_priors, load_text
from priors.reading.records import Origin, Priors
from priors.reading.schema import json_schema
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
from tests.reference.families import CASES, FAMILIES, POSITIVE
from tests.reference.prior_files import minimal

type Write = Callable[..., Path]


def test_the_minimal_file_passes(write: Write) -> None:
    path = write()
    priors = load_priors(path)
    names = [(quantity.name, None) for quantity in GLOBAL_QUANTITIES]
    names += [(quantity.name, "one") for quantity in PLAYER_QUANTITIES]
    assert list(priors.priors) == names
    assert (priors.name, priors.description, priors.notes) == ("mine", "", ())
    assert [(one.name, one.type, one.label, one.place) for one in priors.players] == [
        ("one", "lab", "one", 0)
    ]
    assert priors.types == {"lab": "A lab"}
    assert priors.files == {str(path): sha256(path.read_bytes()).hexdigest()}


def test_every_prior_knows_where_it_was_stated() -> None:
    text = minimal() + "[players.one.cost_ratio]\nscale = 2\n"
    prior = load_text(text, "mine.toml").priors["player.cost_ratio", "one"]
    line = text.split("\n").index("[types.lab.cost_ratio]") + 1
    assert prior.origin == Origin("mine.toml", line + 1, "types.lab.cost_ratio")
    added = Origin("mine.toml", text.count("\n"), "players.one.cost_ratio")
    assert prior.origins["scale"] == added
    assert prior.stated == {"family": "lognormal", "p10": 0.5, "p90": 2.0, "scale": 2.0}
    assert prior.distribution.quantile(0.9) == pytest.approx(4.0)


CHILD = """
extends = "base.toml"
[market.size_2033]
p90 = 7
[market.size_2025]
family = "uniform"
low = 1
high = 2
[types.lab.cost_ratio]
scale = 3
[types.lab.funding]
family = "uniform"
low = 1
high = 2
[players.two]
type = "lab"
label = "Two"
[players.two.salvage]
scale = 2
"""


def _family(write: Write, child: str = CHILD) -> Priors:
    text = minimal()
    for key in ("market.size_2025", "market.size_2033"):
        text = text.replace(
            f"[{key}]\n", f'[{key}]\nsources = ["S1"]\nwhy = "old"\nunit = "USD billion/year"\n'
        )
    write("base.toml", text + "[players.one.funding]\nfamily = 'constant'\nvalue = 9\n")
    return load_priors(write("mine.toml", child))


def test_keys_merge_where_no_family_is_stated(write: Write) -> None:
    prior = _family(write).priors["market.size_2033", None]
    assert prior.stated == {"family": "lognormal", "p10": 0.5, "p90": 7.0}
    assert (prior.sources, prior.why) == (("S1",), "old")
    assert prior.origin.file.endswith("base.toml")


def test_a_family_replaces_the_distribution_with_its_sources(write: Write) -> None:
    prior = _family(write).priors["market.size_2025", None]
    assert prior.stated == {"family": "uniform", "low": 1.0, "high": 2.0}
    assert (prior.sources, prior.why) == ((), "")


def test_files_merge_before_types_go_into_players(write: Write) -> None:
    priors = _family(write).priors
    for player in ("one", "two"):
        assert priors["player.cost_ratio", player].stated["scale"] == 3.0
    # The parent's prior of the player beats the child's prior of the type.
    assert priors["player.funding", "one"].stated == {"family": "constant", "value": 9.0}
    assert priors["player.funding", "two"].stated["family"] == "uniform"
    assert priors["player.salvage", "two"].stated["p10"] == 0.5
    assert priors["player.salvage", "two"].stated["scale"] == 2.0
    assert "scale" not in priors["player.salvage", "one"].stated


def test_players_of_an_extended_file_come_first(write: Write) -> None:
    priors = _family(write)
    assert [(one.name, one.place) for one in priors.players] == [("one", 0), ("two", 1)]
    assert [Path(name).name for name in priors.files] == ["base.toml", "mine.toml"]


def test_name_and_description_are_not_inherited(write: Write) -> None:
    write("base.toml", "name = 'base'\ndescription = 'x'\n" + minimal())
    priors = load_priors(write("my file!.toml", "extends = 'base.toml'\n"))
    assert (priors.name, priors.description) == ("my file_", "")


def test_exclude_keeps_places_and_priors(write: Write) -> None:
    write("base.toml", "exclude = ['two']\n" + minimal(players=("one", "two", "three")))
    priors = load_priors(write("mine.toml", "extends = 'base.toml'\n"))
    assert [(one.name, one.place) for one in priors.players] == [("one", 0), ("three", 2)]
    assert [(one.name, one.place) for one in priors.excluded] == [("two", 1)]
    assert ("player.funding", "two") in priors.priors
    assert not load_priors(write("mine.toml", "extends = 'base.toml'\nexclude = []\n")).excluded


def test_a_prior_of_a_type_that_reaches_no_player_is_noted() -> None:
    text = minimal() + "cost_ratio = 2\nfunding.scale = 2\n"
    (note,) = load_text(text, "mine.toml").notes
    assert note == (
        "mine.toml: types.lab.cost_ratio reaches no player: "
        "each player of the type states its own, or there is none"
    )


def test_a_players_prior_of_a_later_file_is_no_fault_of_the_type(write: Write) -> None:
    write("base.toml")
    child = "extends = 'base.toml'\n[players.one]\nfunding = 2\n"
    assert load_priors(write("mine.toml", child), {"players.*.salvage": 1}).notes == ()
    idle = child + "[types.lab]\nfunding = 3\nsalvage = 1\n"
    (note,) = load_priors(write("mine.toml", idle)).notes
    assert "mine.toml: types.lab.funding reaches no player: " in note


HOSTILE = '"\\ud7ff\\U0001F600 \\u00a0 \\" \\\\ <script>'

RICH = f"""
cost_ratio = 2
label = {HOSTILE}{"x" * 10_000}"
[players.one.attractiveness]
family = "mixture"
components = [
  {{ weight = 0.7, family = "lognormal", p10 = 0.1, p90 = 0.3 }},
  {{ weight = 0.3, family = "metalog", p10 = 1e-3, p50 = 0.123456789012345678, p90 = 3 }},
]
scale = 1.1
shift = 1e-9
upper = 1e22
sources = ["a", {HOSTILE}"]
why = {HOSTILE}"
[players.one.valuation]
family = "discrete"
values = [1, 2, 3.5]
weights = [0.25, 0.25, 0.5]
[players.two]
type = "lab"
[[correlations]]
between = ["players.*.funding", "players.*.salvage"]
rank = 0.3
why = "w"
[[correlations]]
between = ["players.*.funding", "market.size_2033"]
rank = -0.2
"""


def _rich() -> Priors:
    overrides = ["players.two.funding=3", 'exclude=["two"]', "market.size_2033.scale=1.5"]
    text = "name = 'rich'\ndescription = 'a file'\n" + minimal() + RICH
    return load_text(text, "mine.toml", overrides)


@pytest.mark.slow
def test_the_resolved_file_gives_the_same_priors() -> None:
    priors = _rich()
    again = load_text(priors.resolved, "priors.toml")
    assert again.resolved == priors.resolved
    for name in ("name", "description", "players", "excluded", "types", "correlations"):
        assert getattr(again, name) == getattr(priors, name), name
    assert again.notes == ()
    assert list(again.priors) == list(priors.priors)
    for key, prior in priors.priors.items():
        other = again.priors[key]
        assert other.distribution == prior.distribution
        assert (other.stated, other.sources, other.why) == (prior.stated, prior.sources, prior.why)
    u = np.linspace(0.001, 0.999, 101)
    key = ("player.attractiveness", "one")
    one, two = (each.priors[key].distribution.ppf(u).tobytes() for each in (priors, again))
    assert one == two


@cache
def schema_validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema())


@pytest.mark.parametrize("family", FAMILIES)
def test_the_resolved_file_gives_the_same_draws_of_every_family(family: str) -> None:
    """By parameters and cut, by percentiles and moved, and as components."""
    stated = {"family": family, **CASES[family].stated}
    whole = build(stated, POSITIVE)
    percents = CASES[family].percents[0]
    by_quantiles = {"family": family} | {f"p{p:02d}": whole.quantile(p / 100) for p in percents}
    tables = {
        "funding": _toml(stated | {"upper": whole.quantile(0.9)}),
        "salvage": _toml(by_quantiles | {"scale": 0.5, "shift": 3.0}),
        "weight_2026": _toml(stated | {"score_shift": 0.4, "score_spread": 1.2}),
        "valuation": f"""family = "mixture"
components = [
  {{ weight = 0.3, {_toml(stated, ", ")} }},
  {{ weight = 0.7, {_toml(by_quantiles, ", ")} }},
]
""",
    }
    text = minimal() + "".join(f"[players.one.{name}]\n{tables[name]}" for name in tables)
    schema_validator().validate(tomllib.loads(text))
    priors = load_text(text, "mine.toml")
    again = load_text(priors.resolved, "priors.toml")
    schema_validator().validate(tomllib.loads(priors.resolved))
    assert again.resolved == priors.resolved
    u = np.linspace(0.001, 0.999, 101)
    for name in tables:
        one, two = (each.priors[f"player.{name}", "one"] for each in (priors, again))
        assert one.distribution == two.distribution
        assert one.distribution.ppf(u).tobytes() == two.distribution.ppf(u).tobytes()
    funding, salvage = (priors.priors[f"player.{name}", "one"] for name in list(tables)[:2])
    assert funding.distribution.ppf(u) == pytest.approx(whole.ppf(0.9 * u), rel=1e-9)
    for percent in percents:
        moved = 3.0 + 0.5 * whole.quantile(percent / 100)
        assert salvage.distribution.quantile(percent / 100) == pytest.approx(moved, rel=1e-6)


def _toml(table: Mapping[str, object], between: str = "\n") -> str:
    """Keys and values of a TOML table."""
    rows = (f"{key} = {value!r}".replace("'", '"') for key, value in table.items())
    return between.join(rows) + ("\n" if between == "\n" else "")


def test_the_resolved_file_extends_nothing_and_states_all_under_players() -> None:
    resolved = _rich().resolved
    assert "extends" not in resolved
    assert "\n[types.lab]\nlabel" in resolved
    assert "[types.lab." not in resolved
    assert '\n[players.two.funding]\nfamily = "constant"\nvalue = 3.0\nunit = ' in resolved


def test_a_type_of_a_resolved_file_has_nothing_for_a_new_player() -> None:
    text = load_text(minimal(), "mine.toml").resolved + "[players.new]\ntype = 'lab'\n"
    with pytest.raises(PriorFileError, match=r"neither the player nor its type \"lab\" has one"):
        load_text(text, "priors.toml")


def test_what_is_shipped_can_be_read() -> None:
    priors = load_priors("base.toml")
    assert (priors.name, len(priors.players), len(priors.types)) == ("base", 8, 5)
    assert load_text(priors.resolved, "priors.toml").resolved == priors.resolved
    assert priors.notes == ()
