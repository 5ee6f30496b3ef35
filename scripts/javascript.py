#!/usr/bin/env -S uv run
"""Write the economics in JavaScript, for the report to ship.

uv run scripts/javascript.py
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from model.economics import (
    axes,
    exercise,
    kernel,
    one_off,
    option_values,
    player,
    presence,
    timing,
)
from model.economics import industry as common
from model.economics.components import COMPONENTS
from model.economics.records import Globals
from model.numerics.hermite_polynomials import CLIP
from model.sampling import normal_scores
from scripts.translation import translated

__all__ = ["FILE", "FUNCTIONS", "main", "text"]

FILE = Path(__file__).resolve().parent.parent / "reports/page/templates/what_if/economics.js"

#: Each in JavaScript's name: what a page calls for a draw, then for a player and a strategy.
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "normalScore": normal_scores._score,  # noqa: SLF001  # of one point; the public one takes many
    "fillIndustry": common.fill_industry,
    "fillPresence": presence.fill_presence,
    "fillOthers": player.fill_others,
    "fillOwn": player.fill_own,
    "fillContest": player.fill_contest,
    "fillLaterGains": option_values.fill_later_gains,
    "ipoLoss": one_off.ipo_loss,
    "exitForGood": option_values.exit_for_good,
    "fillExit": option_values.fill_exit,
    "fillStrategy": option_values.fill_strategy,
    "evaluatePlayer": kernel.evaluate_player,
    "exercisePlayer": timing.exercise_player,
}
#: What the arrays that these functions take are measured by.
NUMBERS: dict[str, Any] = {
    "YEARS": axes.N_YEARS,
    "LEAVING": list(axes.LEAVING_YEARS),
    "RETURN": list(axes.RETURN_YEARS),
    "STATES": len(exercise.STATES),
    "INDUSTRY_ROWS": common.N_ROWS,
    "OWN_ROWS": player.N_OWN,
    "COMPONENTS": len(COMPONENTS),
    "CLIP": CLIP,
    "ENTRY": Globals._fields.index("competition_entry"),
}


def text() -> str:
    """The file as it has to be.

    Returns
    -------
    str
    """
    lines = [
        '"use strict";',
        "/* Written by scripts/javascript.py from model/economics: do not change it here. */",
        "(() => {",
    ]
    lines += [f"const {name} = {value!r};".replace("'", '"') for name, value in NUMBERS.items()]
    for name, function in FUNCTIONS.items():
        lines += ["", *translated(function, name)]
    names = ", ".join([*NUMBERS, *FUNCTIONS])
    lines += ["", f"window.decide = {{ ...window.decide, economics: {{ {names} }} }};", "})();", ""]
    return "\n".join(lines)


def main() -> None:
    """Write the file."""
    FILE.write_text(text(), encoding="utf-8")
    print(f"{FILE.name}: {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
