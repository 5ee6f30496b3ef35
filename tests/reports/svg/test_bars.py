"""Bars in tables: waterfall and knowing."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.page.svg.charts.knowing import knowing
from reports.page.svg.charts.waterfall import Waterfall, waterfall
from reports.page.svg.marks import LOOKS
from tests.reports.svg.reading import extent, few, parsed

EXIT, STAY = LOOKS[:2]
STEP = st.one_of(st.just(0.0), st.floats(1e-6, 1e6), st.floats(-1e6, -1e-6))


@few
@given(st.lists(STEP, min_size=1, max_size=12))
def test_each_bar_goes_from_where_the_last_one_ended(steps: list[float]) -> None:
    rows = [parsed(svg) for svg in waterfall(Waterfall(tuple(steps), STAY, EXIT))]
    assert len(rows) == len(steps) + 1
    ends = list(accumulate(steps, initial=0.0))
    low, high = min(ends), max(ends)

    def place(value: float) -> float:
        return 100.0 * (value - low) / (high - low) if high > low else 50.0

    for root, before, after in zip(rows, [*ends[:-1], 0.0], [*ends[1:], ends[-1]], strict=True):
        bar, zero = next(root.iter("rect")), next(root.iter("line"))
        left, _, right, _ = extent(bar)
        assert (left, right) == pytest.approx(sorted((place(before), place(after))), abs=0.02)
        assert bar.get("class") == ("s2" if after >= before else "s1")
        assert float(zero.get("x1", "")) == pytest.approx(place(0.0), abs=0.01)


def test_a_rule_leads_to_the_next_bar_but_not_from_the_sum() -> None:
    rows = [parsed(svg) for svg in waterfall(Waterfall((3.0, -1.0), STAY, EXIT))]
    links = [[one.get("x1") for one in root.iter("line")][1:] for root in rows]
    assert links == [["100"], ["66.67"], []]


@few
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_what_it_is_worth_to_know_is_on_one_scale(worths: list[float]) -> None:
    widths = [extent(next(parsed(svg).iter("rect")))[2] for svg in knowing(tuple(worths))]
    largest = max(*worths, 0.0)
    expected = [100.0 * max(one, 0.0) / largest if largest > 0.0 else 0.0 for one in worths]
    assert widths == pytest.approx(expected, abs=0.01)


def test_no_rows_no_bars() -> None:
    assert knowing(()) == ()
    assert len(waterfall(Waterfall((), STAY, EXIT))) == 1
