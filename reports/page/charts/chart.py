"""What a chart is: a drawing, the rows that it draws, titles that say what they show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.page.charts.theme import CONFIG
from reports.text.numbers import number

__all__ = ["Chart", "Column", "chart_json"]

type Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table behind a chart.

    Attributes
    ----------
    field : str
        Its field in the rows.
    title : str
        Its heading, with the unit.
    """

    field: str
    title: str

    def text(self, row: Row) -> str:
        """What stands in the table for this row; empty where the row has no such field.

        Parameters
        ----------
        row : mapping
            Field to a number or text.

        Returns
        -------
        str
            Numbers to three digits, without an exponent.
        """
        value = row.get(self.field, "")
        return number(float(value)) if isinstance(value, int | float) else str(value)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of the report.

    Attributes
    ----------
    key : str
        Its name in the page.
    finding : mapping
        Title that states what is to be seen, for each choice; key "" where there is no choice.
    drawing : mapping
        Vega-Lite, its data named ``rows``.
    rows : sequence of mapping
        What is drawn. Where there are choices, each row's ``choice`` says to which it belongs.
    columns : sequence of Column
        The table behind it.
    table : sequence of mapping, optional
        Rows of that table, where they are not those drawn.
    choices : mapping
        Group to (choice to its name): what the reader picks from.
    ends : tuple of str
        What lies to the left and to the right, where the axis says so.
    note : str
        How to read it, and what is cut.
    """

    key: str
    finding: Mapping[str, str]
    drawing: Mapping[str, Any]
    rows: Sequence[Row]
    columns: Sequence[Column]
    table: Sequence[Row] = ()
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ends: tuple[str, ...] = ()
    note: str = ""

    @property
    def first(self) -> str:
        """The choice shown at first."""
        return next((choice for group in self.choices.values() for choice in group), "")

    @property
    def behind(self) -> Sequence[Row]:
        """Rows of the table behind it."""
        return self.table or self.rows


def chart_json(chart: Chart) -> dict[str, Any]:
    """What the page's script needs of a chart, data column by column to save room.

    Parameters
    ----------
    chart : Chart
        With its rows.

    Returns
    -------
    dict
        ``spec``, the Vega-Lite with the look of all charts; ``fields`` and ``columns``, the
        data; ``finding``, a title for each choice; ``first``, the choice shown at first.
    """
    fields = list(dict.fromkeys(name for row in chart.rows for name in row))
    return {
        "spec": {**chart.drawing, "config": CONFIG},
        "fields": fields,
        "columns": [_column([row.get(name) for row in chart.rows]) for name in fields],
        "finding": dict(chart.finding),
        "first": chart.first,
    }


def _column(values: list[Any]) -> Any:
    """Numbers as they are, to five digits; words once each, and their places."""
    if any(isinstance(value, str) for value in values):
        words = list(dict.fromkeys(values))
        places = {word: place for place, word in enumerate(words)}
        return {"words": words, "places": [places[value] for value in values]}
    return [float(f"{value:.5g}") if isinstance(value, float) else value for value in values]
