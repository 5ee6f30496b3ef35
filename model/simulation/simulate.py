"""Priors → draws → payoffs → a labelled tree."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from model.economics.presence import Presence, everybody
from model.economics.strategies import compared
from model.numerics.arrays import Array
from model.sampling import joint as sampling
from model.sampling.defaults import (
    DEFAULT_CHAINS,
    DEFAULT_DRAWS,
    DEFAULT_SEED,
    RIVALS,
    RIVALS_RESPOND,
    RIVALS_STAY,
)
from model.simulation import labels
from model.simulation.cash import cash_by_year
from model.simulation.exercise import Usage, exercise_options
from model.simulation.paths import paths
from model.simulation.payoffs import payoffs
from model.simulation.rivals import Response, respond
from model.simulation.setting import Setting
from priors.errors import InputError
from priors.reading.records import Priors

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Valued", "check_rivals", "simulate", "valued"]

#: Told the share of the work that is done.
type Progress = Callable[[float], None]


def simulate(  # noqa: PLR0913  # a public signature: all but three by keyword
    priors: Priors,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    chains: int = DEFAULT_CHAINS,
    sampler: str = "sobol",
    *,
    options: bool = True,
    rivals: str = RIVALS_RESPOND,
    without: Sequence[str] = (),
    progress: Progress | None = None,
) -> "xr.DataTree":
    """Draw from the joint prior and value every strategy of every player on the same draws.

    Parameters
    ----------
    priors : Priors
        From `load_priors`.
    draws : int
        Total over the chains; for ``sobol`` a power of two a chain.
    seed : int
        The same seed gives the same bytes on any number of cores.
    chains : int
        Independent randomizations, 4 or more: the Monte Carlo standard error is measured across
        them.
    sampler : {"sobol", "random"}
        Scrambled Sobol points, or independent pseudo-random ones.
    options : bool
        Whether players may leave later and come back.
    rivals : {"respond", "stay"}
        Whether rivals leave by their own rules, or all stay. Without `options` all stay.
    without : sequence of str
        Names of strategies that are not compared.
    progress : callable, optional
        Called with the share of the work that is done, from 0 to 1.

    Returns
    -------
    xarray.DataTree
        Group ``prior``: every quantity, (chain, draw) or (chain, draw, player). Group ``payoff``:
        ``npv`` (chain, draw, player, strategy), USD billion. With `options` also group ``option``:
        the year index ``timing`` (chain, draw, player, strategy) at whose end a real option is
        used, -1 for never, and the ``payoff`` of using it. Where rivals respond, also
        ``presence``: the ``last`` year in which each is there, and ``rivals_stay``: the ``npv``
        where none ever leaves. What has no draws stands in groups of its own: ``component`` has
        ``component_mean`` and ``component_mcse`` (player, strategy, component), ``option_value``
        the ``value`` of each real option with bounds (player, strategy), ``industry`` bands over
        the years of market, price, cost, shares and margins, ``cash`` bands of the operating cash
        flow of every way of going on.

    Raises
    ------
    InputError
        Where the size or the sampler is impossible, or a strategy cannot be left out.
    NumericalError
        Where a draw's payoff is not finite: with the player and that draw's quantities.
    """
    progress = progress or _silent
    check_rivals(rivals)
    strategies = compared(priors.strategies, without)
    setting = Setting(sampling.sample(priors, draws, chains, seed, sampler), strategies)
    found = valued(setting, options=options, rivals=rivals, progress=progress)
    groups = {"prior": labels.prior(setting.drawn), "industry": paths(setting, found.presence)}
    timing = None if found.usage is None else found.usage.timing
    groups["cash"] = cash_by_year(setting, found.presence, timing)
    groups["payoff"] = labels.payoff(setting, found.npv)
    groups["component"] = labels.component(setting, found.component_means)
    if found.usage is not None:
        groups["option"] = labels.option(setting, found.usage)
        groups["option_value"] = labels.option_value(setting, found.usage)
    attributes = _attributes(priors, draws, seed, chains, sampler, options)
    if found.response is not None:
        groups["rivals_stay"] = labels.rivals_stay(setting, found.response.npv_rivals_stay)
        groups["presence"] = labels.presence(setting, found.presence)
        attributes |= _of_rounds(found.response)
    progress(1.0)
    return labels.tree(groups, attributes)


@dataclass(frozen=True, slots=True)
class Valued:
    """What the strategies are worth.

    Attributes
    ----------
    npv : ndarray, shape (chain, draw, player, strategy)
        USD billion.
    component_means : ndarray, shape (chain, player, strategy, component)
        USD billion.
    presence : Presence
        Who is there.
    usage : Usage, optional
        How the real options are used, where there are any.
    response : Response, optional
        Where the rounds have ended, where rivals respond.
    """

    npv: Array
    component_means: Array
    presence: Presence
    usage: Usage | None = None
    response: Response | None = None


def valued(
    setting: Setting,
    *,
    options: bool = True,
    rivals: str = RIVALS_RESPOND,
    start: Presence | None = None,
    progress: Progress | None = None,
) -> Valued:
    """Value every strategy of every player.

    Parameters
    ----------
    setting : Setting
        Draws and strategies.
    options : bool
        As `simulate` takes it.
    rivals : str
        As `simulate` takes it.
    start : Presence, optional
        Who is there in the first round; by default everybody.
    progress : callable, optional
        As `simulate` takes it.

    Returns
    -------
    Valued

    Raises
    ------
    NumericalError
        Where a draw's payoff is not finite.
    """
    progress = progress or _silent
    chains, draws = setting.drawn.shape
    everyone = everybody(chains * draws, setting.cells[0])
    if not options:
        return Valued(*payoffs(setting, everyone), everyone)
    if rivals == RIVALS_STAY:
        usage = exercise_options(setting, everyone, progress)
        return Valued(*payoffs(setting, everyone, usage.timing), everyone, usage)
    found = respond(setting, progress, start=start)
    return Valued(found.npv, found.component_means, found.presence, found.usage, found)


def check_rivals(rivals: str) -> None:
    """Refuse what rivals cannot do.

    Parameters
    ----------
    rivals : str
        One of `RIVALS`.

    Raises
    ------
    InputError
        If it is another.
    """
    if rivals not in RIVALS:
        raise InputError(f"rivals {rivals!r} is unknown: expected {' or '.join(RIVALS)}")


def _of_rounds(response: Response) -> dict[str, Any]:
    return {
        "rivals": RIVALS_RESPOND,
        "rounds": response.rounds,
        "settled": int(response.settled),
        "last_move_mcse": response.last_move,
        "residual": response.residual,
    }


def _silent(done: float) -> None:
    del done


def _attributes(
    priors: Priors, draws: int, seed: int, chains: int, sampler: str, options: bool
) -> dict[str, Any]:
    """What a run carries of its own making: strings and numbers only, as netCDF wants."""
    return {
        "name": priors.name,
        "description": priors.description,
        "currency": "USD billion, nominal",
        "draws": draws,
        "chains": chains,
        "seed": seed,
        "sampler": sampler,
        "options": int(options),
        "rivals": RIVALS_STAY,
        "edition": priors.edition,
        "strategies": json.dumps([asdict(strategy) for strategy in priors.strategies]),
        "version": _version(),
        "player_types": json.dumps({player.name: player.type for player in priors.players}),
        "player_labels": json.dumps({player.name: player.label for player in priors.players}),
        "type_labels": json.dumps(dict(priors.types)),
        "priors": priors.resolved,
        "shipped": priors.shipped,
    }


def _version() -> str:
    try:
        return version("decide-video")
    except PackageNotFoundError:
        return "unknown"
