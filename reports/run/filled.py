"""A decision of an older version with what it does not say: found from the run's own draws."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["filled"]

#: The newest figures of a decision: a file that has them lacks none.
_NEWEST = ("gain", "carried_by")


def filled(verdict: Mapping[str, Any], tree: "xr.DataTree") -> dict[str, Any]:
    """The decision with every key of today; what it says already is kept.

    Parameters
    ----------
    verdict : mapping
        As in decision.json, maybe of an older version.
    tree : DataTree
        The run; of one that keeps a part of its draws, that part.

    Returns
    -------
    dict
    """
    kinds = [kind for kind in ("players", "types") if kind in verdict]
    entries = [entry for kind in kinds for entry in verdict[kind].values()]
    if all(key in entry for entry in entries for key in _NEWEST):
        return dict(verdict)
    from model.analyses.judgement import judge
    from model.analyses.payoffs import payoffs_of
    from model.analyses.results.record import plain

    payoffs = payoffs_of(tree)

    def entry_of(name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        members = entry.get("players", [name])
        # A file may tell of others than its run has.
        if not set(members) <= set(payoffs.players):
            return dict(entry)
        return {**plain(judge(payoffs.of(members))), **entry}

    of_kinds = {
        kind: {name: entry_of(name, entry) for name, entry in verdict[kind].items()}
        for kind in kinds
    }
    return {**verdict, **of_kinds}
