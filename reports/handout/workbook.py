"""The answer as a workbook: a sheet each for verdicts, strategies, components, drivers, priors.

No formulas: texts are written as texts, whatever they begin with. Every figure has its Monte Carlo
standard error beside it, and its unit in its heading.
"""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from priors.characters import visible
from reports.handout.sheets import Cell, Sheet, sheets_of
from reports.naming import Naming
from reports.page.view import View
from reports.text.advice_for_all import headline_of_all
from reports.text.strategies import question

__all__ = ["workbook"]

#: Most characters that a cell holds.
_CELL = 32_767
_WIDTHS = (10, 48)
#: Line breaks and tabs are no matter; other control characters no workbook may hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def workbook(view: View, naming: Naming | None = None) -> bytes:
    """The content of an .xlsx file.

    Parameters
    ----------
    view : View
        The run with its decision, read within `reports.text.strategies.reporting`.
    naming : Naming, optional
        How its author calls it.

    Returns
    -------
    bytes
        The same for the same run.
    """
    import xlsxwriter

    naming, out = naming or Naming(), io.BytesIO()
    texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": False, **texts}) as book:
        title = naming.title or question("AI video")
        book.set_properties(
            {"title": _clean(title), "comments": _clean(headline_of_all(view.players))}
            | {"created": _created(str(view.attributes.get("created", "")))}
        )
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for sheet in sheets_of(view, naming):
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 1)
            for row, cells in enumerate([sheet.heading, *sheet.rows]):
                for column, cell in enumerate(cells):
                    _write(page, row, column, cell, bold if row == 0 else None)
            for column, width in enumerate(_widths(sheet)):
                page.set_column(column, column, width)
    return out.getvalue()


def _write(page: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        page.write_string(row, column, _clean(cell), style)
    else:
        page.write_number(row, column, cell, style)


def _clean(text: str) -> str:
    """A text without control characters, as long as a cell may be."""
    text = visible(_CONTROL.sub("", text))
    return text if len(text) <= _CELL else f"{text[: _CELL - 1]}…"


def _created(text: str) -> datetime:
    """When the run was made; a fixed day where it does not say."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return datetime(2026, 3, 24)  # noqa: DTZ001  # a workbook's times have no zone


def _widths(sheet: Sheet) -> Sequence[int]:
    """Wide enough for most cells of a column, and for the words of its heading."""
    least, most = _WIDTHS
    texts = (
        (cell for cell in column if isinstance(cell, str))
        for column in zip(*sheet.rows, strict=True)
    )
    lengths = [max(map(len, column), default=0) for column in texts]
    return [min(most, max(least, length)) for length in lengths or [0] * len(sheet.heading)]
