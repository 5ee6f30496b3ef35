"""Move the priors, and watch the decision move."""

from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.numbers import count

__all__ = ["what_if"]


def what_if(view: View, per_chain: int) -> Section:
    """The panel; the draws that it works on go into the page beside it.

    Parameters
    ----------
    view : View
        The run with its decision.
    per_chain : int
        Draws of each chain that the page carries.

    Returns
    -------
    Section
    """
    carried = per_chain * view.verdict["chains"]
    html = fill(
        "what_if.html.j2",
        draws=count(carried),
        total=count(view.verdict["draws"]),
        options="option" in view.run.children,
    )
    return Section("what-if", "What if?", html)
