"""The checks of a run in words."""

from collections.abc import Mapping
from typing import Any

__all__ = ["VERDICTS", "passed_text", "summary", "titles"]

#: How readers are told a check's verdict.
VERDICTS: Mapping[str, str] = {"pass": "passed", "review": "needs review", "fail": "failed"}


def titles(checks: Mapping[str, Any], verdict: str) -> list[str]:
    """The checks of one verdict.

    Parameters
    ----------
    checks : mapping
        As in checks.json.
    verdict : {"pass", "review", "fail"}
        Which.

    Returns
    -------
    list of str
        Their titles.
    """
    return [one["title"] for one in checks["checks"] if one["verdict"] == verdict]


def summary(checks: Mapping[str, Any]) -> str:
    """How many checks passed, need review and failed, with the names of those that did not pass.

    Parameters
    ----------
    checks : mapping
        As in checks.json.

    Returns
    -------
    str
        In one line, without a full stop.
    """
    review = checks["review"]
    parts = [
        _counted(f"{review} need{'s' if review == 1 else ''} review", titles(checks, "review")),
        _counted(f"{checks['failed']} failed", titles(checks, "fail")),
    ]
    return ", ".join([f"{checks['passed']} passed", *parts])


def passed_text(checks: Mapping[str, Any]) -> str:
    """How many checks passed, in a sentence.

    Parameters
    ----------
    checks : mapping
        As in checks.json.

    Returns
    -------
    str
    """
    passed, applied, others = checks["passed"], len(checks["checks"]), len(checks["not_applied"])
    text = f"All {applied}" if passed == applied else f"{passed} of {applied}"
    rest = f" {others} {'does' if others == 1 else 'do'} not apply." if others else ""
    return f"{text} checks of this run passed.{rest}"


def _counted(text: str, names: list[str]) -> str:
    return f"{text} ({'; '.join(names)})" if names else text
