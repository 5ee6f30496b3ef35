"""Charts that stand in tables: worlds in a row, ruler, strip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.page.svg.charts.ruler import Ruler, ruler
from reports.page.svg.charts.strip import Piece, Strip, strip
from reports.page.svg.charts.worlds import Worlds, worlds
from reports.page.svg.marks import LOOKS
from tests.reports.svg.reading import area, extent, few, parsed, with_class, words_stand_apart

EXIT, STAY, API = LOOKS[:3]
SIZE = st.floats(1e-6, 1e6)
GAIN = st.one_of(st.just(0.0), SIZE, SIZE.map(lambda size: -size))
INFINITE = float("inf")


@few
@given(st.lists(GAIN, min_size=20, max_size=20), st.sampled_from(LOOKS), st.sampled_from(LOOKS[:4]))
def test_area_is_gain_and_no_mark_leaves_the_row(gains: list[float], one, other) -> None:
    root = parsed(worlds(Worlds(tuple(gains), one, other)))
    largest = max(map(abs, gains)) or 1.0
    ordered = sorted((gain for gain in gains if gain != 0.0), reverse=True)
    drawn = [mark for part in root if "pale" not in part.get("class", "") for mark in part]
    assert len(drawn) == len(ordered)
    scale = max((area(mark) for mark in drawn), default=1.0) / largest
    for gain, mark in zip(ordered, drawn, strict=True):
        assert area(mark) == pytest.approx(abs(gain) * scale, rel=0.03, abs=0.5)
        left, top, right, bottom = extent(mark)
        assert -0.3 <= left <= right <= 360.3
        assert 0.7 <= top <= bottom <= 19.3
    assert sum(extent(mark)[2] - extent(mark)[0] > 8 for mark in with_class(root, "pale")) <= 20


def test_the_verdict_stands_first_best_first() -> None:
    root = parsed(worlds(Worlds((-1.0, 4.0, 2.0, -8.0), STAY, EXIT)))
    marks = [mark for part in root if "pale" not in part.get("class", "") for mark in part]
    assert [mark.tag for mark in marks] == ["path", "path", "circle", "circle"]
    assert [area(mark) for mark in marks] == pytest.approx([133, 66.5, 33.2, 266], rel=0.02)
    assert [extent(mark)[0] + extent(mark)[2] for mark in marks] == pytest.approx(
        [90, 270, 450, 630], abs=0.1
    )


def test_small_marks_have_a_pale_one_of_fixed_size_under_them() -> None:
    root = parsed(worlds(Worlds((100.0, 1.0, -1.0), STAY, EXIT)))
    assert [area(mark) for mark in with_class(root, "pale")] == pytest.approx(
        [55.4, 55.4], rel=0.02
    )


def test_a_mark_is_open_if_its_error_passes_a_fifth_of_its_mean() -> None:
    row = Worlds((8.0, 5.0, 4.0, 3.0), STAY, EXIT, (0.1, 1.01, 0.79, float("nan")))
    assert len(with_class(parsed(worlds(row)), "open")) == 1
    row = Worlds((8.0, 5.0, -4.0, -5.0), STAY, EXIT, (0.1, 1.01, 0.81, 0.99))
    root = parsed(worlds(row))
    assert len(with_class(root, "s2 open")) == len(with_class(root, "s1 open")) == 1


@few
@given(SIZE, st.floats(1.0, 1e6), st.booleans())
def test_a_rulers_words_stand_apart(low: float, ratio: float, log: bool) -> None:
    dots = tuple(low * ratio ** (place / 19) for place in range(20))
    for width in (280.0, 384.0, 620.0):
        words_stand_apart(parsed(ruler(Ruler(low, low * ratio, dots, log=log))), width, 32, 12)


def test_a_rulers_dots_lie_at_their_values() -> None:
    root = parsed(ruler(Ruler(1, 16, (1, 2, 4, 8, 16, 99))))
    places = [float(dot.get("cx", "").rstrip("%")) for dot in root.iter("circle")]
    assert places == pytest.approx([0, 25, 50, 75, 100, 100])
    assert "$1\xa0bn" in [text.text for text in root.iter("text")]


def _bars(root) -> list[tuple[str, float, float]]:
    return [
        (bar.get("class"), float(bar.get("x")[:-1]), float(bar.get("width")[:-1]))
        for bar in root.iter("rect")
    ]


def test_a_strip_says_what_is_best_where() -> None:
    pieces = (
        Piece(EXIT, -INFINITE, 2.0, "flip"),
        Piece(STAY, 2.0, 8.0),
        Piece(API, 8.0, INFINITE, "perhaps"),
    )
    root = parsed(strip(Strip(1, 16, pieces)))
    assert _bars(root) == [("s1", 0, 25), ("s2 soft", 25, 50), ("s3 maybe", 75, 25)]
    assert [tick.get("x1") for tick in root.iter("line")] == ["25%", "75%"]


def test_what_lies_beyond_a_strip_is_not_drawn() -> None:
    pieces = (Piece(EXIT, -INFINITE, 0.5, "flip"), Piece(STAY, 0.5, INFINITE))
    root = parsed(strip(Strip(1, 16, pieces)))
    assert _bars(root) == [("s2 soft", 0, 100)]
    assert not list(root.iter("line"))


def test_a_strip_of_one_value() -> None:
    pieces = (Piece(EXIT, -INFINITE, 2.0, "flip"), Piece(STAY, 2.0, INFINITE))
    assert _bars(parsed(strip(Strip(3, 3, pieces)))) == [("s2 soft", 0, 100)]
