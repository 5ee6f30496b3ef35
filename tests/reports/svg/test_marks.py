import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.page.svg.marks import LOOKS, Look, Placed, area_within, look, marks, shape
from tests.reports.svg.reading import ET, area, extent, few, with_class


@few
@given(st.sampled_from(LOOKS), st.floats(20, 1000), st.floats(-50, 400), st.floats(-50, 400))
def test_a_mark_has_its_area_around_its_middle(one: Look, size: float, x: float, y: float) -> None:
    drawn = ET.fromstring(shape(one.mark, x, y, size))
    assert area(drawn) == pytest.approx(size, rel=0.02)
    left, top, right, bottom = extent(drawn)
    assert (left + right) / 2 == pytest.approx(x, abs=0.07)
    assert (top + bottom) / 2 == pytest.approx(y, abs=0.07)


@pytest.mark.parametrize("one", LOOKS)
def test_the_largest_mark_fills_its_square(one: Look) -> None:
    drawn = ET.fromstring(shape(one.mark, 50, 50, area_within(one.mark, 20)))
    assert extent(drawn) == pytest.approx((40, 40, 60, 60), abs=0.02)


def test_six_shapes_and_then_those_of_added_strategies_again() -> None:
    assert len({one.mark for one in LOOKS}) == len({one.css for one in LOOKS}) == 6
    assert [look(place) for place in range(9)] == [*LOOKS, *LOOKS[3:]]


def test_pale_marks_lie_under_those_that_do_not_cover_them() -> None:
    exit_, stay = LOOKS[:2]
    drawn = marks([Placed(exit_, 10, 10, 90), Placed(stay, 30, 10, 4), Placed(stay, 50, 10, 0)], 50)
    root = ET.fromstring(f"<svg>{drawn}</svg>")
    assert [one.get("class") for one in root] == ["pale s2", "s1", "s2"]
    assert [len(one) for one in root] == [2, 1, 1]


def test_an_open_mark_has_a_class_of_its_own() -> None:
    drawn = marks([Placed(LOOKS[0], 5, 5, 9, open=True), Placed(LOOKS[0], 9, 5, 9)])
    root = ET.fromstring(f"<svg>{drawn}</svg>")
    assert [one.get("class") for one in root] == ["s1 open", "s1"]
    assert len(with_class(root, "s1")) == 2
