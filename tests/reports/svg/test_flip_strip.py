from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.page.svg.charts.flip_strip import FlipStrip, flip_strip
from reports.page.svg.marks import LOOKS
from tests.reports.svg.reading import (
    ET,
    Box,
    extent,
    few,
    parsed,
    with_class,
    within,
    words_stand_apart,
)

EXIT, STAY = LOOKS[:2]
DOTS = st.one_of(
    st.lists(st.floats(1e-6, 1e6), min_size=20, max_size=20),
    st.lists(st.floats(-1e6, 1e6), min_size=20, max_size=20),
    st.floats(-1e6, 1e6).map(lambda value: [value] * 20),
    st.lists(st.sampled_from([1.0, 1.1, 900.0]), min_size=20, max_size=20),
)


def _dots(root: ET.Element) -> list[ET.Element]:
    return [dot for part in root if part.tag == "g" for dot in part]


def _size(root: ET.Element) -> tuple[float, float]:
    width, height = (root.get("viewBox") or "").split()[2:]
    return float(width), float(height)


@few
@given(DOTS, st.booleans(), st.floats(-1e6, 1e6))
def test_dots_pile_up_and_words_stand_apart(dots: list[float], log: bool, flip: float) -> None:
    looks = tuple(LOOKS[place % 3] for place in range(20))
    labels = ("$1.7 bn", "$8.7 bn", "$82 bn")
    root = parsed(flip_strip(FlipStrip(tuple(sorted(dots)), looks, labels, (flip,), log)))
    width, height = _size(root)
    for size in (12, 15):
        words_stand_apart(root, width, height, size)
    boxes = [extent(dot) for dot in _dots(root)]
    assert len(boxes) == 20
    assert all(within(box, (0, 0, width, height)) for box in boxes)
    for one, other in combinations(boxes, 2):
        apart = max(abs(a + c - b - d) / 2 for a, b, c, d in _ends(one, other))
        assert apart >= 4.3, "dots hide each other"


def _ends(one: Box, other: Box) -> list[tuple[float, float, float, float]]:
    """Left and right of both, then top and bottom of both."""
    return [(one[i], other[i], one[i + 2], other[i + 2]) for i in (0, 1)]


def test_dots_lie_at_their_values_and_the_rule_between_them() -> None:
    dots = tuple(2.0**place for place in range(20))
    looks = (EXIT,) * 5 + (STAY,) * 15
    root = parsed(flip_strip(FlipStrip(dots, looks, ("1", "512", "524288"), (2.0**4.5,))))
    places = [(extent(dot)[0] + extent(dot)[2]) / 2 for dot in _dots(root)]
    assert places == pytest.approx([26 + 308 * place / 19 for place in range(20)], abs=0.1)
    assert [dot.tag for dot in _dots(root)] == ["circle"] * 5 + ["path"] * 15
    (rule,) = with_class(root, "tick")
    assert float(rule.get("x1", "")) == pytest.approx(26 + 308 * 4.5 / 19, abs=0.1)
    assert [text.text for text in root.iter("text")] == ["1", "524288", "512"]


@pytest.mark.parametrize("flip", [0.0, -3.0, 1e9, 1e-9])
def test_a_flip_far_beyond_the_dots_has_no_rule(flip: float) -> None:
    dots = tuple(float(place + 1) for place in range(20))
    root = parsed(flip_strip(FlipStrip(dots, (EXIT,) * 20, ("1", "10", "20"), (flip,))))
    assert not with_class(root, "tick")


def test_one_label_for_one_value() -> None:
    root = parsed(flip_strip(FlipStrip((5.0,) * 20, (EXIT,) * 20, ("5", "5", "5"), (4.0,))))
    assert [text.text for text in root.iter("text")] == ["5"]
