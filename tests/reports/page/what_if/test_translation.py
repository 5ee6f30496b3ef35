"""The economics in JavaScript are written from those in Python."""

from collections.abc import Callable
from typing import Any

import pytest

from model.economics import formulas, valuation
from scripts.javascript import FILE, text
from scripts.translation import UntranslatableError, translated


def test_the_file_that_is_shipped_is_the_one_that_the_economics_make() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "uv run scripts/javascript.py"


def test_what_is_called_is_written_out_with_its_own_names() -> None:
    lines = "\n".join(translated(formulas.next_log_price_gap, "gap"))
    assert lines.startswith("function gap(gap, decline, commoditization_rate) {")
    assert "Math.expm1((-commoditization_rate))" in lines
    assert "where" not in "\n".join(translated(valuation.funded_part, "part"))


def _early(x: float) -> float:
    if x > 0.0:
        return x
    return -x


def _power(x: float) -> float:
    return x**2.0


@pytest.mark.parametrize("function", [_early, _power])
def test_what_it_does_not_know_is_refused(function: Callable[..., Any]) -> None:
    with pytest.raises((UntranslatableError, KeyError), match=r"_early|Pow"):
        list(translated(function, "f"))
