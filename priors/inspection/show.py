"""What the commands around prior files show, as plain records."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from priors.reading.files import SHIPPED, shipped_files
from priors.reading.records import Origin, Prior, Priors

__all__ = ["Row", "Shipped", "in_words", "rows", "shipped", "unusual"]


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


def unusual(priors: Priors) -> list[str]:
    """A note on each prior whose median lies outside the usual range of its quantity.

    Parameters
    ----------
    priors : Priors
        Resolved.

    Returns
    -------
    list of str
        Empty where every median is in its range; priors of excluded players are passed over.
    """
    left_out = {player.name for player in priors.excluded}
    return [
        f"{prior.path}: the median {median:.3g} lies outside the usual {quantity.usual_range} "
        f"[{quantity.unit}]"
        for prior in priors.priors.values()
        if prior.player not in left_out
        for quantity, median in [(prior.quantity, prior.distribution.quantile(0.5))]
        if not quantity.usual[0] <= median <= quantity.usual[1]
    ]


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
        Family, parameters or quantiles, bounds, scale and shift.

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
