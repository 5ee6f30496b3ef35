"""The resolved prior file: no ``extends``, every quantity under its player."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from priors.reading.records import Correlation, Prior, Priors

__all__ = ["dump", "toml_value"]


def dump(priors: Priors) -> str:
    """Text of the resolved prior file.

    Parameters
    ----------
    priors : Priors
        Resolved; its ``resolved`` is not read. The excluded players keep their tables, so that
        places remain; correlations of a constant are written as inactive, which keeps every other
        quantity's draws as they are.

    Returns
    -------
    str
        TOML; reading it and writing it again gives the same text.
    """
    lines = [f"schema = {priors.edition}", f"name = {toml_value(priors.name)}"]
    lines += [f"description = {toml_value(priors.description)}"] if priors.description else []
    left_out = [player.name for player in priors.excluded]
    lines += [f"exclude = {toml_value(left_out)}"] if left_out else []
    by_player: dict[str | None, list[Prior]] = {}
    for prior in priors.priors.values():
        by_player.setdefault(prior.player, []).append(prior)
    for prior in by_player.get(None, []):
        lines += _prior(prior)
    for strategy in priors.strategies:
        lines += ["", f"[strategies.{strategy.name}]", f"label = {toml_value(strategy.label)}"]
        lines += [f"why = {toml_value(strategy.why)}"] if strategy.why else []
    for kind, label in priors.types.items():
        lines += ["", f"[types.{kind}]", f"label = {toml_value(label)}"]
    for player in priors.all_players():
        lines += ["", f"[players.{player.name}]", f"type = {toml_value(player.type)}"]
        lines += [f"label = {toml_value(player.label)}"]
        for prior in by_player.get(player.name, []):
            lines += _prior(prior)
    for correlation in priors.correlations:
        lines += _correlation(correlation, priors.priors)
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
