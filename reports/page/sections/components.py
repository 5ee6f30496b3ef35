"""What the answer rests on: the parts of each strategy's expected value."""

from collections.abc import Mapping

from reports.page.charts.waterfall import Parts, waterfall_chart
from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.wording import component_name

__all__ = ["components"]


def components(view: View) -> Section | None:
    """A waterfall and a table of components for each player.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section or None
        None of a part of a run's draws.
    """
    if "component" not in view.run.children:
        return None
    parts = {player: _parts(view, player) for player in view.players}
    chart = waterfall_chart(
        {player: (view.players[player]["label"], of) for player, of in parts.items()}
    )
    players = [
        {"label": view.players[player]["label"], "rows": _rows(of)} for player, of in parts.items()
    ]
    html = fill("components.html.j2", players=players, strategies=view.strategies, chart=chart)
    return Section("components", "What the answer rests on", html, (chart,))


def _parts(view: View, player: str) -> dict[str, Parts]:
    """Strategy to component to mean and standard error."""
    payoff = view.run["component"].to_dataset().sel(player=player)
    names = [component_name(str(name)) for name in payoff.component.to_numpy()]
    return {
        strategy: dict(
            zip(
                names,
                zip(
                    payoff["component_mean"].sel(strategy=strategy).to_numpy().tolist(),
                    payoff["component_mcse"].sel(strategy=strategy).to_numpy().tolist(),
                    strict=True,
                ),
                strict=True,
            )
        )
        for strategy in view.strategies
    }


def _rows(parts: Mapping[str, Parts]) -> list[dict[str, object]]:
    names = next(iter(parts.values()))
    return [{"name": name, "cells": [of[name] for of in parts.values()]} for name in names]
