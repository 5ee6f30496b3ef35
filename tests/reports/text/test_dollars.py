"""Money in two digits, and with its error."""

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.text.dollars import in_sentence, limit, measured, short, signed_short

SIZES = {"tn": 1e3, "bn": 1.0, "m": 1e-3, "trillion": 1e3, "billion": 1.0, "million": 1e-3}
amounts = st.floats(-1e6, 1e6).filter(lambda x: x == 0.0 or abs(x) > 1e-9)


def read(text: str) -> float:
    """The amount that a text says, USD billion."""
    if text == "$0":
        return 0.0
    number, unit = text.replace("\N{MINUS SIGN}", "-").replace("$", "").split("\N{NO-BREAK SPACE}")
    return float(number.replace(",", "").removeprefix("+")) * SIZES[unit]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (17.46, "$17 bn"),
        (0.53, "$530 m"),
        (-0.041, "−$41 m"),
        (1.54, "$1.5 bn"),
        (0.994, "$990 m"),
        (0.996, "$1.0 bn"),
        (1_234.0, "$1.2 tn"),
        (0.0, "$0"),
        (5.5e-11, "$0"),
        (float("nan"), "not known"),
    ],
)
def test_two_digits_and_millions_below_a_billion(value: float, text: str) -> None:
    assert short(value) == text.replace(" ", "\N{NO-BREAK SPACE}", text.count(" ") * ("$" in text))


@given(amounts)
def test_what_is_said_is_the_amount_to_half_its_second_digit(value: float) -> None:
    for said in (read(short(value)), read(in_sentence(value)), read(signed_short(value))):
        assert abs(said - value) <= 0.0501 * abs(value)


@given(st.floats(1e-6, 1e5))
def test_a_limit_is_never_rounded_up(value: float) -> None:
    said = read(limit(value))
    assert value * 0.99 <= said <= value * (1.0 + 1e-9)


def test_nothing_may_be_paid_for_nothing() -> None:
    assert (limit(0.0), limit(-1.0)) == ("nothing", "nothing")


@pytest.mark.parametrize(
    ("value", "mcse", "text"),
    [
        (1.54, 0.012, "$1.540 ± 0.012 bn"),
        (1.54, 0.021, "$1.54 ± 0.02 bn"),
        (0.031, 0.011, "$31 ± 11 m"),
        (0.145, 0.004, "$145 ± 4 m"),
        (-17.46, 0.21, "−$17.5 ± 0.2 bn"),
        (0.01, 2.0, "$0 ± 2 bn"),
        (123.4, 0.0001, "$123.4 bn"),
    ],
)
def test_no_more_digits_than_the_error_supports(value: float, mcse: float, text: str) -> None:
    assert measured(value, mcse).replace("\N{NO-BREAK SPACE}", " ") == text


@given(amounts, st.floats(1e-8, 1e3))
def test_an_error_never_hides_where_it_matters(value: float, mcse: float) -> None:
    text = measured(value, mcse)
    assert isfinite(value)
    # Beyond the fourth digit nobody reads it.
    if mcse > 1e-3 * abs(value):
        assert "±" in text


@pytest.mark.parametrize(
    ("value", "mcse", "text"),
    [
        (0.0687, 0.0044, "$68 million"),
        (0.0254, 0.001, "$25.4 million"),
        (0.1459, 0.004, "$145 million"),
        (2.4, 0.0001, "$2.40 billion"),
        (250.0, 30.0, "$250 billion"),
        (259.0, 30.0, "$250 billion"),
    ],
)
def test_a_limit_has_no_digits_beyond_its_error(value: float, mcse: float, text: str) -> None:
    assert limit(value, mcse) == text.replace(" ", "\N{NO-BREAK SPACE}")
