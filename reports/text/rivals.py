"""What a run takes rivals to do, in a sentence or two."""

from collections.abc import Mapping
from typing import Any

from reports.text.numbers import number
from reports.text.strategies import ADVICE

__all__ = ["rivals_text", "settled"]

type Content = Mapping[str, Any]


def settled(decision: Content) -> bool:
    """Whether rules that fit each other were found, or none were looked for.

    Parameters
    ----------
    decision : mapping
        As in decision.json.

    Returns
    -------
    bool
    """
    rivals = decision.get("rivals") or {}
    return not rivals.get("respond") or bool(rivals["settled"])


def rivals_text(decision: Content) -> str:
    """Whether rivals respond, whether that settled, and whose answer it changes.

    Parameters
    ----------
    decision : mapping
        As in decision.json.

    Returns
    -------
    str
        Empty of a file of an older version, which does not say.
    """
    rivals = decision.get("rivals")
    if rivals is None:
        return ""
    if not rivals["respond"]:
        return "Rivals stay in every draw, whatever that costs them."
    rounds, done = rivals["rounds"], "settled" if rivals["settled"] else "not settled"
    return (
        f"Rivals leave by their own rules: {done} after {rounds} rounds. In the last one "
        f"{_moved(rivals['last_move_mcse'])}; the "
        f"rules found would change who is there in {_short(100.0 * rivals['residual'])} % of all "
        f"player-years.{_changed(decision)}"
    )


def _moved(errors: float | None) -> str:
    """How far expected NPVs moved; null where one did that has no error, such as of constants."""
    if errors is None:
        return "an expected NPV moved that has no standard error"
    return f"no expected NPV moved by more than {_short(errors)} standard errors"


def _short(value: float) -> str:
    """Two digits, as it has no error."""
    return number(float(f"{value:.2g}"))


def _changed(decision: Content) -> str:
    """Whose best strategy would be another if rivals stayed."""
    found = [
        f"{entry['label']}: {ADVICE[entry['rivals_stay']['best']]}"
        for entry in decision["players"].values()
        if entry.get("rivals_stay", entry)["best"] != entry["best"]
    ]
    if not found:
        return " If they stayed, no best strategy here would be another."
    return f" If they stayed, another strategy would be best for {'; '.join(found)}."
