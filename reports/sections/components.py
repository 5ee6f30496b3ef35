"""The parts of each strategy's expected value."""

from typing import Any

from reports.templating import fill
from reports.view import Section, View
from reports.wording import component_name

__all__ = ["components"]


def components(view: View) -> Section:
    """A table of components for each player."""
    players = [
        {"label": entry["label"], "rows": _rows(view, player)}
        for player, entry in view.players.items()
    ]
    html = fill("components.html.j2", players=players, strategies=view.strategies)
    return Section("components", "What the values are made of", html)


def _rows(view: View, player: str) -> list[dict[str, Any]]:
    payoff = view.run["payoff"].to_dataset().sel(player=player)
    means = payoff["component_mean"].transpose("component", "strategy").to_numpy()
    errors = payoff["component_mcse"].transpose("component", "strategy").to_numpy()
    names = payoff.component.to_numpy()
    return [
        {"name": component_name(str(name)), "cells": list(zip(mean, mcse, strict=True))}
        for name, mean, mcse in zip(names, means, errors, strict=True)
    ]
