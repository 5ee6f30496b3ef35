"""What drives every decision of a run, what would change it, and what is worth knowing first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from model.analyses.along import along
from model.analyses.comparison import comparison
from model.analyses.drivers import drivers
from model.analyses.information import information
from model.analyses.problems import Case, cases, single_types
from model.analyses.results.drivers import Drivers, Lead, SobolIndices
from model.analyses.results.information import Information
from model.analyses.results.risk import Risk
from model.analyses.results.sensitivity import (
    DecisionSensitivity,
    InputSensitivity,
    SensitivityAnalysis,
)
from model.analyses.results.switching import DecisionMap, Reversal
from model.analyses.risk import RISK_TOLERANCES, risk
from model.analyses.studies import Study
from model.analyses.switching import two_way_map
from model.economics.strategies import of_run

if TYPE_CHECKING:
    import xarray as xr

    from priors.reading.records import Priors

__all__ = ["CONDITIONS", "sensitivity_analysis"]

#: A decision: ``players`` or ``types``, and a name.
type Key = tuple[str, str]

#: What each figure conditions on, and holds.
CONDITIONS: Mapping[str, str] = {
    "evppi": "Joint draws: who learns a quantity learns what its correlated ones then are likely "
    "to be. Payoffs hold whatever the run's do, the real options included.",
    "switching": "Expected payoffs given the quantity, its correlated ones following, from the "
    "joint draws, within the percentiles that are stated. A range in which another strategy never "
    "leads by four standard errors is possible only.",
    "prior_perturbation": "The prior is moved by so many of its standard scores; its correlated "
    "ones follow as the copula has it. Payoffs are reweighted; the rules for using the real "
    "options stay as they are.",
    "shapley": "Joint draws, up to 16,384 of them; what correlated quantities have in common is "
    "shared out. Shares of what the regression explains of best − next, cut at its 1 and 99 "
    "percent points, as otherwise a few far draws would be all of the variance.",
    "tornado": "best − next at the 10 and 90 percent points of a quantity (an event at 0 and 1), "
    "the others at their distribution given it.",
    "regional_sensitivity": "Draws where the best strategy wins against the next, and where it "
    "loses.",
    "sobol": "Each quantity from its own prior, independent of all others, without the real "
    "options and with rivals who stay: variance of best − next.",
    "risk": "The draws of each strategy's payoff, as they are.",
    "map": "Expected payoffs given both quantities, all others at their distribution given them.",
}
_SOBOL_MOST, _SOBOL_LEAST = 1024, 64


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the joint draws tell of one decision, an analysis's part each."""

    lead: Lead
    information: Information
    risk: Risk
    drivers: Drivers
    reversals: Mapping[str, Reversal]
    map: DecisionMap | None


def sensitivity_analysis(
    run: "xr.DataTree",
    verdict: Mapping[str, Any],
    progress: Callable[[float], None] | None = None,
    *,
    priors: "Priors | None" = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    studies: Sequence[Study] = (),
    risk_tolerances: Sequence[float] = RISK_TOLERANCES,
) -> SensitivityAnalysis:
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
    SensitivityAnalysis
        What was found of every player and type. A figure that there is none of is NaN; it is null
        in the file.
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
) -> SensitivityAnalysis:
    """The same; many small matrices, which threads of the linear algebra only slow down."""
    every = cases(run, verdict)
    found: dict[Key, _Parts] = {}
    for place, case in enumerate(every):

        def part(done: float, place: int = place) -> None:
            told(0.8 * (place + done) / len(every))

        found |= _analyse(case, groups, studies, tolerances, part)
    indices = {} if "posterior" in run.children else _indices(run, verdict, found, priors)
    # A type of one player decides as that player.
    keys = {("types", kind): ("players", one) for kind, one in single_types(verdict).items()}
    decisions = {
        kind: {
            name: _together(
                entry["label"],
                found[keys.get((kind, name), (kind, name))],
                indices.get(keys.get((kind, name), (kind, name)), {}),
            )
            for name, entry in verdict[kind].items()
        }
        for kind in ("players", "types")
        if kind in verdict
    }
    told(1.0)
    return SensitivityAnalysis(
        currency=run.attrs["currency"],
        priors=run.attrs["name"],
        draws=int(run.attrs["draws"]),
        options=bool(run.attrs.get("options", 0)),
        conditions=CONDITIONS,
        players=decisions["players"],
        types=decisions.get("types"),
    )


def _analyse(
    case: Case,
    groups: Mapping[str, Sequence[str]],
    studies: Sequence[Study],
    tolerances: Sequence[float],
    progress: Callable[[float], None],
) -> dict[Key, _Parts]:
    """Everything that the joint draws tell of the decisions of a case."""
    comparisons = {name: comparison(case, place) for place, name in enumerate(case.names)}
    known = information(case, groups, studies, lambda done: progress(0.5 * done))
    risks = risk(case, tolerances)
    progress(0.6)
    read = along(case, comparisons)
    progress(0.8)
    moved = drivers(case, comparisons, read)
    found = {
        (case.kind, name): _Parts(
            lead=comparisons[name].described(),
            information=known[name],
            risk=risks[name],
            drivers=moved[name],
            reversals={path: one.reversal for path, one in read[name].items()},
            map=two_way_map(case, name, known[name].inputs, moved[name].inputs),
        )
        for name in case.names
    }
    progress(1.0)
    return found


def _together(label: str, of: _Parts, indices: Mapping[str, SobolIndices]) -> DecisionSensitivity:
    """The parts of one decision, input by input."""
    return DecisionSensitivity(
        label=label,
        lead=of.lead,
        evpi=of.information.evpi,
        inputs={
            path: InputSensitivity(
                worth, of.drivers.inputs[path], of.reversals[path], indices.get(path)
            )
            for path, worth in of.information.inputs.items()
        },
        groups=of.information.groups,
        studies=of.information.studies,
        risk=of.risk,
        explained=of.drivers.explained,
        probability_best_beats_next=of.drivers.probability_best_beats_next,
        regional_sensitivity_null=of.drivers.regional_sensitivity_null,
        map=of.map,
    )


def _indices(
    run: "xr.DataTree",
    verdict: Mapping[str, Any],
    found: Mapping[Key, _Parts],
    priors: "Priors | None",
) -> dict[Key, dict[str, SobolIndices]]:
    """Sobol indices of best − next, every quantity independent: decision to path to indices."""
    from model.analyses.sobol import kernel_indices
    from priors.reading.load import load_text

    if priors is None:
        priors = load_text(str(run.attrs["priors"]), "priors.toml")
    strategies = of_run(run)
    places = {one.name: place for place, one in enumerate(strategies)}
    comparisons = {
        (name,) if kind == "players" else tuple(verdict["types"][name]["players"]): (
            places[of.lead.best],
            places[of.lead.next],
        )
        for (kind, name), of in found.items()
    }
    draws = int(run.attrs["draws"])
    n = max(_SOBOL_LEAST, min(_SOBOL_MOST, 1 << (draws // 32).bit_length() - 1))
    indices = kernel_indices(priors, comparisons, n, int(run.attrs["seed"]), strategies)
    paths = [str(path) for path in indices["input"].values]
    tables = {str(name): of.transpose("output", "input").values for name, of in indices.items()}
    return {
        key: {
            path: SobolIndices(**{name: float(of[row, column]) for name, of in tables.items()})
            for column, path in enumerate(paths)
        }
        for row, key in enumerate(found)
    }


def _silent(done: float) -> None:
    del done
