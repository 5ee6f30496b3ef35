"""The report that people read: one HTML file that asks nothing of the network."""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from priors.characters import visible
from priors.errors import InputError
from reports.atomic import write_atomic
from reports.page.charts.chart import chart_json
from reports.page.sections.answer import answer
from reports.page.sections.checks import checks
from reports.page.sections.components import components
from reports.page.sections.difference import difference
from reports.page.sections.distribution import distribution
from reports.page.sections.drivers import drivers
from reports.page.sections.forms import forms
from reports.page.sections.industry import industry
from reports.page.sections.learning import learning
from reports.page.sections.levers import levers
from reports.page.sections.options import options
from reports.page.sections.posterior import posterior
from reports.page.sections.priors import priors
from reports.page.sections.provenance import method, provenance
from reports.page.sections.quintiles import quintiles
from reports.page.sections.rivals import rivals
from reports.page.sections.strategies import strategies
from reports.page.sections.switching import switching
from reports.page.sections.what_if import what_if
from reports.page.source import KEY, source_of
from reports.page.strategy_style import strategy_style
from reports.page.templating import asset, fill
from reports.page.vega import vega_bundle
from reports.page.view import Section, View
from reports.page.what_if.block import block
from reports.text.numbers import count
from reports.text.strategies import in_scripts, question, reporting, what_is_compared

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["LIMIT", "render", "write_report"]

#: In reading order. A section that has nothing to say of a run returns None.
SECTIONS: tuple[Callable[[View], Section | None], ...] = (
    answer,
    difference,
    levers,
    rivals,
    forms,
    components,
    quintiles,
    switching,
    learning,
    strategies,
    distribution,
    drivers,
    options,
    industry,
    checks,
    posterior,
    priors,
    method,
    provenance,
)
SCRIPTS = ("page.js", "format.js", "charts.js")
#: Of the what-if, in the order in which each needs those before it.
_MOVING = ("economics", "draws", "worlds", "tuning", "figures", "engine", "words", "page_figures")
_MOVING_SCRIPTS = tuple(f"what_if/{name}.js" for name in (*_MOVING, "panel"))

#: Most bytes of a report, so that it can be mailed.
LIMIT = 5 * 2**19


def write_report(run: "xr.DataTree", path: str | Path) -> Path:
    """Write the report of a run.

    Parameters
    ----------
    run : DataTree
        As simulate returns it, or as read back from run.nc; or a part, as `decision` takes it.
    path : str or Path
        The HTML file; replaced whole if it exists.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    InputError
        Where `run` is no run's tree, or lacks what a report needs, or `path` cannot be written.
    NumericalError
        Where a number is not finite.
    """
    from model.analyses.decision import decision
    from model.analyses.results.record import plain
    from model.checks.checking import checked
    from model.numerics.arguments.scalars import file_name
    from model.simulation.run_tree import as_run

    run, place = as_run(run), file_name("path", path)
    if not {"prior", "posterior"} & set(run.children):
        raise InputError("run: a report needs the group prior or posterior")
    verdict = decision(run)
    page = render(run, verdict, {"checks": plain(checked(run, verdict))})
    try:
        write_atomic(place, page)
    except OSError as error:
        raise InputError(f"path: {place} cannot be written: {error.strerror}") from None
    return place


def render(
    run: "xr.DataTree",
    verdict: Mapping[str, Any],
    analyses: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """The report's HTML.

    Parameters
    ----------
    run : DataTree
        As simulate returns it.
    verdict : mapping
        As decision returns it; players that it leaves out are not reported.
    analyses : mapping, optional
        Name of each analysis that was run, such as ``option``, to the content of its file.

    Returns
    -------
    str
        One file, which loads nothing.
    """
    with reporting(run):
        return _page(View(run, verdict, analyses or {}))


def _page(view: View) -> str:
    sections = [section for make in SECTIONS if (section := make(view)) is not None]
    charts = {chart.key: chart_json(chart) for section in sections for chart in section.charts}
    data = {"strategy-data": _json(in_scripts()), "chart-data": _json(charts)}
    if (source := source_of(view)) is not None:
        data[KEY] = _json(source)
    carried = block(view)
    sections.insert(_place(sections, "learning") + 1, what_if(view, carried))
    if carried is not None:
        data["what-if-data"] = _json(carried)
    style = asset("style.css") + asset("what_if/what_if.css") + strategy_style()
    moving = () if carried is None else _MOVING_SCRIPTS
    scripts = [vega_bundle(), *map(asset, (*SCRIPTS, *moving))]
    return fill(
        "report.html.j2",
        policy=_policy([style], scripts),
        name=view.verdict["priors"],
        question=question("AI video"),
        decision_date="24 March 2026",
        deck=_deck(view),
        sections=sections,
        data=data,
        style=Markup(style),  # noqa: S704
        scripts=[Markup(script) for script in scripts],  # noqa: S704
        footer="Made by decide from the priors "
        f"“{view.verdict['priors']}”, seed {view.verdict['seed']}.",
    )


def _place(sections: list[Section], key: str) -> int:
    return next(place for place, section in enumerate(sections) if section.key == key)


#: An escaped backslash, or an escaped control character that is no line break or tab.
_ESCAPED = re.compile(r"\\\\|\\(?:u00[01][0-9a-f]|[bf])")


def _json(value: Any) -> Markup:
    """JSON that can stand in a script element: nothing in it is hidden or ends a tag."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # JSON escapes some of what is hidden: the page's scripts would put it back.
    text = visible(_ESCAPED.sub(lambda found: found[0] if found[0] == r"\\" else "\x00", text))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704


def _deck(view: View) -> str:
    return (
        f"What {what_is_compared()} are worth to {len(view.players)} companies, "
        f"in {count(view.verdict['draws'])} worlds drawn from what is known today. "
        "Money is in dollars of the day (nominal), as present value at 24 March 2026."
    )


def _policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """Content-Security-Policy: nothing but this page's own styles and scripts, by their hashes."""
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src {_hashes(styles)}",
            f"script-src {_hashes(scripts)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _hashes(texts: Iterable[str]) -> str:
    digests = (b64encode(sha256(text.encode("utf-8")).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
