"""Vega, Vega-Lite and Vega-Embed as one script, kept in the user's cache.

Bundling takes over a second, and gives the same 0.9 MB every time for a version of vl-convert.
"""

from importlib.metadata import version
from pathlib import Path

import platformdirs

from reports.atomic import write_atomic
from reports.page.charts.drawing import vega_lite_version

__all__ = ["vega_bundle"]

_SNIPPET = "window.vegaEmbed = vegaEmbed;"


def vega_bundle() -> str:
    """The script that defines `window.vegaEmbed`.

    Returns
    -------
    str
        JavaScript that holds nothing which would close a script element.
    """
    kept = _cached()
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    script = _bundle()
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(kept, script)
    except OSError:
        # No cache: the next report takes a second longer.
        pass
    return script


def _cached() -> Path:
    folder = Path(platformdirs.user_cache_dir("decide"))
    return folder / f"vega-{version('vl-convert-python')}-{vega_lite_version()}.js"


def _bundle() -> str:
    import vl_convert

    script = vl_convert.javascript_bundle(_SNIPPET, vl_version=vega_lite_version())
    return script.replace("</script", r"<\/script").replace("<!--", r"<\!--")
