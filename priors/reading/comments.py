"""What no reader sees in the comments of a prior file.

Characters that turn text around can make a line of a file read as a comment that is none, or the
other way round (Boucher and Anderson 2021, "Trojan Source"). Values are looked at in
`priors.reading.form`, and a key that has such characters is none that is known.
"""

import re
from collections.abc import Iterable, Iterator

from priors.characters import hidden
from priors.errors import Problem
from priors.reading.files import PriorFile

__all__ = ["hidden_in_comments"]

#: Comments, and the strings within which a `#` begins none.
_COMMENT = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|(#[^\n]*)",
    re.DOTALL,
)


def hidden_in_comments(files: Iterable[PriorFile]) -> Iterator[Problem]:
    """Refuse what no reader sees in comments.

    Parameters
    ----------
    files : iterable of PriorFile
        As they were read: valid TOML.

    Yields
    ------
    Problem
        The first hidden character of each comment that has one, with its line and column.
    """
    for file in files:
        text = file.lines.text.replace("\r\n", "\n")
        if hidden(text, lines=True):
            yield from _in_comments(file.name, text)


def _in_comments(name: str, text: str) -> Iterator[Problem]:
    for comment in _COMMENT.finditer(text):
        if wrong := hidden(comment[1] or "", lines=True):
            place = comment.start() + comment[1].index(wrong)
            line = text.count("\n", 0, place) + 1
            column = place - text.rfind("\n", 0, place)
            message = (
                f"found the character U+{ord(wrong):04X} in a comment, in column {column}, "
                "expected visible characters"
            )
            yield Problem(name, line, "", message)
