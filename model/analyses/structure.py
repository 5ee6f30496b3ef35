"""Whether a verdict rests on the form of the model: each switch alone, on the same draws."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from model.analyses.payoffs import payoffs_of
from model.analyses.results.record import Figure
from model.analyses.results.structure import (
    FormVerdict,
    PlayerForms,
    StructureAnalysis,
    Switch,
)
from model.economics.strategies import EXIT
from model.numerics.arrays import Array
from model.simulation.forms import forms_of, npv_in_form
from model.simulation.run_attributes import names_of

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["structure_analysis", "with_forms"]


def structure_analysis(
    run: "xr.DataTree",
    progress: Callable[[float], None] | None = None,
    players: Sequence[str] | None = None,
) -> StructureAnalysis:
    """Judge every player in every other form of the model: the content of ``structure.json``.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.
    progress : callable, optional
        Called with the share of the work that is done.
    players : sequence of str, optional
        Those to report; all of them take part.

    Returns
    -------
    StructureAnalysis
        Without the switches that change nothing in this run.

    Raises
    ------
    NumericalError
        Where a payoff is not finite in a form.
    """
    from priors.reading.load import load_text

    stated, forms = payoffs_of(run), forms_of(run)
    priors = load_text(str(run.attrs["priors"]), "priors.toml")
    verdicts: dict[str, list[FormVerdict]] = {name: [] for name in stated.players}
    for place, form in enumerate(forms):
        npv = npv_in_form(form, run, priors, _part(progress, place, len(forms)))
        for name, own in zip(stated.players, np.moveaxis(npv, 2, 0), strict=True):
            verdicts[name].append(_verdict(own.transpose(2, 0, 1), stated.of([name]).names))
    names = [form.name for form in forms]
    labels = names_of(run.attrs, "player_labels")
    return StructureAnalysis(
        currency=run.attrs["currency"],
        switches={one.name: Switch(one.label, one.meaning, one.appendix) for one in forms},
        players={
            name: _player(
                labels[name],
                _verdict(stated.of([name]).npv, stated.of([name]).names),
                dict(zip(names, verdicts[name], strict=True)),
            )
            for name in (stated.players if players is None else players)
        },
    )


def with_forms(verdict: Mapping[str, Any], structure: Mapping[str, Any]) -> dict[str, Any]:
    """The content of ``decision.json``, with what ``structure.json`` says of each verdict.

    Parameters
    ----------
    verdict : mapping
        From `decision`.
    structure : mapping
        From `structure_analysis`, as plain values.

    Returns
    -------
    dict
        A copy: each player with ``form``, a record ``{"depends", "reversed_by"}``.
    """
    players = {
        name: {
            **entry,
            "form": {key: structure["players"][name][key] for key in ("depends", "reversed_by")},
        }
        for name, entry in verdict["players"].items()
    }
    return {**verdict, "players": players}


def _verdict(npv: Array, names: Sequence[str]) -> FormVerdict:
    """Judge one player's `npv` (strategy, chain, draw)."""
    means = npv.mean(axis=(1, 2))
    best = int(means.argmax())
    other = EXIT + 1 + int(means[EXIT + 1 :].argmax())
    lead = (npv[EXIT] - npv[other]).mean(axis=1)
    ahead = Figure.mean(lead)
    gain = ahead if best == EXIT else Figure.mean(-lead)
    return FormVerdict(names[best], names[other], ahead, gain)


def _player(label: str, as_stated: FormVerdict, switches: Mapping[str, FormVerdict]) -> PlayerForms:
    leaves = as_stated.exit_minus_best_other.value > 0.0
    reversed_by = [
        name
        for name, one in switches.items()
        if (one.exit_minus_best_other.value > 0.0) is not leaves
    ]
    return PlayerForms(label, as_stated, bool(reversed_by), reversed_by, switches)


def _part(
    progress: Callable[[float], None] | None, place: int, count: int
) -> Callable[[float], None]:
    def part(done: float) -> None:
        if progress is not None:
            progress((place + done) / count)

    return part
