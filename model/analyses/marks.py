"""The last price at which a company, or its video business, changed hands or was to."""

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["MARKS", "Price"]


class Price(NamedTuple):
    """A price, and where it is from.

    Attributes
    ----------
    price : float
        USD billion.
    source : str
        What was paid for, when.
    """

    price: float
    source: str


#: By player. Of Kling no price was paid; talks of selling a part of it are younger than the
#: decision, and nothing rests on them.
MARKS: Mapping[str, Price] = {
    "kuaishou": Price(20.0, "talks about selling a part of Kling, May 2026"),
    "runway": Price(5.3, "round of financing, February 2026"),
}
