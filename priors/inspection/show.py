"""What the commands around prior files show, as plain records."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from priors.reading.files import SHIPPED, shipped_files
from priors.reading.layers import SET
from priors.reading.records import Origin, Prior, Priors

__all__ = ["Row", "Shipped", "in_words", "rows", "shipped", "shown", "unusual"]


@dataclass(frozen=True, slots=True)
class Shipped:
    """A prior file that comes with the program: its name, and one line on it."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Row:
    """A prior in a table.

    Attributes
    ----------
    path : str
        Path, such as ``players.openai.cost_ratio``.
    stated : str
        Family, parameters or quantiles, in one line.
    p10, p50, p90 : float
        Quantiles of the draws, in `unit`.
    unit : str
        The quantity's unit.
    origin : str
        File and line that state the distribution, or ``--set``.
    table : str
        The table that states it: the player's own, its type's, or that of a ``--set``.
    changed : str
        What other places state of it, such as ``scale from --set``; empty where nothing.
    """

    path: str
    stated: str
    p10: float
    p50: float
    p90: float
    unit: str
    origin: str
    table: str
    changed: str


def shipped() -> list[Shipped]:
    """The prior files that come with the program, ``base.toml`` first.

    Returns
    -------
    list of Shipped
        The others in alphabetical order.
    """
    return [Shipped(name, _description(name)) for name in shipped_files()]


def _description(name: str) -> str:
    data = tomllib.loads((SHIPPED / name).read_text(encoding="utf-8"))
    return " ".join(str(data.get("description", "")).split())


def rows(priors: Priors) -> list[Row]:
    """A row for each prior: the global quantities, then player by player, without the excluded.

    Parameters
    ----------
    priors : Priors
        Resolved.

    Returns
    -------
    list of Row
        Quantiles in each quantity's unit.
    """
    left_out = {player.name for player in priors.excluded}
    return [_row(prior) for prior in priors.priors.values() if prior.player not in left_out]


#: By how many widths of its usual range for the median the 1st and 99th percentiles may exceed it.
_BEYOND = 10.0
_MOST_SHOWN = 20


def unusual(priors: Priors) -> list[str]:
    """A warning of each prior of unusual size, most often a slip of the unit or of a zero.

    Parameters
    ----------
    priors : Priors
        Resolved.

    Returns
    -------
    list of str
        With file, line and path: where the median lies outside the usual range of its quantity, or
        the 1st or 99th percentile far outside. A prior that several players inherit is named once;
        those of excluded players are passed over.
    """
    left_out = {player.name for player in priors.excluded}
    found: dict[str, None] = {}
    for prior in priors.priors.values():
        if prior.player not in left_out and (text := _unusual(prior)):
            origin = _blamed(prior)
            place = f"{origin.file}:{origin.line}" if origin.line else origin.file
            found[f"{place}: {origin.path}: {text}"] = None
    return list(found)


def shown(warnings: Sequence[str]) -> list[str]:
    """What is shown of many warnings.

    Parameters
    ----------
    warnings : sequence of str
        From `unusual`.

    Returns
    -------
    list of str
        The first 20, and one that counts the others.
    """
    first, more = list(warnings[:_MOST_SHOWN]), len(warnings) - _MOST_SHOWN
    return [*first, f"and {more:,} more priors of unusual size"] if more > 0 else first


_MOVES = ("score_shift", "score_spread", "scale", "shift")


def _blamed(prior: Prior) -> Origin:
    """What made it so: an override, a move that may come from elsewhere, the family."""
    over = [origin for origin in prior.origins.values() if origin.file == SET]
    moved = [prior.origins[key] for key in _MOVES if key in prior.origins]
    return [*over, *moved, prior.origin][0]


def _unusual(prior: Prior) -> str:
    """What is unusual about a prior; empty where nothing is."""
    quantity, (low, high) = prior.quantity, prior.quantity.usual
    room = _BEYOND * (high - low)
    limits = {0.5: (low, high), 0.01: (low - room, inf), 0.99: (-inf, high + room)}
    for probability, (least, most) in limits.items():
        value = prior.distribution.quantile(probability)
        if not least <= value <= most:
            name = "the median" if probability == 0.5 else f"the {100 * probability:.0f} % point"
            where = "" if probability == 0.5 else "far "
            usual = f"{quantity.usual_range} [{quantity.unit}] of a median"
            return f"{name} {value:.3g} lies {where}outside the usual {usual}"
    return ""


def _row(prior: Prior) -> Row:
    p10, p50, p90 = (prior.distribution.quantile(probability) for probability in (0.1, 0.5, 0.9))
    return Row(
        path=prior.path,
        stated=in_words(prior.stated),
        p10=p10,
        p50=p50,
        p90=p90,
        unit=prior.quantity.unit,
        origin=_place(prior.origin),
        table=prior.origin.path,
        changed=_changed(prior),
    )


def _place(origin: Origin) -> str:
    return f"{origin.file}:{origin.line}" if origin.line else origin.file


def _changed(prior: Prior) -> str:
    elsewhere: dict[str, list[str]] = {}
    for key, origin in prior.origins.items():
        if key in prior.stated and (origin.file, origin.path) != (
            prior.origin.file,
            prior.origin.path,
        ):
            elsewhere.setdefault(_place(origin), []).append(key)
    return "; ".join(f"{', '.join(keys)} from {place}" for place, keys in elsewhere.items())


def in_words(stated: Mapping[str, Any]) -> str:
    """A prior's table in one line: ``lognormal, p10 = 0.25, p90 = 1.2``.

    Parameters
    ----------
    stated : mapping
        Family, parameters or quantiles, bounds, moves.

    Returns
    -------
    str
        The family first; numbers to six digits.
    """
    words = [str(stated["family"])]
    for key, value in stated.items():
        if key == "components":
            parts = (f"{part['weight']:g} of {in_words(_component(part))}" for part in value)
            words.append("; ".join(parts))
        elif isinstance(value, list):
            words.append(f"{key} = {', '.join(f'{item:g}' for item in value)}")
        elif key != "family":
            words.append(f"{key} = {value:g}")
    return ", ".join(words)


def _component(part: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "weight"}
