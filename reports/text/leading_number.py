"""The number that decides for most companies, and what is known of it, in a sentence or two."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from reports.text.flips import value_text
from reports.text.numbers import in_words
from reports.text.strategies import quantities
from reports.text.wording import within_sentence
from reports.text.worth import worth, worthwhile

__all__ = ["leading_number", "leading_sentence"]

type Entry = Mapping[str, Any]

#: A number that leads for one company alone is that company's matter.
_FEWEST = 2
#: What a number is, for a reader who has not heard of it.
_WHAT = {
    "market.size_2033": "what the world pays for AI video in 2033",
    "market.ceiling": "the most that buyers could pay for AI video in a year",
    "competition.commoditization_rate": "how fast video models become alike",
    "compute.chip_cost_decline": "how fast chips get cheaper",
    "robotics.years_to_revenue": "when robotics pays",
    "ipo.valuation_impact": "what video costs at a listing",
}


def leading_number(players: Mapping[str, Entry]) -> tuple[str, int] | None:
    """The number with the largest sum of its value over that of knowing everything.

    Parameters
    ----------
    players : mapping
        As in sensitivity.json.

    Returns
    -------
    path : str
        Of an industry's number.
    leads : int
        For how many companies it is worth more than any other: two at least.
    None
        Where there is no such number.
    """
    sums: Counter[str] = Counter()
    leads: Counter[str] = Counter()
    for of in players.values():
        ranked = worthwhile(of, len(of["inputs"]))
        if not ranked or not of["evpi"]:
            continue
        leads[ranked[0]] += 1
        for path in ranked:
            sums[path] += worth(of["inputs"][path]) / of["evpi"]
    first = max(sums, key=lambda path: sums[path], default="players.")
    return None if first.startswith("players.") or leads[first] < _FEWEST else (first, leads[first])


def leading_sentence(
    leading: tuple[str, int] | None, companies: int, quantile: Callable[[str, float], float]
) -> str:
    """What decides for most, or for how many, and what is known of it.

    Parameters
    ----------
    leading : tuple, optional
        From `leading_number`.
    companies : int
        How many there are.
    quantile : callable
        Path and probability to the number's quantile, in its unit.

    Returns
    -------
    str
    """
    if leading is None:
        return "No one number decides."
    path, leads = leading
    quantity = quantities().by_path(path)
    low, middle, high = (value_text(quantile(path, p), quantity.unit) for p in (0.1, 0.5, 0.9))
    low, high = (text.removesuffix(" a year") for text in (low, high))
    most = 2 * leads > companies
    who = "for most" if most else f"for {in_words(leads)} of the {in_words(companies)}"
    return (
        f"One number decides {who}: {_WHAT.get(path, within_sentence(quantity.label))}. Our middle "
        f"estimate is {middle}; 80 of 100 possible worlds lie between {low} and {high}."
    )
