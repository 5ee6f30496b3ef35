"""A text or JSON file of a run, read: its content, or a line that says what is wrong with it."""

import json
from pathlib import Path
from typing import Any, NoReturn

from priors.errors import InputError

__all__ = ["read_json", "read_text"]


def read_text(path: Path) -> str:
    """The text of a run's file.

    Parameters
    ----------
    path : Path
        In the run's folder.

    Returns
    -------
    str

    Raises
    ------
    InputError
        Where there is none, or it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"{path.parent}: holds no {path.name}, so is no finished run") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: is damaged: not UTF-8") from None


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file of a run.

    Parameters
    ----------
    path : Path
        In the run's folder.

    Returns
    -------
    dict

    Raises
    ------
    InputError
        Where it is no JSON, nests too deeply, has numbers that JSON has not, or no object.
    """
    text = read_text(path)
    try:
        content = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}: is damaged: {error.msg}") from None
    except RecursionError:
        raise InputError(f"{path}: is damaged: nests too deeply") from None
    except ValueError as error:
        raise InputError(f"{path}: is damaged: {error}") from None
    if not isinstance(content, dict):
        raise InputError(f"{path}: is damaged: expected an object")
    return content


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")
