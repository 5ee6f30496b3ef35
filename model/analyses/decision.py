"""What a decision maker reads: expected values, risk, regret, and which strategy is best.

Every figure comes with its Monte Carlo standard error, measured across the chains, which are
independent randomizations: the standard deviation of the chains' figures over the root of their
number.
"""

import json
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from model.analyses.judgement import judge
from model.analyses.levers import Ranges, classes_of, levers
from model.analyses.marks import MARKS
from model.analyses.payoffs import AllPayoffs, Payoffs, payoffs_of
from model.analyses.results.decision import Decision, Judgement, Mark, PlayerDecision, TypeDecision
from model.analyses.results.levers import Rivals, StrategyName
from model.analyses.results.looks import looks_of
from model.analyses.results.record import Figure, plain
from model.economics.strategies import STAY

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["check_players", "decision", "judged"]


def decision(run: "xr.DataTree", players: Sequence[str] | None = None) -> dict[str, Any]:
    """Reduce a run to what is decided on: the content of ``decision.json``.

    Parameters
    ----------
    run : xarray.DataTree
        From `simulate`, or read from ``run.nc``.
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
        Where a player is not in the run.
    """
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
    types: dict[str, str] = json.loads(run.attrs["player_types"])
    labels: dict[str, str] = json.loads(run.attrs["player_labels"])
    chosen = payoffs.players if players is None else check_players(players, payoffs.players)
    return Decision(
        currency=run.attrs["currency"],
        priors=run.attrs["name"],
        draws=int(run.attrs["draws"]),
        chains=int(run.attrs["chains"]),
        seed=int(run.attrs["seed"]),
        looks=looks_of(run.attrs),
        rivals=_rivals(run),
        strategies={one.name: StrategyName(one.label) for one in payoffs.strategies},
        players={
            name: PlayerDecision(
                types[name],
                labels[name],
                _judged(payoffs.of([name]), classes, _options(run, name)),
                _mark(name, payoffs.of([name])),
            )
            for name in chosen
        },
        types=_types(payoffs, types, json.loads(run.attrs["type_labels"]), classes)
        if players is None
        else None,
    )


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
    own: xr.Dataset = run["option"].dataset.sel(player=player)
    return own


def _judged(
    payoffs: Payoffs,
    classes: Mapping[str, Ranges] | None,
    options: "xr.Dataset | None" = None,
) -> Judgement:
    return judge(payoffs, None if classes is None else levers(payoffs, classes), options)


def _mark(player: str, payoffs: Payoffs) -> Mark | None:
    """Staying beside the last price paid, where one is known."""
    if player not in MARKS:
        return None
    price, source = MARKS[player]
    return Mark(price, source, Figure.mean((payoffs.npv[STAY] > price).mean(axis=1)))


def _types(
    payoffs: AllPayoffs,
    types: Mapping[str, str],
    labels: Mapping[str, str],
    classes: Mapping[str, Ranges] | None,
) -> dict[str, TypeDecision]:
    """Judge each type, its players' NPVs added up draw by draw."""
    found = {}
    for kind in dict.fromkeys(types[name] for name in payoffs.players):
        members = [name for name in payoffs.players if types[name] == kind]
        judgement = _judged(payoffs.of(members), classes)
        found[kind] = TypeDecision(labels.get(kind, kind), members, judgement)
    return found


def _rivals(run: "xr.DataTree") -> Rivals:
    """What a run says of its rivals; in the first edition, which says nothing, they stay."""
    attrs = run.attrs
    if attrs.get("rivals", "stay") != "respond":
        return Rivals(False, None, None, math.nan, math.nan)
    return Rivals(
        respond=True,
        rounds=int(attrs["rounds"]),
        settled=bool(attrs["settled"]),
        last_move_mcse=float(attrs["last_move_mcse"]),
        residual=float(attrs["residual"]),
    )
