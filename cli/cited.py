"""What people cite of a run, beside what its draws give: for `decide reproduce`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xarray as xr

    from reports.run.reading import StoredRun

__all__ = ["cited_differences"]

#: So many lines of a file's differences are shown.
_SHOWN = 5
#: Parts of a figure by which it may differ where draws of an earlier sampler were repeated.
_EARLIER = 1e-5


def cited_differences(stored: "StoredRun", again: "xr.DataTree", *, exact: bool) -> list[str]:
    """What in decision.json and summary.csv is not what the draws give, a line each.

    Parameters
    ----------
    stored : StoredRun
        From `read_run`.
    again : DataTree
        The run repeated.
    exact : bool
        Whether its draws are the same bits; if not, what is cited is held against those stored.

    Returns
    -------
    list of str
        The first few of each file, and how many more there are.
    """
    from reports.run.recomputed import EXACT, differing_cells, differing_figures
    from reports.run.summary import summary_text

    draws, tolerance = (again, EXACT) if exact else (stored.tree, _EARLIER)
    figures = differing_figures(
        stored.verdict, _verdict(stored, draws), tolerance, added=_same_version(stored)
    )
    table = stored.folder / "summary.csv"
    cells = (
        differing_cells(table.read_text(encoding="utf-8"), summary_text(draws), tolerance)
        if table.is_file()
        else []
    )
    return [*_few("decision.json", figures), *_few("summary.csv", cells)]


def _verdict(stored: "StoredRun", draws: "xr.DataTree") -> dict[str, Any]:
    """decision.json as the draws give it."""
    from model.analyses.decision import decision
    from model.analyses.structure import with_forms

    if "looks" in stored.tree.attrs:
        draws.attrs["looks"] = stored.tree.attrs["looks"]
    verdict = decision(draws, stored.manifest.get("players"))
    if "structure" in stored.analyses:
        verdict = with_forms(verdict, stored.analyses["structure"])
    return verdict


def _same_version(stored: "StoredRun") -> bool:
    from reports.run.folder import environment

    versions = stored.manifest.get("environment", {}).get("versions", {})
    return bool(versions.get("decide-video") == environment().versions.get("decide-video"))


def _few(name: str, lines: list[str]) -> list[str]:
    rest = len(lines) - _SHOWN
    more = [f"{name}: {rest:,} more values differ"] if rest > 0 else []
    return [f"{name}: {line}" for line in lines[:_SHOWN]] + more
