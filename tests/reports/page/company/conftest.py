"""A made-up run as a company's sections read it, and their text as a reader sees it."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import xarray as xr

from reports.page.part import Part
from reports.page.view import View
from reports.text.strategies import reporting
from tests.reports.factory import make_decision, make_run, sensitivity_analysis


@pytest.fixture(scope="package")
def run() -> Iterator[xr.DataTree]:
    made = make_run(2048, 8)
    with reporting(made):
        yield made


@pytest.fixture(scope="package")
def decision(run: xr.DataTree) -> dict[str, Any]:
    return make_decision(run)


@pytest.fixture
def analysed(decision: dict[str, Any]) -> dict[str, Any]:
    """sensitivity.json, anew for each test, which may change it."""
    return sensitivity_analysis(decision)


@pytest.fixture
def view(run: xr.DataTree, decision: dict[str, Any], analysed: dict[str, Any]) -> View:
    return View(run, decision, {"sensitivity": analysed})


@pytest.fixture
def bare(run: xr.DataTree, decision: dict[str, Any]) -> View:
    """The run without further analyses."""
    return View(run, decision)


def read(part: Part | None) -> str:
    """What a reader sees of a section, without charts."""
    assert part is not None
    text = re.sub(r"<svg.*?</svg>", " ", str(part.html), flags=re.DOTALL)
    text = unescape(re.sub(r"<[^>]+>", " ", text)).replace("\N{NO-BREAK SPACE}", " ")
    return " ".join(text.split())
