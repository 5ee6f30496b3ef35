"""What each strategy is worth: on average, in bad, middling and good worlds."""

from reports.page.looks import CLASSES, LOOKS
from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View
from reports.text.company import company
from reports.text.dollars import measured, signed_short
from reports.text.strategies import LABELS
from reports.text.worlds import of_100

__all__ = ["strategies"]


def strategies(view: View, player: str) -> Part:
    """A table, the best strategy first.

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
    rows = [
        {
            "css": CLASSES[name],
            "mark": LOOKS[name].mark,
            "label": LABELS[name],
            "mean": measured(of["mean"], of["mean_mcse"], sign=True),
            "bad": signed_short(of["p05"]),
            "middle": signed_short(of["p50"]),
            "good": signed_short(of["p95"]),
            "best": of_100(entry["probability_best"][name]),
        }
        for name, of in sorted(entry["strategies"].items(), key=lambda one: -one[1]["mean"])
    ]
    html = fill("strategies_table.html.j2", name=company(entry["label"]), rows=rows)
    return Part("strategies", "What each strategy is worth", "Strategies", html)
