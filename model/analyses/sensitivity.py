"""What drives every decision of a run, what would change it, and what is worth knowing first."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from model.analyses.comparison import comparison
from model.analyses.drivers import add_drivers
from model.analyses.information import information
from model.analyses.problems import Case, cases, single_types
from model.analyses.risk import RISK_TOLERANCES, risk
from model.analyses.studies import Study
from model.analyses.switching import add_switching, two_way_map
from model.economics.strategies import STRATEGY_NAMES

if TYPE_CHECKING:
    import xarray as xr

    from priors.reading.records import Priors

__all__ = ["CONDITIONS", "sensitivity_analysis"]

type Content = dict[str, Any]

SCHEMA = 1
#: What each figure conditions on, and holds.
CONDITIONS: Mapping[str, str] = {
    "evppi": "Joint draws: who learns a quantity learns what its correlated ones then are likely "
    "to be. Payoffs hold whatever the run's do, the rights to leave and to come back included.",
    "switching": "Expected payoffs given the quantity, its correlated ones following, from the "
    "joint draws, within the percentiles that are stated. A range in which another strategy never "
    "leads by four standard errors is possible only.",
    "flip": "The prior is moved by so many of its standard scores; its correlated ones follow as "
    "the copula has it. Payoffs are reweighted, rules for the two rights stay as they are.",
    "shapley": "Joint draws, up to 16,384 of them; what correlated quantities have in common is "
    "shared out. Shares of what the regression explains of best − next, cut at its 1 and 99 "
    "percent points, as a few far draws would else be all of the variance.",
    "tornado": "best − next at the 10 and 90 percent points of a quantity (an event at 0 and 1), "
    "the others at their distribution given it.",
    "separation": "Draws where the best strategy wins against the next, and where it loses.",
    "sobol": "Each quantity from its own prior, independent of all others, and no right to leave "
    "or to come back: variance of best − next.",
    "risk": "The draws of each strategy's payoff, as they are.",
    "map": "Expected payoffs given both quantities, all others at their distribution given them.",
}
_SOBOL_MOST, _SOBOL_LEAST = 1024, 64


def sensitivity_analysis(
    run: "xr.DataTree",
    verdict: Mapping[str, Any],
    progress: Callable[[float], None] | None = None,
    *,
    priors: "Priors | None" = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    studies: Sequence[Study] = (),
    risk_tolerances: Sequence[float] = RISK_TOLERANCES,
) -> Content:
    """Analyse every decision of a run: the content of ``sensitivity.json``.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.
    verdict : mapping
        From `decision`: the players and types to analyse.
    progress : callable, optional
        Called with the share of the work that is done.
    priors : Priors, optional
        For the Sobol indices; by default read from the run itself.
    groups : mapping, optional
        Name to quantities: groups to be learnt together, beside the usual ones.
    studies : sequence of Study
        Studies to value.
    risk_tolerances : sequence of float
        USD billion.

    Returns
    -------
    dict
        Plain numbers, strings, lists and dicts; a figure that there is none of is None.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1, user_api="blas"):
        return _all(
            run, verdict, progress or _silent, priors, groups or {}, studies, risk_tolerances
        )


def _all(
    run: "xr.DataTree",
    verdict: Mapping[str, Any],
    told: Callable[[float], None],
    priors: "Priors | None",
    groups: Mapping[str, Sequence[str]],
    studies: Sequence[Study],
    tolerances: Sequence[float],
) -> Content:
    """The same; many small matrices, which threads of the linear algebra only slow down."""
    every = cases(run, verdict)
    found: dict[str, dict[str, Content]] = {"players": {}, "types": {}}
    for place, case in enumerate(every):

        def part(done: float, place: int = place) -> None:
            told(0.8 * (place + done) / len(every))

        found[case.kind] |= _analyse(case, groups, studies, tolerances, part)
    if "posterior" not in run.children:
        _add_indices(run, verdict, found, priors)
    for kind, member in single_types(verdict).items():
        found["types"][kind] = found["players"][member]
    told(1.0)
    content: Content = {
        "schema": SCHEMA,
        "currency": run.attrs["currency"],
        "priors": run.attrs["name"],
        "draws": int(run.attrs["draws"]),
        "options": bool(run.attrs.get("options", 0)),
        "conditions": dict(CONDITIONS),
    }
    for kind in ("players", "types"):
        if kind in verdict:
            content[kind] = {
                name: {"label": entry["label"]} | found[kind][name]
                for name, entry in verdict[kind].items()
            }
    finite: Content = _finite(content)
    return finite


def _analyse(
    case: Case,
    groups: Mapping[str, Sequence[str]],
    studies: Sequence[Study],
    tolerances: Sequence[float],
    progress: Callable[[float], None],
) -> dict[str, Content]:
    """Everything that the joint draws tell of the decisions of a case."""
    comparisons = {name: comparison(case, place) for place, name in enumerate(case.names)}
    found = information(case, groups, studies, lambda done: progress(0.5 * done))
    risks = risk(case, tolerances)
    for name, of in comparisons.items():
        found[name] = of.described() | found[name] | {"risk": risks[name]}
    progress(0.6)
    add_drivers(case, comparisons, found)
    progress(0.8)
    add_switching(case, comparisons, found)
    for name in case.names:
        found[name]["map"] = two_way_map(case, name, found[name]["inputs"])
    progress(1.0)
    return found


def _add_indices(
    run: "xr.DataTree",
    verdict: Mapping[str, Any],
    found: Mapping[str, dict[str, Content]],
    priors: "Priors | None",
) -> None:
    """Sobol indices of best − next, every quantity independent."""
    from model.analyses.sobol import kernel_indices
    from priors.reading.load import load_text

    if priors is None:
        priors = load_text(str(run.attrs["priors"]), "priors.toml")
    decisions: list[tuple[str, str, tuple[str, ...]]] = [
        ("players", name, (name,)) for name in found["players"]
    ]
    decisions += [
        ("types", kind, tuple(verdict["types"][kind]["players"])) for kind in found["types"]
    ]
    comparisons = {
        members: (
            STRATEGY_NAMES.index(found[kind][name]["best"]),
            STRATEGY_NAMES.index(found[kind][name]["next"]),
        )
        for kind, name, members in decisions
    }
    draws = int(run.attrs["draws"])
    n = max(_SOBOL_LEAST, min(_SOBOL_MOST, 1 << (draws // 32).bit_length() - 1))
    indices = kernel_indices(priors, comparisons, n, int(run.attrs["seed"]))
    known = {str(path) for path in indices["input"].values}
    for place, (kind, name, _) in enumerate(decisions):
        at = indices.isel(output=place)
        for path, entry in found[kind][name]["inputs"].items():
            if path in known:
                entry |= {key: float(at[key].sel(input=path)) for key in indices.data_vars}


def _finite(value: Any) -> Any:
    """The same with None for what is not finite: JSON has no such numbers."""
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_finite(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _silent(done: float) -> None:
    del done
