"""Finding prior files, reading them, and following ``extends``."""

import re
import tomllib
from dataclasses import dataclass, field
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import Any

from priors.errors import PriorFileError, Problem, did_you_mean
from priors.reading.locate import Lines
from priors.wording import found, quoted

__all__ = [
    "LIMIT",
    "SHIPPED",
    "PriorFile",
    "extend",
    "find",
    "parse",
    "read_chain",
    "shipped_files",
]

#: Folder of the prior files that come with the program.
SHIPPED = Path(__file__).resolve().parents[1]
#: Largest size of a prior file, in bytes.
LIMIT = 2**20

_DEEPEST = 30
#: A key of more parts than any prior file has; the parser's time grows with their square.
_ENDLESS_KEY = re.compile(r"""(?:^|[\[{,])[ \t]*(?:["'\w-]+[ \t]*\.[ \t]*){30}""", re.MULTILINE)
_ERROR_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_ENDLESS_NUMBER = re.compile(r"[0-9][0-9_]{4000,}")
#: Brackets, and the strings and comments in which they mean nothing.
_BRACKET = re.compile(r""""(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|([\[\]{}])""")
_TWICE = re.compile(r"Cannot declare (.*) twice")
_REWORDED = {"Cannot overwrite a value": "found a key that is stated already"}
_ERROR_AT_END = " (at end of document)"


@dataclass(frozen=True, slots=True)
class PriorFile:
    """A prior file as it was read.

    Attributes
    ----------
    name : str
        The file as the user named it.
    folder : Path or None
        Where `extends` looks first; None for a text that lies nowhere.
    path : Path or None
        Its full path, links resolved.
    data : dict
        Its TOML tables.
    lines : Lines
        The lines of its keys.
    sha256 : str
        Hash of its bytes.
    """

    name: str
    folder: Path | None
    path: Path | None
    data: dict[str, Any] = field(repr=False)
    lines: Lines = field(repr=False)
    sha256: str

    def problem(self, path: str, message: str) -> Problem:
        """Something wrong with a top-level key of this file.

        Parameters
        ----------
        path : str
            The key; empty for the file as a whole.
        message : str
            What was found and what was expected.

        Returns
        -------
        Problem
            With the line of the key; 0 where there is none.
        """
        return Problem(self.name, self.lines.at((path,)) if path else 0, path, message)


def shipped_files() -> list[str]:
    """Names of the prior files that come with the program.

    Returns
    -------
    list of str
        ``base.toml`` first, then in alphabetical order.
    """
    names = sorted(path.name for path in SHIPPED.glob("*.toml"))
    return sorted(names, key=lambda name: name != "base.toml")


def find(name: str | PathLike[str]) -> Path:
    """The file that `name` means: a path, otherwise a shipped file of that name.

    Parameters
    ----------
    name : str or path
        As the user wrote it; a path counts from the working folder.

    Returns
    -------
    Path
        Of something that exists, though it may be a folder.

    Raises
    ------
    PriorFileError
        If there is neither.
    """
    path = Path(name)
    if _exists(path):
        return path
    if str(name) in shipped_files():
        return SHIPPED / path
    raise PriorFileError([Problem(_printable(str(name)), 0, "", _no_file(str(name)))])


def _no_file(name: str) -> str:
    hint = did_you_mean(name, shipped_files())
    return f"found no such file, expected a path or a shipped prior file{hint}"


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _printable(name: str) -> str:
    return name if name.isprintable() and name else quoted(name)


def read_chain(name: str | PathLike[str]) -> list[PriorFile]:
    """Read a prior file and all that it extends, the furthest ancestor first.

    Parameters
    ----------
    name : str or path
        As the user wrote it.

    Returns
    -------
    list of PriorFile
        One or more; the file that `name` means comes last.

    Raises
    ------
    PriorFileError
        If one of them cannot be found or read, is no TOML, lies outside of the folders allowed,
        or extends itself.
    """
    path = find(name)
    chain = [_read(path, _printable(str(name)))]
    return extend(chain, path.parent)


def extend(chain: list[PriorFile], first_folder: Path | None) -> list[PriorFile]:
    """Follow ``extends`` from the last file of `chain`; the furthest ancestor comes first.

    Parameters
    ----------
    chain : list of PriorFile
        The files read so far, each followed by the one that it extends. It grows in place.
    first_folder : Path or None
        Folder of the first file, in and below which the others may lie; None where it lies
        nowhere, so that only the working folder and the shipped files are left.

    Returns
    -------
    list of PriorFile
        A new list.

    Raises
    ------
    PriorFileError
        If a file cannot be found or read, lies outside of the folders allowed, or extends
        itself.
    """
    while "extends" in (last := chain[-1]).data:
        path, shown = _parent(last, first_folder)
        loop = [read.name for read in chain if read.path == path.resolve()]
        if loop:
            message = f"found {found(last.data['extends'])}, which extends this file: a loop"
            raise PriorFileError([last.problem("extends", message)])
        if any(read.name == shown for read in chain):
            # One's own base.toml may extend a shipped file that extends the shipped base.toml.
            shown = _printable(str(path.resolve()))
        chain.append(_read(path, shown))
    return chain[::-1]


def _parent(file: PriorFile, first_folder: Path | None) -> tuple[Path, str]:
    """Path and shown name of the file that `file` extends."""
    name = file.data["extends"]
    if not isinstance(name, str):
        message = f"found {found(name)}, expected the name of a prior file"
        raise PriorFileError([file.problem("extends", message)])
    roots = [Path.cwd().resolve(), SHIPPED]
    if first_folder is not None:
        roots.append(first_folder.resolve())
    if file.folder is not None and _exists(beside := file.folder / name):
        if not any(beside.resolve().is_relative_to(root) for root in roots):
            message = (
                f"found {quoted(name)}, expected a file under the working folder, "
                "the first file's folder or the shipped files"
            )
            raise PriorFileError([file.problem("extends", message)])
        shown = name if file.folder == SHIPPED else str(Path(file.name).parent / name)
        return beside, _printable(shown)
    if name in shipped_files():
        return SHIPPED / name, name
    hint = did_you_mean(name, shipped_files())
    message = f"found {quoted(name)}, expected a file beside this one or a shipped one{hint}"
    raise PriorFileError([file.problem("extends", message)])


def _read(path: Path, shown: str) -> PriorFile:
    def refuse(message: str) -> PriorFileError:
        return PriorFileError([Problem(shown, 0, "", message)])

    try:
        if not path.is_file():
            raise refuse("found a folder or device, expected a file")
        with path.open("rb") as stream:
            content = stream.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, PriorFileError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise refuse(f"the file cannot be read: {reason}") from error
    return parse(content, shown, path.parent, path.resolve())


def parse(
    content: bytes, shown: str, folder: Path | None = None, path: Path | None = None
) -> PriorFile:
    """Read the bytes of a prior file.

    Parameters
    ----------
    content : bytes
        The file's; a byte order mark is taken off.
    shown : str
        What messages call the file.
    folder : Path, optional
        Where `extends` looks first.
    path : Path, optional
        Its full path, links resolved.

    Returns
    -------
    PriorFile
        Its tables as they stand, unchecked.

    Raises
    ------
    PriorFileError
        If it is over `LIMIT`, is no UTF-8 or no TOML, or has tables nested deeper than any
        prior file.
    """
    problem = None
    if len(content) > LIMIT:
        problem = Problem(shown, 0, "", "found more than 1 MiB, expected a file of 1 MiB or less")
        raise PriorFileError([problem])
    if kind := _wide(content):
        problem = Problem(shown, 0, "", f"found {kind} text, expected UTF-8: save it as that")
        raise PriorFileError([problem])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"0x{content[error.start]:02x}"
        problem = Problem(shown, line, "", f"found the byte {byte}, expected UTF-8 text")
        raise PriorFileError([problem]) from error
    try:
        data = _loads(text)
    except (ValueError, RecursionError) as error:
        raise PriorFileError([_syntax_problem(shown, text, error)]) from error
    return PriorFile(shown, folder, path, data, Lines(text), sha256(content).hexdigest())


def _wide(content: bytes) -> str:
    """The encoding of a text whose characters are two bytes or four each; empty if it is not."""
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    half = max(len(content) // 2, 4)
    halves = content[::2].count(0), content[1::2].count(0)
    # Text in Latin letters has a 0 in every other byte.
    return "UTF-16" if marked or (content.count(0) > 0.4 * half and 0 in halves) else ""


def _loads(text: str) -> dict[str, Any]:
    if _ENDLESS_KEY.search(text):
        raise RecursionError
    data = tomllib.loads(text)
    level: list[Any] = [data]
    for _ in range(_DEEPEST):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
    if level:
        raise RecursionError
    return data


def _syntax_problem(shown: str, text: str, error: Exception) -> Problem:
    if isinstance(error, RecursionError):
        message = "found tables nested deeper than in any prior file"
        return Problem(shown, _deep_line(text), "", message)
    message, line = str(error), 0
    if match := _ERROR_LINE.search(message):
        message, line = message[: match.start()], int(match[1])
    elif message.endswith(_ERROR_AT_END):
        message = message.removesuffix(_ERROR_AT_END)
        line = text.count("\n", 0, len(text.rstrip())) + 1
        message += "" if message in _REWORDED else " at the end of the file"
    elif "digits" in message:
        message = "found a whole number of too many digits"
        line = _line_of(text, _ENDLESS_NUMBER.search(text))
    if twice := _TWICE.fullmatch(message):
        table = twice[1].strip("(), ").replace("', '", ".").strip("'")
        message = f"found the table [{_printable(table)}] a second time"
    return Problem(shown, line, "", f"no valid TOML: {_REWORDED.get(message, message)}")


def _line_of(text: str, match: re.Match[str] | None) -> int:
    return text.count("\n", 0, match.end()) + 1 if match else 0


def _deep_line(text: str) -> int:
    """The line on which nesting is deeper than in any prior file; 0 where none is found."""
    if match := _ENDLESS_KEY.search(text):
        return _line_of(text, match)
    depth = 0
    for match in _BRACKET.finditer(text):
        if match[1]:
            depth = max(depth + (1 if match[1] in "[{" else -1), 0)
            if depth >= _DEEPEST:
                return _line_of(text, match)
    return 0
