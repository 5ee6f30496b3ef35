"""Short names of quantities: the registry's, wherever the report names one."""

from pathlib import Path

import pytest

from priors.registry.quantities import QUANTITIES
from reports.text.quantities import path_name, subject_name
from reports.text.sensitivity import input_name

REPORTS = Path(__file__).parents[3] / "reports"


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda quantity: quantity.name)
def test_the_report_calls_a_quantity_by_its_label(quantity):
    own = quantity.scope == "player"
    path = f"players.pika.{quantity.key}" if own else quantity.name
    assert path_name(path) == quantity.label
    assert input_name(path) == quantity.label
    assert input_name(path, whose=True) == quantity.label + (" (pika)" if own else "")


def test_no_second_table_of_names_is_kept():
    """A label of several words that stands in the report's code would be a copy."""
    labels = {quantity.label for quantity in QUANTITIES if quantity.label.count(" ") > 1}
    files = [path for path in REPORTS.rglob("*") if path.suffix in {".py", ".js", ".j2"}]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert files
    assert {label for label in labels if f'"{label}"' in text or f"'{label}'" in text} == set()


def test_the_subject_of_a_global_quantity():
    assert subject_name("market.size_2033") == "Market"
    assert subject_name("ipo.refund") == "IPO"
