"""Whether somebody is always in the contest for the market: weights that may be zero."""

from collections.abc import Iterator, Mapping, Sequence

from priors.distributions.distribution import Distribution
from priors.errors import Problem
from priors.reading.records import Player, Prior

__all__ = ["zero_weights"]


def zero_weights(
    priors: Mapping[tuple[str, str | None], Prior], players: Sequence[Player]
) -> Iterator[Problem]:
    """What is wrong with priors of weights that may be exactly zero.

    Parameters
    ----------
    priors : mapping
        (quantity name, player) to its Prior; some may be missing.
    players : sequence of Player
        Those that take part.

    Yields
    ------
    Problem
        Where every attractiveness may be 0 in one draw, which leaves nobody to compare with; and
        where a weight of 2026 may be 0 while attractiveness is not.
    """
    names = [player.name for player in players]
    long_run = {
        name: priors["player.attractiveness", name]
        for name in names
        if ("player.attractiveness", name) in priors
    }
    if names and len(long_run) == len(names) and all(map(_may_be_zero, long_run.values())):
        text = "found 0 for every player at once, expected at least one that is never 0"
        yield _problem(long_run[names[0]], text)
    for name, prior in long_run.items():
        weight = priors.get(("player.weight_2026", name))
        if weight is None or not _may_be_zero(weight):
            continue
        if not prior.distribution.constant or not _may_be_zero(prior):
            text = "found 0, expected more than 0 where attractiveness is more than 0"
            yield _problem(weight, text)


def _may_be_zero(prior: Prior) -> bool:
    """Whether 0 has a probability of its own."""
    distribution: Distribution = prior.distribution
    if not distribution.discrete:
        return False
    values, _ = distribution.atoms()
    return any(distribution.scale * value + distribution.shift == 0.0 for value in values)


def _problem(prior: Prior, text: str) -> Problem:
    return Problem(prior.origin.file, prior.origin.line, prior.origin.path, text)
