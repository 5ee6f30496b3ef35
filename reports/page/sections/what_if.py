"""Move the priors, and watch the decision move."""

from collections.abc import Mapping
from typing import Any

from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View
from reports.text.numbers import count

__all__ = ["what_if"]


def what_if(view: View, carried: Mapping[str, Any] | None) -> Part:
    """The panel; what it works on goes into the page beside it.

    Parameters
    ----------
    view : View
        The run with its decision.
    carried : mapping, optional
        From `block`; None of a run whose worlds cannot be made again.

    Returns
    -------
    Part
    """
    valued = 0 if carried is None else carried["perChain"] * carried["chains"]
    html = fill(
        "what_if.html.j2",
        available=carried is not None,
        draws=count(valued),
        total=count(view.verdict["draws"]),
        options="option" in view.run.children,
    )
    return Part("whatif", "What if?", "What if?", html)
