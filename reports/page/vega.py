"""Vega, Vega-Lite and Vega-Embed as one script, kept in the user's cache.

Bundling takes over a second, and gives the same 0.9 MB every time for a version of vl-convert.
"""

from importlib.metadata import version
from pathlib import Path

import platformdirs

from reports.atomic import write_atomic

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
    return folder / f"vega-{version('vl-convert-python')}-{version('altair')}.js"


def _bundle() -> str:
    import altair as alt
    import vl_convert

    # Altair says v6.4.1, vl-convert 6.4.
    wanted = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    script = vl_convert.javascript_bundle(_SNIPPET, vl_version=wanted)
    return script.replace("</script", r"<\/script").replace("<!--", r"<\!--")
