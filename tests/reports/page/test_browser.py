"""The report in a real browser, from a file, with the network cut."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from priors.characters import visible
from reports.page.html import LIMIT, render
from reports.text import numbers
from reports.text.verdict import standing, verdict_text
from tests.reference import reweighting
from tests.reports.conftest import Opened, Visit
from tests.reports.factory import make_decision, make_run

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOVES: dict[str, list[dict[str, Any]]] = {
    "shift": [{"path": "market.size_2033", "shift": 0.5}],
    "spread": [{"path": "market.size_2033", "shift": -0.5, "spread": 0.8}],
    "event": [{"path": "robotics.success", "probability": 0.3}],
    "correlated": [
        {"path": "market.size_2033", "shift": 0.6, "spread": 1.1},
        {"path": "robotics.profit_pool", "shift": -0.4, "spread": 0.9},
    ],
    "far": [{"path": "market.size_2033", "shift": 1.9, "spread": 0.6}],
    "several": [
        {"path": "players.openai.fixed_cost", "shift": -1.0},
        {"path": "robotics.success", "probability": 0.9},
        {"path": "players.google.salvage", "shift": 0.3, "spread": 1.2},
    ],
}


@pytest.fixture(scope="module")
def data(report_file: Path) -> dict[str, Any]:
    found = re.search(r'id="what-if-data">(.*?)</script>', report_file.read_text(), re.DOTALL)
    assert found is not None
    loaded: dict[str, Any] = json.loads(found.group(1))
    return loaded


def apply(page: Any, moves: list[dict[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = page.evaluate(
        """moves => {
            const { weights, ...result } = window.decide.whatIf.apply(moves);
            return { ...result, weights: Array.from(weights) };
        }""",
        moves,
    )
    return result


def test_it_opens_from_a_file_with_the_network_cut_and_nothing_to_complain_of(
    opened: Opened, report_file: Path
) -> None:
    assert [url for url in opened.asked if not url.startswith("data:")] == [report_file.as_uri()]
    assert opened.page.context.cookies() == []


def test_every_chart_is_drawn(opened: Opened) -> None:
    page = opened.page
    figures = page.locator("[data-chart]")
    assert figures.count() >= 4
    for number in range(figures.count()):
        drawing = figures.nth(number).locator("svg.marks")
        assert drawing.count() == 1, figures.nth(number).get_attribute("data-chart")
        assert drawing.locator(".role-mark > *").count() > 0


def test_the_file_can_be_mailed(report_file: Path) -> None:
    assert report_file.stat().st_size <= LIMIT


def test_choosing_changes_the_chart_and_its_title(opened: Opened) -> None:
    page = opened.page
    figure = page.locator("#chart-waterfall")
    before = figure.locator("svg.marks").inner_html()
    figure.locator("select").select_option("google/stay")
    assert figure.locator(".finding").inner_text().startswith("Google (Veo), Stay:")
    page.wait_for_function(
        "before => document.querySelector('#chart-waterfall svg.marks').innerHTML !== before",
        arg=before,
    )


@pytest.mark.parametrize("moves", MOVES.values(), ids=MOVES)
def test_moved_priors_give_the_figures_that_numpy_gives(
    opened: Opened, data: dict[str, Any], moves: list[dict[str, Any]]
) -> None:
    result = apply(opened.page, moves)
    weights = reweighting.weights(data, moves)
    assert result["weights"] == pytest.approx(weights, rel=1e-9)
    assert result["effective"] == pytest.approx(weights.sum() ** 2 / np.sum(weights**2), rel=1e-9)
    for place, key in (("players", "openai"), ("players", "google"), ("types", "pure_play")):
        entry = result[place][key]
        figures = reweighting.judge(data, place, key, weights)
        lead, error = figures.pop("lead")
        assert entry["best_minus_next"]["mean"] == pytest.approx(lead, rel=1e-9)
        assert entry["resolved"] == (lead > 2.0 * error)
        for name, (value, mcse) in figures.items():
            part, figure = name.split("/")
            row = entry["exit_minus_stay"] if part == "difference" else entry["strategies"][part]
            assert row[figure] == pytest.approx(value, rel=1e-9, abs=1e-12), name
            assert row[f"{figure}_mcse"] == pytest.approx(mcse, rel=1e-6, abs=1e-12), name


def test_the_page_follows_and_comes_back(opened: Opened) -> None:
    page = opened.page
    everything = "[...document.querySelectorAll('[data-entry]')].map(node => node.textContent)"
    before = page.evaluate(everything)
    result = apply(page, [{"path": "market.size_2033", "shift": -1.5}])
    entry = result["players"]["google"]
    shown = page.locator("[data-verdict='players/google'] .sentence").inner_text()
    assert " ".join(shown.split()) == f"Google (Veo): {verdict_text(entry)}"
    assert entry["best"] == "exit"
    assert (
        page.locator("[data-verdict='players/google']").get_attribute("class")
        == "verdict strategy-exit"
    )
    assert page.locator("#what-if-summary").inner_text().startswith("Changed verdicts: ")
    assert "Google (Veo): exit" in page.locator("#what-if-summary").inner_text()
    assert page.locator(".moved-note").is_visible()
    page.get_by_role("button", name="Back to the report’s priors").click()
    assert page.evaluate(everything) == before
    assert not page.locator(".moved-note").is_visible()


def test_the_keyboard_moves_a_prior(opened: Opened) -> None:
    page = opened.page
    pick = page.get_by_label("A quantity to move")
    pick.focus()
    pick.select_option(label="Market in 2033")
    assert page.evaluate("document.activeElement.type") == "range"
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("window.decide.result !== null && window.decide.result !== undefined")
    assert page.locator("output").first.inner_text() == "+0.5"
    assert page.evaluate("location.hash") == "#what-if&market.size_2033=0.5*1"


@pytest.mark.parametrize("shift", [-2.0, -0.8, 0.0, 0.8, 2.0])
def test_both_densities_are_seen(opened: Opened, shift: float) -> None:
    apply_ = "moves => { window.decide.whatIf.apply(moves); }"
    opened.page.evaluate(apply_, [{"path": "market.size_2033", "shift": shift}])
    for name in ("before", "after"):
        path = opened.page.locator(f".densities .{name}").get_attribute("d") or ""
        heights = [float(point.split(",")[1]) for point in path.lstrip("M").split("L")]
        # 58 is the ground, 4 the top of the higher of the two.
        assert min(heights) < 45.0
        assert max(heights) > 52.0


def test_a_link_restores_the_state(visit: Visit, opened: Opened, report_file: Path) -> None:
    restored = visit(report_file, "#what-if&market.size_2033=-1*0.9&robotics.success=p0.25")
    result = restored.page.evaluate("window.decide.result.players.google.exit_minus_stay.mean")
    moves = [
        {"path": "market.size_2033", "shift": -1.0, "spread": 0.9},
        {"path": "robotics.success", "probability": 0.25},
    ]
    expected = apply(opened.page, moves)
    assert result == expected["players"]["google"]["exit_minus_stay"]["mean"]
    assert restored.said == []


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
    opened.page.evaluate("fragment => { location.hash = `#what-if&${fragment}`; }", fragment)
    # hashchange comes before the next task.
    opened.page.evaluate("new Promise(resume => setTimeout(resume, 20))")
    assert opened.page.evaluate("window.decide.result") is None
    assert opened.page.locator(".move").count() == 0


def test_too_far_a_move_is_warned_of(opened: Opened) -> None:
    page = opened.page
    apply(page, [{"path": "market.size_2033", "shift": 0.3}])
    assert not page.locator("#what-if-warning").is_visible()
    apply(page, [{"path": "market.size_2033", "shift": 2.0, "spread": 0.5}])
    assert page.locator("#what-if-warning").is_visible()
    assert "too far from the report’s" in page.locator("#what-if-warning").inner_text()


def test_the_command_moves_the_prior_and_what_is_correlated_with_it(opened: Opened) -> None:
    page = opened.page
    apply(page, [{"path": "robotics.profit_pool", "shift": 0.5}])
    command = page.locator("#what-if-command code").inner_text()
    assert "--set robotics.profit_pool.score_shift=0.5" in command
    # Rank 0.4: it follows with a correlation of 2 sin(π 0.4 / 6).
    (along,) = re.findall(r"--set market\.size_2033\.score_shift=(\S+)", command)
    assert float(along) == pytest.approx(np.sin(np.pi * 0.4 / 6.0), rel=1e-5)
    assert "Moved along, by correlation: " in page.locator("#what-if-command .note").inner_text()
    apply(page, [{"path": "market.size_2033", "shift": -0.5, "spread": 0.8}])
    command = page.locator("#what-if-command code").inner_text()
    assert "--set market.size_2033.score_shift=-0.5" in command
    assert "--set market.size_2033.score_spread=0.8" in command
    apply(page, [{"path": "robotics.success", "probability": 0.25}])
    command = page.locator("#what-if-command code").inner_text()
    assert command.startswith("decide simulate --from report.html")
    assert command.endswith("--set robotics.success.probability=0.25")


def test_numbers_and_verdicts_are_those_of_python(
    opened: Opened, made_up_decision: dict[str, Any]
) -> None:
    page = opened.page
    rng = np.random.default_rng(5)
    values = (rng.standard_normal(300) * 10.0 ** rng.uniform(-9, 9, 300)).tolist()
    errors = (np.abs(values) * 10.0 ** rng.uniform(-7, 2, 300)).tolist()
    pairs = [*zip(values, errors, strict=True), (0.0, 0.0), (1e-12, 0.0), (5.0, 0.0), (0.0, 0.1)]
    for name in ("figure", "signed", "money", "rounded"):
        shown = page.evaluate(
            "([name, pairs]) => pairs.map(pair => window.decide.format[name](...pair))",
            [name, pairs],
        )
        assert shown == [getattr(numbers, name)(*pair) for pair in pairs], name
    shares = [0.0, 0.004, 0.005, 0.123, 0.5, 0.97, 0.995, 0.999, 1.0]
    for name in ("percent", "frequency"):
        shown = page.evaluate(
            "([name, shares]) => shares.map(window.decide.format[name])", [name, shares]
        )
        assert shown == [getattr(numbers, name)(share) for share in shares], name
    entries = [
        {**entry, **change}
        for entry in made_up_decision["players"].values()
        for change in ({}, {"resolved": False}, {"best": "api_only", "next": "stay"})
    ]
    for name, own in (("verdictText", verdict_text), ("standing", standing)):
        shown = page.evaluate(
            "([name, entries]) => entries.map(window.decide.format[name])", [name, entries]
        )
        assert shown == [own(entry) for entry in entries], name


def test_the_tail_of_the_weights_has_the_shape_that_arviz_finds(
    visit: Visit, report_file: Path
) -> None:
    from arviz_stats.base import array_stats

    page = visit(report_file).page
    rng = np.random.default_rng(3)
    for logs in (
        rng.standard_normal(4096),
        2.0 * rng.standard_normal(4096),
        rng.exponential(size=4096),
    ):
        shape = page.evaluate(
            "x => window.decide.engine.paretoShape(x.map(Math.exp))", logs.tolist()
        )
        _, expected = array_stats.psislw(-logs, r_eff=1.0)
        assert shape == pytest.approx(float(expected), rel=1e-6)


HOSTILE = {
    "openai": "<script>window.hacked = 1; alert(1)</script>",
    "google": "\"'><img src=x onerror=window.hacked=1>",
    "kuaishou": "</style></script><!--",
    "bytedance": "${window.hacked = 1}' + (window.hacked = 1) + '{{ 7 * 7 }}",
    "runway": "\u202e\u2067right to left\u2069\u202c",
    "minimax": "x" * 10_000,
}


def test_hostile_text_does_no_harm(visit: Visit, tmp_path: Path) -> None:
    everything = " ".join(HOSTILE.values())
    run = make_run(512, 4, labels=HOSTILE, source=everything, why=everything)
    path = tmp_path / "report.html"
    path.write_text(render(run, make_decision(run)), encoding="utf-8")
    opened = visit(path, viewport={"width": 360, "height": 740})
    page = opened.page
    apply(page, [{"path": f"players.{player}.fixed_cost", "shift": 0.1} for player in HOSTILE])
    assert opened.said == []
    assert page.evaluate("window.hacked ?? null") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for player, label in HOSTILE.items():
        sentence = page.locator(f"[data-verdict='players/{player}'] .sentence").text_content()
        assert visible(label) in sentence
        assert "\u202e" not in sentence


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
    assert "No player’s decision is resolved." in opened.page.locator(".lead").inner_text()


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_on_any_screen(opened: Opened, width: int, scheme: str) -> None:
    page = opened.page
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    apply(page, [{"path": "market.size_2033", "shift": 0.5}])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("nav.contents:visible").count() == 1
    lightness = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", lightness)[:3])) > 384) == (scheme == "light")


# Only colours differ between the schemes.
@pytest.mark.parametrize(
    ("scheme", "options"),
    [("light", {"resultTypes": ["violations"]}), ("dark", {"runOnly": ["color-contrast"]})],
)
def test_axe_finds_no_serious_fault(opened: Opened, scheme: str, options: dict[str, Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened.page
    page.emulate_media(color_scheme=scheme)
    apply(page, [{"path": "market.size_2033", "shift": 0.5}, {"path": "robotics.success"}])
    found = axe.run(page, options=options).response["violations"]
    faults = [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found
        for node in fault["nodes"]
        if fault["impact"] in ("serious", "critical")
    ]
    assert faults == []


def test_it_prints_on_a4_with_its_charts(opened: Opened) -> None:
    page = opened.page
    page.emulate_media(media="print")
    paper = page.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper))
    assert [(round(float(w)), round(float(h))) for w, h in boxes] == [(595, 842)]
    page.set_viewport_size({"width": 670, "height": 900})
    for drawing in page.locator(".drawing svg.marks").all():
        box = drawing.bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["x"] + box["width"] <= 671
    assert not page.locator(".panel").is_visible()
