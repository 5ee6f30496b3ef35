"""Drawings in Vega-Lite: shipped as Altair made them, filled with what a run decides.

Importing Altair and drawing with it takes as long as all else that a report needs.
`scripts/drawings.py` makes the files.
"""

import json
from pathlib import Path
from typing import Any

from reports.page.strategy_style import COLOURS
from reports.text.strategies import LABELS

__all__ = ["FOLDER", "drawing", "vega_lite_version"]

#: One file a drawing.
FOLDER = Path(__file__).parent / "drawings"


def drawing(name: str, **values: Any) -> dict[str, Any]:
    """A drawing, its holes filled: a text ``$strategies`` by the names of the strategies.

    Parameters
    ----------
    name : str
        Of its file.
    **values : any
        What fills the other holes, by their names. Filled in every drawing, unless stated, are
        ``strategies``, their ``colours``, and ``strategy_label``, the expression for a label.

    Returns
    -------
    dict
        Vega-Lite, its data named ``rows``.

    Raises
    ------
    KeyError
        If a hole is not filled.
    """
    common = {
        "strategies": list(COLOURS),
        "colours": list(COLOURS.values()),
        "strategy_label": _strategy_label(),
    }
    filled: dict[str, Any] = _filled(_shipped(name), common | values)
    return filled


def vega_lite_version() -> str:
    """The version of Vega-Lite that the drawings are written in.

    Returns
    -------
    str
        Major and minor, such as ``6.4``.
    """
    schema: str = _shipped("difference")["$schema"]
    full = schema.rpartition("/")[2].removeprefix("v").removesuffix(".json")
    return ".".join(full.split(".")[:2])


def _shipped(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def _filled(part: Any, values: dict[str, Any]) -> Any:
    if isinstance(part, dict):
        return {key: _filled(value, values) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, values) for value in part]
    if isinstance(part, str) and part.startswith("$"):
        return values[part.removeprefix("$")]
    return part


def _strategy_label() -> str:
    """Vega's expression from the strategy in a legend to its name for readers."""
    names = " : ".join(
        f"datum.value == '{key}' ? {json.dumps(label)}" for key, label in LABELS.items()
    )
    return f"{names} : datum.value"
