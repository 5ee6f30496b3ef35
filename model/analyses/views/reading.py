"""One player's verdict on one simulation, in values that a file can hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan

import numpy as np

from model.analyses.judgement import judge
from model.analyses.pair import Stakes, stakes_of
from model.analyses.payoffs import Payoffs
from model.analyses.results.record import Figure
from model.analyses.results.structure import FormOfPlayer
from model.analyses.results.views import ViewVerdict
from model.economics.strategies import EXIT
from model.numerics.arrays import Array
from model.risk.risk import certainty_equivalent, certainty_equivalent_shape
from model.risk.tail_shape import LARGEST_SHAPE
from model.risk.weight import FEWEST_EFFECTIVE, effective_draws

__all__ = ["Reading", "averse_reading", "reading_of", "verdict_of_reading"]

type Pair = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A verdict with what it takes to compare it with another on the same draws.

    Attributes
    ----------
    best, next, rival, best_other : str
        As in `ViewVerdict`.
    resolved, decided : bool
        As in `ViewVerdict`.
    gain, wins : tuple of float
        Figure and error; NaN where it cannot be estimated.
    gain_when_better, loss_when_worse : tuple of float, optional
        As in `ViewVerdict`.
    lead : float
        Exit less the best other, USD billion.
    leads : sequence of float
        The same of each chain.
    turned : sequence of str, optional
        Forms of the model that were tried and change the verdict's side; None where none was.
    risk_tolerance : float, optional
        Where certainty equivalents are compared.
    why_null : str, optional
        Why a figure cannot be estimated.
    """

    best: str
    next: str
    rival: str
    best_other: str
    resolved: bool
    decided: bool
    gain: Pair
    wins: Pair
    gain_when_better: Pair | None
    loss_when_worse: Pair | None
    lead: float
    leads: Sequence[float]
    turned: Sequence[str] | None = None
    risk_tolerance: float | None = None
    why_null: str | None = None


def reading_of(payoffs: Payoffs, forms: dict[str, Array] | None = None) -> Reading:
    """The verdict by expected values.

    Parameters
    ----------
    payoffs : Payoffs
        Of one player.
    forms : dict, optional
        Name of each other form of the model to the player's NPVs in it (strategy, chain, draw).

    Returns
    -------
    Reading
    """
    found, npv = judge(payoffs), payoffs.npv
    other = EXIT + 1 + int(npv[EXIT + 1 :].mean(axis=(1, 2)).argmax())
    leads = (npv[EXIT] - npv[other]).mean(axis=1)
    lead = float(leads.mean())
    turned = None
    if forms is not None:
        turned = [name for name, one in forms.items() if (_lead(one) > 0.0) is not (lead > 0.0)]
    return Reading(
        best=found.best,
        next=found.next,
        rival=str(found.rival),
        best_other=payoffs.names[other],
        resolved=found.resolved,
        decided=found.gain is not None and found.gain.resolved,
        gain=_pair(found.gain) or (nan, nan),
        wins=_pair(found.wins) or (nan, nan),
        gain_when_better=_pair(found.gain_when_better),
        loss_when_worse=_pair(found.loss_when_worse),
        lead=lead,
        leads=leads.tolist(),
        turned=turned,
    )


def averse_reading(payoffs: Payoffs, tolerance: float) -> Reading:
    """The verdict by certainty equivalents under exponential utility.

    Parameters
    ----------
    payoffs : Payoffs
        Of one player.
    tolerance : float
        Its risk tolerance, USD billion.

    Returns
    -------
    Reading
        Without a gain where a few draws carry the weight behind it.
    """
    all_, chains = _equivalents(payoffs.npv, tolerance)
    order = [int(place) for place in np.argsort(-all_, kind="stable")]
    best, other = order[0], next(place for place in order if place != EXIT)
    rival = order[1] if best == EXIT else EXIT

    def ahead(first: int, second: int) -> Figure:
        return Figure.pooled(float(all_[first] - all_[second]), chains[first] - chains[second])

    # Few draws overstate a certainty equivalent: the rival's may be anything below it.
    own = _why_null(payoffs.npv[best], tolerance)
    why = own or _why_null(payoffs.npv[rival], tolerance)
    stakes: Stakes = stakes_of(
        lambda chain: payoffs.npv[best, chain] - payoffs.npv[rival, chain], payoffs.chains
    )
    names = payoffs.names
    return Reading(
        best=names[best],
        next=names[order[1]],
        rival=names[rival],
        best_other=names[other],
        resolved=ahead(best, order[1]).resolved,
        decided=own is None and ahead(best, rival).resolved,
        gain=(nan, nan) if why else _stated(ahead(best, rival)),
        wins=_stated(stakes.wins),
        gain_when_better=_pair(stakes.gain_when_better),
        loss_when_worse=_pair(stakes.loss_when_worse),
        lead=nan if why else float(all_[EXIT] - all_[other]),
        leads=(chains[EXIT] - chains[other]).tolist(),
        risk_tolerance=tolerance,
        why_null=why,
    )


def verdict_of_reading(own: Reading, base: Reading | None) -> ViewVerdict:
    """The record of a view, compared with the base on common draws.

    Parameters
    ----------
    own : Reading
        Of the view.
    base : Reading, optional
        Of the run itself on the same draws; None where that is what is read.

    Returns
    -------
    ViewVerdict
    """
    leads = np.array(own.leads)
    change = None
    if base is not None and isfinite(own.lead - base.lead):
        change = Figure.pooled(own.lead - base.lead, leads - np.array(base.leads))
    lead = Figure.pooled(own.lead, leads) if isfinite(own.lead) else Figure(nan, nan)
    return ViewVerdict(
        best=own.best,
        next=own.next,
        resolved=own.resolved,
        decided=own.decided,
        rival=own.rival,
        gain=Figure(*own.gain),
        wins=Figure(*own.wins),
        gain_when_better=_figure(own.gain_when_better),
        loss_when_worse=_figure(own.loss_when_worse),
        best_other=own.best_other,
        exit_minus_best_other=lead,
        change=change,
        form=None if own.turned is None else FormOfPlayer(bool(own.turned), own.turned),
        risk_tolerance=own.risk_tolerance,
        why_null=own.why_null,
    )


def _lead(npv: Array) -> float:
    """Exit less the best other on average, of NPVs (strategy, chain, draw)."""
    means = npv.mean(axis=(1, 2))
    return float(means[EXIT] - means[EXIT + 1 :].max())


def _equivalents(npv: Array, tolerance: float) -> tuple[Array, Array]:
    """Certainty equivalents of all draws (strategy,), and of each chain's (strategy, chain)."""
    import xarray as xr

    labelled = xr.DataArray(npv, dims=("strategy", "chain", "draw"))
    each = certainty_equivalent(labelled.rename(chain="randomization"), tolerance)
    return (
        np.asarray(certainty_equivalent(labelled, tolerance).values),
        np.asarray(each.transpose("strategy", "randomization").values),
    )


def _why_null(draws: Array, tolerance: float) -> str | None:
    """Why the certainty equivalent of some draws (chain, draw) is not to be told."""
    import xarray as xr

    labelled = xr.DataArray(draws, dims=("chain", "draw"))
    shape = float(certainty_equivalent_shape(labelled, tolerance))
    if shape > LARGEST_SHAPE:
        k = f"{shape:.2f}" if isfinite(shape) else "without bound"
        return f"a few draws carry most of the weight: Pareto k is {k}, above {LARGEST_SHAPE:g}"
    effective = effective_draws(draws.ravel(), tolerance)
    if effective < FEWEST_EFFECTIVE:
        return f"{effective:.0f} draws carry the weight: at least {FEWEST_EFFECTIVE:g} have to"
    return None


def _stated(figure: Figure) -> Pair:
    return figure.value, figure.mcse


def _pair(figure: Figure | None) -> Pair | None:
    return None if figure is None else _stated(figure)


def _figure(pair: Sequence[float] | None) -> Figure | None:
    return None if pair is None else Figure(*pair)
