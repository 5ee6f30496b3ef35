"""A company's figures as CSV, in a link that holds them: nothing is fetched, nothing is written."""

import csv
from collections.abc import Iterator
from io import StringIO
from urllib.parse import quote

from reports.page.view import WORLDS, View
from reports.text.wording import component_name

__all__ = ["figures_csv", "figures_link"]

type Row = tuple[str, str, str, float | None, float | None, str]

_HEADING = ("section", "item", "figure", "value", "standard error", "unit")
_MONEY, _SHARE = "USD billion", "share of worlds"
#: What an address may hold as it is: escaped, each sign would be three.
_SAFE = ",:/()"
#: With these a spreadsheet begins a formula.
_FORMULAS = frozenset("=+-@\t\r")


def figures_link(view: View, player: str) -> str:
    """Address of a company's figures: a data URI.

    Parameters
    ----------
    view : View
        The run with its decision.
    player : str
        Name of the player.

    Returns
    -------
    str
    """
    return f"data:text/csv;charset=utf-8,{quote(figures_csv(view, player), safe=_SAFE)}"


def figures_csv(view: View, player: str) -> str:
    """A row a figure.

    Parameters
    ----------
    view : View
        The run with its decision.
    player : str
        Name of the player.

    Returns
    -------
    str
        With a heading, lines ended by CR LF.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADING)
    for rows in (_pair, _strategies, _parts, _worlds, _knowledge, _years):
        for section, item, figure, value, error, unit in rows(view, player):
            texts = (_plain(section), _plain(item), _plain(figure))
            writer.writerow((*texts, _digits(value), _digits(error), unit))
    return out.getvalue()


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula: a label may be anything."""
    return f"'{text}" if text[:1] in _FORMULAS else text


def _digits(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _pair(view: View, player: str) -> Iterator[Row]:
    entry = view.players[player]
    pair = f"{entry['best']} over {entry['rival']}"
    yield "verdict", pair, "gain", entry["gain"], entry["gain_mcse"], _MONEY
    yield "verdict", pair, "better in", entry["wins"], None, _SHARE
    for key, name in (
        ("gain_when_better", "by, where better"),
        ("loss_when_worse", "by, where worse"),
    ):
        yield "verdict", pair, name, entry.get(key), None, _MONEY
    yield "verdict", pair, "carried by the best", entry["carried_by"], None, _SHARE


def _strategies(view: View, player: str) -> Iterator[Row]:
    entry = view.players[player]
    for name, of in entry["strategies"].items():
        for key in ("mean", "p05", "p50", "p95", "shortfall05", "regret"):
            yield "strategies", name, key, of[key], of[f"{key}_mcse"], _MONEY
        best, error = entry["probability_best"], entry["probability_best_mcse"]
        yield "strategies", name, "best in", best[name], error[name], _SHARE


def _parts(view: View, player: str) -> Iterator[Row]:
    if "component" not in view.run.children:
        return
    parts = view.run["component"].to_dataset().sel(player=player, strategy=list(view.strategies))
    means, errors = (parts[key].to_numpy() for key in ("component_mean", "component_mcse"))
    for row, strategy in enumerate(view.strategies):
        for column, component in enumerate(parts["component"].to_numpy()):
            value, error = float(means[row, column]), float(errors[row, column])
            yield "why", strategy, component_name(str(component)), value, error, _MONEY


def _worlds(view: View, player: str) -> Iterator[Row]:
    entry = view.players[player]
    pair = f"{entry['best']} over {entry['rival']}"
    for place, value in enumerate(view.worlds(player).tolist()):
        yield (
            "how it may turn out, best first",
            pair,
            f"world {place + 1} of {WORLDS}",
            value,
            None,
            _MONEY,
        )


def _knowledge(view: View, player: str) -> Iterator[Row]:
    entry = view.players[player]
    yield "worth knowing", "everything", "EVPI", entry["evpi"], entry["evpi_mcse"], _MONEY
    for path, of in view.analysed("sensitivity").get(player, {}).get("inputs", {}).items():
        yield "worth knowing", path, "EVPPI", of["evppi"], of["evppi_mcse"], _MONEY


def _years(view: View, player: str) -> Iterator[Row]:
    """In which year each real option is used."""
    for name, of in view.players[player]["strategies"].items():
        if "option" in of:
            errors = of["option"].get("by_year_mcse", {})
            for year, share in of["option"]["by_year"].items():
                item = f"{name}: {of['option']['real_option']}"
                yield "leaving later", item, year, share, errors.get(year), _SHARE
