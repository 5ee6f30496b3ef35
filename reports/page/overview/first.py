"""The table of the first screen: a row for each company, grouped by verdict."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from markupsafe import Markup

from model.analyses.pair import slices_of
from model.numerics.standard_errors import mcse_of_each
from reports.naming import Naming
from reports.page.looks import CLASSES, LOOKS, css_of
from reports.page.svg.charts.ruler import Ruler, ruler
from reports.page.svg.charts.strip import Piece, Strip, strip
from reports.page.svg.charts.worlds import Worlds, worlds
from reports.page.templating import fill
from reports.page.view import View, quantiles
from reports.text.advice import verdict_of
from reports.text.advice_for_all import Group, groups_of, headline_of_all
from reports.text.company import company, product
from reports.text.dollars import short, signed_short
from reports.text.flips import MARKET, Flip, bet_on, first_flips, flips_of, nothing_likely
from reports.text.leading_number import leading_number, leading_sentence
from reports.text.numbers import count
from reports.text.strategies import LABELS, LEAVING, question, strategy
from reports.text.wording import within_sentence
from reports.text.worlds import of_100

__all__ = ["bets_in_general", "first_screen", "lead"]

#: Marks of a row: each is one of so many equal parts of the worlds.
_MARKS = 20
#: Ends of the market's axis, as quantiles.
_ENDS = (0.01, 0.995)


def first_screen(view: View, naming: Naming | None = None) -> Markup:
    """Headline, lead sentence, table and one line of provenance.

    Parameters
    ----------
    view : View
        The run with its decision.
    naming : Naming, optional
        How its author calls it.

    Returns
    -------
    Markup
    """
    naming = naming or Naming()
    flips = {name: flips_of(of) for name, of in view.analysed("sensitivity").items()}
    bets = bets_in_general(flips)
    axis = _axis(view)
    groups = [_group(view, one, flips or None, axis) for one in groups_of(view.players)]
    return fill(
        "first.html.j2",
        question=naming.title or question("AI video"),
        currency=naming.currency,
        headline=headline_of_all(view.players, bets),
        lead=lead(view),
        groups=groups,
        ruler=Markup(ruler(axis)) if flips else "",  # noqa: S704  # drawn from numbers alone
        command="decide sensitivity RUN",
        draws=count(view.verdict["draws"]),
        created=str(view.attributes.get("created", ""))[:10],
    )


def lead(view: View) -> str:
    """What decides for most companies; empty where that was not analysed.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    str
        A sentence or two.
    """
    players = view.analysed("sensitivity")
    if not players:
        return ""

    def quantile(path: str, probability: float) -> float:
        return float(quantiles(view.ordered(path), probability))

    return leading_sentence(leading_number(players), len(players), quantile)


def bets_in_general(flips: Mapping[str, Sequence[Flip]]) -> dict[str, str]:
    """What bets are on without their figures, as the headline of all has it: ``a large market``.

    Parameters
    ----------
    flips : mapping
        Player to what `flips_of` found.

    Returns
    -------
    dict of str to str
        Without players whose bet is on something else.
    """
    large = [name for name, of in flips.items() if bet_on(of).startswith("a market above")]
    return dict.fromkeys(large, "a large market")


def _axis(view: View) -> Ruler:
    ordered = view.ordered(MARKET)
    low, high = quantiles(ordered, _ENDS).tolist()
    dots = quantiles(ordered, (np.arange(_MARKS) + 0.5) / _MARKS)
    return Ruler(low, high, tuple(dots.tolist()))


def _group(
    view: View, group: Group, flips: Mapping[str, Sequence[Flip]] | None, axis: Ruler
) -> dict[str, Any]:
    return {
        "verdict": group.verdict,
        "css": css_of(group.verdict),
        "why": group.why,
        "rows": [_row(view, name, flips, axis) for name in group.players],
    }


def _row(
    view: View, player: str, flips: Mapping[str, Sequence[Flip]] | None, axis: Ruler
) -> dict[str, Any]:
    entry = view.players[player]
    shown = first_flips(flips.get(player, ())) if flips is not None else ()
    return {
        "key": player,
        "name": company(entry["label"]),
        "product": product(entry["label"]),
        "gain": _gain(view, player),
        "over": strategy(entry["rival"]).short,
        "worlds": Markup(_worlds(view, player)),  # noqa: S704
        "odds": _odds(entry),
        "computed": flips is not None,
        "none": nothing_likely(flips.get(player, ())) if flips is not None else "",
        "strip": "" if flips is None else Markup(_strip(entry, shown, axis)),  # noqa: S704
        "flips": [
            {
                "flip": one,
                "label": within_sentence(LABELS[one.to]),
                "css": CLASSES[one.to],
                "share": of_100(one.share),
            }
            for one in shown
        ],
    }


def _gain(view: View, player: str) -> str:
    """The gain; the range over the forms of the model where its sign turns."""
    entry = view.players[player]
    if verdict_of(entry).kind != "form":
        return signed_short(entry["gain"])
    forms = view.analyses["structure"]["players"][player]
    sign = 1.0 if entry["best"] == LEAVING.name else -1.0
    gains = [
        sign * one["exit_minus_best_other"]
        for one in [forms["as_stated"], *forms["switches"].values()]
    ]
    return f"{signed_short(min(gains))} to {signed_short(max(gains))}"


def _worlds(view: View, player: str) -> str:
    entry, gains = view.players[player], view.gain(player)
    chains = np.array([slices_of(chain, _MARKS) for chain in gains])
    # A mark is some of the hundred worlds.
    means = view.worlds(player).reshape(_MARKS, -1).mean(axis=1)
    return worlds(
        Worlds(
            tuple(means.tolist()),
            LOOKS[entry["best"]],
            LOOKS[entry["rival"]],
            tuple(mcse_of_each(chains).tolist()),
        )
    )


def _odds(entry: Mapping[str, Any]) -> list[dict[str, str]]:
    """Both sides' odds and stakes, the verdict's first; one where the other hardly happens."""
    wins = entry["wins"]
    sides = [
        (entry["best"], wins, entry.get("gain_when_better"), " of 100"),
        (entry["rival"], 1.0 - wins, entry.get("loss_when_worse"), ""),
    ]
    return [
        {
            "css": CLASSES[name],
            "odds": f"{of_100(share)}{of}",
            "short": strategy(name).short,
            "stake": short(stake),
        }
        for name, share, stake, of in sides
        if stake is not None and share >= 0.005
    ]


def _strip(entry: Mapping[str, Any], flips: Sequence[Flip], axis: Ruler) -> str:
    """What is best along the market's axis."""
    market = sorted(
        (one for one in flips if one.path == MARKET),
        key=lambda one: -np.inf if one.above is None else one.above,
    )
    pieces, start, own = [], -np.inf, LOOKS[entry["best"]]
    for one in market:
        low = -np.inf if one.above is None else one.above
        high = np.inf if one.below is None else one.below
        if low > start:
            pieces.append(Piece(own, start, low))
        pieces.append(Piece(LOOKS[one.to], low, high, "flip" if one.sure else "perhaps"))
        start = high
    if start < np.inf:
        pieces.append(Piece(own, start, np.inf))
    return strip(Strip(axis.low, axis.high, tuple(pieces)))
