"""What would change the verdict: values of single numbers, and combinations of two."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from markupsafe import Markup

from reports.page.company.map import map_of
from reports.page.company.number import Number, number_of
from reports.page.looks import CLASSES, LOOKS
from reports.page.part import Part
from reports.page.svg.charts.flip_strip import FlipStrip, flip_strip
from reports.page.svg.marks import Look
from reports.page.templating import fill
from reports.page.view import View
from reports.text.company import company
from reports.text.flips import Flip, finding, flips_at_all, flips_of
from reports.text.strategies import LABELS, strategies
from reports.text.wording import within_sentence
from reports.text.worlds import worlds
from reports.text.worth import most_telling, worth_text

__all__ = ["flips"]

#: Numbers shown at most, and dots of each: one for so many worlds.
_MOST, _DOTS = 5, 20


def flips(view: View, player: str) -> Part:
    """A table of numbers, and a map of two.

    Parameters
    ----------
    view : View
        The run with its decision.
    player : str
        Name of the player.

    Returns
    -------
    Part
    """
    found = view.analysed("sensitivity").get(player)
    rows = [] if found is None else _rows(view, found, view.players[player]["best"])
    html = fill(
        "flips.html.j2",
        name=company(view.players[player]["label"]),
        computed=found is not None,
        command="decide sensitivity RUN",
        title="" if found is None else finding(found),
        key=[
            {"css": CLASSES[one.name], "text": f"{one.mark} {within_sentence(one.label)}"}
            for one in strategies()
        ],
        rows=rows,
        straight=any(row["straight"] for row in rows),
        map=map_of(view, player),
    )
    return Part("flips", "What would change it", "What would change it", html)


def _rows(view: View, found: Mapping[str, Any], best: str) -> list[dict[str, Any]]:
    every = flips_of(found)
    return [
        _row(
            number_of(view, path),
            found["inputs"][path],
            [one for one in every if one.path == path],
            best,
        )
        for path in most_telling(found, every, _MOST)
    ]


def _row(number: Number, of: Mapping[str, Any], own: Sequence[Flip], best: str) -> dict[str, Any]:
    dots = number.quantiles((np.arange(_DOTS) + 0.5) / _DOTS)
    return {
        "name": number.name,
        "what": number.what,
        "strip": Markup(_strip(number, dots, own, best)),  # noqa: S704  # of numbers alone
        "straight": dots[0] <= 0.0,
        "flips": [_told(one) for one in own],
        "rare": not own and flips_at_all(of),
        "worth": worth_text(of),
    }


def _told(flip: Flip) -> dict[str, Any]:
    return {
        "sure": flip.sure,
        "css": CLASSES[flip.to],
        "label": f"{LOOKS[flip.to].mark} {LABELS[flip.to]}",
        "where": flip.in_full,
        "odds": worlds(flip.share),
    }


def _strip(number: Number, dots: list[float], own: Sequence[Flip], best: str) -> str:
    ends = {end for one in own for end in (one.above, one.below) if end is not None}
    return flip_strip(
        FlipStrip(
            dots=tuple(dots),
            looks=tuple(_look(dot, own, best) for dot in dots),
            labels=_labels(number, dots),
            flips=tuple(sorted(ends)),
        )
    )


def _look(dot: float, own: Sequence[Flip], best: str) -> Look:
    """Of what is best there; paler where that is perhaps so."""
    flip = next((one for one in own if one.within(dot)), None)
    if flip is None:
        return LOOKS[best]
    look = LOOKS[flip.to]
    return look if flip.sure else replace(look, css=f"{look.css} maybe")


def _labels(number: Number, dots: list[float]) -> tuple[str, str, str]:
    if number.quantity.event:
        words = {0.0: "does not", 1.0: "comes true"}
        return words.get(dots[0], ""), "", words.get(dots[-1], "")
    middle = (len(dots) - 1) // 2
    return number.brief(dots[0]), number.brief(dots[middle]), number.brief(dots[-1])
