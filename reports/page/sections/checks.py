"""The checks of the run: what passed, what needs review, what failed."""

from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.checks import VERDICTS, summary

__all__ = ["checks"]


def checks(view: View) -> Section | None:
    """Every check with its verdict and what was found.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section or None
        None where the run was not checked.
    """
    found = view.analyses.get("checks")
    if not found:
        return None
    order = ("fail", "review", "pass")
    rows = sorted(found["checks"], key=lambda one: order.index(one["verdict"]))
    html = fill(
        "checks.html.j2",
        summary=summary(found),
        failed=found["failed"],
        rows=[{**row, "said": VERDICTS[row["verdict"]]} for row in rows],
        not_applied=found["not_applied"],
    )
    return Section("checks", "What the run was checked for", html)
