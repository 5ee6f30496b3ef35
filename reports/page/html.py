"""The report that people read: one HTML file that asks nothing of the network."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from priors.characters import visible
from priors.errors import InputError
from reports.atomic import write_atomic
from reports.naming import Naming
from reports.page.company.company import company_part
from reports.page.details.checks import checks
from reports.page.details.method import method
from reports.page.details.priors import how_many_assumptions
from reports.page.figures import figures_link
from reports.page.looks import CLASSES, strategy_style
from reports.page.overview.first import first_screen
from reports.page.overview.limits import limits
from reports.page.overview.views import views
from reports.page.sections.what_if import what_if
from reports.page.source import KEY, source_of
from reports.page.templating import asset, fill
from reports.page.view import View
from reports.page.what_if.block import block
from reports.text.company import company
from reports.text.numbers import in_words
from reports.text.strategies import in_scripts, question, reporting

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["LIMIT", "render", "write_report"]

STYLES = (
    *(f"styles/{name}.css" for name in ("base", "overview", "company", "details", "what_if")),
    "../svg/charts.css",
)
SCRIPTS = ("choose.js",)
#: Of the what-if, in the order in which each needs those before it.
_MOVING = (
    "format",
    "economics",
    "draws",
    "worlds",
    "tuning",
    "figures",
    "engine",
    "words",
    "page_figures",
)
_MOVING_SCRIPTS = tuple(f"what_if/{name}.js" for name in (*_MOVING, "panel"))

#: Most bytes of a report, so that it can be mailed.
LIMIT = 3 * 2**19


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
    naming: Naming | None = None,
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
    naming : Naming, optional
        How its author calls it.

    Returns
    -------
    str
        One file, which loads nothing.
    """
    with reporting(run):
        return _page(View(run, verdict, analyses or {}), naming or Naming())


def _page(view: View, naming: Naming) -> str:
    companies = [_company(view, player) for player in view.players]
    first, other_views = first_screen(view, naming), views(view)
    behind = [part for part in (limits(), checks(view), method(view)) if part is not None]
    # The charts' own rules, such as of what is only outlined, come after the colours.
    style, carried = strategy_style() + "".join(map(asset, STYLES)), block(view)
    scripts = list(map(asset, (*SCRIPTS, *(() if carried is None else _MOVING_SCRIPTS))))
    data = {
        "strategy-data": {**in_scripts(), "css": dict(CLASSES)},
        "what-if-data": carried,
        KEY: source_of(view),
    }
    return fill(
        "page.html.j2",
        policy=_policy([style], scripts),
        title=naming.title or f"{question('AI video')} Decision report",
        companies=companies,
        many=in_words(len(companies)),
        assumptions=how_many_assumptions(view),
        first=first,
        views=other_views,
        rest=[what_if(view, carried), *behind],
        data={key: _json(of) for key, of in data.items() if of is not None},
        style=Markup(style),  # noqa: S704
        scripts=[Markup(script) for script in scripts],  # noqa: S704
        footer="One file, works offline. Made by decide from the priors "
        f"“{view.verdict['priors']}”, seed {view.verdict['seed']}.",
    )


def _company(view: View, player: str) -> dict[str, Any]:
    label = view.players[player]["label"]
    html = company_part(view, player)
    return {
        "key": player,
        "label": label,
        "name": company(label),
        "html": html,
        "figures": figures_link(view, player),
    }


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
