"""A section of the page, and what it is called."""

from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["Part"]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of one company's part, or of the whole page.

    Attributes
    ----------
    key : str
        Its anchor, without the company.
    title : str
        Its heading.
    short : str
        Its line in the contents.
    html : Markup
        What stands below the heading, everything from outside escaped.
    """

    key: str
    title: str
    short: str
    html: Markup
