"""What stands in checks.json: whether a run stands what it should."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from model.analyses.results.record import SCHEMA, MaybeFigure, Schema

__all__ = ["CheckPart", "CheckResult", "Checks", "NotApplied", "Verdict"]

#: ``pass``; ``review``: a person should look; ``fail``: the world drawn cannot be believed.
type Verdict = Literal["pass", "review", "fail"]


@dataclass(frozen=True, slots=True)
class CheckPart:
    """What a check says of one player.

    Attributes
    ----------
    player : str
        Its name.
    verdict : {"pass", "review", "fail"}
        Of this player alone.
    figure : Figure
        What is checked, in the unit of the check; null where there is none.
    sentence : str
        The same in words.
    """

    player: str
    verdict: Verdict
    figure: MaybeFigure
    sentence: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check says of a run.

    Attributes
    ----------
    name, title : str
        Of the check; and what it is called for readers.
    verdict : {"pass", "review", "fail"}
        The worst of its parts.
    figure : Figure
        What is checked, of the part that is nearest to its limit or farthest beyond; its error is
        null where it has none, such as a largest value.
    unit : str
        Of the figure.
    sentence : str
        What was found.
    parts : sequence of CheckPart
        Of the players, for a check of players; empty for one of the market or of the run.
    """

    name: str
    title: str
    verdict: Verdict
    figure: MaybeFigure
    unit: str
    sentence: str
    parts: Sequence[CheckPart] = ()


@dataclass(frozen=True, slots=True)
class NotApplied:
    """A check that a run gives no occasion for.

    Attributes
    ----------
    name, title : str
        Of the check; and what it is called for readers.
    sentence : str
        Why it does not apply.
    """

    name: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """The checks of a run: the content of checks.json.

    Attributes
    ----------
    schema : int
        Number of this form.
    passed, review, failed : int
        How many there are of each verdict.
    checks : sequence of CheckResult
        Those that apply.
    not_applied : sequence of NotApplied
        The others.
    """

    schema: Schema = SCHEMA
    passed: int
    review: int
    failed: int
    checks: Sequence[CheckResult]
    not_applied: Sequence[NotApplied]
