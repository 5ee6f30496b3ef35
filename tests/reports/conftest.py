"""A made-up run and its decision, shared by the tests of the reports."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xarray as xr

from reports.page.html import render
from tests.reports.factory import make_decision, make_run, option_analysis, sensitivity_analysis

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


@dataclass(frozen=True)
class Opened:
    """A page that is open, what it said on the console, and what it asked for."""

    page: "Page"
    said: list[str]
    asked: list[str]


type Visit = Callable[..., Opened]


@pytest.fixture(scope="session")
def made_up_run() -> xr.DataTree:
    return make_run()


@pytest.fixture(scope="session")
def made_up_decision(made_up_run: xr.DataTree) -> dict[str, Any]:
    return make_decision(made_up_run)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Debian's Chromium, without a screen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def report_file(
    made_up_run: xr.DataTree,
    made_up_decision: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The report of the made-up run."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    analyses = {
        "option": option_analysis(made_up_decision),
        "sensitivity": sensitivity_analysis(made_up_decision),
    }
    path.write_text(render(made_up_run, made_up_decision, analyses), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def visit(browser: "Browser") -> Iterator[Visit]:
    """Opens reports with the network cut, each in a context of its own."""
    opened: list[BrowserContext] = []

    def open_(path: Path, fragment: str = "", **options: Any) -> Opened:
        context = browser.new_context(offline=True, **options)
        opened.append(context)
        page = context.new_page()
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (said.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri() + fragment)
        if page.locator("#what-if-data").count():
            page.wait_for_selector("html[data-what-if]", timeout=30_000)
        return Opened(page, said, asked)

    yield open_
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def _one_page(visit: Visit, report_file: Path) -> Opened:
    return visit(report_file)


@pytest.fixture
def opened(_one_page: Opened) -> Iterator[Opened]:
    """The report, open, as it was when it opened: one page for all tests, since loading is slow."""
    _one_page.page.set_viewport_size({"width": 1280, "height": 900})
    _one_page.page.emulate_media(media="screen", color_scheme="light")
    _one_page.page.evaluate("window.decide.whatIf.reset()")
    _one_page.page.evaluate("location.hash = '#all'")
    del _one_page.said[:]
    yield _one_page
    assert _one_page.said == []
