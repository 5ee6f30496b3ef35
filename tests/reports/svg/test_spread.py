from statistics import fmean

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.page.svg.charts.spread import Spread, spread
from reports.page.svg.marks import LOOKS
from reports.page.svg.widths import PHONE, WIDE, Width
from reports.text.dollars import signed_short
from tests.reports.svg.reading import ET, extent, few, parsed, with_class, within, words_stand_apart

EXIT, STAY = LOOKS[:2]
SIZES = (1e-6, 1.0, 1e6)
WORLDS = st.one_of(
    st.lists(st.floats(-1e6, 1e6), min_size=100, max_size=100),
    st.floats(-1e6, 1e6).map(lambda value: [value] * 100),
    st.tuples(st.sampled_from(SIZES), st.sampled_from([-1, 1])).map(
        lambda one: [one[0] * one[1], *[1e-6] * 99]
    ),
    st.tuples(st.lists(st.integers(-9, 9), min_size=100, max_size=100), st.sampled_from(SIZES)).map(
        lambda one: [value**5 * one[1] for value in one[0]]
    ),
    st.just([0.0] * 100),
)


def _texts(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter("text")]


def _spread(worlds: list[float], width: Width, carried: int | None = None) -> ET.Element:
    return parsed(spread(Spread(tuple(worlds), STAY, EXIT, "staying", "Name", carried), width))


@few
@example([1.0, *[1e-6] * 99], PHONE, None)
@given(WORLDS, st.sampled_from([WIDE, PHONE]), st.one_of(st.none(), st.integers(1, 97)))
def test_words_stand_apart_and_what_is_cut_is_said(
    worlds: list[float], width: Width, carried: int | None
) -> None:
    root = _spread(worlds, width, carried)
    height = float((root.get("viewBox") or "").split()[3])
    words_stand_apart(root, width.pixels, height, width.size)
    slashes = [extent(one)[3] for one in with_class(root, "cut")]
    zero = float(with_class(root, "zero")[0].get("y1", "0"))
    cuts = [text for text in _texts(root) if text.startswith("cut: the")]
    assert any("best" in text for text in cuts) == any(place < zero for place in slashes)
    assert any("worst" in text for text in cuts) == any(place > zero for place in slashes)
    for bar in root.iter("rect"):
        assert within(extent(bar), (0, 29.9, width.pixels, height - 35.9))


@pytest.mark.parametrize(("width", "each"), [(WIDE, 2), (PHONE, 5)])
def test_bars_are_means_of_worlds_in_order(width: Width, each: int) -> None:
    worlds = [float(place - 40) for place in range(100)]
    root = _spread(worlds[::-1], width)
    bars = [fmean(worlds[first : first + each]) for first in range(0, 100, each)]
    losses, wins = with_class(root, "s1"), with_class(root, "s2")
    assert len(losses) == sum(bar < 0 for bar in bars)
    assert len(wins) == sum(bar > 0 for bar in bars)
    heights = [-1 * float(one.get("height", "")) for one in losses]
    heights += [float(one.get("height", "")) for one in wins]
    drawn = [bar for bar in bars if bar != 0.0]
    scale = heights[-1] / drawn[-1]
    assert heights == pytest.approx([bar * scale for bar in drawn], abs=0.11)
    lefts = [extent(one)[0] for one in [*losses, *wins]]
    assert lefts == sorted(lefts)
    assert not with_class(root, "cut")


@pytest.mark.parametrize(("width", "cut", "each"), [(WIDE, 2, 2), (PHONE, 1, 5)])
def test_the_largest_bars_are_cut_at_the_next_and_their_mean_is_said(
    width: Width, cut: int, each: int
) -> None:
    worlds = [1.2**place for place in range(100)]
    root = _spread(worlds, width)
    heights = [float(one.get("height", "")) for one in root.iter("rect")]
    assert heights[-cut - 1 :] == pytest.approx([max(heights)] * (cut + 1), abs=0.1)
    assert heights[-cut - 2] < 0.9 * max(heights)
    assert len(with_class(root, "cut")) == cut
    mean = signed_short(fmean(worlds[-cut * each :]))
    assert f"cut: the best {cut * each} worlds average {mean}" in _texts(root)


def test_the_bracket_is_over_the_worlds_that_carry_the_lead() -> None:
    root = _spread([float(place - 50) for place in range(100)], WIDE, carried=20)
    (bracket,) = with_class(root, "brk")
    left, _, right, _ = extent(bracket)
    tenth_from_last = extent(list(root.iter("rect"))[-10])
    assert left == pytest.approx(tenth_from_last[0], abs=1.0)
    assert right == pytest.approx(760, abs=0.6)
    assert "without these 20 worlds, no lead" in _texts(root)


@pytest.mark.parametrize(("carried", "said"), [(1, "this one world"), (2, "these 2 worlds")])
def test_how_many_worlds_carry_the_lead(carried: int, said: str) -> None:
    worlds = [float(place - 50) for place in range(100)]
    assert f"without {said}, no lead" in _texts(_spread(worlds, WIDE, carried))


def test_ends_are_named() -> None:
    worlds = [float(place - 50) for place in range(100)]
    assert {"← worst worlds for staying", "best worlds for staying →"} <= set(
        _texts(_spread(worlds, WIDE))
    )
    assert {"← worst", "best →"} <= set(_texts(_spread(worlds, PHONE)))
