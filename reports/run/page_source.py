"""The priors and settings that a report carries, read as data.

Whoever made the page, nothing of it is run or trusted, and no file that it names is read but a
shipped prior file.
"""

import json
import re
import zlib
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from priors.errors import InputError
from priors.reading.files import LIMIT
from reports.page.source import FORMAT, KEY, Source
from reports.run.form import check_form

__all__ = ["read_source"]

#: Bytes of a page that are looked at: several times as many as a report has.
_PAGE_LIMIT = 2**24
_ELEMENT = re.compile(
    rb'<script type="application/json" id="%s">(.*?)</script>' % KEY.encode(), re.DOTALL
)


def read_source(page: Path) -> Source:
    """The priors and settings that a report carries.

    Parameters
    ----------
    page : Path
        An HTML file, of anybody.

    Returns
    -------
    Source
        Of the right form; whether its values can be used is for the program to find, as it is of
        those from a command line.

    Raises
    ------
    InputError
        Where it cannot be read, or carries nothing of the kind.
    """
    found = _ELEMENT.findall(_bytes(page))
    if len(found) != 1:
        raise InputError(
            f"{page}: carries no run, expected a report of decide that does: one of a posterior "
            "does not, nor does one of an earlier version (decide report RUN writes it anew)"
        )
    content = _json(found[0], page)
    check_form(content, Source, str(page), keys=True)
    if content["format"] != FORMAT:
        raise InputError(f"{page}: carries a run in another format, of a later version of decide")
    stated = {name: content[name] for name in Source.__slots__ if name != "priors"}
    return Source(**stated, priors=_inflated(content["priors"], page))


def _bytes(page: Path) -> bytes:
    if not page.is_file():  # a pipe would be waited for
        kind = "a folder or device" if page.exists() else "no such file"
        raise InputError(f"{page}: found {kind}, expected a report of decide")
    try:
        with page.open("rb") as stream:
            content = stream.read(_PAGE_LIMIT + 1)
    except OSError as error:
        raise InputError(f"{page}: cannot be read: {error.strerror}") from None
    if len(content) > _PAGE_LIMIT:
        raise InputError(f"{page}: is larger than {_PAGE_LIMIT >> 20} MiB, which no report is")
    return content


def _json(text: bytes, page: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(f"{page}: is damaged: what it carries of its run is no JSON") from None
    if not isinstance(content, dict):
        raise InputError(f"{page}: is damaged: expected an object as its run")
    return content


def _inflated(packed: str, page: Path) -> str:
    """The prior file's text; no more of it is unpacked than a prior file may have."""
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(b64decode(packed, validate=True), LIMIT + 1)
        decoded = text.decode()
    except (zlib.error, ValueError):  # no base64 and no UTF-8 are ValueErrors too
        raise InputError(f"{page}: is damaged: its priors cannot be unpacked") from None
    if len(text) > LIMIT:
        raise InputError(f"{page}: its priors are larger than {LIMIT >> 20} MiB")
    if not unpacker.eof or unpacker.unused_data:
        raise InputError(f"{page}: is damaged: its priors are not whole")
    return decoded
