"""How tables and sentences look in the terminal."""

import re

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

__all__ = ["Prose", "TitledTable", "plain_table"]

#: Spaces at which no line ends: within a figure, before its unit, around a minus sign.
_WITHIN = re.compile(
    r"(?<=\d) (?=[%±]|(?:thousand|million|billion|trillion)\b)|(?<=±) |(?<=USD) | (?=− )|(?<= −) "
)
_HARD = "\N{NO-BREAK SPACE}"


class TitledTable(Table):
    """A table whose title may be wider than the table: Rich would break it.

    Parameters
    ----------
    heading : str
        Its title.
    **options : object
        As of a Rich table.
    """

    def __init__(self, heading: str, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.heading = heading

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The title, then the table."""
        yield Text(self.heading, style="bold")
        yield from super().__rich_console__(console, options)


class Prose:
    """Sentences that never end a line within a figure, such as ``25 %`` or ``2.5 ± 0.2``.

    Parameters
    ----------
    text : Text or str
        In any style.
    style : str
        Of a text that is given as str.
    """

    def __init__(self, text: Text | str, style: str = "") -> None:
        self.text = Text(text, style=style) if isinstance(text, str) else text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The text, broken into lines as wide as there is room."""
        broken = self.text.copy()
        broken.plain = _broken(broken.plain, options.max_width)
        yield broken


def _broken(text: str, width: int) -> str:
    """`text` with some of its spaces made ends of lines; as long as before."""
    parts: list[str] = []
    used = 0
    for word in _WITHIN.sub(_HARD, text).split(" "):
        size = cell_len(word)
        fits = used + 1 + size <= width
        if parts:
            parts.append(" " if fits else "\n")
        parts.append(word)
        used = used + 1 + size if fits and len(parts) > 1 else size
    return "".join(parts).replace(_HARD, " ")


def plain_table(title: str) -> TitledTable:
    """A table without lines, its title bold and its heads dim.

    Parameters
    ----------
    title : str
        Above it.

    Returns
    -------
    TitledTable
        Without columns yet.
    """
    return TitledTable(title, box=None, pad_edge=False, padding=(0, 1), header_style="dim")
