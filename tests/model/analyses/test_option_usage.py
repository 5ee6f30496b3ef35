"""How real options are used: worked by hand, and as a part of the decision."""

import numpy as np
import pytest
import xarray as xr

from model.analyses.option_usage import option_usage
from model.analyses.results.record import plain
from model.economics.axes import LEAVING_YEARS, RETURN_YEARS
from model.economics.strategies import STRATEGIES, STRATEGY_NAMES
from tests.reference.strategies import FURTHER, THREE

#: Two chains of four draws; NPVs with the real options. Any other strategy's is never used.
NPV = {
    **dict(zip(THREE, np.arange(24.0).reshape(3, 2, 4), strict=True)),
    **dict.fromkeys(FURTHER, np.zeros((2, 4))),
}
TIMING = {
    **dict.fromkeys(FURTHER, [[-1] * 4] * 2),
    "exit": [[2, -1, -1, 8], [-1, -1, -1, -1]],
    "stay": [[0, 0, 0, -1], [0, 0, 3, 8]],
    "api_only": [[-1] * 4] * 2,
}
PAYOFF = {
    **dict.fromkeys(FURTHER, [[0.0] * 4] * 2),
    "exit": [[4.0, 0.0, 0.0, 2.0], [0.0] * 4],
    "stay": [[1.0, 2.0, 3.0, 0.0], [1.0, 2.0, 3.0, 4.0]],
    "api_only": [[0.0] * 4] * 2,
}


def option():
    """One player's part of the group `option`."""
    dims = ("chain", "draw", "strategy")
    timing, payoff = (
        np.stack([rows[s] for s in STRATEGY_NAMES], axis=-1) for rows in (TIMING, PAYOFF)
    )
    cells = {
        "value": {"exit": 0.75, "stay": 2.0},
        "value_mcse": {"exit": 0.1, "stay": 0.2},
        "upper": {"exit": 0.8, "stay": 2.5},
        "upper_mcse": {"exit": 0.3, "stay": 0.4},
        "upper_kind": dict.fromkeys(STRATEGY_NAMES, "dual") | {"stay": "perfect foresight"},
        "loses": {"stay": 1.0},
    }
    return xr.Dataset(
        {
            "timing": (dims, timing.astype(np.int8)),
            "payoff": (dims, payoff),
            **{
                name: ("strategy", [stated.get(s, 0.0) for s in STRATEGY_NAMES])
                for name, stated in cells.items()
            },
        },
        {"chain": [0, 1], "draw": np.arange(4), "strategy": list(STRATEGY_NAMES)},
    )


def described(source=None):
    """Each strategy's expected NPV without its real option, and its use, as in decision.json."""
    source = option() if source is None else source
    found = {one.name: option_usage(one, source, NPV[one.name]) for one in STRATEGIES}
    return {name: (without, plain(usage)) for name, (without, usage) in found.items()}


def usage_of():
    return {name: usage for name, (_, usage) in described().items()}


def test_the_mean_without_the_option_is_that_of_npv_less_what_it_paid():
    """Chain means of NPV are 1.5, 5.5; 9.5, 13.5; 17.5, 21.5; of what was paid 1.5, 0; 1.5, 2.5."""
    means = {name: mean for name, (mean, _) in described().items()}
    found = {name: (means[name].value, means[name].mcse) for name in THREE}
    assert found == {
        "exit": pytest.approx((2.75, 2.75)),
        "stay": pytest.approx((9.5, 1.5)),
        "api_only": pytest.approx((19.5, 2.0)),
    }


def test_value_bounds_and_whether_the_rule_loses():
    cells = usage_of()
    assert [cells[name]["real_option"] for name in THREE] == ["come back", "leave", "leave"]
    assert [cells[name]["rule_loses"] for name in THREE] == [False, True, False]
    stay = cells["stay"]
    assert (stay["value"], stay["value_mcse"], stay["upper"], stay["upper_mcse"]) == (
        2.0,
        0.2,
        2.5,
        0.4,
    )
    assert stay["upper_kind"] == "perfect foresight"


def test_shares_of_draws_by_calendar_year():
    cells = usage_of()
    assert cells["exit"]["probability_used"] == 0.25
    assert cells["exit"]["probability_used_mcse"] == pytest.approx(0.25)
    by_year = {name: cell["by_year"] for name, cell in cells.items()}
    assert list(by_year["exit"]) == [str(2026 + t) for t in RETURN_YEARS]
    assert list(by_year["stay"]) == list(by_year["api_only"]) == [str(2026 + t) for t in range(9)]
    used = {year: share for year, share in by_year["exit"].items() if share}
    assert used == {"2028": 0.125, "2034": 0.125}
    used = {year: share for year, share in by_year["stay"].items() if share}
    assert used == {"2026": 0.625, "2029": 0.125, "2034": 0.125}
    assert cells["stay"]["by_year_mcse"]["2026"] == pytest.approx(0.125)
    assert cells["stay"]["by_year_mcse"]["2027"] == 0.0
    assert set(by_year["api_only"].values()) == {0.0}
    assert len(by_year["stay"]) == len(LEAVING_YEARS)


@pytest.mark.parametrize("strategy", STRATEGY_NAMES)
def test_the_years_add_up_to_the_share_that_uses_the_option(strategy):
    cell = usage_of()[strategy]
    assert sum(cell["by_year"].values()) == pytest.approx(cell["probability_used"])
    assert set(cell["by_year"]) == set(cell["by_year_mcse"])


def test_the_order_of_dimensions_does_not_matter():
    assert described(option().transpose("strategy", "draw", "chain")) == described()
