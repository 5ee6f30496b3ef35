"""The report in a real browser, from a file, with the network cut."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from priors.characters import visible
from reports.page.html import LIMIT, render
from reports.text import numbers
from reports.text.dollars import short
from reports.text.strategies import strategy
from reports.text.worlds import of_100
from tests.reports.conftest import Opened, Visit
from tests.reports.factory import make_decision, make_run

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def apply(page: Any, moves: list[dict[str, Any]]) -> dict[str, Any]:
    """The decision under moves, settled, with changed figures as a list."""
    result: dict[str, Any] = page.evaluate(
        """async moves => {
            const result = await window.decide.whatIf.apply(moves);
            if (!result) return null;
            const plain = entries => Object.fromEntries(Object.entries(entries).map(
                ([key, entry]) => [key, { ...entry, changed: [...entry.changed] }]));
            return { players: plain(result.players), types: plain(result.types) };
        }""",
        moves,
    )
    return result


def test_the_first_table_follows_and_comes_back(opened: Opened) -> None:
    page = opened.page
    rows = "[...document.querySelectorAll('.ans tr[data-player]')].map(row => row.innerText)"
    before = page.evaluate(rows)
    result = apply(page, [{"path": "market.size_2033", "shift": 0.9}])
    entry = result["players"]["openai"]
    row = page.locator(".ans tr[data-player='openai']")
    odds = row.locator(".lab").inner_text()
    assert f"{of_100(entry['wins'])} of 100: {strategy(entry['best']).short} by" in odds
    assert strategy(entry["rival"]).short in row.locator(".gain .mut").inner_text()
    assert page.locator("#what-if-headline").inner_text().startswith("With Market in 2033 at $")
    # What does not follow is pale.
    opacity = "getComputedStyle(document.querySelector('#all header')).opacity"
    assert float(page.evaluate(opacity)) < 0.5
    page.get_by_role("button", name="Back to the report’s priors").click()
    page.wait_for_function("!document.documentElement.classList.contains('moved')")
    assert page.evaluate(rows) == before
    assert float(page.evaluate(opacity)) == 1.0


def test_it_opens_from_a_file_with_the_network_cut_and_nothing_to_complain_of(
    opened: Opened, report_file: Path
) -> None:
    assert [url for url in opened.asked if not url.startswith("data:")] == [report_file.as_uri()]
    assert opened.page.context.cookies() == []


def test_every_chart_is_named_or_stands_beside_its_text(opened: Opened) -> None:
    charts = opened.page.locator("svg")
    assert charts.count() > 100
    unnamed = charts.evaluate_all(
        """all => all.filter(one => !(one.getAttribute("aria-hidden") === "true"
            || (one.getAttribute("role") === "img" && one.getAttribute("aria-label"))))
            .filter(one => !one.closest("#whatif")).map(one => one.outerHTML.slice(0, 80))"""
    )
    assert unnamed == []


def test_the_file_can_be_mailed(report_file: Path) -> None:
    assert report_file.stat().st_size <= LIMIT


@pytest.mark.parametrize(
    "fragment",
    [
        "nothing=1*1",
        "market.size_2033=NaN*1",
        "market.size_2033=99*1",
        "&==&%22%3E%3Cscript%3Ealert(1)%3C/script%3E=1",
        "%E0%A4%A=1",
    ],
)
def test_a_bad_link_is_ignored(opened: Opened, fragment: str) -> None:
    opened.page.evaluate("fragment => { location.hash = `#whatif&${fragment}`; }", fragment)
    # hashchange comes before the next task.
    opened.page.evaluate("new Promise(resume => setTimeout(resume, 20))")
    assert opened.page.evaluate("window.decide.result") is None
    assert not opened.page.locator(".move").is_visible()


def test_numbers_and_words_are_those_of_python(opened: Opened) -> None:
    page = opened.page
    rng = np.random.default_rng(5)
    values = (rng.standard_normal(300) * 10.0 ** rng.uniform(-9, 9, 300)).tolist()
    for name, own, given in (
        ("format.number", numbers.number, [*values, 0.0]),
        ("words.money", short, [one for one in values if abs(one) < 1e8] + [0.0, 0.996, 0.9949]),
        ("words.worlds", of_100, [0.0, 0.004, 0.0051, 0.123, 0.5, 0.9949, 0.995, 1.0]),
    ):
        place, word = name.split(".")
        shown = page.evaluate(
            "([place, name, values]) => values.map(value => window.decide[place][name](value))",
            [place, word, given],
        )
        assert shown == [own(value) for value in given], name


HOSTILE = {
    "openai": "<script>window.hacked = 1; alert(1)</script>",
    "google": "\"'><img src=x onerror=window.hacked=1>",
    "kuaishou": "</style></script><!--",
    "bytedance": "${window.hacked = 1}' + (window.hacked = 1) + '{{ 7 * 7 }}",
    "runway": "\u202e\u2067right to left\u2069\u202c",
    "minimax": "x" * 10_000,
}


@pytest.mark.parametrize("length", [None, 200], ids=["whole", "short enough to be read again"])
def test_hostile_text_does_no_harm(visit: Visit, tmp_path: Path, length: int | None) -> None:
    labels = {player: label[:length] for player, label in HOSTILE.items()}
    everything = " ".join(labels.values())
    run = make_run(512, 4, labels=labels, source=everything, why=everything)
    path = tmp_path / "report.html"
    path.write_text(render(run, make_decision(run)), encoding="utf-8")
    opened = visit(path, viewport={"width": 360, "height": 740})
    page = opened.page
    if length is not None:
        apply(page, [{"path": f"players.{one}.fixed_cost", "shift": 0.1} for one in HOSTILE])
    assert opened.said == []
    assert page.evaluate("window.hacked ?? null") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for player, label in labels.items():
        part = page.locator(f"[id='player={player}'] .kick").text_content()
        assert visible(label) in part
        assert "\u202e" not in part


def test_a_run_without_doubt_is_shown(visit: Visit, tmp_path: Path) -> None:
    run = make_run(64, 4)
    for group in ("prior", "payoff"):
        fixed = run[group].to_dataset()
        for name, values in fixed.items():
            if "draw" in values.dims:
                fixed[name] = values * 0.0 + 1.0
        run[group] = xr.DataTree(fixed)
    path = tmp_path / "report.html"
    path.write_text(render(run, make_decision(run)), encoding="utf-8")
    opened = visit(path)
    assert opened.said == []
    assert "too close to call" in opened.page.locator("#all h1").inner_text()
