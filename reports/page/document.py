"""The report that people read: one HTML file that asks nothing of the network."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from priors.characters import visible
from reports.page.company.company import company_part
from reports.page.looks import strategy_style
from reports.page.overview.first import first_screen
from reports.page.overview.limits import limits
from reports.page.overview.views import views
from reports.page.templating import asset, fill
from reports.page.view import View
from reports.text.company import company
from reports.text.numbers import in_words
from reports.text.strategies import question, reporting

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["LIMIT", "render"]

STYLES = tuple(f"styles/{name}.css" for name in ("base", "overview", "company", "charts"))
SCRIPTS = ("choose.js",)

#: Most bytes of a report, so that it can be mailed.
LIMIT = 3 * 2**19


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
    companies = [_company(view, player) for player in view.players]
    first = first_screen(view)
    style = "".join(map(asset, STYLES)) + strategy_style()
    scripts = list(map(asset, SCRIPTS))
    return fill(
        "page.html.j2",
        policy=_policy([style], scripts),
        title=f"{question('AI video')} Decision report",
        companies=companies,
        many=in_words(len(companies)),
        first=first,
        views=views(view),
        rest=[limits()],
        data={},
        style=Markup(style),  # noqa: S704
        scripts=[Markup(script) for script in scripts],  # noqa: S704
        footer="One file, works offline. Made by decide from the priors "
        f"“{view.verdict['priors']}”, seed {view.verdict['seed']}.",
    )


def _company(view: View, player: str) -> dict[str, Any]:
    label = view.players[player]["label"]
    html = company_part(view, player)
    return {"key": player, "label": label, "name": company(label), "html": html}


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
