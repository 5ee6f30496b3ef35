"""The workbook, opened by another library: the figures of decision.json, and nothing that runs."""

import io
import math
from typing import Any

import openpyxl
import pytest

from reports.handout.workbook import workbook
from reports.naming import Naming
from reports.page.view import View
from reports.text.strategies import LABELS

SHEETS = ["verdicts", "strategies", "components", "drivers", "priors"]


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(book: Any, sheet: str) -> list[dict[str, Any]]:
    heading, *body = book[sheet].iter_rows(values_only=True)
    assert len(set(heading)) == len(heading)
    return [dict(zip(heading, row, strict=True)) for row in body]


@pytest.fixture(scope="module")
def book(view: View) -> Any:
    return opened(workbook(view))


def test_its_sheets_are_those_that_were_made(view: View, book: Any) -> None:
    assert book.sheetnames == SHEETS
    without = opened(workbook(View(view.run, view.verdict)))
    assert without.sheetnames == [name for name in SHEETS if name != "drivers"]


def test_verdicts_are_those_of_the_decision(view: View, book: Any) -> None:
    found = rows(book, "verdicts")
    assert [one["Key"] for one in found] == list(view.players)
    for one in found:
        entry = view.players[one["Key"]]
        assert one["Best"] == LABELS[entry["best"]]
        for told, key in (
            ("Worth over the rival (USD billion)", "gain"),
            ("Worth over the rival, error (USD billion)", "gain_mcse"),
            ("Worth of knowing everything (USD billion)", "evpi"),
            ("Better in (share of worlds)", "wins"),
            ("Better in, error (share of worlds)", "wins_mcse"),
        ):
            assert one[told] == pytest.approx(entry[key], rel=1e-14)


def test_strategies_are_those_of_the_decision(view: View, book: Any) -> None:
    found = {(one["Key"], one["Strategy"]): one for one in rows(book, "strategies")}
    assert len(found) == sum(len(one["strategies"]) for one in view.players.values())
    for player, entry in view.players.items():
        for name, row in entry["strategies"].items():
            one = found[player, LABELS[name]]
            for told, key in (("Mean NPV", "mean"), ("95 %", "p95"), ("Regret", "regret")):
                assert one[f"{told} (USD billion)"] == pytest.approx(row[key], rel=1e-14)
                error = one[f"{told}, error (USD billion)"]
                assert error == pytest.approx(row[f"{key}_mcse"], rel=1e-14)
            best = entry["probability_best"][name]
            assert one["Best in (share of worlds)"] == pytest.approx(best, rel=1e-14)


def test_components_add_up_to_the_mean(view: View, book: Any) -> None:
    sums: dict[tuple[str, str], list[float]] = {}
    for one in rows(book, "components"):
        sums.setdefault((one["Key"], one["Strategy"]), []).append(one["Mean (USD billion)"])
    for player, entry in view.players.items():
        for name, row in entry["strategies"].items():
            total = math.fsum(sums[player, LABELS[name]])
            assert total == pytest.approx(row["mean"], rel=1e-6, abs=1e-9)


def test_priors_have_units_and_sources(view: View, book: Any) -> None:
    found = {one["Quantity"]: one for one in rows(book, "priors")}
    shared, own = view.selection.shared, view.selection.own
    assert len(found) == len(shared) + len(own) * len(view.players)
    market = found["market.size_2033"]
    assert market["Unit"] == "USD billion/year"
    stated = view.stated("market.size_2033", None)
    assert (market["Sources"] or "").splitlines() == list(stated.get("sources", ()))
    low, middle, high = (market[f"{name} (in its unit)"] for name in ("5 %", "Median", "95 %"))
    assert low < middle < high


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(0)", "http://a.b"])
def test_no_text_is_a_formula_or_a_link(view: View, start: str) -> None:
    name = next(iter(view.players))
    label = f"{start}\x00\x07\x1b<&"
    players = {**view.players, name: {**view.players[name], "label": label}}
    found = opened(workbook(View(view.run, {**view.verdict, "players": players}), Naming(start)))
    assert found["verdicts"]["B2"].value == f"{start}<&"
    for sheet in found:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n"}
            assert not [cell for cell in row if cell.hyperlink]


def test_the_currency_is_in_the_headings(view: View) -> None:
    found = opened(workbook(view, Naming(currency="Euros")))
    for sheet in SHEETS[:4]:
        text = " ".join(str(cell.value) for cell in found[sheet][1])
        assert "(Euros, billion)" in text
        assert "USD" not in text


def test_a_figure_that_is_none_is_an_empty_cell_and_a_long_text_is_cut(view: View) -> None:
    name = next(iter(view.players))
    entry = {**view.players[name], "label": "x" * 40_000, "gain": math.nan}
    found = opened(workbook(View(view.run, {**view.verdict, "players": {name: entry}})))
    one = rows(found, "verdicts")[0]
    assert one["Worth over the rival (USD billion)"] is None
    assert one["Company"] == "x" * 32_766 + "…"


def test_the_same_run_gives_the_same_bytes(view: View) -> None:
    assert workbook(view) == workbook(view)
