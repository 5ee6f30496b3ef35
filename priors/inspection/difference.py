"""What differs between two prior files, quantity by quantity."""

from dataclasses import dataclass

from priors.inspection.show import in_words
from priors.reading.records import Correlation, Prior, Priors

__all__ = ["Change", "CorrelationChange", "correlation_differences", "differences"]


@dataclass(frozen=True, slots=True)
class Change:
    """A prior that is not the same in two files.

    Attributes
    ----------
    path : str
        Its path, such as ``players.openai.cost_ratio``.
    unit : str
        Unit of the quantiles.
    first, second : tuple of float or None
        In either file the 10, 50 and 90 % points, of an event its probability alone; None where it
        has not this player.
    first_stated, second_stated : str
        What either file states of it, in a line: where the figures do not tell the two apart.
    """

    path: str
    unit: str
    first: tuple[float, ...] | None
    second: tuple[float, ...] | None
    first_stated: str = ""
    second_stated: str = ""


@dataclass(frozen=True, slots=True)
class CorrelationChange:
    """A rank correlation that is not the same in two files; 0 where a file states none."""

    between: tuple[str, str]
    first: float
    second: float


def differences(first: Priors, second: Priors) -> list[Change]:
    """Every prior whose distribution differs, in the order of the registry.

    Parameters
    ----------
    first : Priors
        Resolved; excluded players are left out.
    second : Priors
        What it is compared with.

    Returns
    -------
    list of Change
        Those of players that only one of them has too. Units, sources and reasons are not
        compared.
    """
    ours, theirs = _present(first), _present(second)
    changes = []
    for key, known in {**theirs, **ours}.items():
        one, other = ours.get(key), theirs.get(key)
        if one is None or other is None or one.distribution != other.distribution:
            texts = (in_words(each.stated) if each else "" for each in (one, other))
            points = _points(one), _points(other)
            changes.append(Change(known.path, known.quantity.unit, *points, *texts))
    return changes


def correlation_differences(first: Priors, second: Priors) -> list[CorrelationChange]:
    """Every rank correlation that differs.

    Parameters
    ----------
    first : Priors
        Resolved; correlations of excluded players are left out.
    second : Priors
        What it is compared with.

    Returns
    -------
    list of CorrelationChange
        A pair that only one of them states has a rank of 0 in the other.
    """
    one, other = _ranks(first), _ranks(second)
    return [
        CorrelationChange(pair, one.get(pair, 0.0), other.get(pair, 0.0))
        for pair in dict.fromkeys([*one, *other])
        if one.get(pair, 0.0) != other.get(pair, 0.0)
    ]


def _present(priors: Priors) -> dict[tuple[str, str | None], Prior]:
    left_out = {player.name for player in priors.excluded}
    return {key: prior for key, prior in priors.priors.items() if key[1] not in left_out}


def _points(prior: Prior | None) -> tuple[float, ...] | None:
    if prior is None:
        return None
    if prior.quantity.event:
        values, weights = prior.distribution.atoms()
        return (sum(weight for value, weight in zip(values, weights, strict=True) if value),)
    return tuple(prior.distribution.quantile(p) for p in (0.1, 0.5, 0.9))


def _ranks(priors: Priors) -> dict[tuple[str, str], float]:
    def path(end: tuple[str, str | None]) -> str:
        name, player = end
        return name if player is None else f"players.{player}.{name.rpartition('.')[2]}"

    def ends(pair: Correlation) -> tuple[str, str]:
        first, second = sorted((path(pair.first), path(pair.second)))
        return first, second

    left_out = {player.name for player in priors.excluded}
    return {
        ends(pair): pair.rank
        for pair in priors.correlations
        if not {pair.first[1], pair.second[1]} & left_out
    }
