"""What is worth knowing first: limits that are never rounded up, and nothing that is noise."""

import re
from typing import Any

import pytest

from reports.page.company.knowing import knowing
from reports.page.view import View
from reports.text.flips import MARKET
from tests.reports.page.company.conftest import read

WHO = "google"


def widths(html: str) -> list[float]:
    return [float(one) for one in re.findall(r'<rect [^>]*width="([\d.]+)"', html)]


def test_rows_are_everything_then_numbers_with_their_studies(
    view: View, analysed: dict[str, Any]
) -> None:
    entry = analysed["players"][WHO]
    entry |= {"evpi": 0.6, "evpi_mcse": 0.02}
    part = knowing(view, WHO)
    assert re.findall(r'<th scope="row">(.*?)</th>', str(part.html)) == [
        "Everything, in advance",
        "Market in 2033 alone",
        "A study of it that errs by 30\N{NO-BREAK SPACE}%",
        "Robotics succeeds alone",
        "Fixed cost alone",
    ]
    assert read(part).startswith("Pay no more than $300 million to learn the market in 2033")
    worths = [0.6, 0.3, 0.05, 0.15, 0.1]
    assert widths(str(part.html)) == pytest.approx([100 * one / 0.6 for one in worths], abs=0.01)


def test_a_study_within_its_errors_or_above_its_bound_is_not_shown(
    view: View, analysed: dict[str, Any]
) -> None:
    entry = analysed["players"][WHO]
    size = entry["studies"][0]["sizes"][0]
    assert "A study of it" in read(knowing(view, WHO))
    size["evsi_mcse"] = 0.03
    assert "A study of it" not in read(knowing(view, WHO))
    size |= {"evsi": 0.31, "evsi_mcse": 0.001}
    assert entry["inputs"][MARKET]["evppi"] == 0.3
    assert "A study of it" not in read(knowing(view, WHO))


def test_numbers_within_their_errors_are_not_shown(view: View, analysed: dict[str, Any]) -> None:
    entry = analysed["players"][WHO]
    for of in entry["inputs"].values():
        of["evppi_mcse"] = of["evppi"]
    text = read(knowing(view, WHO))
    assert text.startswith("No single number is worth a study")
    assert "alone" not in text
    entry |= {"evpi": 0.1, "evpi_mcse": 0.06}
    assert read(knowing(view, WHO)).endswith("Everything, in advance nothing")


def test_at_most_four_numbers(view: View, analysed: dict[str, Any]) -> None:
    inputs = analysed["players"][WHO]["inputs"]
    for place, key in enumerate(("salvage", "exit_cost", "legal_loss")):
        inputs[f"players.{WHO}.{key}"] = {**inputs[MARKET], "evppi": 0.4 + place}
    assert read(knowing(view, WHO)).count("alone") == 4
    assert "Pay no more than $2.40 billion to learn the legal losses" in read(knowing(view, WHO))


def test_without_analysis_a_line(bare: View) -> None:
    assert read(knowing(bare, WHO)) == "Not computed. decide sensitivity RUN"
