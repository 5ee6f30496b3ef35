"""Whether the disk has room for what a command will write, before its work begins."""

from pathlib import Path
from typing import TYPE_CHECKING

from cli.request import Request

if TYPE_CHECKING:
    from priors.reading.records import Priors
    from reports.run.reading import StoredRun

__all__ = ["check_room_for_run", "check_room_to_add"]


def check_room_for_run(request: Request, priors: "Priors", folder: Path, analyses: int) -> None:
    """Refuse a run that the disk has no room for.

    Parameters
    ----------
    request : Request
        What the user asked for; of draws without end the first are counted.
    priors : Priors
        Of the run.
    folder : Path
        Where its folder is to lie.
    analyses : int
        How many are added to it.

    Raises
    ------
    InputError
        With what is needed and what is free; or where the sizes are none that a run can have.
    """
    from model.analyses.blocks.memory import check_memory
    from model.economics.strategies import compared
    from model.sampling.defaults import RIVALS_RESPOND
    from model.sampling.size import check_size
    from reports.run.room import check_room, run_bytes

    # What no memory holds is said of memory.
    check_size(request.draws, request.chains, request.sampler)
    check_memory(priors, request.draws, options=request.options)
    needed = run_bytes(
        priors,
        request.draws,
        request.chains,
        len(compared(priors.strategies, request.without)),
        options=request.options,
        respond=request.rivals == RIVALS_RESPOND,
        analyses=analyses,
    )
    check_room(folder, needed)


def check_room_to_add(stored: "StoredRun", analyses: int = 0) -> None:
    """Refuse before the work what the disk of a stored run has no room for.

    Parameters
    ----------
    stored : StoredRun
        From `read_run`.
    analyses : int
        How many are to be added to it; its report is written anew in any case.

    Raises
    ------
    InputError
        With what is needed and what is free.
    """
    from reports.run.room import check_room, rewritten_bytes

    players = stored.tree["payoff"].sizes["player"]
    check_room(stored.folder, rewritten_bytes(stored.folder, players, analyses))
