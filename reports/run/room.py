"""Room on the disk that a run needs, known before its work begins.

The draws are reckoned to the byte. What else is written has been measured with one player to eight,
with and without further strategies, and hardly depends on the draws.
"""

import shutil
from pathlib import Path

from model.analyses.blocks.memory import in_one_piece, kept_per_chain
from priors.errors import InputError
from priors.reading.records import Priors

__all__ = ["check_room", "rewritten_bytes", "run_bytes"]

_REAL, _YEAR = 8, 1
#: Measured: labels and attributes of run.nc without the priors; a report without its players;
#: each of these, and the other files of it; each of its strategies. And the most that an analysis
#: adds to the report and beside it: the sensitivity of six strategies, of fewer it is less.
_LABELS = 90e3
_REPORT, _OF_PLAYER, _OF_STRATEGY = 0.31e6, 0.10e6, 18e3
_ANALYSIS, _ANALYSIS_OF_PLAYER = 0.2e6, 0.4e6


def run_bytes(
    priors: Priors,
    draws: int,
    chains: int,
    strategies: int,
    *,
    options: bool,
    respond: bool,
    analyses: int = 0,
) -> float:
    """Bytes that the files of a run take, about.

    Parameters
    ----------
    priors : Priors
        Of the run.
    draws : int
        Joint draws over all chains; those of a run in blocks are kept in part.
    chains : int
        Number of chains.
    strategies : int
        How many are compared.
    options : bool
        Whether there are real options.
    respond : bool
        Whether rivals respond.
    analyses : int
        How many analyses are added to it.

    Returns
    -------
    float
    """
    if not options and not in_one_piece(draws):
        draws = kept_per_chain(draws // chains, chains) * chains
    players, quantities = len(priors.players), priors.quantities
    drawn = len(quantities.shared) + players * len(quantities.own)
    cells = players * strategies
    used = (_REAL + _YEAR) * cells if options else 0
    rivals = _REAL * cells + _YEAR * players if options and respond else 0
    each = _REAL * (drawn + cells) + used + rivals
    # run.nc holds the priors' text, and so does priors.toml
    text = 2 * len(priors.resolved.encode())
    rest = _LABELS + _REPORT + players * _OF_PLAYER + cells * _OF_STRATEGY
    return draws * each + text + rest + analyses * (_ANALYSIS + players * _ANALYSIS_OF_PLAYER)


def rewritten_bytes(folder: Path, players: int, analyses: int = 0) -> float:
    """Bytes that are written, beside what is there, to add analyses to a run and to its report.

    Parameters
    ----------
    folder : Path
        Of a finished run.
    players : int
        Number of players.
    analyses : int
        How many are added.

    Returns
    -------
    float
    """
    try:
        report = (folder / "report.html").stat().st_size
    except OSError:
        report = int(_REPORT + players * _OF_PLAYER)
    return report + analyses * (_ANALYSIS + players * _ANALYSIS_OF_PLAYER)


def check_room(folder: Path, needed: float) -> None:
    """Refuse what the disk has no room for.

    Parameters
    ----------
    folder : Path
        Where it is to be written: an existing folder.
    needed : float
        Bytes.

    Raises
    ------
    InputError
        With what is needed and what is free.
    """
    try:
        disk = shutil.disk_usage(folder)
    except OSError:
        return
    # Some network file systems do not say how large they are.
    if disk.total and needed > disk.free:
        raise InputError(
            f"{folder}: about {_megabytes(needed)} are needed and {_megabytes(disk.free)} are free "
            "on its disk; make room, write elsewhere or ask for fewer draws"
        )


def _megabytes(number: float) -> str:
    return f"{number / 1e9:,.1f} GB" if number >= 1e9 else f"{number / 1e6:,.1f} MB"
