"""What is worth knowing first: everything, each number alone, and a study of it, on one scale."""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from model.numerics.standard_errors import is_resolved
from reports.page.company.number import number_of
from reports.page.part import Part
from reports.page.svg.charts.knowing import knowing as bars_of
from reports.page.templating import fill
from reports.page.view import View
from reports.text.company import company
from reports.text.dollars import measured
from reports.text.worth import finding, study_label, study_worth, worth_text, worthwhile

__all__ = ["knowing"]

#: Numbers shown at most.
_MOST = 4
_NOTHING = "nothing"


def knowing(view: View, player: str) -> Part:
    """A row with a bar for each.

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
    found = view.analysed("sensitivity").get(player)
    if found is None:
        html = fill("not_computed.html.j2", command="decide sensitivity RUN")
        return Part("knowing", "What is worth knowing first", "Worth knowing", html)
    rows = list(_rows(view, found))
    bars = bars_of(tuple(value for _, value, _ in rows))
    html = fill(
        "knowing.html.j2",
        name=company(found["label"]),
        title=finding(found),
        rows=[
            {"name": name, "bar": Markup(bar), "value": shown}  # noqa: S704
            for (name, _, shown), bar in zip(rows, bars, strict=True)
        ],
    )
    return Part("knowing", "What is worth knowing first", "Worth knowing", html)


def _rows(view: View, found: Mapping[str, Any]) -> Iterator[tuple[str, float, str]]:
    """Name, worth in USD billion, and worth in words of each row."""
    evpi, mcse = found["evpi"], found["evpi_mcse"]
    told = is_resolved(evpi, mcse)
    yield (
        "Everything, in advance",
        evpi if told else 0.0,
        measured(evpi, mcse) if told else _NOTHING,
    )
    for path in worthwhile(found, _MOST):
        of = found["inputs"][path]
        yield f"{number_of(view, path).name} alone", of["evppi"], worth_text(of)
        study = study_worth(found, path)
        if study is not None:
            shown = measured(study["evsi"], study["evsi_mcse"])
            yield study_label(study, path), study["evsi"], shown
