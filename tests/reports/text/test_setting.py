"""How `--set` moves a prior by standard scores."""

from typing import Any

import numpy as np
import pytest

from priors.distributions.build import build
from priors.registry.quantities import by_name
from reports.text.setting import how_to_set

MARKET = by_name("market.size_2033")
GROWTH = by_name("valuation.terminal_growth")


@pytest.mark.parametrize(
    ("stated", "form"),
    [
        ({"family": "lognormal", "p10": 2.0, "p90": 9.0}, "lognormal"),
        ({"family": "lognormal", "median": 4.0, "log_sd": 0.5, "scale": 2.0}, "lognormal"),
        ({"family": "lognormal", "p10": 2.0, "p90": 9.0, "upper": 12.0}, "staircase"),
        ({"family": "gamma", "p10": 2.0, "p90": 9.0}, "staircase"),
        ({"family": "weibull", "p10": 2.0, "p90": 9.0}, "staircase"),
        ({"family": "student_t", "location": 9.0, "spread": 1.0, "df": 4.0}, "staircase"),
        ({"family": "mixture", "components": []}, "staircase"),
        ({"family": "lognormal", "p10": 9.0, "p90": 2.0}, "staircase"),
        ({}, "staircase"),
    ],
)
def test_only_closed_families_are_moved_exactly(stated: dict[str, Any], form: str) -> None:
    assert how_to_set(stated, MARKET)["form"] == form


def test_stated_quantiles_are_moved_as_quantiles() -> None:
    stated = {"family": "lognormal", "p05": 2.0, "p90": 9.0}
    found = how_to_set(stated, MARKET)
    shift, spread = 0.5, 1.2
    moved = {
        key: found["location"] * np.exp(found["spread"] * (shift + spread * z))
        for key, z in found["keys"].items()
    }
    before = build(stated, (0.0, np.inf))
    after = build({"family": "lognormal", **moved}, (0.0, np.inf))
    z = np.linspace(-3.0, 3.0, 25)
    assert after.from_score(z) == pytest.approx(before.from_score(shift + spread * z), rel=1e-9)


def test_stated_parameters_are_moved_as_parameters() -> None:
    found = how_to_set({"family": "lognormal", "median": 4.0, "log_sd": 0.5}, MARKET)
    assert found == {
        "form": "lognormal",
        "location": 4.0,
        "spread": 0.5,
        "names": ["median", "log_sd"],
    }


def test_bounds_that_cut_nothing_do_not_matter() -> None:
    stated = {"family": "normal", "mean": 0.02, "sd": 0.005}
    assert how_to_set(stated, GROWTH)["form"] == "normal"
    assert how_to_set(stated | {"sd": 0.05}, GROWTH)["form"] == "staircase"
