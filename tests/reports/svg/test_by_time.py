"""Charts over years or draws: leaving later, cash, settling; and priors before and after."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.page.svg.charts.before_after import BeforeAfter, before_after
from reports.page.svg.charts.cash import Cash, cash
from reports.page.svg.charts.fan import Fan, fan
from reports.page.svg.charts.leaving import Leaving, leaving
from reports.page.svg.charts.settling import Settling, settling
from reports.page.svg.marks import LOOKS
from reports.page.svg.units import MONEY
from reports.page.svg.widths import PHONE, WIDE, Width, at_both
from tests.reports.svg.reading import ET, extent, few, parsed, with_class, within, words_stand_apart

EXIT, STAY = LOOKS[:2]
WIDTHS = st.sampled_from([WIDE, PHONE])
YEARS = tuple(range(2026, 2035))
VALUE = st.one_of(st.floats(-1e6, 1e6), st.floats(-1e-6, 1e-6), st.just(0.0), st.just(1e6))


def _height(root: ET.Element) -> float:
    return float((root.get("viewBox") or "").split()[3])


def _texts(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter("text")]


@few
@given(st.lists(st.floats(0, 1), min_size=10, max_size=10), WIDTHS)
def test_leaving_words_stand_apart(shares: list[float], width: Width) -> None:
    chances = Leaving(YEARS, tuple(shares[:9]), shares[9], EXIT, STAY, "Name")
    root = parsed(leaving(chances, width))
    words_stand_apart(root, width.pixels, _height(root), width.size)
    assert all(extent(bar)[1] >= 25.9 for bar in root.iter("rect"))


def test_bars_are_as_high_as_worlds_are_many() -> None:
    shares = (0.0, 0.19, 0.08, 0.07, 0.06, 0.03, 0.004, 0.02, 0.019)
    root = parsed(leaving(Leaving(YEARS, shares, 0.527, EXIT, STAY, "Name"), WIDE))
    heights = [float(bar.get("height", "")) for bar in with_class(root, "s1")]
    assert heights == pytest.approx([100 * one / 0.527 for one in shares if one], abs=0.06)
    (never,) = with_class(root, "s2")
    assert float(never.get("height", "")) == 100.0
    bars = with_class(root, "s1")
    gap = extent(never)[0] - extent(bars[-1])[2]
    assert gap > 2 * (extent(bars[1])[0] - extent(bars[0])[2])
    texts = _texts(root)
    assert texts[:2] == ["not by 2034", "2034"]
    assert [text for text in texts if "20" not in text] == (
        ["19", "8", "7", "6", "3", "<1", "2", "2", "53"]
    )
    assert "never" in leaving(Leaving(YEARS, shares, 0.527, EXIT, STAY, "Name"), PHONE)


FLOWS = st.lists(
    st.lists(VALUE, min_size=5, max_size=5).map(sorted).map(tuple), min_size=9, max_size=9
)


@few
@given(FLOWS, WIDTHS)
def test_cash_words_stand_apart(flows: list[tuple[float, ...]], width: Width) -> None:
    root = parsed(cash(Cash(YEARS, tuple(flows), STAY, "Name"), width))  # type: ignore[arg-type]
    words_stand_apart(root, width.pixels, _height(root), width.size)
    for path in with_class(root, "s2"):
        assert within(extent(path), (0, 13.9, width.pixels, 210.1))


def test_bands_hold_the_line_and_each_has_its_name() -> None:
    flows = tuple((year - 2.0, year - 1.0, year, year + 3.0, year + 9.0) for year in range(9))
    root = parsed(cash(Cash(YEARS, flows, STAY, "Name"), WIDE))
    outer, inner = with_class(root, "band")
    (line,) = with_class(root, "line")
    scale = (extent(line)[3] - extent(line)[1]) / 8.0
    assert extent(outer)[3] - extent(outer)[1] == pytest.approx((8 + 11) * scale, rel=0.01)
    assert extent(inner)[3] - extent(inner)[1] == pytest.approx((8 + 4) * scale, rel=0.01)
    assert {"middle world", "50 of 100 worlds", "80 of 100 worlds", "2026", "2034"} <= set(
        _texts(root)
    )
    assert len(with_class(root, "zero")) == 1


@few
@given(st.integers(2, 9), st.data(), WIDTHS, st.booleans())
def test_settling_words_stand_apart(
    count: int, data: st.DataObject, width: Width, signed: bool
) -> None:
    values = data.draw(st.lists(VALUE, min_size=count, max_size=count))
    errors = data.draw(st.lists(st.floats(0, 1e3), min_size=count, max_size=count))
    draws = tuple(256 * 2**place for place in range(count))
    figure = Settling(draws, tuple(values), tuple(errors), "Name", signed=signed)
    root = parsed(settling(figure, width))
    words_stand_apart(root, width.pixels, _height(root), width.size)
    assert f"{draws[-1]:,} worlds" in _texts(root)


def test_a_figure_settles_over_draws_on_a_log_axis() -> None:
    figure = Settling((100, 1000, 10000), (5.0, 4.0, 4.5), (1.0, 0.5, 0.25), "Name")
    root = parsed(settling(figure, WIDE))
    (line,), (band,) = with_class(root, "line"), with_class(root, "band")
    unit = extent(line)[3] - extent(line)[1]
    assert extent(band)[3] - extent(band)[1] == pytest.approx(4.0 * unit, rel=0.01)
    points = [float(one.split()[0]) for one in (line.get("d") or "")[1:].split("L")]
    assert points[1] - points[0] == pytest.approx(points[2] - points[1], abs=0.11)


@few
@given(
    st.floats(1e-6, 1e6),
    st.floats(1, 1e6),
    st.booleans(),
    WIDTHS,
)
def test_priors_words_stand_apart(low: float, ratio: float, log: bool, width: Width) -> None:
    dots = tuple(low * ratio ** (place / 19) for place in range(20))
    prior = BeforeAfter(low, low * ratio, dots, dots[::-1], "Name", log=log)
    root = parsed(before_after(prior, width))
    words_stand_apart(root, width.pixels, _height(root), width.size)
    assert {"base", "yours"} <= set(_texts(root))


def test_priors_before_and_after_share_an_axis() -> None:
    prior = BeforeAfter(1, 100, (1.0, 10.0, 1000.0), (10.0, 0.5), "Name")
    root = parsed(before_after(prior, WIDE))
    before = [float(dot.get("cx", "")) for dot in with_class(root, "ctx")]
    after = [float(dot.get("cx", "")) for dot in with_class(root, "own")]
    assert before == sorted(before)
    assert after == [before[1], before[0]]
    assert before[1] == pytest.approx((before[0] + before[2]) / 2, abs=0.1)


BANDS = st.lists(
    st.lists(VALUE, min_size=3, max_size=3).map(sorted).map(tuple), min_size=9, max_size=9
)


@few
@given(BANDS, st.booleans(), WIDTHS)
def test_words_of_a_path_stand_apart(
    bands: list[tuple[float, ...]], log: bool, width: Width
) -> None:
    low, middle, high = zip(*bands, strict=True)
    root = parsed(fan(Fan(YEARS, low, middle, high, MONEY, "Name", log=log), width))
    words_stand_apart(root, width.pixels, _height(root), width.size)
    (line,), (band,) = with_class(root, "line"), with_class(root, "band")
    assert extent(band)[1] <= extent(line)[1] <= extent(line)[3] <= extent(band)[3]


def test_equal_factors_are_equal_heights_on_a_log_axis() -> None:
    years, middle = (2026, 2027, 2028), (1.0, 10.0, 100.0)
    path = Fan(years, (0.5, 5.0, 50.0), middle, (2.0, 20.0, 200.0), MONEY, "Name", log=True)
    (line,) = with_class(parsed(fan(path, WIDE)), "line")
    heights = [float(one.split()[1]) for one in (line.get("d") or "")[1:].split("L")]
    assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2], abs=0.11)
    (straight,) = with_class(parsed(fan(replace(path, log=False), WIDE)), "line")
    first, second, third = (
        float(one.split()[1]) for one in (straight.get("d") or "")[1:].split("L")
    )
    assert second - third == pytest.approx(10.0 * (first - second), rel=0.02)


def test_both_widths_one_after_the_other() -> None:
    chances = Leaving(YEARS, (0.1,) * 9, 0.1, EXIT, STAY, "When <it> leaves")
    both = ET.fromstring(f"<p>{at_both(leaving, chances)}</p>")
    assert [one.get("class") for one in both] == ["chart w", "chart n"]
    assert {one.get("aria-label") for one in both} == {"When <it> leaves"}
