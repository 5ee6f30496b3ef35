"""A strategy is one record: what reports and commands say and draw of it follows from that."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from model.economics.components import COMPONENTS
from model.economics.strategies import STRATEGIES
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
from reports.text.strategies import LEAVING, STAYING
from tests.reports.conftest import Visit
from tests.reports.four_strategies import FOURTH

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in ("cli", "reports")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".css", ".j2", ".js", ".py"}
)
#: The question itself is exit against stay.
FURTHER = [one for one in STRATEGIES if one not in (LEAVING, STAYING)]
#: Those that go on with the business, without the one that is made up here; how many in all.
KEPT = [one for one in STRATEGIES if one is not LEAVING]
COUNT = {4: "four", 5: "five", 6: "six"}[len(STRATEGIES) + 1]
#: Parts of the names of quantities: where one is a component's name too, it may be meant.
OF_QUANTITIES = {
    part for one in (*GLOBAL_QUANTITIES, *PLAYER_QUANTITIES) for part in one.name.split(".")
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with what a fourth record leads to."""
    folder = tmp_path_factory.mktemp("four")
    command = [sys.executable, "-m", "tests.reports.four_strategies", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def page(written: Path) -> str:
    return (written / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def charts(page: str) -> dict[str, Any]:
    found = re.search(r'id="chart-data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    loaded: dict[str, Any] = json.loads(found.group(1))
    return loaded


def quoted(word: str) -> str:
    """Pattern of a string that is `word` and nothing else."""
    return rf"([\"'`]){re.escape(word)}\1"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_spells_what_a_record_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
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


@pytest.mark.slow
def test_the_terminal_shows_a_fourth_strategy_within_80_columns(written: Path) -> None:
    lines = (written / "terminal.txt").read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) <= 80
    assert [*(one.name for one in STRATEGIES), FOURTH.name] in [line.split() for line in lines]
    assert any(line.startswith("Kuaishou") and FOURTH.advice in line for line in lines)
    assert any(f"leave {FOURTH.name}" in line for line in lines)
    assert not any("…" in line for line in lines)


@pytest.mark.slow
def test_the_page_asks_and_answers_with_a_fourth_strategy(page: str) -> None:
    flat = " ".join(page.split())
    advice, doing = (", ".join(getattr(one, of) for one in KEPT) for of in ("advice", "doing"))
    assert f"{advice}, or {FOURTH.advice}?</h1>" in flat
    assert f"What leaving, {doing} and {FOURTH.doing} are worth" in flat
    assert f"compares {COUNT} strategies on 24 March 2026: to close its video business, to" in flat
    assert f"{STRATEGIES[-1].meaning}, or {FOURTH.meaning}. The model" in flat
    assert f">{FOURTH.advice}</span>.</b>" in flat
    assert f">The best of the {COUNT} in" in flat
    assert f'<span class="key {FOURTH.name}">{FOURTH.label}</span>' in flat


@pytest.mark.slow
def test_the_style_sheet_has_a_fourth_colour_and_shape(page: str) -> None:
    assert page.count(f"--{FOURTH.name}: {FOURTH.colour};") == 2
    assert page.count(f"--{FOURTH.name}: {FOURTH.dark_colour};") == 1
    for rule in (
        f".verdict.{FOURTH.name} {{ border-color: var(--{FOURTH.name}); }}",
        f".verdict.{FOURTH.name} .advice {{ color: var(--{FOURTH.name}); }}",
        f"rect.{FOURTH.name} {{ fill: var(--{FOURTH.name}); }}",
        f".key.{FOURTH.name}::before {{ background: var(--{FOURTH.name}); border-radius: 0; clip-",
    ):
        assert rule in page


def scales(node: Any) -> list[list[str]]:
    """Domains of all scales in a drawing."""
    if isinstance(node, list):
        return [domain for item in node for domain in scales(item)]
    if not isinstance(node, dict):
        return []
    inside = [domain for item in node.values() for domain in scales(item)]
    return [*inside, node["domain"]] if {"domain", "range"} <= node.keys() else inside


@pytest.mark.slow
@pytest.mark.parametrize("key", ["waterfall", "switching", "map", "distribution", "timing"])
def test_charts_draw_a_fourth_strategy(charts: dict[str, Any], key: str) -> None:
    domains = [domain for domain in scales(charts[key]["spec"]) if STAYING.name in domain]
    assert domains
    for domain in domains:
        assert domain[: len(STRATEGIES) + 1] == [*(one.name for one in STRATEGIES), FOURTH.name]


@pytest.mark.slow
def test_charts_offer_a_fourth_strategy(charts: dict[str, Any]) -> None:
    assert f"openai/{FOURTH.name}" in charts["waterfall"]["finding"]
    assert list(charts["timing"]["finding"]) == [
        *(one.name for one in KEPT),
        FOURTH.name,
        "exit",
    ]
    assert charts["timing"]["finding"][FOURTH.name].endswith("nobody would leave after all")


@pytest.mark.slow
@pytest.mark.browser
def test_the_page_works_with_a_fourth_strategy(written: Path, visit: Visit) -> None:
    opened = visit(written / "report.html")
    page = opened.page
    verdicts = json.loads((written / "verdicts.json").read_text(encoding="utf-8"))
    shown = page.evaluate(
        "entries => entries.map(window.decide.format.verdictText)", verdicts["entries"]
    )
    assert shown == verdicts["texts"]
    page.evaluate(
        "window.decide.whatIf.apply([{ path: 'market.size_2033', shift: 0.5, spread: 1 }])"
    )
    odds = page.locator("[data-verdict='players/kuaishou'] .odds")
    widths = [float(rect.get_attribute("width") or 0) for rect in odds.locator("rect").all()]
    assert len(widths) == len(STRATEGIES) + 1
    assert sum(widths) == pytest.approx(100.0, abs=0.05)
    mark = page.locator(f".key.{FOURTH.name}").first.evaluate(
        "node => getComputedStyle(node, '::before').backgroundColor"
    )
    assert mark == "rgb({}, {}, {})".format(*bytes.fromhex(FOURTH.colour.lstrip("#")))
    assert opened.said == []
