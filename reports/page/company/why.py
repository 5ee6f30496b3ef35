"""Why the verdict is what it is: the parts of what the best strategy is worth over its rival."""

from typing import Any

from markupsafe import Markup

from reports.page.looks import CLASSES, LOOKS
from reports.page.part import Part
from reports.page.svg.charts.waterfall import Waterfall, waterfall
from reports.page.templating import fill
from reports.page.view import View
from reports.text.dollars import measured, signed_short
from reports.text.strategies import DOING
from reports.text.wording import capital, component_name, within_sentence

__all__ = ["why"]

#: Parts below this share of the largest stand together.
_SMALL = 0.02
_ELSE = "All else"


def why(view: View, player: str) -> Part | None:
    """A waterfall from part to part, for the verdict and against it.

    Parameters
    ----------
    view : View
        The run with its decision.
    player : str
        Name of the player.

    Returns
    -------
    Part or None
        None of a part of a run's draws, which has no parts of what it is worth.
    """
    if "component" not in view.run.children:
        return None
    entry = view.players[player]
    best, rival = entry["best"], entry["rival"]
    steps = _steps(_parts(view, player, best, rival))
    bars = waterfall(Waterfall(tuple(value for _, value in steps), LOOKS[best], LOOKS[rival]))
    rows = [
        {"name": name, "bar": Markup(bar), "value": signed_short(value)}  # noqa: S704
        for (name, value), bar in zip(steps, bars, strict=False)
    ]
    html = fill(
        "why.html.j2",
        title=_title(steps, best),
        best=DOING[best],
        rival=DOING[rival],
        css={"best": CLASSES[best], "rival": CLASSES[rival]},
        marks={"best": LOOKS[best].mark, "rival": LOOKS[rival].mark},
        rows=rows,
        total={
            "name": f"{capital(DOING[best])} over {DOING[rival]}",
            "bar": Markup(bars[len(steps)]) if len(bars) > len(steps) else "",  # noqa: S704
            "value": measured(entry["gain"], entry["gain_mcse"], sign=True),
        },
    )
    return Part("why", "Why", "Why", html)


def _parts(view: View, player: str, best: str, rival: str) -> list[tuple[str, float]]:
    """Component in words to what it adds to the lead, USD billion."""
    means: Any = view.run["component"].to_dataset()["component_mean"].sel(player=player)
    ahead = means.sel(strategy=best) - means.sel(strategy=rival)
    names = [component_name(str(name)) for name in ahead.component.to_numpy()]
    return list(zip(names, ahead.to_numpy().tolist(), strict=True))


def _steps(parts: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The largest gain first, down to the largest loss; what is small as one."""
    largest = max((abs(value) for _, value in parts), default=0.0)
    shown = [one for one in parts if abs(one[1]) >= _SMALL * largest and one[1] != 0.0]
    rest = sum(value for _, value in parts) - sum(value for _, value in shown)
    ordered = sorted(shown, key=lambda one: -one[1])
    return [*ordered, (_ELSE, rest)] if len(shown) < len(parts) and rest != 0.0 else ordered


def _title(steps: list[tuple[str, float]], best: str) -> str:
    """What speaks most for the verdict, and what against it."""
    gains = [name for name, value in steps if value > 0.0 and name != _ELSE]
    losses = [name for name, value in reversed(steps) if value < 0.0 and name != _ELSE]
    doing = DOING[best]
    if not gains:
        return f"Nothing speaks for {doing} by itself"
    most = sum(value for _, value in steps if value > 0.0)
    # A second reason is named where it carries weight.
    second = [name for name, value in steps[1:2] if name in gains and value > 0.25 * most]
    text = f"For {doing}: {' and '.join(within_sentence(name) for name in [gains[0], *second])}"
    return f"{text}. Against: {within_sentence(losses[0])}" if losses else text
