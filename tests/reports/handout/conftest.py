"""The made-up run as the forms to pass on read it, and one of many companies."""

from collections.abc import Iterator
from typing import Any

import pytest
import xarray as xr

from reports.page.view import View
from reports.text.strategies import reporting
from tests.reports.factory import sensitivity_analysis


@pytest.fixture(scope="session")
def view(made_up_run: xr.DataTree, made_up_decision: dict[str, Any]) -> Iterator[View]:
    analyses = {"sensitivity": sensitivity_analysis(made_up_decision)}
    with reporting(made_up_run):
        yield View(made_up_run, made_up_decision, analyses)
