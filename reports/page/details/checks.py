"""The checks of the run: what passed in a line, what did not in a sentence each."""

from reports.page.details.table import Table, drawn
from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View
from reports.text.checks import VERDICTS, passed_text
from reports.text.wording import capital

__all__ = ["checks"]

_ORDER = ("fail", "review", "pass")


def checks(view: View) -> Part | None:
    """What a reader should know of the run before its details.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Part or None
        None where the run was not checked.
    """
    found = view.analyses.get("checks")
    if not found:
        return None
    rows = sorted(found["checks"], key=lambda one: _ORDER.index(one["verdict"]))
    said = [{**row, "said": capital(VERDICTS[row["verdict"]])} for row in rows]
    table = Table(
        "Checks of the run",
        ("Check", "Verdict", "What was found"),
        [
            *((row["title"], row["said"], row["sentence"]) for row in said),
            *((row["title"], "Does not apply", row["sentence"]) for row in found["not_applied"]),
        ],
        words=frozenset({1, 2}),
    )
    html = fill(
        "details/checks.html.j2",
        passed=passed_text(found),
        open=[row for row in said if row["verdict"] != "pass"],
        table=drawn(table),
    )
    return Part("checks", "Checks", "Checks", html)
