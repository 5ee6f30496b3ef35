"""How the report is read: one company at a time, on any screen, on paper, without scripts."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xarray as xr

from reports.page.html import render
from tests.reports.conftest import Opened, Visit
from tests.reports.factory import PLAYERS, sensitivity_analysis

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (320, 390, 900, 1280)
DETAILS = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
#: Words and the sizes at which they are seen: in a drawing, type is scaled as the drawing is.
SMALL = """
() => [...document.querySelectorAll("body *")].flatMap((node) => {
  const words = [...node.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
  const box = node.getBoundingClientRect();
  if (!words || !box.width || node.closest(".vh, script, style, noscript, option")) return [];
  const svg = node.closest("svg[viewBox]");
  const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
  const size = parseFloat(getComputedStyle(node).fontSize) * scale;
  return size < 11.95 ? [`${size.toFixed(2)}: ${node.outerHTML.slice(0, 120)}`] : [];
})
"""


def shown(page: "Page") -> list[str]:
    """The companies whose part is seen; ``all`` for the table of all."""
    return page.evaluate(
        """() => [...document.querySelectorAll("#all, .player")]
            .filter(one => one.getBoundingClientRect().height > 0)
            .map(one => one.dataset.p ?? "all")"""
    )


def go(page: "Page", fragment: str) -> None:
    page.evaluate("hash => { location.hash = hash; }", fragment)
    # hashchange comes before the next task.
    page.evaluate("new Promise(resume => setTimeout(resume, 20))")


@pytest.fixture
def chosen(opened: Opened) -> Iterator["Page"]:
    yield opened.page
    go(opened.page, "#all")


def test_a_link_shows_one_company_and_the_rest_of_the_page(visit: Visit, report_file: Path) -> None:
    page = visit(report_file, "#player=google").page
    assert shown(page) == ["google"]
    headline = page.locator("[id='player=google'] h1").inner_text()
    assert page.title() == f"{headline} – {page.title().rpartition(' – ')[2]}"
    assert page.locator(".tabs [aria-current]").inner_text() == "Google"
    for key in ("whatif", "limits", "method"):
        assert page.locator(f"#{key}").is_visible()


def test_back_and_forward_go_from_company_to_company(chosen: "Page") -> None:
    chosen.locator(".tabs a", has_text="Google").click()
    chosen.locator(".tabs a", has_text="Pika").click()
    assert shown(chosen) == ["pika"]
    chosen.go_back()
    assert shown(chosen) == ["google"]
    chosen.go_back()
    assert shown(chosen) == ["all"]
    chosen.go_forward()
    assert shown(chosen) == ["google"]


def test_the_choice_on_a_phone_does_the_same(chosen: "Page") -> None:
    chosen.set_viewport_size({"width": 390, "height": 844})
    chosen.get_by_role("combobox", name="Company").select_option("adobe")
    chosen.wait_for_function("location.hash === '#player=adobe'")
    assert shown(chosen) == ["adobe"]
    assert chosen.evaluate("window.scrollY") == 0


@pytest.mark.parametrize("name", ["nobody", "%E0%A4%A", "", "__proto__", "constructor"])
def test_an_unknown_name_shows_all(chosen: "Page", name: str) -> None:
    go(chosen, "#player=pika")
    go(chosen, f"#player={name}")
    assert shown(chosen) == ["all"]
    assert chosen.locator(".tabs [aria-current]").inner_text() == "All eight"


def test_one_sentence_is_announced(chosen: "Page") -> None:
    regions = chosen.locator("#live")
    assert regions.get_attribute("aria-live") == "polite"
    go(chosen, "#player=runway")
    assert regions.inner_text() == chosen.locator("[id='player=runway'] h1").inner_text()
    go(chosen, "#all")
    assert regions.inner_text() == chosen.locator("#all h1").inner_text()


def test_a_link_into_details_opens_them(chosen: "Page") -> None:
    go(chosen, "#player=google")
    go(chosen, "#priors")
    assert chosen.locator("#priors").get_attribute("open") is not None
    # The company stays, as the link stands in its part.
    assert shown(chosen) == ["google"]


@pytest.fixture(scope="module")
def usual(
    visit: Visit,
    made_up_run: xr.DataTree,
    made_up_decision: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> "Page":
    """Eight companies, of half of which two numbers would change the verdict, of half one."""
    found = sensitivity_analysis(made_up_decision)
    for player in list(PLAYERS)[::2]:
        found["players"][player]["inputs"][f"players.{player}.fixed_cost"]["switching"][
            "ranges"
        ] = []
        found["players"][player]["inputs"]["robotics.success"]["switching"]["ranges"] = []
    path = tmp_path_factory.mktemp("usual") / "report.html"
    path.write_text(render(made_up_run, made_up_decision, {"sensitivity": found}), encoding="utf-8")
    return visit(path).page


@pytest.mark.parametrize(("width", "most"), [(1280, 900), (390, 2 * 844)])
def test_the_answer_fits_the_first_screen(usual: "Page", width: int, most: int) -> None:
    usual.set_viewport_size({"width": width, "height": 900})
    end = usual.locator("#all .meta").evaluate(
        "node => node.getBoundingClientRect().bottom + window.scrollY"
    )
    assert 400 < end <= most


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("fragment", ["#all", "#player=bytedance"])
def test_nothing_sticks_out_and_nothing_is_too_small(
    chosen: "Page", width: int, fragment: str
) -> None:
    chosen.set_viewport_size({"width": width, "height": 800})
    go(chosen, fragment)
    chosen.evaluate(DETAILS)
    assert chosen.evaluate("document.documentElement.scrollWidth") <= width
    assert chosen.evaluate(SMALL) == []
    chosen.evaluate(DETAILS.replace("true", "false"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_scheme_is_the_readers(opened: Opened, scheme: str) -> None:
    opened.page.emulate_media(color_scheme=scheme)
    lightness = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", lightness)[:3])) > 384) == (scheme == "light")


# Only colours differ between the schemes, and only places between widths beyond the two layouts.
@pytest.mark.parametrize(
    ("width", "scheme", "options"),
    [
        (390, "light", {"resultTypes": ["violations"]}),
        (900, "light", {"resultTypes": ["violations"]}),
        (1280, "light", {"runOnly": ["color-contrast", "target-size"]}),
        (390, "dark", {"runOnly": ["color-contrast"]}),
        (1280, "dark", {"runOnly": ["color-contrast"]}),
    ],
)
@pytest.mark.parametrize("fragment", ["#all", "#player=google"])
def test_axe_finds_nothing(
    chosen: "Page", width: int, scheme: str, options: dict[str, Any], fragment: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    chosen.set_viewport_size({"width": width, "height": 900})
    chosen.emulate_media(color_scheme=scheme)
    go(chosen, fragment)
    if fragment == "#all":
        chosen.evaluate("document.querySelectorAll('.detail').forEach(one => { one.open = true; })")
    found = axe.run(chosen, options=options).response["violations"]
    faults = [f"{of['id']}: {node['html'][:200]}" for of in found for node in of["nodes"]]
    chosen.evaluate(DETAILS.replace("true", "false"))
    assert faults == []


def test_without_scripts_all_parts_stand(browser: "Browser", report_file: Path) -> None:
    context = browser.new_context(
        java_script_enabled=False, offline=True, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto(report_file.as_uri())
    for player in PLAYERS:
        part = page.locator(f"[id='player={player}']")
        assert part.is_visible()
        assert part.locator("svg.chart.w").first.is_visible()
    assert page.locator("#all table.ans").is_visible()
    assert page.locator("#method").is_visible()
    assert not page.locator(".bar").is_visible()
    assert not page.locator("#whatif form").is_visible()
    context.close()


def pages_of(paper: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", paper))


def test_it_prints_one_company_or_all_of_them(visit: Visit, report_file: Path) -> None:
    page = visit(report_file, "#player=google").page
    page.emulate_media(media="print")
    hidden = (".bar", ".toc", "#whatif", "#print-all")
    assert not any(page.locator(one).first.is_visible() for one in hidden)
    assert shown(page) == ["google"]
    assert page.locator("[id='player=google'] svg.chart.w").first.is_visible()
    one = pages_of(page.pdf(format="A4"))
    page.evaluate("document.body.classList.remove('js', 'one')")
    assert shown(page) == ["all", *PLAYERS]
    every = pages_of(page.pdf(format="A4"))
    assert 1 <= one <= 12
    # Each company begins on a new page.
    assert every >= one + len(PLAYERS) - 1


def test_printing_opens_the_sources_of_what_is_shown_and_closes_them(
    visit: Visit, report_file: Path
) -> None:
    page = visit(report_file, "#player=google").page
    page.evaluate(
        """() => {
            const own = document.getElementById("player=google");
            const sources = "<details id='own'><summary>Sources</summary>One</details>";
            own.insertAdjacentHTML("beforeend", sources);
            dispatchEvent(new Event("beforeprint"));
        }"""
    )
    assert page.locator("#own").get_attribute("open") is not None
    assert page.locator("#made").get_attribute("open") is None
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#own").get_attribute("open") is None


def test_the_figures_are_saved_as_csv(visit: Visit, report_file: Path) -> None:
    opened = visit(report_file, "#player=google", accept_downloads=True)
    with opened.page.expect_download() as saved:
        opened.page.locator("[id='player=google'] a[download]").click()
    assert saved.value.suggested_filename == "google.csv"
    rows = list(csv.reader(StringIO(saved.value.path().read_text(encoding="utf-8"))))
    assert rows[0] == ["section", "item", "figure", "value", "standard error", "unit"]
    assert {row[0] for row in rows[1:]} >= {"verdict", "strategies", "why", "worth knowing"}
    assert len({len(row) for row in rows}) == 1
    assert opened.said == []
