"""A plain table of the details: it scrolls sideways by itself, and its first column stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.page.looks import CLASSES, LOOKS
from reports.page.templating import fill
from reports.text.strategies import LABELS

__all__ = ["Table", "drawn", "marked"]


@dataclass(frozen=True, slots=True)
class Table:
    """What a table says.

    Attributes
    ----------
    name : str
        What it shows; its caption, and the name of the region that it scrolls in.
    columns : tuple of str
        Headings, the first above the rows' own.
    rows : sequence of tuple of str
        The row's heading, then its cells; escaped unless they are markup.
    words : frozenset of int
        Places of columns that hold words, not numbers.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    words: frozenset[int] = frozenset()


def drawn(table: Table) -> Markup:
    """The table as HTML.

    Parameters
    ----------
    table : Table
        What it says.

    Returns
    -------
    Markup
    """
    return fill("details/table.html.j2", table=table)


def marked(strategy: str) -> Markup:
    """A strategy's mark and label in its colour.

    Parameters
    ----------
    strategy : str
        Its one name.

    Returns
    -------
    Markup
    """
    return Markup('<b class="{}">{} {}</b>').format(
        CLASSES[strategy], LOOKS[strategy].mark, LABELS[strategy]
    )
