from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.page.svg.element import drawing, element, group, percent, short
from tests.reports.svg.reading import few

TEXT = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Cn", "Co"]))


@few
@given(TEXT)
def test_what_an_attribute_says_is_read_back(said: str) -> None:
    root = ET.fromstring(drawing([], name=f"x{said}"))
    assert root.get("aria-label") == f"x{said}"
    assert root.get("role") == "img"


def test_a_drawing_without_name_is_hidden() -> None:
    assert drawing([]) == '<svg aria-hidden="true"/>'


@few
@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_number_is_short_and_as_near_as_its_decimals_allow(value: float, decimals: int) -> None:
    text = short(value, decimals)
    assert abs(float(text) - value) <= 0.5000001 * 10.0**-decimals
    assert not text.startswith("-0") or float(text) != 0.0
    assert "." not in text or not text.endswith(("0", "."))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_not_known_cannot_be_drawn(value: float) -> None:
    with pytest.raises(ValueError, match="a chart draws finite numbers; found"):
        element("rect", x=value)


def test_names_of_attributes() -> None:
    assert element("text", "a", css="b", text_anchor="end", x=1.04, y=None) == (
        '<text class="b" text-anchor="end" x="1">a</text>'
    )


def test_a_group_is_there_if_something_is_in_it() -> None:
    assert group("exit", []) == ""
    assert group("exit", ["<a/>", "<b/>"]) == '<g class="exit"><a/><b/></g>'


def test_percent() -> None:
    assert percent(33.3333) == "33.33%"
