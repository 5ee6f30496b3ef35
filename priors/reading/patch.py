"""What a shipped prior file changes, to stand over another file's priors."""

from collections.abc import Iterator, Mapping
from typing import Any

from priors.reading.files import SHIPPED, read_chain

__all__ = ["patch_of"]


def patch_of(file: str) -> dict[str, Any]:
    """The priors that a shipped file states itself, without those of the file that it extends.

    Parameters
    ----------
    file : str
        Name of a shipped file, such as ``narrow.toml``; one of that name in the working folder is
        another.

    Returns
    -------
    dict
        Dotted path of each prior to its table: overrides, as `load_priors` takes them.

    Raises
    ------
    PriorFileError
        If there is no such file.
    """
    return dict(_tables(read_chain(SHIPPED / file)[-1].data, ()))


def _tables(data: Mapping[str, Any], place: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if not isinstance(value, Mapping):
            continue
        if "family" in value:
            yield ".".join((*place, key)), value
        else:
            yield from _tables(value, (*place, key))
