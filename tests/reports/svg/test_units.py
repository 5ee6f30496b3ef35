import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reports.page.svg.scales import linear_ticks, log_ticks
from reports.page.svg.units import MONEY, PERCENT, PLAIN, Unit, bare_between, tick_labels
from tests.reports.svg.reading import few

_UNITS = {"tn": 1e3, "bn": 1.0, "m": 1e-3}


def _dollars(label: str) -> float:
    number, _, unit = label.replace("$", "").replace("−", "-").replace(",", "").partition("\xa0")
    return float(number) * _UNITS[unit] if label != "0" else 0.0


@few
@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_money_at_ticks_is_read_back(low: float, width: float) -> None:
    assume(width > 1e-4 * abs(low))
    ticks = linear_ticks(low, low + width)
    labels = tick_labels(ticks, MONEY, signed=True)
    assert len(set(labels)) == len(ticks)
    assert [_dollars(one) for one in labels] == pytest.approx(ticks, rel=1e-9)


@pytest.mark.parametrize(
    ("ticks", "unit", "labels"),
    [
        ([0.1, 0.3, 1.0, 3.0], MONEY, ["$100\xa0m", "$300\xa0m", "$1\xa0bn", "$3\xa0bn"]),
        ([-5.0, 0.0, 2.5], MONEY, ["−$5\xa0bn", "0", "$2.5\xa0bn"]),
        ([1e3, 2e3], MONEY, ["$1\xa0tn", "$2\xa0tn"]),
        ([0.1, 0.25], PERCENT, ["10\xa0%", "25\xa0%"]),
        ([1e3, 65536.0], PLAIN, ["1,000", "65,536"]),
        ([1 / 3], PLAIN, ["0.333"]),
        ([2.0, 4.0], Unit(after="\xa0years"), ["2\xa0years", "4\xa0years"]),
    ],
)
def test_known_labels(ticks: list[float], unit: Unit, labels: list[str]) -> None:
    assert tick_labels(ticks, unit) == labels


def test_a_plus_where_a_sign_can_turn() -> None:
    assert tick_labels([-1.0, 0.0, 1.0], MONEY, signed=True) == ["−$1\xa0bn", "0", "+$1\xa0bn"]


def test_the_unit_stands_at_the_ends_alone() -> None:
    ticks = tick_labels(log_ticks(1, 170), MONEY)
    assert bare_between(ticks) == ["$1\xa0bn", "$3", "$10", "$30", "$100\xa0bn"]


def test_units_that_change_along_the_axis_stay() -> None:
    ticks = tick_labels([0.1, 1.0, 10.0], MONEY)
    assert bare_between(ticks) == ticks
    assert bare_between(["$1\xa0bn"]) == ["$1\xa0bn"]
    assert bare_between([]) == []
