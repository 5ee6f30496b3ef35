"""All checks of a run."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from model.analyses.results.checks import Checks, NotApplied
from model.checks.catalog import CHECKS
from model.checks.context import Context

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["checked"]


def checked(
    run: "xr.DataTree",
    decision: Mapping[str, Any],
    analyses: Mapping[str, Mapping[str, Any]] | None = None,
) -> Checks:
    """Put a run to every check that applies to it.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.
    decision : mapping
        As in ``decision.json``.
    analyses : mapping, optional
        Name of each analysis that was run, such as ``structure``, to the content of its file.

    Returns
    -------
    Checks
    """
    context = Context(run, decision, analyses or {})
    applied = {check.name for check in CHECKS if check.applies(context)}
    results = [check.run(context) for check in CHECKS if check.name in applied]
    counts = Counter(result.verdict for result in results)
    return Checks(
        passed=counts["pass"],
        review=counts["review"],
        failed=counts["fail"],
        checks=results,
        not_applied=[
            NotApplied(check.name, check.title, check.otherwise)
            for check in CHECKS
            if check.name not in applied
        ],
    )
