"""Result files of an older form, turned into that of today: the same figures under other keys.

Only the standard deviation of a strategy's payoff is left out.
"""

from collections.abc import Mapping
from typing import Any

from model.analyses.results.record import SCHEMA
from priors.errors import InputError

__all__ = ["upgraded"]

#: Keys of schema 1, and what they are called now.
_KEYS: Mapping[str, str] = {
    "flip": "prior_perturbation",
    "right": "real_option",
    "separation": "regional_sensitivity",
    "separation_null": "regional_sensitivity_null",
}
#: Keys of a strategy in decision.json that are left out: no error of this figure holds.
_GONE = frozenset(("sd", "sd_mcse"))
_ESTIMATORS: Mapping[str, str] = {
    "surface": "polynomial chaos",
    "capped surface": "capped polynomial chaos",
    "trees": "boosted trees",
}
#: Below these, keys are names that somebody chose, paths, strategies or years.
_NAMED = frozenset(("players", "types", "inputs", "groups", "strategies"))


def upgraded(content: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The content of decision.json, option.json or sensitivity.json in the form of today.

    Parameters
    ----------
    content : mapping
        As read; of schema 1 or of today's.
    where : str
        The file, for the message.

    Returns
    -------
    dict
        A copy, whose ``schema`` is that of today.

    Raises
    ------
    InputError
        Where its form is another.
    """
    schema = content.get("schema")
    if schema == SCHEMA:
        return dict(content)
    if schema != 1:
        raise InputError(f"{where}: has schema {schema}; expected {SCHEMA}, or 1 of older versions")
    try:
        return _from_first(content)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{where}: is damaged: not of the form of schema 1 ({error})") from None


def _from_first(content: Mapping[str, Any]) -> dict[str, Any]:
    if "conditions" not in content and "draws" not in content:
        return _option(content) | {"schema": SCHEMA}
    if "conditions" not in content:
        content = _decision(content)
    return _record(content) | {"schema": SCHEMA}


def _decision(old: Mapping[str, Any]) -> dict[str, Any]:
    """decision.json without the figures that are gone."""
    kinds = {kind: old[kind] for kind in ("players", "types") if kind in old}
    return {
        **old,
        **{
            kind: {name: entry | _kept(entry["strategies"]) for name, entry in entries.items()}
            for kind, entries in kinds.items()
        },
    }


def _kept(strategies: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    kept = {
        name: {key: value for key, value in row.items() if key not in _GONE}
        for name, row in strategies.items()
    }
    return {"strategies": kept}


def _option(old: Mapping[str, Any]) -> dict[str, Any]:
    """option.json, where strategies stand right below the players."""
    players = {
        player: {strategy: _record(one) for strategy, one in of.items()}
        for player, of in old.get("players", {}).items()
    }
    return {**old, "players": players}


def _record(old: Mapping[str, Any]) -> dict[str, Any]:
    """A record of schema 1 with its keys renamed."""
    new: dict[str, Any] = {}
    for key, value in old.items():
        if key == "by_year":
            new |= _by_year(value)
        elif key in _NAMED and isinstance(value, Mapping):
            new[key] = {name: _value(one) for name, one in value.items()}
        elif key == "method":
            new[key] = _ESTIMATORS.get(value, value)
        else:
            new[_key(key, old)] = _value(value)
    return new


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _record(value)
    return [_value(one) for one in value] if isinstance(value, list) else value


def _key(key: str, record: Mapping[str, Any]) -> str:
    if key == "se":
        return "distance_mcse" if "distance" in record else "value_mcse"
    return f"{key.removesuffix('_se')}_mcse" if key.endswith("_se") else _KEYS.get(key, key)


def _by_year(shares: Mapping[str, Any]) -> dict[str, Any]:
    """Shares by year; option.json had each with its error in a record of its own."""
    if not any(isinstance(one, Mapping) for one in shares.values()):
        return {"by_year": dict(shares)}
    return {
        "by_year": {year: one["share"] for year, one in shares.items()},
        "by_year_mcse": {year: one["share_mcse"] for year, one in shares.items()},
    }
