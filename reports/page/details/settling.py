"""How each company's gain settles as draws are added."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from markupsafe import Markup

from model.numerics.standard_errors import mcse_of_each
from reports.page.part import Part
from reports.page.svg.charts.settling import Settling
from reports.page.svg.charts.settling import settling as drawn
from reports.page.svg.widths import PHONE
from reports.page.templating import fill
from reports.page.view import View
from reports.text.company import company
from reports.text.dollars import measured
from reports.text.numbers import count
from reports.text.strategies import DOING

__all__ = ["settling"]

#: How often draws are doubled, at most, and draws of a chain with which that begins.
_DOUBLINGS, _FIRST = 6, 16


def settling(view: View) -> Part | None:
    """A small chart a company: the gain after more and more draws, with two errors on each side.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Part or None
        None of too few draws to have been fewer.
    """
    charts = [chart for player in view.players for chart in _chart(view, player)]
    if not charts:
        return None
    html = fill("details/settling.html.j2", charts=charts)
    return Part("settling", "How the figures settle as draws are added", "Settling", html)


def _chart(view: View, player: str) -> Iterator[dict[str, Any]]:
    gains, entry = view.gain(player), view.players[player]
    chains, draws = gains.shape
    sizes = [draws >> by for by in reversed(range(_DOUBLINGS + 1)) if draws >> by >= _FIRST]
    # One chain has no error to show, and what does not vary settles at once.
    if len(sizes) < 2 or chains < 2 or gains.min() == gains.max():
        return
    means = np.array([gains[:, :size].mean(axis=1) for size in sizes])
    errors = mcse_of_each(means.T)
    title = (
        f"{company(entry['label'])}: {DOING[entry['best']]} over {DOING[entry['rival']]}, "
        f"{measured(entry['gain'], entry['gain_mcse'], sign=True)}"
    )
    chart = Settling(
        draws=tuple(chains * size for size in sizes),
        values=tuple(means.mean(axis=1).tolist()),
        errors=tuple(errors.tolist()),
        name=f"{title}, after {count(chains * sizes[0])} to {count(chains * sizes[-1])} draws",
        signed=True,
    )
    yield {"title": title, "svg": Markup(drawn(chart, PHONE))}  # noqa: S704  # names are escaped
