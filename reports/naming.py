"""How its author calls a report: the title, and what its money is called."""

from dataclasses import dataclass

from priors.characters import hidden
from priors.errors import InputError

__all__ = ["DOLLARS", "Naming"]

DOLLARS = "Dollars"
_MOST = 200


@dataclass(frozen=True, slots=True)
class Naming:
    """What stands in place of the program's own words.

    Attributes
    ----------
    title : str
        Of the document, and the line above its headline; empty: the question that is asked.
    currency : str
        What amounts are called where their unit is stated. Nothing is converted.

    Raises
    ------
    InputError
        Where one of them is blank, too long, or holds characters that nobody sees.
    """

    title: str = ""
    currency: str = DOLLARS

    def __post_init__(self) -> None:
        for option, text in (("--title", self.title), ("--currency-label", self.currency)):
            if hidden(text) or len(text) > _MOST or (text and not text.strip()):
                raise InputError(f"{option}: expected a line of up to {_MOST} visible characters")
        if not self.currency:
            raise InputError("--currency-label: expected a line of text, found nothing")
