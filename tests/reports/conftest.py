"""A made-up run and its decision, shared by the tests of the reports."""

from typing import Any

import pytest
import xarray as xr

from tests.reports.factory import make_decision, make_run


@pytest.fixture(scope="session")
def made_up_run() -> xr.DataTree:
    return make_run()


@pytest.fixture(scope="session")
def made_up_decision(made_up_run: xr.DataTree) -> dict[str, Any]:
    return make_decision(made_up_run)
