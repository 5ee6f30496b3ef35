import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.page.svg.charts.combinations import Cell, Combinations, combinations
from reports.page.svg.marks import LOOKS, Look
from reports.page.svg.widths import PHONE, WIDE, Width
from tests.reports.svg.reading import area, extent, few, parsed, within, words_stand_apart

STAKE = st.one_of(st.just(0.0), st.floats(1e-6, 1e6))
TEXT = st.sampled_from(["$2.3", "$56 bn", "0.038", "1,000,000", "12 %"])


def _grid(cells: list[list[tuple[Look, float]]], columns: list[str], rows: list[str]):
    made = tuple(tuple(Cell(*cell) for cell in row) for row in cells)
    return Combinations(made, tuple(columns), tuple(rows), "market, USD bn", "strength", "Name")


@few
@given(st.data(), st.sampled_from([WIDE, PHONE]))
def test_marks_fill_their_cells_by_what_is_at_stake(data: st.DataObject, width: Width) -> None:
    cell = st.tuples(st.sampled_from(LOOKS), STAKE)
    cells = data.draw(st.lists(st.lists(cell, min_size=8, max_size=8), min_size=6, max_size=6))
    columns = data.draw(st.lists(TEXT, min_size=8, max_size=8))
    rows = data.draw(st.lists(TEXT, min_size=6, max_size=6))
    root = parsed(combinations(_grid(cells, columns, rows), width))
    pixels = float((root.get("viewBox") or "").split()[2])
    words_stand_apart(root, pixels, 290, width.size)
    groups = [part for part in root if part.tag == "g"]
    marks = [mark for part in groups if "pale" not in part.get("class", "") for mark in part]
    stakes = [stake for row in cells for _, stake in row if stake > 0.0]
    assert len(marks) == len(stakes)
    for mark, stake in zip(marks, stakes, strict=True):
        scale = area(marks[stakes.index(max(stakes))]) / max(stakes)
        assert area(mark) == pytest.approx(stake * scale, rel=0.03, abs=0.5)
        assert within(extent(mark), (0, 18, pixels, 250))


def test_the_first_number_goes_right_and_the_second_up() -> None:
    exit_, stay = LOOKS[:2]
    cells = [[(exit_, 1.0), (stay, 4.0)], [(exit_, 9.0), (stay, 16.0)]]
    root = parsed(combinations(_grid(cells, ["$1", "$2"], ["0.1", "0.2"]), WIDE))
    marks = [mark for part in root if "pale" not in part.get("class", "") for mark in part]
    middles = [(box[0] + box[2], box[1] + box[3]) for box in map(extent, marks)]
    assert middles[0][0] == pytest.approx(middles[2][0], abs=0.2)
    assert middles[1][0] > middles[0][0]
    assert middles[2][1] < middles[0][1]
    by_text = {text.text: text for text in root.iter("text")}
    assert float(by_text["0.2"].get("y", "")) < float(by_text["0.1"].get("y", ""))
    assert float(by_text["$2"].get("x", "")) == pytest.approx(middles[1][0] / 2, abs=0.2)
    assert {"market, USD bn →", "↑ strength"} <= set(by_text)
