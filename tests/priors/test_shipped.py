"""The prior files that are shipped: complete, sourced, and each what its name says."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from priors.reading.load import load_priors, load_text
from priors.reading.records import Prior, Priors
from priors.registry.quantities import by_name

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "priors").glob("*.toml"))
SCENARIOS = [path for path in FILES if path.stem != "base"]
NAMES = {
    "base",
    "breakout",
    "cheap_compute",
    "fast_robotics",
    "holder",
    "narrow",
    "peak_burn",
    "runway_ends",
    "slow_robotics",
    "strategies",
}
#: What `strategies.toml` adds, and the factors of each, relative to `stay`.
STRATEGIES = ("paid_only", "small_team", "partner")
FACTORS = ("share", "fixed", "scope", "subsidy")

PLAYERS = {
    "openai": "gpu_renter",
    "google": "custom_silicon",
    "kuaishou": "video_native",
    "bytedance": "video_native",
    "runway": "pure_play",
    "minimax": "pure_play",
    "pika": "pure_play",
    "adobe": "workflow_suite",
}

FACT = re.compile(r"([SQECD]\d+): \S.*: \S")
JUDGEMENT = re.compile(r"Judgement: \S")
SHIPPED = re.compile(rf"\b({'|'.join(sorted(NAMES))})\.toml\b")
FILE_PATH = re.compile(r"(^|\s)[~.]{0,2}/\w|\w+/\w+/\w|\.(md|txt|toml|json)\b|file:")


@cache
def load(stem: str) -> Priors:
    return load_priors(ROOT / "priors" / f"{stem}.toml")


@cache
def stated(stem: str) -> dict[str, Any]:
    """The file's own text as tables."""
    return tomllib.loads((ROOT / "priors" / f"{stem}.toml").read_text(encoding="utf-8"))


@cache
def evidence(heading: str = "") -> dict[str, str]:
    """What docs/evidence.md lists, under one heading or in all: id to "source: fact"."""
    text = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    if heading:
        text = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([SQECD]\d+) \| (.+?) \| (.+?) \|", text, flags=re.MULTILINE)
    return {name: f"{source}: {fact}" for name, fact, source in rows}


@cache
def facts() -> list[str]:
    """The ids that docs/evidence.md lists, in its order and as often."""
    text = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    return re.findall(r"^\| ([SQECD]\d+) \|", text, flags=re.MULTILINE)


def tables(tree: dict[str, Any], path: str = "") -> dict[str, dict[str, Any]]:
    """Every table of a file that states a prior, by dotted path."""
    found: dict[str, dict[str, Any]] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            place = f"{path}.{key}" if path else key
            found |= {place: value} if "family" in value else tables(value, place)
    return found


def prior(stem: str, path: str) -> Prior:
    owner, _, key = path.rpartition(".")
    if owner.startswith("players."):
        return load(stem).priors[f"player.{key}", owner.removeprefix("players.")]
    return load(stem).priors[path, None]


def test_the_files_are_those_that_are_promised() -> None:
    assert {path.stem for path in FILES} == NAMES


def test_the_players_and_their_types() -> None:
    assert {player.name: player.type for player in load("base").players} == PLAYERS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_loads_without_a_warning_under_its_own_name(path: Path) -> None:
    priors = load(path.stem)
    assert priors.notes == ()
    assert priors.name == path.stem
    assert "\n" not in priors.description
    assert 20 < len(priors.description) <= 90


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_prior_says_where_it_comes_from_and_why(path: Path) -> None:
    for name, table in tables(stated(path.stem)).items():
        assert table.get("sources"), f"{name} has no sources"
        assert len(table.get("why", "")) > 15, f"{name} has no reason"
        for source in table["sources"]:
            cited = FACT.match(source)
            assert cited or JUDGEMENT.match(source), f"{name}: {source}"
            assert cited is None or cited.group(1) in facts(), f"{name}: {source}"
    for one in load(path.stem).priors.values():
        assert one.sources, one.path
        assert one.why, one.path


def test_the_evidence_lists_every_fact_once() -> None:
    assert len(facts()) > 100
    assert len(set(facts())) == len(facts())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_source_says_what_the_evidence_says(path: Path) -> None:
    listed = evidence()
    for name, table in tables(stated(path.stem)).items():
        for source in table["sources"]:
            if FACT.match(source):
                fact, _, words = source.partition(": ")
                assert words.lower() == listed[fact].lower(), name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_prior_rests_on_what_followed_the_decision(path: Path) -> None:
    younger = evidence("Younger than the decision")
    assert {"E35", "E52", "E57", "E58", "E66"} < set(younger)
    for name, table in tables(stated(path.stem)).items():
        for source in table["sources"]:
            assert source.partition(":")[0] not in younger, name
            assert not re.search(r"(Apr|May|June|July) 2026", source), name


def test_nothing_to_lose_is_no_reason() -> None:
    for path in FILES:
        for name, table in tables(stated(path.stem)).items():
            assert "Nothing to" not in table["why"], name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sources_and_reasons_refer_to_no_file_of_this_machine(path: Path) -> None:
    for name, table in tables(stated(path.stem)).items():
        for text in (*table["sources"], table["why"]):
            assert not FILE_PATH.search(SHIPPED.sub("", text)), f"{name}: {text}"


def test_the_pattern_of_paths_finds_paths() -> None:
    for text in ("see /tmp/x", "docs/evidence/x", "in notes.md", "~/x", "../x"):
        assert FILE_PATH.search(text), text
    assert not FILE_PATH.search("24/7 use, 2.5 USD/second, a Q1/Q2 forecast, techi.com")


def test_base_states_each_unit_as_the_registry_does() -> None:
    for name, table in tables(stated("base")).items():
        owner, _, key = name.rpartition(".")
        own = owner.startswith(("types.", "players."))
        quantity = by_name(f"player.{key}" if own else name)
        assert table["unit"] == quantity.unit, name


def test_correlations_have_reasons() -> None:
    assert all(table["why"] for table in stated("base")["correlations"])
    assert all(correlation.why for correlation in load("base").correlations)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_stated_quantiles_come_back(path: Path) -> None:
    for one in load(path.stem).priors.values():
        for key, value in one.stated.items():
            if re.fullmatch(r"p\d\d", key):
                found = one.distribution.quantile(int(key[1:]) / 100)
                assert found == pytest.approx(value, rel=1e-9, abs=1e-12), f"{one.path}.{key}"


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_states_only_what_differs(path: Path) -> None:
    own, base = stated(path.stem), load("base")
    changed = tables(own)
    assert own["extends"] == "base.toml"
    words = {"schema", "name", "extends", "description", "strategies"}
    assert set(own) - words == {name.partition(".")[0] for name in changed}
    for name in changed:
        if "strategies" not in own:
            assert prior(path.stem, name).distribution != prior("base", name).distribution
    for key, one in load(path.stem).priors.items():
        if one.path not in changed and key in base.priors:
            assert one.distribution == base.priors[key].distribution, one.path
    assert load(path.stem).correlations == base.correlations


def test_added_strategies_state_every_factor_of_every_type() -> None:
    own = stated("strategies")
    assert tuple(own["strategies"]) == STRATEGIES
    assert all(len(strategy["why"]) > 50 for strategy in own["strategies"].values())
    names = {f"{strategy}_{factor}" for strategy in STRATEGIES for factor in FACTORS}
    for kind in set(PLAYERS.values()):
        assert set(own["types"][kind]) == names, kind
    for player in PLAYERS:
        for strategy in STRATEGIES:
            assert prior("strategies", f"players.{player}.{strategy}_subsidy").stated["value"] == 0


@pytest.mark.parametrize("kind", sorted(set(PLAYERS.values())))
def test_a_new_player_takes_three_lines(kind: str) -> None:
    text = f'extends = "base.toml"\n[players.new]\ntype = "{kind}"\nlabel = "New"\n'
    priors = load_text(text, "mine.toml")
    assert [player.name for player in priors.players] == [*PLAYERS, "new"]
    assert priors.notes == ()


def test_the_market_holds_the_narrow_forecast_and_the_breakout() -> None:
    """The sources say 3.4, "even 7" and "past 50" for 2033: none may be out of the question."""
    market = prior("base", "market.size_2033").distribution
    beyond = 1.0 - float(market.cdf(50.0))
    assert 0.05 < beyond < 0.12
    assert 0.1 < float(market.cdf(3.4)) < 0.3
    assert 0.3 < float(market.cdf(7.0)) < 0.55


def test_the_listing_moves_the_value_either_way() -> None:
    effect = prior("base", "ipo.valuation_impact").distribution
    assert 0.2 < float(effect.cdf(0.0)) < 0.3
    assert 0.004 < float(effect.quantile(0.5)) < 0.008


def test_the_weights_of_2026_add_up_to_the_revenue_of_2026() -> None:
    """Medians of players and fringe: 1.3 of which each one's part is its share of the market."""
    fringe = float(prior("base", "competition.fringe_attractiveness").distribution.quantile(0.5))
    medians = {
        player: float(prior("base", f"players.{player}.weight_2026").distribution.quantile(0.5))
        for player in PLAYERS
    }
    whole = fringe + sum(medians.values())
    assert whole == pytest.approx(1.3, rel=0.03)
    market = 1.83
    reported = {"kuaishou": 0.45, "runway": 0.17, "minimax": 0.045, "pika": 0.03, "adobe": 0.1}
    for player, revenue in reported.items():
        assert 1 / 1.5 < medians[player] / whole * market / revenue < 1.5, player


@pytest.mark.parametrize(
    ("left", "right", "rank"),
    [
        ("compute.chip_cost_decline", "compute.cost_gap_half_life", -0.4),
        ("compute.chip_cost_decline", "compute.long_run_decline", 0.4),
        ("compute.unit_cost_2026", "players.openai.consumer_subsidy_2026", 0.4),
        ("compute.scarcity_half_life", "players.google.compute_opportunity", 0.3),
        ("players.kuaishou.cost_ratio", "players.bytedance.cost_ratio", 0.5),
        ("players.bytedance.cost_ratio", "players.minimax.cost_ratio", 0.5),
        ("players.adobe.attractiveness", "players.adobe.synergy", 0.3),
        ("players.openai.valuation", "players.openai.salvage", 0.4),
        ("players.google.attractiveness", "players.google.weight_2026", 0.4),
        ("players.minimax.attractiveness", "players.minimax.weight_2026", 0.8),
    ],
)
def test_what_moves_together(left: str, right: str, rank: float) -> None:
    priors = load("base")
    ranks = {
        frozenset(priors.priors[end].path for end in (one.first, one.second)): one.rank
        for one in priors.correlations
    }
    assert ranks[frozenset((left, right))] == rank


def test_burn_holds_every_account_of_it() -> None:
    """0.3, 1 and 15 million a day are all reported; the last is a tail."""
    burn = prior("base", "players.openai.consumer_subsidy_2026").distribution
    days = 0.365
    assert 0.05 < float(burn.cdf(0.33 * days)) < 0.15
    assert 0.4 < float(burn.cdf(1.0 * days)) < 0.6
    assert 0.01 < 1.0 - float(burn.cdf(15.0 * days)) < 0.05


@pytest.mark.parametrize(
    ("stem", "path", "median", "tolerance"),
    [
        ("narrow", "market.size_2033", 3.4, 0.05),
        ("breakout", "market.size_2033", 90.0, 0.05),
        ("fast_robotics", "robotics.years_to_revenue", 3.0, 0.05),
        ("slow_robotics", "robotics.years_to_revenue", 15.0, 0.05),
        ("breakout", "market.ceiling", 316.0, 0.05),
        ("cheap_compute", "compute.efficiency_gain", 0.68, 0.05),
        ("cheap_compute", "compute.decline_half_life", 4.9, 0.05),
        ("holder", "ipo.owner_pass_through", 1.0, 0.0),
        ("peak_burn", "players.openai.consumer_subsidy_2026", 15 * 0.365, 0.05),
        ("runway_ends", "players.runway.salvage", 0.16, 0.05),
    ],
)
def test_a_scenario_means_what_it_says(
    stem: str, path: str, median: float, tolerance: float
) -> None:
    assert prior(stem, path).distribution.quantile(0.5) == pytest.approx(median, rel=tolerance)
