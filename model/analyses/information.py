"""What it is worth to know, in every decision of a run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from model.analyses.problems import Case
from model.analyses.results.information import (
    Information,
    PerfectInformation,
    StudySize,
    StudyValue,
)
from model.analyses.results.record import Figure
from model.analyses.studies import ASSUMED_SD, Study, study_values
from model.information.estimate import by_one_alone
from model.information.perfect import evpi, evppi
from model.numerics.rank_bins import FEW

__all__ = ["at_most", "information"]


def information(
    case: Case,
    groups: Mapping[str, Sequence[str]],
    studies: Sequence[Study],
    progress: Callable[[float], None],
) -> dict[str, Information]:
    """EVPI, EVPPI of every quantity and group, and EVSI of the studies.

    Parameters
    ----------
    case : Case
        Decisions.
    groups : mapping
        The user's groups: name to quantities. Those that bear on none of the decisions are left
        out of the group.
    studies : sequence of Study
        Where there is none, one is assumed of the quantity that is worth most to know.
    progress : callable
        Called with the share of the work that is done.

    Returns
    -------
    dict
        Decision to what it is worth to know before it.
    """
    theirs = {name: _members(case, members) for name, members in groups.items()}
    wanted = case.groups | {name: members for name, members in theirs.items() if members}
    everything = case.tables(evpi(case.npv))
    # Trees take a second for each group and decision; polynomial chaos is as good on these payoffs.
    known = evppi(
        case.npv, case.inputs, wanted, trees=False, progress=lambda done: progress(0.8 * done)
    )
    figures, labels = case.tables(known), [str(name) for name in known["input"].values]
    rivals = _rivals(case)
    valued = [(study, study_values(case, study)) for study in studies]
    found = {}
    for row, name in enumerate(case.names):
        worth = {one: _worth(figures, row, column) for column, one in enumerate(labels)}
        inputs = {path: worth[quantity] for quantity, path in case.inputs_of[name].items()}
        found[name] = Information(
            evpi=Figure(float(everything["evpi"][row]), float(everything["mcse"][row])),
            inputs=inputs,
            groups={group: _by_path(worth[group], case.inputs_of[name]) for group in wanted}
            | ({} if rivals is None else {"rivals": _worth(rivals, row, -1)}),
            studies=[
                _described(case, name, study, sizes[name], inputs)
                for study, sizes in valued
                if name in sizes
            ]
            if studies
            else _assumed(case, name, inputs),
        )
    progress(1.0)
    return found


def _by_path(worth: PerfectInformation, paths: Mapping[str, str]) -> PerfectInformation:
    """The same, with the member that a group goes by named by its path."""
    methods = {by_one_alone(quantity): by_one_alone(path) for quantity, path in paths.items()}
    return replace(worth, method=methods.get(worth.method, worth.method))


def _members(case: Case, wanted: Sequence[str]) -> list[str]:
    """The case's inputs among `wanted`; a type's members have their own by their paths."""
    keys = {one.rpartition(".")[2] for one in wanted if one.startswith("player.")}
    return [
        str(name)
        for name in case.inputs
        if name in wanted
        or (str(name).startswith("players.") and str(name).rpartition(".")[2] in keys)
    ]


def _rivals(case: Case) -> dict[str, Any] | None:
    """The value of knowing what the rivals bring, the last along the inputs."""
    if len(case.rivals) < 2:
        return None
    members = [str(name) for name in case.rivals]
    return case.tables(evppi(case.npv, case.rivals, {"rivals": members}, trees=False))


def _worth(figures: Mapping[str, Any], row: int, column: int) -> PerfectInformation:
    return PerfectInformation(
        evppi=Figure(float(figures["evppi"][row, column]), float(figures["se"][row, column])),
        method=str(figures["method"][row, column]),
    )


def _assumed(case: Case, name: str, inputs: Mapping[str, PerfectInformation]) -> list[StudyValue]:
    """A study of the quantity most worth knowing that is no event, if any is."""
    quantities = {path: quantity for quantity, path in case.inputs_of[name].items()}
    for path in sorted(inputs, key=lambda one: -inputs[one].evppi.value):
        if not inputs[path].evppi.resolved:
            return []
        draws = case.draws_of(quantities[path], name)
        if len(np.unique(draws)) > FEW:
            positive = bool(draws.min() > 0.0)
            sd = ASSUMED_SD if positive else ASSUMED_SD * float(draws.std())
            error = "lognormal" if positive else "normal"
            study = Study(quantities[path], error, sd, assumed=True)
            sizes = study_values(case.only(name), study)[name]
            return [_described(case, name, study, sizes, inputs)]
    return []


def _described(
    case: Case,
    name: str,
    study: Study,
    sizes: Sequence[StudySize],
    inputs: Mapping[str, PerfectInformation],
) -> StudyValue:
    path = case.inputs_of[name].get(study.quantity, study.quantity)
    most = inputs[path].evppi if path in inputs else None
    return StudyValue(
        observe=path,
        error=study.error,
        sd=study.sd,
        assumed=study.assumed,
        sizes=sizes if most is None else [at_most(one, most) for one in sizes],
    )


def at_most(size: StudySize, perfect: Figure) -> StudySize:
    """A study's value, or that of knowing what it observes where the estimate is above it.

    A study cannot tell more than the quantity itself does. Both are estimates, each with an error,
    so that the value of an almost perfect study comes out above the other about half of the time.

    Parameters
    ----------
    size : StudySize
        As estimated.
    perfect : Figure
        EVPPI of the quantity, USD billion.

    Returns
    -------
    StudySize
        With the smaller value and its error, and the net benefit that goes with it.
    """
    if size.evsi.value <= perfect.value:
        return size
    if size.cost is None:
        return replace(size, evsi=perfect)
    return replace(size, evsi=perfect, enbs=Figure(perfect.value - size.cost, perfect.mcse))
