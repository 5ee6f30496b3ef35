"""The joint prior as a PyMC model, to extend, condition and sample.

PyMC can neither truncate nor invert a mixture, so every quantity is a function of a latent
standard normal score, by the quantile function of its family; the scores are correlated by the
copula. The payoffs depend on the quantities through an Op around the kernel.
"""

from collections.abc import Sequence

import numpy as np
import pymc as pm
import pytensor.tensor as pt

from model.bayes.ops import Payoff
from model.bayes.quantiles import Tensor, gather, quantiles
from model.economics.components import COMPONENT_NAMES
from model.economics.strategies import compared
from model.numerics.arguments.door import checked
from model.numerics.arguments.scalars import record
from model.sampling.copula import copula
from model.sampling.dimensions import dimension
from priors.reading.records import Prior, Priors

__all__ = ["pymc_model"]


@checked(priors=record(Priors, "load_priors"))
def pymc_model(priors: Priors) -> pm.Model:
    """Build the joint prior of every quantity, with the payoffs, as a PyMC model.

    Parameters
    ----------
    priors : Priors
        From `load_priors`. Players that it excludes are left out.

    Returns
    -------
    pymc.Model
        Not yet conditioned on anything. Its variables:

        ``latent`` (path,)
            Independent standard normals, one for each quantity that is not a constant: the only
            free random variable.
        every quantity by its dotted name: a number, or (player,)
            Deterministic, in the units of the registry, constants included.
        ``npv`` (player, strategy)
            Net present value at the decision date, USD billion, without the real options to leave
            later and to come back, and with rivals who stay: when to leave is a rule fitted to
            many draws, a model is one.
        ``npv_component`` (player, strategy, component)
            What it is the sum of.
        ``npv_of_type`` (type, strategy)
            The sum over the players of a type.

        Coordinates: ``path`` (of the prior file), ``player``, ``type``, ``strategy``,
        ``component``.

    Raises
    ------
    InputError
        If `priors` is something else.

    Notes
    -----
    A latent score z is correlated by the Cholesky factor of the copula's matrix and becomes
    F⁻¹(Φ(z)); F has the truncation, mixture, scale and shift of the prior file. `simulate` draws
    from the same distribution, two hundred times faster.

    NUTS sees normal scores only. An event or another discrete quantity is a step of its score:
    a likelihood that depends on it gives NUTS no slope, and the chain crosses the step only by
    chance. Payoffs have no gradient: they are computed from what was sampled, and a likelihood
    on them makes PyMC choose a sampler without gradients.

    Examples
    --------
    >>> model = decide.pymc_model(decide.load_priors("base.toml"))
    >>> with model:
    ...     size = pm.math.log(model["market.size_2033"])
    ...     pm.Normal("forecast", size, 0.5, observed=np.log(20.0))
    ...     posterior = pm.sample()
    """
    varying = [prior for prior in _ordered(priors) if not prior.distribution.constant]
    with pm.Model(coords=_coords(priors, varying)) as model:
        latent = pm.Normal("latent", shape=len(varying), dims="path")
        payoff = Payoff(compared(priors.strategies), priors.quantities)
        components, npv = payoff(*_quantities(priors, varying, latent))
        pm.Deterministic("npv", npv, dims=("player", "strategy"))
        pm.Deterministic("npv_component", components, dims=("player", "strategy", "component"))
        pm.Deterministic("npv_of_type", _of_types(priors, npv), dims=("type", "strategy"))
    return model


def _ordered(priors: Priors) -> list[Prior]:
    """Every prior of the players that take part, in the order of the registry."""
    keys: list[tuple[str, str | None]] = [(q.name, None) for q in priors.quantities.shared]
    keys += [(q.name, player.name) for player in priors.players for q in priors.quantities.own]
    return [priors.priors[key] for key in keys]


def _types(priors: Priors) -> list[str]:
    """The types that have players."""
    taken = {player.type for player in priors.players}
    return [kind for kind in priors.types if kind in taken]


def _coords(priors: Priors, varying: Sequence[Prior]) -> dict[str, list[str]]:
    return {
        "path": [prior.path for prior in varying],
        "player": [player.name for player in priors.players],
        "type": _types(priors),
        "strategy": [strategy.name for strategy in compared(priors.strategies)],
        "component": list(COMPONENT_NAMES),
    }


def _quantities(priors: Priors, varying: Sequence[Prior], latent: Tensor) -> tuple[Tensor, Tensor]:
    """Name every quantity in the model: global ones (quantity,), players' (player, quantity)."""
    constant = [prior for prior in _ordered(priors) if prior.distribution.constant]
    everything = [*varying, *constant]
    scores = pt.concatenate([_correlated(priors, varying, latent), np.zeros(len(constant))])
    found = quantiles([prior.distribution for prior in everything], scores)
    places = {
        (prior.quantity.name, prior.player): place
        for prior, place in zip(everything, found, strict=True)
    }
    globals_, players = [], []
    for quantity in priors.quantities.shared:
        vector, row = places[quantity.name, None]
        globals_.append(pm.Deterministic(quantity.name, vector[row]))
    for quantity in priors.quantities.own:
        own = gather([places[quantity.name, player.name] for player in priors.players])
        players.append(pm.Deterministic(quantity.name, own, dims="player"))
    return pt.stack(globals_), pt.stack(players, axis=1)


def _correlated(priors: Priors, varying: Sequence[Prior], latent: Tensor) -> Tensor:
    """Scores (path,): those that the copula joins, mixed; the others as they are.

    Of the copula's matrix the part of the quantities that are here: a Gaussian copula stays what
    it is when some of its dimensions are left out.
    """
    joint = copula(priors)
    places = {player.name: player.place for player in priors.players}
    rows = {place: row for row, place in enumerate(joint.dimensions)}
    here, kept = [], []
    for place, prior in enumerate(varying):
        own = None if prior.player is None else places[prior.player]
        row = rows.get(dimension(priors.quantities, prior.quantity.name, own))
        if row is not None:
            here.append(place)
            kept.append(row)
    if not here:
        return latent
    matrix = (joint.factor @ joint.factor.T)[np.ix_(kept, kept)]
    index = np.array(here)
    # Not a product of matrices: PyTensor would look for a BLAS, and warn where there is none.
    mixed = (pt.constant(np.linalg.cholesky(matrix)) * latent[index]).sum(axis=1)
    return latent[index].set(mixed)


def _of_types(priors: Priors, npv: Tensor) -> Tensor:
    """Payoffs of each type's players added up (type, strategy)."""
    members = [
        [place for place, player in enumerate(priors.players) if player.type == kind]
        for kind in _types(priors)
    ]
    return pt.stack([npv[np.array(places)].sum(axis=0) for places in members])
