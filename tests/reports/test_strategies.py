"""A strategy is one record: what reports and commands say and draw of it follows from that.

Every file has three; a run may leave one out, and its prior file may add others.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from io import StringIO
from math import comb
from pathlib import Path
from typing import Any

import pytest
import xarray as xr
from rich.console import Console

from model.economics.components import COMPONENTS
from model.economics.strategies import STRATEGIES, Strategy, compared, of_run
from priors.reading.records import AddedStrategy
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
from reports.page.html import render
from reports.run.summary import summary
from reports.terminal.decision import print_decision
from reports.terminal.options import print_options
from reports.text.numbers import figure
from reports.text.quantities import path_name
from reports.text.strategies import (
    ADVICE,
    LABELS,
    LEAVING,
    STAYING,
    question,
    reporting,
)
from tests.reports.conftest import Visit
from tests.reports.factory import (
    make_decision,
    make_run,
    option_analysis,
    sensitivity_analysis,
)

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in ("cli", "reports")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".css", ".j2", ".js", ".py"}
)
TOLD = ROOT / "reports" / "text" / "strategies.py"
#: The question itself is exit against stay.
FURTHER = [one for one in STRATEGIES if one not in (LEAVING, STAYING)]
#: Parts of the names of quantities: where one is a component's name too, it may be meant.
OF_QUANTITIES = {
    part for one in (*GLOBAL_QUANTITIES, *PLAYER_QUANTITIES) for part in one.name.split(".")
}
HOSTILE = "</script><b onerror=alert(1)>'\"{{7*7}}"
#: One is called as the page's style calls other things, one as the scripts do.
ADDED = (
    AddedStrategy("paid_only", "Paid only", "No free clips."),
    AddedStrategy("hidden", "Small team, which keeps the models and sells only a little"),
    AddedStrategy("ink", HOSTILE),
    AddedStrategy("note", "Sell through a partner"),
    AddedStrategy("loss", "Loss"),
    AddedStrategy("a_strategy_with_quite_a_long_name_indeed", "x" * 60),
    AddedStrategy("open", "Open. The weights"),
    AddedStrategy("best", "Best"),
)
#: How many strategies, to what the run adds and leaves out.
CASES: dict[int, tuple[tuple[AddedStrategy, ...], tuple[str, ...]]] = {
    2: ((), ("api_only",)),
    3: ((), ()),
    4: (ADDED[:2], ("api_only",)),
    5: (ADDED[:2], ()),
    8: (ADDED[:5], ()),
    11: (ADDED, ()),
}
QUICK = (2, 5)
COUNTS = {2: "two", 3: "three", 4: "four", 5: "five", 8: "eight", 11: "eleven"}


@dataclass(frozen=True)
class Case:
    """A made-up run with its strategies, its files and its page."""

    run: xr.DataTree
    strategies: tuple[Strategy, ...]
    decision: dict[str, Any]
    analyses: dict[str, dict[str, Any]]
    page: str

    def data(self, key: str) -> Any:
        found = re.search(rf'id="{key}">(.*?)</script>', self.page, re.DOTALL)
        assert found is not None
        return json.loads(found.group(1))


def led_by(decision: dict[str, Any], name: str) -> dict[str, Any]:
    """The decision with one player whose best strategy is the one of that name."""
    own = dict(decision["players"]["kuaishou"])
    others = [one for one in own["strategies"] if one != name]
    own |= {"best": name, "next": others[-1], "likeliest_best": others[0], "resolved": True}
    return decision | {"players": decision["players"] | {"kuaishou": own}}


@cache
def make(count: int) -> Case:
    added, without = CASES[count]
    run = make_run(512, 4, added=added, without=without)
    strategies = of_run(run)
    decision = led_by(make_decision(run), strategies[-1].name)
    analyses = {"option": option_analysis(decision), "sensitivity": sensitivity_analysis(decision)}
    for player, of in analyses["sensitivity"]["players"].items():
        inputs = of["inputs"]
        for one in added:
            path = f"players.{player}.{one.name}_share"
            inputs[path] = inputs[f"players.{player}.fixed_cost"]
    return Case(run, strategies, decision, analyses, render(run, decision, analyses))


@pytest.fixture(
    scope="module",
    params=[pytest.param(n, marks=() if n in QUICK else pytest.mark.slow) for n in CASES],
)
def case(request: pytest.FixtureRequest) -> Case:
    return make(request.param)


@pytest.fixture(scope="module")
def eleven() -> Case:
    return make(11)


def quoted(word: str) -> str:
    """Pattern of a string that is `word` and nothing else."""
    return rf"([\"'`]){re.escape(word)}\1"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_spells_what_a_record_says(path: Path) -> None:
    # What a module offers has names of its own.
    text = re.sub(r"(?s)__all__ = \[.*?\]", "", path.read_text(encoding="utf-8"))
    for one in STRATEGIES:
        for word in (one.name, one.label, one.advice, one.doing):
            assert not re.search(quoted(word), text), word
        # In a style sheet its variable and its class, in a script its key.
        assert not re.search(rf"--{one.name}\b|\.{one.name}\b", text), one.name
    for one in FURTHER:
        for word in (one.name, one.advice, one.doing, one.meaning):
            assert not re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE), word
    for component in COMPONENTS:
        if component.name not in OF_QUANTITIES:
            assert not re.search(quoted(component.name), text), component.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_knows_only_the_strategies_of_every_file(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    words = {"STRATEGIES", "STRATEGY_NAMES", "GLOBAL_QUANTITIES", "PLAYER_QUANTITIES"}
    # What is told of no run, such as the help, is of the strategies of every file.
    for word in words - ({"STRATEGIES"} if path == TOLD else set()):
        assert not re.search(rf"\b{word}\b", text), word


def test_texts_follow_the_run_and_come_back() -> None:
    run = make_run(64, 4, added=ADDED[:1])
    before = question("it")
    with reporting(run):
        assert question("it") == "Exit it, stay, keep only the API, or “Paid only”?"
        assert list(LABELS) == ["exit", "stay", "api_only", "paid_only"]
        assert path_name("players.pika.paid_only_share") == "paid_only: share"
        with reporting(make_run(64, 4, without=["api_only"])):
            assert question("it") == "Exit it, or stay?"
        assert ADVICE["paid_only"] == "“Paid only”"
    assert question("it") == before
    with pytest.raises(KeyError, match="paid_only"):
        ADVICE["paid_only"]


def test_texts_come_back_where_writing_fails() -> None:
    with pytest.raises(RuntimeError, match="full"), reporting(make_run(64, 4, added=ADDED)):
        raise RuntimeError("the disk is full")
    assert len(LABELS) == len(STRATEGIES)


def terminal(case: Case, width: int = 80) -> list[str]:
    out = StringIO()
    console = Console(file=out, width=width, no_color=True)
    with reporting(case.run):
        print_decision(case.decision, console)
        print_options(case.analyses["option"], console)
    return out.getvalue().splitlines()


def test_the_terminal_shows_every_strategy_within_80_columns(case: Case) -> None:
    lines = terminal(case)
    assert max(map(len, lines)) <= 80
    assert not any("…" in line for line in lines)
    known = {one.name for one in case.strategies}
    first, last = (
        next(k for k, line in enumerate(lines) if words in line)
        for words in ("What each strategy is worth", "real options")
    )
    worth = lines[first:last]
    headings = [line.split() for line in worth if line.split() and {*line.split()} <= known]
    assert [name for heading in headings for name in heading] == [
        one.name for one in case.strategies
    ]
    # Every strategy has its value beside every player.
    rows = [line for line in lines if line.startswith("Pika")]
    for one in case.strategies:
        cell = case.decision["players"]["pika"]["strategies"][one.name]
        assert any(figure(cell["mean"], cell["mean_mcse"]) in row for row in rows), one.name
    for one in case.strategies:
        words = f"leave {one.name}" if one.operating else "come back"
        assert any(line.startswith(f"  {words}") for line in terminal(case, 200))
    flat = " ".join(" ".join(lines).split())
    assert all(word in flat for word in case.strategies[-1].advice.split())


def read(page: str) -> str:
    """What a reader sees, spaces alike."""
    flat = " ".join(re.sub(r"(?s)<script.*?</script>|<style.*?</style>", "", page).split())
    return unescape(flat)


def test_the_page_asks_and_answers_with_every_strategy(case: Case) -> None:
    seen = read(case.page)
    for place, one in enumerate(case.strategies):
        assert one.meaning in seen
        assert f'<th scope="row" class="s{place + 1}">{one.mark} {one.label}</th>' in seen
    with reporting(case.run):
        assert question("AI video") in seen
    assert f"compares {COUNTS[len(case.strategies)]} strategies" in seen


def test_labels_of_a_file_stay_text(eleven: Case) -> None:
    outside = re.sub(r"(?s)<script.*?</script>", "", eleven.page)
    assert "<b onerror" not in outside
    assert "49" not in re.findall(r"<h1[^>]*>(.*?)</h1>", eleven.page)[0]
    for key in ("strategy-data", "what-if-data"):
        found = re.search(rf'id="{key}">(.*?)</script>', eleven.page, re.DOTALL)
        assert found is not None
        assert not {*"<>&"} & {*found.group(1)}
    style = re.findall(r"(?s)<style>(.*?)</style>", eleven.page)[0]
    assert "onerror" not in style
    assert eleven.data("strategy-data")["advice"]["ink"] == f"“{HOSTILE}”"


def test_the_style_sheet_has_a_colour_for_each(case: Case) -> None:
    for place, one in enumerate(case.strategies):
        name = f"s{place + 1}"
        assert case.page.count(f"--{name}:{one.colour}") == 1
        assert case.page.count(f"--{name}:{one.dark_colour}") == 1
        assert f".{name}{{--c:var(--{name})}}svg .{name}{{fill:var(--{name})}}" in case.page


def test_charts_draw_the_pair_that_is_compared(case: Case) -> None:
    names = [one.name for one in case.strategies]
    part = case.page.partition('id="player=kuaishou"')[2].partition("</section>")[0]
    entry = case.decision["players"]["kuaishou"]
    for key in ("best", "rival"):
        assert re.search(rf'<g class="s{names.index(entry[key]) + 1}\b', part)


def test_the_what_if_carries_every_strategy_and_its_factors(case: Case) -> None:
    data = case.data("what-if-data")
    assert data["strategies"] == [one.name for one in case.strategies]
    entry = data["decision"]["players"]["pika"]
    assert list(entry["strategies"]) == data["strategies"]
    assert len(entry["pair_mcse"]) == comb(len(case.strategies), 2)


def test_priors_of_added_strategies_are_listed(case: Case) -> None:
    for one in case.strategies[len(STRATEGIES) :]:
        for factor in ("share", "fixed", "scope", "subsidy"):
            assert f"players.pika.{one.name}_{factor}" in case.page


@pytest.mark.slow
def test_the_summary_has_a_row_for_every_strategy_and_pair(case: Case) -> None:
    rows = summary(case.run)
    count = len(case.strategies)
    assert sum(row.startswith("npv[pika") for row in rows.index) == count
    assert sum(row.startswith("difference[pika") for row in rows.index) == comb(count, 2)


def test_a_run_of_the_first_edition_is_reported() -> None:
    run = make_run(64, 4, edition=1)
    assert "strategies" not in run.attrs
    assert "market.ceiling" not in run["prior"].data_vars
    page = render(run, make_decision(run))
    assert "market.size_2033" in page
    assert "market.ceiling" not in page


def entries(case: Case) -> list[dict[str, Any]]:
    """Entries for every pair of strategies that can come first and second."""
    entry = case.decision["players"]["openai"]
    names = [one.name for one in case.strategies]
    return [
        {**entry, "best": best, "next": next_, "likeliest_best": next_, "resolved": resolved}
        for best in names
        for next_ in names
        for resolved in (True, False)
        if best != next_
    ]


@pytest.mark.slow
@pytest.mark.browser
def test_the_page_works_with_eleven_strategies(eleven: Case, visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(eleven.page, encoding="utf-8")
    opened = visit(path)
    page = opened.page
    names = page.evaluate(
        "[...Object.keys(JSON.parse(document.getElementById('strategy-data').textContent).short)]"
    )
    assert names == [one.name for one in eleven.strategies]
    page.evaluate("location.hash = '#player=kuaishou'")
    for place, one in enumerate(eleven.strategies):
        head = page.locator(f"[id='player=kuaishou'] th.s{place + 1}")
        colour = head.evaluate("node => getComputedStyle(node).color")
        assert colour == "rgb({}, {}, {})".format(*bytes.fromhex(one.colour.lstrip("#")))
    assert opened.said == []


def test_those_of_every_file_come_first() -> None:
    assert compared(ADDED)[: len(STRATEGIES)] == STRATEGIES
