"""The tree of errors that users can meet; each knows the exit code of the command line.

And the name that an error suggests in place of one that there is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "DecideError",
    "InputError",
    "NumericalError",
    "PriorFileError",
    "Problem",
    "did_you_mean",
    "nearest",
]

#: Problems that are shown one by one: nobody reads thousands of them.
_SHOWN = 20
#: Of a longer name only so much is compared.
_LONGEST = 60


class DecideError(Exception):
    """Whatever this package raises on purpose: what is raised otherwise is a bug of ours."""

    exit_code = 1


class InputError(DecideError, ValueError):
    """An argument, option or file that cannot be used as it is; also a `ValueError`.

    On the command line: exit code 2.
    """

    exit_code = 2


class NumericalError(DecideError, ArithmeticError):
    """A draw that is not finite, a sampler that did not converge; also an `ArithmeticError`.

    On the command line: exit code 3.
    """

    exit_code = 3


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a prior file.

    Attributes
    ----------
    file : str
        The file as the user named it, or ``--set``.
    line : int
        Line in it; 0 where there is none.
    path : str
        Dotted path of the value.
    message : str
        What was found and what was expected, with the nearest valid name where one is close.
    """

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.path}: {self.message}" if self.path else f"{place}: {self.message}"


class PriorFileError(InputError):
    """Everything wrong in a prior file, at once; its text has a line for each of the first 20.

    Attributes
    ----------
    problems : tuple of Problem
        In order of file and line. Each has ``file``, ``line`` (0 where there is none), ``path``
        and ``message``.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """What to show of the problems.

        Returns
        -------
        list of str
            A line for each of the first twenty, and one that says how many more there are.
        """
        shown = [str(problem) for problem in self.problems[:_SHOWN]]
        more = len(self.problems) - len(shown)
        return [*shown, f"and {more:,} more"] if more > 0 else shown


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that is closest in spelling to `name`; None where none is close.

    Parameters
    ----------
    name : str
        What the user wrote; its first 60 characters are compared.
    names : iterable of str
        What it may have been meant to be.

    Returns
    -------
    str or None
        By `difflib.get_close_matches`, whose ratio is at least 0.6.
    """
    return _nearest(name[:_LONGEST], tuple(names))


@lru_cache(maxsize=4096)
def _nearest(name: str, names: tuple[str, ...]) -> str | None:
    """The same, found once of each name: a slip may be repeated in every player."""
    from difflib import get_close_matches

    close = get_close_matches(name, names, 1)
    return close[0] if close else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The end of a message about a name that there is not: ``; did you mean "…"?``, or nothing.

    Parameters
    ----------
    name : str
        What the user wrote.
    names : iterable of str
        What it may have been meant to be.

    Returns
    -------
    str
        Empty where no name is close.
    """
    close = nearest(name, names)
    return "" if close is None else f'; did you mean "{close}"?'
