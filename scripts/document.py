#!/usr/bin/env -S uv run
"""Write the generated parts of the documentation, each between its markers, and the JSON schemas.

uv run scripts/document.py
"""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from model.analyses.results.json_schema import FILES, FOLDER, json_schema
from model.checks.catalog import CHECKS
from model.checks.limits import LIMITS
from priors.distributions.catalog import CONTINUOUS, FAMILIES
from priors.distributions.family import Family, Mixed
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES, Quantity
from scripts.inventory import inventory, rooms, wings

__all__ = ["PARTS", "main", "replaced", "rewritten", "schema_text", "write_part"]

ROOT = Path(__file__).resolve().parent.parent


def _table(quantities: Iterable[Quantity]) -> str:
    rows = [
        "| name | label | unit | values | usual median | meaning |",
        "|---|---|---|---|---|---|",
    ]
    rows += [
        f"| `{one.name}` | {one.label} | {one.unit} | {one.support} | {one.usual_range} "
        f"| {one.meaning} |"
        for one in quantities
    ]
    return "\n".join(rows)


def _stated(family: Family) -> tuple[str, str]:
    """Keys and percentiles that state a family."""
    keys = ", ".join(f"`{name}`" for name in family.parameters)
    if isinstance(family, Mixed):
        return keys, "those of each component"
    if family.name not in CONTINUOUS:
        return keys, ""
    return keys, str(len(family.parameters)) if keys else "any number, two at least"


def _families() -> str:
    rows = ["| what you know | family | parameters | or percentiles |", "|---|---|---|---|"]
    for family in FAMILIES.values():
        keys, percentiles = _stated(family)
        rows.append(f"| {family.known} | `{family.name}` | {keys} | {percentiles} |")
    return "\n".join(rows)


def _end(value: float, unit: str) -> str:
    return f"{100.0 * value:.3g} %" if unit.startswith("of ") else f"{value:.3g}"


def _range(ends: tuple[float, float], unit: str) -> str:
    low, high = ends
    if ends == (float("-inf"), float("inf")):
        return "never"
    if high == float("inf"):
        return f"from {_end(low, unit)}"
    if low == high:
        return _end(low, unit)
    if low == float("-inf"):
        return f"up to {_end(high, unit)}"
    return f"{_end(low, unit)} to {_end(high, unit)}".replace("-", "−")


def _checks() -> str:
    rows = [
        "| check | figure | passes | fails beyond | why |",
        "|---|---|---|---|---|",
    ]
    for check in CHECKS:
        for name in check.limits:
            one = LIMITS[name]
            passes, fails = _range(one.passes, one.unit), _range(one.fails, one.unit)
            rows.append(f"| `{check.name}` | {one.figure} | {passes} | {fails} | {one.reason} |")
    return "\n".join(rows)


# Document → marker → what stands between that marker and the next ``<!-- end -->``.
PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "ARCHITECTURE.md": {"wings": wings, "rooms": rooms, "inventory": inventory},
    "docs/how-to/check-a-run.md": {"limits": _checks},
    "docs/how-to/change-a-prior.md": {"families": _families},
    "docs/model.md": {
        "global quantities": lambda: _table(GLOBAL_QUANTITIES),
        "player quantities": lambda: _table(PLAYER_QUANTITIES),
    },
}


def replaced(text: str, marker: str, content: str) -> str:
    """`text` with `content` between the comment `marker` and the next ``<!-- end -->``.

    Parameters
    ----------
    text : str
        Of the document.
    marker : str
        What the opening comment holds.
    content : str
        What is to stand there, without line breaks around it.

    Returns
    -------
    str
        The whole document; the markers stay.

    Raises
    ------
    ValueError
        If `text` has no such part.
    """
    before, opened, rest = text.partition(f"<!-- {marker} -->\n")
    _, closed, after = rest.partition("<!-- end -->")
    if not opened or not closed:
        message = f"no part between <!-- {marker} --> and <!-- end -->"
        raise ValueError(message)
    return f"{before}{opened}\n{content}\n\n{closed}{after}"


def write_part(page: Path, marker: str, content: str) -> None:
    """Put `content` where `replaced` says, in a file.

    Parameters
    ----------
    page : Path
        The document.
    marker : str
        What the opening comment holds.
    content : str
        What is to stand there.
    """
    page.write_text(replaced(page.read_text(encoding="utf-8"), marker, content), encoding="utf-8")


def rewritten(name: str) -> str:
    """Text of the document `name` with its generated parts made anew.

    Parameters
    ----------
    name : str
        Path from the top folder, a key of `PARTS`.

    Returns
    -------
    str
        The whole document; no file is written.

    Raises
    ------
    ValueError
        If a marker is missing from it.
    """
    text = (ROOT / name).read_text(encoding="utf-8")
    for marker, render in PARTS[name].items():
        text = replaced(text, marker, render())
    return text


def schema_text(name: str) -> str:
    """Text of the JSON schema of a run's file, such as ``decision``.

    Parameters
    ----------
    name : str
        A key of `FILES`.

    Returns
    -------
    str
        As the file has it, with a line break at its end.
    """
    return json.dumps(json_schema(FILES[name]), indent=2, ensure_ascii=False) + "\n"


def main() -> int:
    """Rewrite every document that has generated parts, and every schema.

    Returns
    -------
    int
        Exit code: 0.

    Raises
    ------
    ValueError
        If a document has lost a marker.
    """
    for name in PARTS:
        (ROOT / name).write_text(rewritten(name), encoding="utf-8")
    for name in FILES:
        (FOLDER / f"{name}.json").write_text(schema_text(name), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
