"""Names and phrases that the report uses for what the model calls by identifiers."""

from collections.abc import Mapping
from typing import Any

from reports.numbers import number

__all__ = ["COMPONENT_NAMES", "STRATEGY_NAMES", "component_name", "distribution_in_words"]

STRATEGY_NAMES: Mapping[str, str] = {"exit": "Exit", "stay": "Stay", "api_only": "API only"}

COMPONENT_NAMES: Mapping[str, str] = {
    "video_margin": "Margin on video",
    "platform_synergy": "Synergy with the platform",
    "consumer_subsidy": "Consumer subsidy",
    "fixed_cost": "Fixed cost",
    "legal": "Legal losses",
    "compute_opportunity": "Scarce compute",
    "robotics": "Robotics",
    "ipo": "Listing (IPO)",
    "developer_trust": "Developers’ trust",
    "exit_settlement": "Settlement on leaving",
    "reentry": "Right to come back",
    "abandonment": "Right to leave later",
}


def component_name(component: str) -> str:
    """A component's name for readers."""
    return COMPONENT_NAMES.get(component, component.replace("_", " "))


def distribution_in_words(stated: Mapping[str, Any]) -> str:
    """What a prior's table states, in one line: ``lognormal, 10 %: 2, 90 %: 9``."""
    family = str(stated.get("family", ""))
    if family == "constant":
        return f"fixed at {_value(stated.get('value'))}"
    if family == "bernoulli":
        return f"happens with probability {_value(stated.get('probability'))}"
    if family == "mixture":
        parts = [
            f"{_value(part.get('weight'))} × {distribution_in_words(part)}"
            for part in stated.get("components", ())
        ]
        return "mixture of " + " and ".join(parts)
    named = ((_quantile_name(key), value) for key, value in stated.items() if key not in _NO_SHAPE)
    return ", ".join([family, *(f"{name}: {_value(value)}" for name, value in named)])


_NO_SHAPE = frozenset({"family", "weight", "unit", "sources", "why", "type", "label"})


def _quantile_name(key: str) -> str:
    if len(key) == 3 and key[0] == "p" and key[1:].isdecimal():
        return f"{int(key[1:])} %"
    return key.replace("_", " ")


def _value(value: Any) -> str:
    if isinstance(value, int | float):
        return number(float(value))
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return str(value)
