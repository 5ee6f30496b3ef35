"""Other forms of the model: what leaving is worth in each."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from model.simulation.forms import forms_of
from reports.page.details.table import Table, drawn
from reports.page.looks import CLASSES, LOOKS
from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View
from reports.text.company import company
from reports.text.dollars import measured
from reports.text.numbers import in_words
from reports.text.structure import forms_text

__all__ = ["forms"]


def forms(view: View) -> Part | None:
    """A row a form and a column a company; a verdict that changes is marked.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Part or None
        None where the decision is of an older version; a sentence where no other form was tried.
    """
    content = view.analyses.get("structure")
    if content is None and not view.verdict.get("rivals"):
        return None
    html = fill(
        "details/forms.html.j2",
        table=None if content is None else drawn(_table(content)),
        summary="" if content is None else forms_text(content),
        others=in_words(len(forms_of(view.run))),
    )
    return Part("forms", "Other forms of the model", "Forms", html)


def _table(content: Mapping[str, Any]) -> Table:
    players = content["players"]
    own = {player: entry["as_stated"] for player, entry in players.items()}
    rows = [("all is as stated", *(_cell(one, changed=False) for one in own.values()))]
    for name, switch in content["switches"].items():
        cells = [
            _cell(entry["switches"][name], changed=name in entry["reversed_by"])
            for entry in players.values()
        ]
        rows.append((str(switch["meaning"]), *cells))
    labels = [company(str(of.get("label", player))) for player, of in players.items()]
    return Table("Leaving in other forms of the model", ("In a model in which …", *labels), rows)


def _cell(found: Mapping[str, Any], *, changed: bool) -> Markup:
    """The best strategy's mark, and what leaving is worth over the best way to go on."""
    value = measured(found["exit_minus_best_other"], found["exit_minus_best_other_mcse"], sign=True)
    best = found["best"]
    mark = Markup('<i class="{}" aria-hidden="true">{}</i> ').format(
        CLASSES[best], LOOKS[best].mark
    )
    return mark + (Markup("<strong>{} !</strong>").format(value) if changed else value)
