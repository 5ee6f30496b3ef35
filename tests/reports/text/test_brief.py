import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.text.brief import money_in_brief, of_100


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (17.3, "$17 bn"),
        (0.53, "$530 m"),
        (0.041, "$41 m"),
        (6.0, "$6.0 bn"),
        (0.9996, "$1.0 bn"),
        (0.0041, "$4.1 m"),
        (0.00041, "$0.41 m"),
        (254.0, "$250 bn"),
        (1234.0, "$1.2 tn"),
        (123456.0, "$120 tn"),
        (-2.84, "−$2.8 bn"),
        (0.0, "$0"),
        (float("nan"), "not known"),
    ],
)
def test_two_digits_and_a_short_unit(value: float, text: str) -> None:
    assert money_in_brief(value).replace("\xa0", " ") == text


def test_a_plus_where_a_sign_can_turn() -> None:
    assert money_in_brief(1.54, signed=True) == "+$1.5\xa0bn"
    assert money_in_brief(-1.54, signed=True) == "−$1.5\xa0bn"
    assert money_in_brief(0.0, signed=True) == "$0"


@given(st.floats(1e-6, 1e6))
def test_money_is_read_back_to_two_digits(value: float) -> None:
    number, _, unit = money_in_brief(value).removeprefix("$").partition("\xa0")
    read = float(number.replace(",", "")) * {"m": 1e-3, "bn": 1.0, "tn": 1e3}[unit]
    assert read == pytest.approx(value, rel=0.0501)
    assert len(number.replace(".", "").lstrip("0").rstrip("0").replace(",", "")) <= 2


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (0.0, ""),
        (1e-9, "<1"),
        (0.005, "<1"),
        (0.0051, "1"),
        (0.456, "46"),
        (0.9949, "99"),
        (0.996, ">99"),
        (1.0, "100"),
    ],
)
def test_worlds_of_a_hundred(probability: float, text: str) -> None:
    assert of_100(probability) == text
