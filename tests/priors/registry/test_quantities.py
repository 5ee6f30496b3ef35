"""The registry: one record a quantity, complete and consistent."""

from dataclasses import replace

import pytest

from priors.registry.quantities import (
    GLOBAL_QUANTITIES,
    PLAYER_QUANTITIES,
    QUANTITIES,
    Quantity,
    by_name,
    by_path,
)


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda quantity: quantity.name)
def test_a_quantity_says_what_it_is(quantity: Quantity) -> None:
    for text in (quantity.label, quantity.unit, quantity.meaning):
        assert text, text
        assert text == text.strip()
    assert quantity.label[0].isupper()
    low, high = quantity.usual
    assert low < high
    assert quantity.supports(high)
    assert quantity.supports(low)
    assert by_name(quantity.name) is quantity


@pytest.mark.parametrize("attribute", ["name", "label", "attribute", "meaning"])
def test_no_two_quantities_share(attribute: str) -> None:
    values = [getattr(quantity, attribute) for quantity in QUANTITIES]
    assert len(set(values)) == len(values)


def test_the_scope_is_that_of_the_table() -> None:
    assert QUANTITIES == GLOBAL_QUANTITIES + PLAYER_QUANTITIES
    assert {quantity.scope for quantity in GLOBAL_QUANTITIES} == {"industry"}
    assert {quantity.scope for quantity in PLAYER_QUANTITIES} == {"player"}


@pytest.mark.parametrize(
    ("name", "support", "usual"),
    [
        ("market.size_2033", "> 0", "1 to 300"),
        ("competition.markup", "≥ 0", "0.05 to 2"),
        ("competition.fringe_growth", "> −1", "−0.1 to 0.2"),
        ("compute.efficiency_gain", "[0, 1)", "0.1 to 0.9"),
        ("robotics.success", "0 or 1", "0 to 1"),
        ("player.api_share", "[0, 1]", "0.05 to 0.95"),
        ("player.funding", "≥ 0", "0.05 to 1,000,000"),
    ],
)
def test_support_and_usual_range_in_words(name: str, support: str, usual: str) -> None:
    assert (by_name(name).support, by_name(name).usual_range) == (support, usual)


def test_support_with_a_first_end_left_out() -> None:
    share = replace(by_name("player.api_share"), lower_open=True)
    assert share.support == "(0, 1]"


def test_a_path_names_its_quantity() -> None:
    assert by_path("market.size_2033") is by_name("market.size_2033")
    assert by_path("players.pika.salvage") is by_name("player.salvage")
    with pytest.raises(KeyError, match=r"player\.savage"):
        by_path("players.pika.savage")
