from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reports.page.svg.scales import Scale, axis, linear_ticks, log_ticks, widened
from tests.reports.svg.reading import few

SIZES = st.floats(1e-6, 1e6)
VALUES = st.floats(-1e6, 1e6, allow_subnormal=False)


@few
@given(VALUES, VALUES, st.floats(-500, 500), st.floats(-500, 500))
def test_the_ends_lie_at_the_ends(low: float, high: float, start: float, end: float) -> None:
    assume(low < high)
    scale = Scale(low, high, start, end)
    assert scale(low) == pytest.approx(start, abs=1e-9)
    assert scale(high) == pytest.approx(end, abs=1e-9)


def test_a_straight_axis_has_equal_steps_and_a_log_axis_equal_ratios() -> None:
    assert [Scale(0, 4, 0, 100)(value) for value in (1, 2, 3)] == pytest.approx([25, 50, 75])
    log = axis(1, 16, 0, 100, log=True)
    assert [log(value) for value in (2, 4, 8)] == pytest.approx([25, 50, 75])


def test_an_axis_upwards() -> None:
    assert Scale(0, 10, 200, 0)(2.5) == pytest.approx(150)


@pytest.mark.parametrize("log", [False, True])
def test_values_beyond_an_end_are_put_at_it(log: bool) -> None:
    scale = axis(1, 10, 20, 80, log=log)
    assert scale.within(-5) == 20
    assert scale.within(0) == 20
    assert scale.within(99) == 80
    assert scale.within(float("inf")) == 80


def test_an_axis_that_holds_zero_is_straight() -> None:
    assert not axis(0.0, 10, 0, 1, log=True).log
    assert not axis(-1.0, 10, 0, 1, log=True).log


def test_equal_ends_put_everything_in_the_middle() -> None:
    assert Scale(3, 3, 0, 100)(3) == 50
    assert axis(3, 3, 0, 100, log=True)(3) == 50


def _ticks_hold(ticks: list[float], low: float, high: float, most: int) -> None:
    assert 1 <= len(ticks) <= most
    assert ticks == sorted(set(ticks))
    slack = 1e-8 * (high - low)
    assert low - slack <= ticks[0] <= ticks[-1] <= high + slack


@few
@given(VALUES, SIZES, st.integers(2, 8))
def test_straight_ticks(low: float, width: float, most: int) -> None:
    high = low + width
    assume(width > 1e-6 * abs(low))
    ticks = linear_ticks(low, high, most)
    _ticks_hold(ticks, low, high, most)
    if low <= 0.0 <= high:
        assert 0.0 in ticks
    gaps = [after - before for before, after in pairwise(ticks)]
    assert gaps == pytest.approx(gaps[:1] * len(gaps), rel=1e-3)
    assert all(f"{gap:.0e}"[0] in "125" for gap in gaps)


@few
@given(SIZES, st.floats(1.0, 1e9), st.integers(2, 8))
def test_log_ticks(low: float, ratio: float, most: int) -> None:
    assume(ratio > 1.0001)
    ticks = log_ticks(low, low * ratio, most)
    _ticks_hold(ticks, low, low * ratio, most)


def test_known_ticks() -> None:
    assert log_ticks(1, 170) == [1, 3, 10, 30, 100]
    assert log_ticks(1e-6, 1e6) == [1e-6, 1e-3, 1, 1e3, 1e6]
    assert linear_ticks(-5, 83) == [0, 20, 40, 60, 80]
    assert linear_ticks(2, 2) == [2]
    assert log_ticks(9, 11) == [9, 9.5, 10, 10.5, 11]


@few
@given(st.lists(VALUES, min_size=1))
def test_room_beyond_the_values_but_not_beyond_zero(values: list[float]) -> None:
    low, high = widened(values)
    assert low <= min(values) <= max(values) <= high
    assert low < high
    if min(values) >= 0.0:
        assert low >= 0.0
    if max(values) <= 0.0:
        assert high <= 0.0 or max(values) == min(values) == 0.0
