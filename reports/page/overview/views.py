"""The same question under other views: a row for each company, a column for each view."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from reports.page.looks import css_of
from reports.page.templating import fill
from reports.page.view import View
from reports.text.advice_for_all import groups_of
from reports.text.company import company
from reports.text.numbers import count
from reports.text.views import Cell, cell, finding, meanings

__all__ = ["NO_VIEWS", "shown", "views"]

#: What makes what is not there.
NO_VIEWS = "decide report RUN --views"


def views(view: View) -> Markup:
    """The table of views, with what it finds.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Markup
        A line where no views were computed.
    """
    content = view.analyses.get("views")
    if content is None:
        return fill("views.html.j2", computed=False, command=NO_VIEWS)
    players = [name for one in groups_of(view.players) for name in one.players]
    rows = [_row(view, content, name) for name in players if name in content["players"]]
    return fill(
        "views.html.j2",
        computed=True,
        finding=finding(content, view.players),
        labels=[one["label"] for one in content["views"].values()],
        rows=rows,
        draws=count(content["draws"]),
        untold=any(one["untold"] for one in rows),
        meanings=meanings(content),
    )


def _row(view: View, content: Mapping[str, Any], player: str) -> dict[str, Any]:
    stated = view.players[player]
    own = content["players"][player]["views"]
    cells = [cell(stated), *(cell(one, stated) for name, one in own.items() if name != "base")]
    return {
        "key": player,
        "name": company(stated["label"]),
        "cells": [shown(one) for one in cells],
        "untold": any(one["gain"] is None for one in own.values()),
    }


def shown(one: Cell) -> dict[str, Any]:
    """What a template needs of a cell.

    Parameters
    ----------
    one : Cell
        A verdict where there is little room.

    Returns
    -------
    dict
    """
    return {
        "css": css_of(one.verdict),
        "mark": one.verdict.mark,
        "label": one.label,
        "note": one.note,
        "changed": one.changed,
    }
