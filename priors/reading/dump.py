"""The resolved prior file: no ``extends``, every quantity under its player."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from priors.reading.records import Correlation, Player, Prior

__all__ = ["dump", "toml_value"]


def dump(
    name: str,
    description: str,
    players: Iterable[Player],
    excluded: Iterable[str],
    types: Mapping[str, str],
    priors: Mapping[tuple[str, str | None], Prior],
    correlations: Iterable[Correlation],
) -> str:
    """Text of the resolved prior file.

    Parameters
    ----------
    name : str
        The file's own, which names the run's folder.
    description : str
        The file's own; empty where it has none.
    players : iterable of Player
        All of them by place; the excluded keep their tables, so that places remain.
    excluded : iterable of str
        Names of those left out.
    types : mapping
        Name of each type to its label.
    priors : mapping
        (quantity name, player or None) to its Prior, in the order wanted.
    correlations : iterable of Correlation
        Wildcards expanded; those of a constant are written as inactive, which keeps every other
        quantity's draws as they are.

    Returns
    -------
    str
        TOML; reading it and writing it again gives the same text.
    """
    lines = ["schema = 1", f"name = {toml_value(name)}"]
    lines += [f"description = {toml_value(description)}"] if description else []
    left_out = list(excluded)
    lines += [f"exclude = {toml_value(left_out)}"] if left_out else []
    by_player: dict[str | None, list[Prior]] = {}
    for prior in priors.values():
        by_player.setdefault(prior.player, []).append(prior)
    for prior in by_player.get(None, []):
        lines += _prior(prior)
    for kind, label in types.items():
        lines += ["", f"[types.{kind}]", f"label = {toml_value(label)}"]
    for player in players:
        lines += ["", f"[players.{player.name}]", f"type = {toml_value(player.type)}"]
        lines += [f"label = {toml_value(player.label)}"]
        for prior in by_player.get(player.name, []):
            lines += _prior(prior)
    for correlation in correlations:
        lines += _correlation(correlation, priors)
    return "\n".join(lines) + "\n"


def _prior(prior: Prior) -> Iterator[str]:
    yield ""
    yield f"[{prior.path}]"
    # The family first; the rest in the order in which it was stated.
    for key in sorted(prior.stated, key=lambda key: key != "family"):
        yield f"{key} = {toml_value(prior.stated[key])}"
    yield f"unit = {toml_value(prior.quantity.unit)}"
    if prior.sources:
        yield f"sources = {toml_value(list(prior.sources))}"
    if prior.why:
        yield f"why = {toml_value(prior.why)}"


def _correlation(
    correlation: Correlation, priors: Mapping[tuple[str, str | None], Prior]
) -> Iterator[str]:
    ends = [priors[correlation.first], priors[correlation.second]]
    yield ""
    yield "[[correlations]]"
    yield f"between = {toml_value([end.path for end in ends])}"
    yield f"rank = {toml_value(correlation.rank)}"
    if correlation.why:
        yield f"why = {toml_value(correlation.why)}"
    if any(end.distribution.constant for end in ends):
        yield "inactive = true"


def toml_value(value: Any) -> str:
    """A plain value as TOML writes it, on one line.

    Parameters
    ----------
    value : str, bool, float, int, list or dict
        Floats are written so that they are read back bit for bit.

    Returns
    -------
    str
        Without a line break.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        # JSON's escapes are TOML's, but that TOML wants this one as well.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    if isinstance(value, dict):
        inner = ", ".join(f"{key} = {toml_value(item)}" for key, item in value.items())
        return f"{{ {inner} }}"
    return repr(value)
