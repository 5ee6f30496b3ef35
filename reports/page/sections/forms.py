"""The verdicts in other forms of the model."""

from model.simulation.forms import forms_of
from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.numbers import in_words
from reports.text.structure import forms_text

__all__ = ["forms"]


def forms(view: View) -> Section | None:
    """Exit less the best other strategy in every form, a row a form and a column a player.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section or None
        None where the decision is of an older version; a sentence where no other form was tried.
    """
    content = view.analyses.get("structure")
    if content is None and not view.verdict.get("rivals"):
        return None
    summary = "" if content is None else forms_text(content)
    others = in_words(len(forms_of(view.run)))
    html = fill("forms.html.j2", content=content, summary=summary, others=others)
    return Section("forms", "In other forms of the model", html)
