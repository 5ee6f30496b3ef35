"""What is merged: the tables of one file, or of one ``--set``."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from priors.errors import Problem
from priors.reading.files import PriorFile
from priors.reading.records import Origin
from priors.registry.quantities import Quantity
from priors.registry.selection import Selection
from priors.wording import to_dotted

__all__ = ["SET", "Layer", "Place", "from_file", "prior_tables"]

#: Where a value comes from that no file states.
SET = "--set"

#: Path of a table: ("market", "size_2033"), ("types", "pure_play", "cost_ratio").
type Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """Tables of one source, to be merged over those before.

    Attributes
    ----------
    file : str
        Name of the file, or ``--set``.
    data : dict
        The tables.
    line : callable
        Path to the line that states it.
    written : tuple of str
        Of a ``--set``: its path as written, wildcards kept; empty for a file.
    broken : frozenset of tuple
        Places that something wrong was taken out of: what is left there is not checked further.
    misspelt : frozenset of tuple
        Places that a name not known is close to: they are not missing as well.
    """

    file: str
    data: dict[str, Any]
    line: Callable[[tuple[str | int, ...]], int] = field(default=lambda _: 0, repr=False)
    written: Place = ()
    broken: frozenset[Place] = frozenset()
    misspelt: frozenset[Place] = frozenset()

    def origin(self, path: tuple[str | int, ...]) -> Origin:
        """Where this layer states what is at `path`.

        Parameters
        ----------
        path : tuple of str or int
            Keys from the top; array items count from 0.

        Returns
        -------
        Origin
            Of a ``--set`` its path has the wildcards that were written.
        """
        shown = (*self.written[: len(path)], *path[len(self.written) :])
        return Origin(self.file, self.line(path), to_dotted(shown))

    def problem(self, path: tuple[str | int, ...], message: str) -> Problem:
        """Something wrong with what is at `path`.

        Parameters
        ----------
        path : tuple of str or int
            Keys from the top; array items count from 0.
        message : str
            What was found and what was expected.

        Returns
        -------
        Problem
            At this layer's file and line.
        """
        origin = self.origin(path)
        return Problem(origin.file, origin.line, origin.path, message)


def from_file(file: PriorFile) -> Layer:
    """The layer of a file that was read.

    Parameters
    ----------
    file : PriorFile
        As read.

    Returns
    -------
    Layer
        Not yet checked.
    """
    return Layer(file.name, file.data, file.lines.at)


def prior_tables(
    data: Mapping[str, Any], quantities: Selection
) -> Iterator[tuple[Place, Quantity, dict[str, Any]]]:
    """Every table of checked `data` that states a prior: its place, its quantity, itself.

    Parameters
    ----------
    data : mapping
        Tables of a layer, each of the form that `form.check` leaves.
    quantities : Selection
        Those of the file.

    Yields
    ------
    tuple of str
        Path of the table, such as ``("market", "size_2033")`` or ``("players", "pika",
        "salvage")``: global quantities first, then those of types, then of players.
    Quantity
        What it is a prior of.
    dict
        The table itself, no copy.
    """
    for quantity in quantities.shared:
        place = tuple(quantity.name.split("."))
        table = data.get(place[0], {}).get(place[1])
        if table is not None:
            yield place, quantity, table
    own = {quantity.key: quantity for quantity in quantities.own}
    for group in ("types", "players"):
        for name, tables in data.get(group, {}).items():
            for key, table in tables.items():
                if key in own:
                    yield (group, name, key), own[key], table
