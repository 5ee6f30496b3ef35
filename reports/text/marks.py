"""What staying is worth in the model beside the last price at which the business changed hands."""

from collections.abc import Mapping
from typing import Any

from reports.text.numbers import frequency, money
from reports.text.strategies import DOING, STAYING

__all__ = ["mark_text"]


def mark_text(entry: Mapping[str, Any]) -> str:
    """In a sentence; empty where no price is known.

    Parameters
    ----------
    entry : mapping
        A player in decision.json.

    Returns
    -------
    str
    """
    mark = entry.get("mark")
    if not mark:
        return ""
    worth = entry["strategies"][STAYING.name]
    doing = DOING[STAYING.name]
    return (
        f"{doing[0].upper()}{doing[1:]} is worth {money(worth['mean'], worth['mean_mcse'])} on "
        f"average here; ${mark['price']:g} billion was the last price ({mark['source']}), and "
        f"{doing} is worth more in {frequency(mark['probability_above'])}."
    )
