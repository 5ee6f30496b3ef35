"""What a strategy comes to where its real option is used at once, or nearly always."""

from collections.abc import Mapping
from typing import Any

from reports.text.numbers import frequency
from reports.text.strategies import DOING, STAYING
from reports.text.wording import capital

__all__ = ["really"]

type Entry = Mapping[str, Any]

#: Share of draws from which on a real option is used nearly always.
NEARLY_ALWAYS = 0.9


def really(entry: Entry) -> str:
    """What a strategy comes to where its real option is used at once, or nearly always.

    Staying that is left within the year is no staying, and a reader must know it.

    Parameters
    ----------
    entry : mapping
        A player or type in decision.json.

    Returns
    -------
    str
        Sentences with a space before each; empty where there is nothing to say.
    """
    text = ""
    for name, row in entry["strategies"].items():
        option = row.get("option")
        if option is None or name not in (entry["best"], STAYING.name):
            continue
        year, share = next(iter(option["by_year"].items()))
        if option["real_option"] == "leave" and share >= NEARLY_ALWAYS:
            text += f" {capital(DOING[name])} would mean leaving at the end of {year} in "
            text += f"{frequency(share)}."
        elif option["real_option"] == "come back" and option["probability_used"] >= NEARLY_ALWAYS:
            text += f" {capital(DOING[name])} would mean coming back later in "
            text += f"{frequency(option['probability_used'])}."
    return text
