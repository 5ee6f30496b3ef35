"""What a decision maker reads: expected values, risk, regret, and which strategy is best.

Every figure comes with its Monte Carlo standard error, measured across the chains, which are
independent randomizations: the standard deviation of the chains' figures over the root of their
number.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from model.analyses.judgement import judge
from model.analyses.levers import classes_of, levers
from model.analyses.marks import MARKS
from model.analyses.payoffs import payoffs_of
from model.analyses.results.decision import Decision, Judgement, Mark, PlayerDecision, TypeDecision
from model.analyses.results.levers import Rivals, StrategyName
from model.analyses.results.looks import looks_from, looks_of, required_errors
from model.analyses.results.record import Figure, plain
from model.economics.strategies import STAY, Strategy
from model.numerics.arguments.scalars import list_of_names
from model.numerics.arrays import Array
from model.numerics.standard_errors import is_resolved
from model.simulation.run_attributes import names_of
from model.simulation.run_tree import as_run

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["check_players", "decision", "judged"]


def decision(run: "xr.DataTree", players: Sequence[str] | None = None) -> dict[str, Any]:
    """Reduce a run to what is decided on: the content of ``decision.json``.

    Parameters
    ----------
    run : xarray.DataTree
        From `simulate`, or read from ``run.nc``; or a part of one: of its players, of its added
        strategies and, without real options, of its draws.
    players : sequence of str, optional
        Those to report; types are then left out.

    Returns
    -------
    dict
        Plain numbers, strings, lists and dicts. Beside every figure ``x`` stands ``x_mcse``.
        Money is in USD billion.

    Raises
    ------
    InputError
        Where a player is not in the run, or it is no run's tree, or lacks what a decision needs.
    NumericalError
        Where a payoff is not finite.
    """
    run = as_run(run)
    players = None if players is None else list_of_names("players", players)
    if "whole" in run.children:
        return whole_decision(run, players)
    return plain(judged(run, players))


def judged(run: "xr.DataTree", players: Sequence[str] | None = None) -> Decision:
    """Reduce a run to what is decided on, as a record.

    Parameters
    ----------
    run : DataTree
        As `decision` takes it.
    players : sequence of str, optional
        As `decision` takes them.

    Returns
    -------
    Decision
        Payoffs in USD billion.

    Raises
    ------
    InputError
        If a player is not in the run.
    """
    payoffs, classes = payoffs_of(run), classes_of(run)
    chosen = payoffs.players if players is None else check_players(players, payoffs.players)

    def judge_members(members: Sequence[str], player: str | None) -> Judgement:
        own = payoffs.of(members)
        options = None if player is None else _options(run, player)
        return judge(own, None if classes is None else levers(own, classes), options)

    return decided(
        run.attrs,
        payoffs.strategies,
        judge_members,
        lambda player: payoffs.of([player]).npv[STAY],
        chosen,
        types=players is None,
    )


def decided(
    attributes: Mapping[Any, Any],
    strategies: Sequence[Strategy],
    judge_members: Callable[[Sequence[str], str | None], Judgement],
    staying: Callable[[str], Iterable[Array]],
    players: Sequence[str],
    *,
    types: bool = True,
) -> Decision:
    """Put together what is decided on.

    Parameters
    ----------
    attributes : mapping
        Of the run's tree.
    strategies : sequence of Strategy
        Those compared.
    judge_members : callable
        Judges some players as one: those of a type, or one of them, whose name then follows.
    staying : callable
        A player to each chain's draws (draw,) of what staying is worth, USD billion.
    players : sequence of str
        Those to report; all of them where types are reported too.
    types : bool
        Whether to report types.

    Returns
    -------
    Decision
    """
    kinds = names_of(attributes, "player_types")
    labels = names_of(attributes, "player_labels")
    names = names_of(attributes, "type_labels")
    by_kind = {
        kind: [name for name in players if kinds[name] == kind]
        for kind in dict.fromkeys(kinds[name] for name in players)
    }
    return Decision(
        currency=attributes["currency"],
        priors=attributes["name"],
        draws=int(attributes["draws"]),
        chains=int(attributes["chains"]),
        seed=int(attributes["seed"]),
        looks=looks_of(attributes),
        rivals=_rivals(attributes),
        strategies={one.name: StrategyName(one.label) for one in strategies},
        players={
            name: PlayerDecision(
                kinds[name], labels[name], judge_members([name], name), _mark(name, staying)
            )
            for name in players
        },
        types={
            kind: TypeDecision(names.get(kind, kind), members, judge_members(members, None))
            for kind, members in by_kind.items()
        }
        if types
        else None,
    )


def whole_decision(run: "xr.DataTree", players: Sequence[str] | None = None) -> dict[str, Any]:
    """The decision of all draws of a run that keeps a sample of them.

    Parameters
    ----------
    run : DataTree
        With the group ``whole``.
    players : sequence of str, optional
        As `decision` takes them.

    Returns
    -------
    dict
        As `decision` returns it.

    Raises
    ------
    InputError
        If a player is not in the run.
    """
    content: dict[str, Any] = json.loads(str(run["whole"].dataset["decision"].item()))
    if "looks" in run.attrs:
        content = _looked_at(content, json.loads(run.attrs["looks"]))
    if players is None:
        return content
    chosen = check_players(players, list(content["players"]))
    content["players"] = {name: content["players"][name] for name in chosen}
    del content["types"]
    return content


def _looked_at(content: Mapping[str, Any], looks: Mapping[str, Any]) -> dict[str, Any]:
    """A decision with what the looks asked of its leads."""
    found = {**content, "looks": looks}
    required = required_errors(looks_from(looks))
    if required is None:
        return found
    for kind in ("players", "types"):
        found[kind] = {name: _asked(entry, required) for name, entry in content[kind].items()}
    return found


def _asked(entry: Mapping[str, Any], required: float) -> dict[str, Any]:
    lead = entry["best_minus_next"]
    resolved = is_resolved(lead["mean"], lead["mean_mcse"], required)
    return {**entry, "resolved": resolved, "required": required}


def check_players(players: Sequence[str], names: Sequence[str]) -> list[str]:
    """Refuse a player who is not among `names`; the players asked for, each once.

    Parameters
    ----------
    players : sequence of str
        Those asked for.
    names : sequence of str
        Those there are.

    Returns
    -------
    list of str
        In the order asked for.

    Raises
    ------
    InputError
        With the nearest name where one is close.
    """
    from priors.errors import InputError, did_you_mean

    for player in players:
        if player not in names:
            hint = did_you_mean(player, names)
            raise InputError(f"player {player!r} is not in the run: {', '.join(names)}{hint}")
    return list(dict.fromkeys(players))


def _options(run: "xr.DataTree", player: str) -> "xr.Dataset | None":
    """How a player uses its real options; None of a run that does not value them."""
    if "option" not in run.children:
        return None
    own = run["option"].dataset.assign(run["option_value"].data_vars)
    return own.sel(player=player)


def _mark(player: str, staying: Callable[[str], Iterable[Array]]) -> Mark | None:
    """Staying beside the last price paid, where one is known."""
    if player not in MARKS:
        return None
    price, source = MARKS[player]
    above = np.array([(chain > price).mean() for chain in staying(player)])
    return Mark(price, source, Figure.mean(above))


def _rivals(attrs: Mapping[Any, Any]) -> Rivals:
    """What a run says of its rivals; in the first edition, which says nothing, they stay."""
    if attrs.get("rivals", "stay") != "respond":
        return Rivals(False, None, None, math.nan, math.nan)
    return Rivals(
        respond=True,
        rounds=int(attrs["rounds"]),
        settled=bool(attrs["settled"]),
        last_move_mcse=float(attrs["last_move_mcse"]),
        residual=float(attrs["residual"]),
    )
