"""How it may turn out: a hundred worlds in order of what the verdict is worth over its rival."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from reports.page.looks import CLASSES, LOOKS
from reports.page.part import Part
from reports.page.svg.charts.spread import Spread
from reports.page.svg.charts.spread import spread as drawn
from reports.page.svg.widths import at_both
from reports.page.templating import fill
from reports.page.view import WORLDS, View
from reports.text.advice import is_carried
from reports.text.dollars import in_sentence, measured, short
from reports.text.strategies import DOING
from reports.text.wording import capital
from reports.text.worlds import of_100, worlds

__all__ = ["spread"]


def spread(view: View, player: str) -> Part:
    """Bars from the worst to the best, with both sides' odds and stakes above.

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
    entry = view.players[player]
    best, rival = entry["best"], entry["rival"]
    carried = round(WORLDS * entry["carried_by"]) if is_carried(entry) else 0
    chart = Spread(
        worlds=tuple(view.worlds(player).tolist()),
        verdict=LOOKS[best],
        rival=LOOKS[rival],
        doing=DOING[best],
        name=_name(entry),
        carried=carried or None,
    )
    html = fill(
        "spread.html.j2",
        title=_title(entry),
        best=DOING[best],
        rival=DOING[rival],
        sides=list(_sides(entry)),
        chart=Markup(at_both(drawn, chart)),  # noqa: S704
        gain=measured(entry["gain"], entry["gain_mcse"], sign=True),
        carried=of_100(entry["carried_by"]) if is_carried(entry) else "",
    )
    return Part("spread", "How it may turn out", "How it may turn out", html)


def _title(entry: Mapping[str, Any]) -> str:
    """Who wins how often, and by how much: odds never without stakes."""
    wins, best, rival = entry["wins"], DOING[entry["best"]], DOING[entry["rival"]]
    better, worse = entry.get("gain_when_better"), entry.get("loss_when_worse")
    if wins >= 0.97 or better is None or worse is None:
        return f"{capital(best)} is better in nearly every world"
    # More than twice is much, less than half is little.
    size = (
        "by much more" if better > 2.0 * worse else "by much less" if 2.0 * better < worse else ""
    )
    if abs(wins - 0.5) < 0.05:
        often = f"{capital(best)} wins about as often as {rival}"
    elif wins > 0.5:
        often = f"{capital(best)} wins more often than {rival}"
    else:
        often = f"{capital(best)} wins less often than {rival}"
    turn = "but" if (wins < 0.45 and better > worse) or (wins > 0.55 and better < worse) else "and"
    return f"{often}, {turn} {size}" if size else f"{often}, by about as much"


def _name(entry: Mapping[str, Any]) -> str:
    wins, best, rival = entry["wins"], DOING[entry["best"]], DOING[entry["rival"]]
    better, worse = entry.get("gain_when_better"), entry.get("loss_when_worse")
    text = f"One hundred possible worlds in order of what {best} is worth over {rival}: "
    if worse is None or better is None or wins >= 0.995:
        return f"{text}better in {worlds(wins)}."
    return (
        f"{text}worse in {of_100(1.0 - wins)}, by {in_sentence(worse)} on average; better in "
        f"{of_100(wins)}, by {in_sentence(better)}."
    )


def _sides(entry: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rival's side on the left, where the worst worlds are."""
    sides = [
        (entry["rival"], 1.0 - entry["wins"], entry.get("loss_when_worse")),
        (entry["best"], entry["wins"], entry.get("gain_when_better")),
    ]
    return [
        {
            "css": CLASSES[name],
            "mark": LOOKS[name].mark,
            "odds": f"{of_100(share)} of 100",
            "doing": DOING[name],
            "stake": "" if stake is None else short(stake),
        }
        for name, share, stake in sides
    ]
