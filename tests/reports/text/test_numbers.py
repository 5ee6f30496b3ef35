"""Numbers as people read them."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.text.numbers import (
    count,
    figure,
    frequency,
    money,
    number,
    percent,
    rounded,
    signed,
)


@pytest.mark.parametrize(
    ("value", "mcse", "expected"),
    [
        (5.1234, 0.1, "5.1 ± 0.1"),
        (5.1234, 0.0996, "5.1 ± 0.1"),
        (5.1234, 0.0123, "5.12 ± 0.01"),
        (-0.000456, 0.00002, "−0.00046 ± 0.00002"),
        (1234.6, 30.0, "1,230 ± 30"),
        (1299.6, 96.0, "1,300 ± 100"),
        (0.16890, 0.00009, "0.1689 ± 0.0001"),
        (0.16890, 0.00001, "0.1689"),
        (0.001, 3.0, "0 ± 3"),
        (-0.0004, 0.01, "0.00 ± 0.01"),
        (62_300_000.0, 400_000.0, "62,300,000 ± 400,000"),
        (62_300_000.0, 0.0, "62,300,000"),
        (0.5, 0.0, "0.5"),
        (12.3456, nan, "12.3"),
        (nan, 0.1, "not known"),
        (0.0, 0.0, "0"),
        (1e-12, 1e-14, "1 × 10⁻¹²"),
        (-2e16, 0.0, "−2 × 10¹⁶"),
        (inf, 0.0, "infinite"),
        (-inf, 0.0, "−infinite"),
    ],
)
def test_a_figure_shows_only_what_its_error_supports(
    value: float, mcse: float, expected: str
) -> None:
    assert figure(value, mcse) == expected


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(0.0, 1e6))
def test_no_figure_is_ever_in_exponent_form(value: float, mcse: float) -> None:
    text = figure(value, mcse)
    assert "e" not in text.lower()
    assert "-" not in text


@given(st.floats(1e-3, 1e6), st.floats(1e-4, 1e3))
def test_a_figure_lies_within_half_a_place_of_its_value(value: float, mcse: float) -> None:
    shown, _, error = figure(value, mcse).replace(",", "").partition(" ± ")
    assert abs(float(shown) - value) <= max(mcse, 0.0005 * value)
    assert float(error or 0.0) == pytest.approx(mcse, rel=0.5, abs=0.0005 * value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.00012, "0.00012"), (1.5, "1.5"), (100.0, "100"), (123456.0, "123,000"), (-0.0, "0")],
)
def test_a_number_without_error_has_three_digits(value: float, expected: str) -> None:
    assert number(value) == expected


def test_a_sign_stands_where_a_figure_is_positive_as_shown() -> None:
    assert signed(1.0, 0.1) == "+1.0 ± 0.1"
    assert signed(-1.0, 0.1) == "−1.0 ± 0.1"
    assert signed(0.001, 0.1) == "0.0 ± 0.1"


@pytest.mark.parametrize(
    ("value", "mcse", "expected"),
    [
        (5.1, 0.1, "$5.1 ± 0.1 billion"),
        (-5.1, 0.1, "−$5.1 ± 0.1 billion"),
        (0.062, 0.003, "$62 ± 3 million"),
        (0.00000502, 0.0, "$5.02 thousand"),
        (1234.0, 30.0, "$1.23 ± 0.03 trillion"),
        (1e-12, 0.0, "$0.001"),
        (0.0, 0.0, "$0"),
        (nan, 0.1, "not known"),
    ],
)
def test_money_takes_the_unit_that_reads_best(value: float, mcse: float, expected: str) -> None:
    assert money(value, mcse) == expected


@pytest.mark.parametrize(
    ("probability", "short", "long"),
    [
        (0.0, "0 %", "none of the worlds drawn"),
        (0.001, "<1 %", "fewer than 1 of 100 worlds"),
        (0.97, "97 %", "97 of 100 worlds"),
        (0.9999, ">99 %", "more than 99 of 100 worlds"),
        (1.0, "100 %", "all worlds drawn"),
        (nan, "not known", "an unknown number of worlds"),
    ],
)
def test_what_is_not_certain_never_reads_as_certain(
    probability: float, short: str, long: str
) -> None:
    assert percent(probability) == short
    assert frequency(probability) == long


@pytest.mark.parametrize(
    ("probability", "mcse", "text"),
    [
        (0.641, 0.0148, "64 ± 1 %"),
        (0.641, 0.0051, "64.1 ± 0.5 %"),
        (0.0813, 0.00031, "8.13 ± 0.03 %"),
        (0.5, 0.0000012, "50.00 %"),
        (0.4, 0.21, "40 ± 21 %"),
        (0.641, 0.0, "64 %"),
        (0.641, float("nan"), "64 %"),
        (1.0, 0.01, "100 %"),
        (0.0, 0.01, "0 %"),
        (0.004, 0.001, "<1 %"),
    ],
)
def test_a_percentage_shows_the_digits_that_its_error_supports(probability, mcse, text):
    assert percent(probability, mcse) == text


def test_counts_have_their_thousands_separated() -> None:
    assert count(65536) == "65,536"


def test_an_error_that_is_not_known_is_left_out():
    for unknown in (None, float("nan")):
        assert figure(0.0, unknown) == rounded(0.0, unknown) == "0"
        assert (money(0.0, unknown), money(5.1, unknown)) == ("$0", "$5.1 billion")
        assert rounded(1.2345, unknown) == "1.23"
