"""A company's figures as CSV: those of the decision, and nothing that a spreadsheet would run."""

import csv
from io import StringIO
from typing import Any
from urllib.parse import unquote

import numpy as np
import pytest
import xarray as xr

from reports.page.figures import _plain, figures_csv, figures_link
from reports.page.view import View
from tests.reports.factory import sensitivity_analysis


@pytest.fixture(scope="module")
def view(made_up_run: xr.DataTree, made_up_decision: dict[str, Any]) -> View:
    return View(
        made_up_run, made_up_decision, {"sensitivity": sensitivity_analysis(made_up_decision)}
    )


def rows(view: View, player: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(figures_csv(view, player), newline="")))


def test_figures_are_those_of_the_decision(view: View) -> None:
    entry = view.players["google"]
    found = {(row["section"], row["item"], row["figure"]): row for row in rows(view, "google")}
    pair = f"{entry['best']} over {entry['rival']}"
    gain = found["verdict", pair, "gain"]
    assert float(gain["value"]) == pytest.approx(entry["gain"], rel=1e-5)
    assert float(gain["standard error"]) == pytest.approx(entry["gain_mcse"], rel=1e-5)
    assert gain["unit"] == "USD billion"
    for name, of in entry["strategies"].items():
        own = [
            float(row["value"])
            for row in found.values()
            if row["section"] == "why" and row["item"] == name
        ]
        assert float(found["strategies", name, "mean"]["value"]) == pytest.approx(
            of["mean"], rel=1e-5
        )
        # The parts of a strategy add up to what it is worth, but for the made-up options.
        assert sum(own) == pytest.approx(of["mean"], rel=1e-3)
    assert ("worth knowing", "market.size_2033", "EVPPI") in found


def test_worlds_in_order_average_to_the_gain(view: View) -> None:
    entry = view.players["pika"]
    worlds = [
        float(row["value"]) for row in rows(view, "pika") if row["figure"].startswith("world")
    ]
    assert len(worlds) == 100
    assert worlds == sorted(worlds, reverse=True)
    assert np.mean(worlds) == pytest.approx(entry["gain"], rel=1e-4)


def test_the_link_holds_the_file(view: View) -> None:
    head, _, content = figures_link(view, "runway").partition(",")
    assert head == "data:text/csv;charset=utf-8"
    assert unquote(content) == figures_csv(view, "runway")
    assert not {*'"<>& \n'} & {*content}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_begins_a_formula(text: str) -> None:
    assert _plain(text) == f"'{text}"
    assert _plain("leave") == "leave"
