"""How many draws memory holds, and what is kept of more."""

from pathlib import Path

from model.sampling.defaults import DEFAULT_DRAWS
from priors.errors import InputError
from priors.reading.records import Priors

__all__ = ["bytes_a_draw", "check_memory", "in_one_piece", "kept_per_chain", "memory"]

#: The most draws that are made in one piece where they need not be.
MOST_IN_ONE_PIECE = 2**18
#: Draws that are kept of a run in blocks.
KEPT = DEFAULT_DRAWS
#: Bytes that a run takes without any draw, and for each draw and player: measured with the eight
#: players of base.toml, from 131,072 draws to 262,144; as much whether rivals respond or stay.
_FIXED, _EACH = 400e6, 700.0
#: Where a container states how much memory it may use.
_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
_FREE = Path("/proc/meminfo")


def in_one_piece(draws: int) -> bool:
    """Whether a run without the real options is made in one piece.

    Parameters
    ----------
    draws : int
        Over all chains.

    Returns
    -------
    bool
    """
    return draws <= MOST_IN_ONE_PIECE


def kept_per_chain(per_chain: int, chains: int) -> int:
    """How many draws of each chain are kept of a run in blocks: the first ones.

    Parameters
    ----------
    per_chain : int
        Draws of a chain.
    chains : int
        Number of chains.

    Returns
    -------
    int
        A power of two: so many Sobol points are well spread themselves.
    """
    share = max(2, KEPT // chains)
    return min(per_chain, 1 << (share.bit_length() - 1))


def bytes_a_draw(players: int) -> float:
    """Memory that each draw of a run with the real options takes at most.

    Parameters
    ----------
    players : int
        Number of players.

    Returns
    -------
    float
        Bytes.
    """
    return players * _EACH


def check_memory(priors: Priors, draws: int, *, options: bool) -> None:
    """Refuse more draws with the real options than memory holds, before any work.

    Parameters
    ----------
    priors : Priors
        Whose players.
    draws : int
        Over all chains.
    options : bool
        Whether there are real options: their rules are fitted on all draws of a chain.

    Raises
    ------
    InputError
        With how many draws fit.
    """
    there = memory()
    if not options or there is None:
        return
    each = bytes_a_draw(len(priors.players))
    if _FIXED + each * draws <= there:
        return
    fit = max(0, int((there - _FIXED) / each))
    fit = 1 << (fit.bit_length() - 1) if fit else 0
    raise InputError(
        f"{draws:,} draws with the real options need about {(_FIXED + each * draws) / 1e9:.0f} GB "
        f"of memory, and {there / 1e9:.1f} GB are free: {fit:,} draws fit; with --no-options any "
        "number does, in blocks"
    )


def memory() -> float | None:
    """Memory that this process may still use.

    Returns
    -------
    float or None
        Bytes; None where the system does not say.
    """
    found = [limit for path in _LIMITS if (limit := _number(path)) is not None]
    try:
        lines = dict(line.split(":", 1) for line in _FREE.read_text().splitlines())
        found.append(1024.0 * float(lines["MemAvailable"].split()[0]))
    except (OSError, KeyError, ValueError):
        pass
    return min(found, default=None)


def _number(path: Path) -> float | None:
    try:
        return float(path.read_text())
    except (OSError, ValueError):
        return None
