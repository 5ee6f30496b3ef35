"""Correlations: wildcards expanded, and the check that together they are possible."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import pi, sin

import numpy as np
import numpy.typing as npt

from priors.errors import Problem
from priors.reading.editions import only_in_second
from priors.reading.merge import Pair
from priors.reading.records import Correlation
from priors.registry.selection import Selection
from priors.wording import quoted, suggestion

__all__ = ["End", "Expanded", "as_records", "check_definite", "expand", "normal_correlation"]

#: Name of a quantity, and the player whose it is; None for a global quantity.
type End = tuple[str, str | None]
#: Each pair of ends, in order of their dimensions, with the statement that gives its rank.
type Expanded = dict[tuple[End, End], Pair]
type Matrix = npt.NDArray[np.float64]

#: The smallest eigenvalue that is still sampled from without loss.
_SMALLEST = 1e-8
#: How many statements are tried for a rank that works.
_MOST_TRIED = 3


@dataclass(frozen=True, slots=True)
class _Names:
    """What a pair may name: global quantities and keys of players' to their places; players."""

    shared: Mapping[str, int]
    own: Mapping[str, int]
    players: Sequence[str]
    edition: int


def normal_correlation(rank: float) -> float:
    """Correlation of two standard normals whose Spearman correlation is `rank`.

    Parameters
    ----------
    rank : float
        In (-1, 1).

    Returns
    -------
    float
        In (-1, 1), of the sign of `rank`, and up to 0.02 farther from 0.

    Notes
    -----
    Pearson (1907): r = 2 sin(π · rank / 6).
    """
    return 2.0 * sin(pi * rank / 6.0)


def expand(
    layers: Iterable[Sequence[Pair]], players: Sequence[str], quantities: Selection
) -> tuple[Expanded, list[Problem]]:
    """Expand every layer's pairs to single pairs of quantities.

    Parameters
    ----------
    layers : iterable of sequence of Pair
        The pairs that each file or ``--set`` states; later ones override the same pair.
    players : sequence of str
        All players by place, the excluded too.
    quantities : Selection
        Those of the file.

    Returns
    -------
    dict
        (End, End) to the Pair that counts, in order of the sampler's dimensions. Of two
        statements on one pair the one with fewer wildcards counts, whichever file it is in. Ranks
        of 0 are left out.
    list of Problem
        Unknown names, pairs stated twice, quantities paired with themselves.
    """
    names = _Names(
        {quantity.name: place for place, quantity in enumerate(quantities.shared)},
        {quantity.key: place for place, quantity in enumerate(quantities.own)},
        players,
        quantities.edition,
    )
    stated: dict[frozenset[str], Pair] = {}
    problems: list[Problem] = []
    for layer in layers:
        here: set[frozenset[str]] = set()
        for pair in layer:
            wrong = list(_wrong_names(pair, names))
            key = frozenset(pair.between)
            if key in here:
                both = " and ".join(quoted(name) for name in pair.between)
                text = f"found {both} a second time, expected each pair once"
                wrong.append(_problem(pair, text))
            problems += wrong
            if not wrong:
                here.add(key)
                stated[key] = pair
    expanded: Expanded = {}
    for pair in sorted(stated.values(), key=_wildcards, reverse=True):
        expanded.update(dict.fromkeys(_ends(pair, names), pair))
    left = [ends for ends, pair in expanded.items() if pair.rank != 0.0]
    left.sort(key=lambda ends: [_order(end, names) for end in ends])
    return {ends: expanded[ends] for ends in left}, problems


def _problem(pair: Pair, message: str) -> Problem:
    return Problem(pair.origin.file, pair.origin.line, f"{pair.origin.path}.between", message)


def _wildcards(pair: Pair) -> int:
    return sum("*" in name.split(".") for name in pair.between)


def _wrong_names(pair: Pair, names: _Names) -> Iterator[Problem]:
    first, second = pair.between
    if first == second and not _wildcards(pair):
        yield _problem(pair, f"found {quoted(first)} with itself, expected two quantities")
    for name in dict.fromkeys(pair.between):
        wrong = _wrong_name(name, names)
        if wrong:
            yield _problem(pair, wrong)


def _wrong_name(name: str, names: _Names) -> str | None:
    if name in names.shared:
        return None
    match name.split("."):
        case ["players", player, key]:
            if player != "*" and player not in names.players:
                hint = suggestion(player, names.players)
                return f"found the unknown player {quoted(player)}; {hint}"
            if key in names.own:
                return None
            if names.edition > 1 or not only_in_second(("players", player, key)):
                return f"found the unknown quantity {quoted(key)}; {suggestion(key, names.own)}"
    if names.edition == 1 and only_in_second(name.split(".")):
        return f"found {quoted(name)}, which schema 1 does not have; expected schema = 2"
    close = suggestion(name, (*names.shared, *(f"players.*.{key}" for key in names.own)))
    if not close.startswith("did"):
        close = "expected a path such as market.size_2033 or players.*.cost_ratio"
    return f"found the unknown quantity {quoted(name)}; {close}"


def _ends(pair: Pair, names: _Names) -> Iterator[tuple[End, End]]:
    """The pairs of ends that a statement joins, each in order of dimensions."""
    first, second = (_split(name, names) for name in pair.between)
    joined: list[tuple[End, End]]
    if first[1] == second[1] == "*" and first[0] != second[0]:
        joined = [((first[0], player), (second[0], player)) for player in names.players]
    else:
        every, other = _each(first, names.players), _each(second, names.players)
        joined = [(one, two) for one in every for two in other]
    for one, two in joined:
        if one != two:
            yield (one, two) if _order(one, names) < _order(two, names) else (two, one)


def _split(name: str, names: _Names) -> End:
    if name in names.shared:
        return name, None
    _, player, key = name.split(".")
    return f"player.{key}", player


def _each(end: End, players: Sequence[str]) -> list[End]:
    return [(end[0], player) for player in players] if end[1] == "*" else [end]


def _order(end: End, names: _Names) -> tuple[int, int]:
    """Sorts ends: global quantities, then player by player, each in the order of the file's."""
    name, player = end
    if player is None:
        return -1, names.shared[name]
    return names.players.index(player), names.own[name.removeprefix("player.")]


def check_definite(expanded: Expanded) -> list[Problem]:
    """Check that a joint distribution with these correlations exists.

    Parameters
    ----------
    expanded : dict
        (End, End) to its Pair, as `expand` returns it.

    Returns
    -------
    list of Problem
        Empty where the matrix of normal correlations is positive definite, its smallest
        eigenvalue above 1e-8; otherwise one problem: the statement that takes most from that
        eigenvalue, with the nearest rank that works.
    """
    ends = list(dict.fromkeys(end for pair in expanded for end in pair))
    where = {end: place for place, end in enumerate(ends)}
    matrix = np.eye(len(ends))
    cells: dict[Pair, list[tuple[int, int]]] = {}
    for (one, two), pair in expanded.items():
        row, column = where[one], where[two]
        matrix[row, column] = matrix[column, row] = normal_correlation(pair.rank)
        cells.setdefault(pair, []).append((row, column))
    if not ends or _smallest(matrix) > _SMALLEST:
        return []
    return [_indefinite(matrix, cells)]


def _smallest(matrix: Matrix) -> float:
    return float(np.linalg.eigvalsh(matrix)[0])


def _indefinite(matrix: Matrix, cells: Mapping[Pair, list[tuple[int, int]]]) -> Problem:
    """Name the statement to look at: v'Rv, v the first eigenvector, is least because of it."""
    vector = np.linalg.eigh(matrix)[1][:, 0]
    taken = {
        pair: sum(matrix[cell] * vector[cell[0]] * vector[cell[1]] for cell in its)
        for pair, its in cells.items()
    }
    worst = sorted(taken, key=lambda pair: (round(taken[pair], 9), pair.between))[:_MOST_TRIED]
    works = [(pair, _nearest_rank(matrix, cells[pair], pair.rank)) for pair in worst]
    changes = [(abs(rank - pair.rank), pair, rank) for pair, rank in works if rank is not None]
    _, pair, nearest = min(changes, key=lambda change: change[0], default=(0.0, worst[0], None))
    hint = f"; the nearest rank that works is {nearest:g}" if nearest is not None else ""
    text = (
        f"the correlations contradict each other (their matrix is{_numerically(matrix)} not "
        f"positive definite); look at {' and '.join(pair.between)}: found {pair.rank:.10g}{hint}"
    )
    return Problem(pair.origin.file, pair.origin.line, f"{pair.origin.path}.rank", text)


def _numerically(matrix: Matrix) -> str:
    return " numerically" if _smallest(matrix) > -_SMALLEST else ""


def _nearest_rank(matrix: Matrix, cells: Sequence[tuple[int, int]], rank: float) -> float | None:
    """The rank nearest to `rank`, in hundredths, that makes `matrix` definite."""
    hundredths = sorted(range(-99, 100), key=lambda tried: abs(tried / 100.0 - rank))
    tried = (hundredth / 100.0 for hundredth in hundredths)
    return next((rank for rank in tried if _definite_with(matrix, cells, rank)), None)


def _definite_with(matrix: Matrix, cells: Sequence[tuple[int, int]], rank: float) -> bool:
    changed = matrix.copy()
    for row, column in cells:
        changed[row, column] = changed[column, row] = normal_correlation(rank)
    changed[np.diag_indices_from(changed)] -= _SMALLEST
    try:
        # In a twentieth of the time that the eigenvalues take.
        np.linalg.cholesky(changed)
    except np.linalg.LinAlgError:
        return False
    return True


def as_records(expanded: Expanded) -> tuple[Correlation, ...]:
    """The correlations as `Priors` has them.

    Parameters
    ----------
    expanded : dict
        (End, End) to its Pair, as `expand` returns it.

    Returns
    -------
    tuple of Correlation
        In the same order; ranks are Spearman's.
    """
    return tuple(
        Correlation(one, two, pair.rank, pair.why) for (one, two), pair in expanded.items()
    )
