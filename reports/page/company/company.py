"""One company's part put together: verdict, headline, sentence, three facts, then its sections."""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from reports.page.company.assumptions import assumptions
from reports.page.company.cash import cash
from reports.page.company.flips import flips
from reports.page.company.knowing import knowing
from reports.page.company.later import later
from reports.page.company.spread import spread
from reports.page.company.strategies import strategies
from reports.page.company.unknowns import unknowns
from reports.page.company.views import views
from reports.page.company.why import why
from reports.page.looks import css_of
from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View
from reports.text.advice import headline, is_carried, sentence, verdict_of
from reports.text.company import company
from reports.text.dollars import short, signed_short
from reports.text.flips import bet_on, flips_of
from reports.text.strategies import DOING, strategy
from reports.text.wording import capital
from reports.text.worlds import of_100

__all__ = ["company_part"]

#: In reading order. A section that has nothing to say of a run returns None.
PARTS: tuple[Callable[[View, str], Part | None], ...] = (
    why,
    unknowns,
    flips,
    views,
    knowing,
    spread,
    strategies,
    cash,
    later,
    assumptions,
)


def company_part(view: View, player: str) -> Markup:
    """All that the page says of one company.

    Parameters
    ----------
    view : View
        The run with its decision.
    player : str
        Name of the player.

    Returns
    -------
    Markup
    """
    entry = view.players[player]
    found = view.analysed("sensitivity").get(player)
    verdict = verdict_of(entry)
    return fill(
        "company.html.j2",
        key=player,
        name=company(entry["label"]),
        label=entry["label"],
        verdict=verdict,
        css=css_of(verdict),
        headline=headline(entry, bet_on(flips_of(found)) if found else ""),
        sentence=sentence(entry),
        facts=_facts(entry),
        parts=[part for make in PARTS if (part := make(view, player)) is not None],
    )


def _facts(entry: Mapping[str, Any]) -> list[dict[str, str]]:
    """The gain, the odds with the stakes, and what carries the lead."""
    better, worse = entry.get("gain_when_better"), entry.get("loss_when_worse")
    stakes = "" if better is None else f"by {short(better)}"
    if worse is not None and entry["wins"] < 0.995:
        stakes += f"; worse in {of_100(1.0 - entry['wins'])}, by {short(worse)}"
    return [
        {
            "name": "On average",
            "value": signed_short(entry["gain"]),
            "unit": "",
            "note": f"over {strategy(entry['rival']).short}",
        },
        {
            "name": f"{capital(DOING[entry['best']])} is better in",
            "value": of_100(entry["wins"]),
            "unit": "of 100 worlds",
            "note": stakes,
        },
        _carried(entry),
    ]


def _carried(entry: Mapping[str, Any]) -> dict[str, str]:
    if not is_carried(entry):
        note = "no small group of worlds carries it"
        return {"name": "The lead rests on", "value": "nearly all", "unit": "worlds", "note": note}
    return {
        "name": "The lead rests on",
        "value": of_100(entry["carried_by"]),
        "unit": "of 100 worlds",
        "note": "take away these, its best, and it is gone",
    }
