"""The verdicts under other views: each view simulated on the points of the run."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from model.analyses.payoffs import AllPayoffs, Payoffs, payoffs_of
from model.analyses.results.views import PlayerViews, ViewMeaning, ViewsAnalysis
from model.analyses.views.catalog import BASE, RISK_SHARE, View
from model.analyses.views.plan import (
    Job,
    Settings,
    jobs_of,
    patched_priors,
    settings_of,
    views_of,
)
from model.analyses.views.reading import (
    Reading,
    averse_reading,
    reading_of,
    verdict_of_reading,
)
from model.economics.strategies import STAY
from model.sampling.defaults import RIVALS_STAY
from model.simulation.forms import forms_of, npv_in_form
from model.simulation.run_attributes import names_of

if TYPE_CHECKING:
    import xarray as xr

    from model.numerics.arrays import Array
    from priors.reading.records import Priors

__all__ = ["VIEW_DRAWS", "views_analysis"]

#: Joint draws of each view, unless the run has fewer.
VIEW_DRAWS = 16_384

#: Each view to the reading of each player under it.
type Readings = dict[str, dict[str, Reading]]
type Progress = Callable[[float], None]
#: What determines a result, and what makes it, to the result: made at most once.
type Keep = Callable[[str, Callable[[], dict[str, Any]]], dict[str, Any]]


def views_analysis(
    run: "xr.DataTree",
    verdict: Mapping[str, Any],
    progress: Progress | None = None,
    *,
    draws: int = VIEW_DRAWS,
    keep: Keep = lambda _, make: make(),
) -> ViewsAnalysis:
    """Judge every player under other views: the content of ``views.json``.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.
    verdict : mapping
        As in ``decision.json``: the players to report, and forms that reverse a verdict.
    progress : callable, optional
        Called with the share of the work that is done.
    draws : int
        Joint draws of each view at most; of each chain the first.
    keep : callable
        Takes what determines a simulation's result and what makes it, and may have it already.

    Returns
    -------
    ViewsAnalysis
        Without views that change nothing in this run, or whose quantities it lacks.

    Raises
    ------
    NumericalError
        Where a payoff is not finite under a view.
    """
    from priors.reading.load import load_text

    priors = load_text(str(run.attrs["priors"]), "priors.toml")
    settings, patched = settings_of(run, priors, draws), patched_priors(priors)
    views = views_of(patched, settings)
    jobs = jobs_of(views, patched, settings, _reversing(verdict))
    readings: Readings = {}
    for place, job in enumerate(jobs):
        part = _part(progress, place, len(jobs))
        readings |= _read(keep(_key(job), _maker(job, part)))
        part(1.0)
    labels = names_of(run.attrs, "player_labels")
    return ViewsAnalysis(
        currency=run.attrs["currency"],
        draws=settings.draws,
        chains=settings.chains,
        seed=settings.seed,
        views={view.name: _meaning(view, patched) for view in views},
        players={
            player: _player(labels[player], player, views, readings)
            for player in verdict["players"]
        },
    )


def _reversing(verdict: Mapping[str, Any]) -> list[str]:
    """Switches of the model's form that reverse a verdict of the run, as far as it is known."""
    found = (one.get("form", {}).get("reversed_by", ()) for one in verdict["players"].values())
    return list(dict.fromkeys(name for names in found for name in names))


def _key(job: Job) -> str:
    """All that determines a job's result, but the program."""
    names = [view.name for view in job.views]
    return json.dumps([job.priors.resolved, asdict(job.settings), names])


def _maker(job: Job, progress: Progress) -> Callable[[], dict[str, Any]]:
    def make() -> dict[str, Any]:
        return {
            name: {player: asdict(one) for player, one in of.items()}
            for name, of in _simulated(job, progress).items()
        }

    return make


def _read(content: Mapping[str, Any]) -> Readings:
    return {
        name: {player: Reading(**one) for player, one in of.items()} for name, of in content.items()
    }


def _simulated(job: Job, progress: Progress) -> Readings:
    """Simulate, and read what each view of a job asks for."""
    from model.analyses.blocks.run import simulate

    settings = job.settings
    run = simulate(
        job.priors,
        draws=settings.draws,
        seed=settings.seed,
        chains=settings.chains,
        sampler=settings.sampler,
        options=settings.options,
        rivals=settings.rivals,
        without=settings.without,
        progress=_part(progress, 0, 1 + len(settings.forms)),
    )
    payoffs, forms = payoffs_of(run), _in_forms(run, job.priors, settings, progress)
    return {
        view.name: {
            player: _reading(view, run, payoffs, player, forms) for player in payoffs.players
        }
        for view in job.views
    }


def _in_forms(
    run: "xr.DataTree", priors: "Priors", settings: Settings, progress: Progress
) -> "dict[str, Array] | None":
    """NPVs (chain, draw, player, strategy) in each form asked for; None where none is."""
    if not settings.forms:
        return None
    forms = [form for form in forms_of(run) if form.name in settings.forms]
    return {
        form.name: npv_in_form(form, run, priors, _part(progress, 1 + place, 1 + len(forms)))
        for place, form in enumerate(forms)
    }


def _reading(
    view: View,
    run: "xr.DataTree",
    payoffs: AllPayoffs,
    player: str,
    forms: "Mapping[str, Array] | None",
) -> Reading:
    own = payoffs.of([player])
    if view.averse:
        valuation = run["prior"].dataset["player.valuation"].sel(player=player)
        return averse_reading(own, RISK_SHARE * float(np.median(valuation.values)))
    if view.rivals == RIVALS_STAY and own.rivals_stay is not None:
        return reading_of(Payoffs(own.strategies, own.rivals_stay, own.rivals_stay[: STAY + 1]))
    if forms is None:
        return reading_of(own)
    place = payoffs.players.index(player)
    return reading_of(
        own, {name: npv[:, :, place].transpose(2, 0, 1) for name, npv in forms.items()}
    )


def _player(label: str, player: str, views: Sequence[View], readings: Readings) -> PlayerViews:
    base = readings[BASE.name][player]
    return PlayerViews(
        label,
        {
            view.name: verdict_of_reading(
                readings[view.name][player], None if view is BASE else base
            )
            for view in views
        },
    )


def _meaning(view: View, patched: "Mapping[str, Priors]") -> ViewMeaning:
    from priors.inspection.difference import differences
    from priors.reading.files import SHIPPED
    from priors.reading.load import load_priors

    run, own = patched[BASE.name], patched[view.name]
    changes = [change.path for change in differences(run, own)] if view.priors else []
    of_run = {one.path for one in differences(load_priors(SHIPPED / "base.toml"), run)}
    replaced = [path for path in changes if path in of_run]
    stated = view.priors or None
    return ViewMeaning(view.label, view.subject, view.meaning, stated, changes, replaced)


def _part(progress: Progress | None, place: int, count: int) -> Progress:
    def part(done: float) -> None:
        if progress is not None:
            progress((place + done) / count)

    return part
