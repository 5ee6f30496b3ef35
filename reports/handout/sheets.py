"""What stands in each sheet of the workbook: plain rows, from the run's own result files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from reports.naming import DOLLARS, Naming
from reports.page.view import View, quantiles
from reports.text.advice import headline, sentence, verdict_of
from reports.text.company import company
from reports.text.flips import bet_on, flips_of
from reports.text.strategies import LABELS
from reports.text.wording import component_name, distribution_in_words

__all__ = ["Cell", "Sheet", "sheets_of"]

type Cell = str | float | None
type Entry = Mapping[str, Any]

_PERCENTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table.

    Attributes
    ----------
    name : str
        Of its tab.
    heading : sequence of str
        What stands in each column, with its unit.
    rows : sequence
        As long as the heading each; None where there is no figure.
    """

    name: str
    heading: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def sheets_of(view: View, naming: Naming) -> list[Sheet]:
    """All sheets; that of drivers only where they were analysed.

    Parameters
    ----------
    view : View
        The run with its decision.
    naming : Naming
        How its author calls it.

    Returns
    -------
    list of Sheet
    """
    unit = "USD billion" if naming.currency == DOLLARS else f"{naming.currency}, billion"
    drivers = [_drivers(view, unit)] if view.analysed("sensitivity") else []
    return [
        _verdicts(view, unit),
        _strategies(view, unit),
        _components(view, unit),
        *drivers,
        _priors(view),
    ]


def _with_errors(names: Sequence[str], unit: str) -> list[str]:
    return [text for name in names for text in (f"{name} ({unit})", f"{name}, error ({unit})")]


def _figures(entry: Entry, keys: Sequence[str]) -> list[Cell]:
    return [_number(entry.get(name)) for key in keys for name in (key, f"{key}_mcse")]


def _number(value: Any) -> Cell:
    return float(value) if value is not None and isfinite(value) else None


def _verdicts(view: View, unit: str) -> Sheet:
    found = view.analysed("sensitivity")
    gains = ("gain", "gain_when_better", "loss_when_worse", "evpi")
    told = ("Worth over the rival", "When better", "When worse", "Worth of knowing everything")
    shares = ("wins", "carried_by")
    heading = [
        *("Key", "Company", "Verdict", "Best", "Rival", "Headline", "Sentence"),
        *_with_errors(told, unit),
        *_with_errors(("Better in", "The lead rests on"), "share of worlds"),
    ]
    rows = [
        [
            *(name, entry["label"], verdict_of(entry).label),
            *(LABELS[entry["best"]], LABELS[entry["rival"]]),
            headline(entry, bet_on(flips_of(found[name])) if name in found else ""),
            sentence(entry),
            *_figures(entry, gains),
            *_figures(entry, shares),
        ]
        for name, entry in view.players.items()
    ]
    return Sheet("verdicts", heading, rows)


def _strategies(view: View, unit: str) -> Sheet:
    keys = ("mean", "p05", "p50", "p95", "spread", "shortfall05", "regret")
    told = ("Mean NPV", "5 %", "Median", "95 %", "Standard deviation", "Mean of the worst 5 %")
    heading = [
        *("Key", "Company", "Strategy"),
        *_with_errors([*told, "Regret"], unit),
        *_with_errors(["Best in"], "share of worlds"),
    ]
    rows = [
        [
            *(player, company(entry["label"]), LABELS[name]),
            *_figures(row, keys),
            _number(entry["probability_best"].get(name)),
            _number(entry["probability_best_mcse"].get(name)),
        ]
        for player, entry in view.players.items()
        for name, row in entry["strategies"].items()
    ]
    return Sheet("strategies", heading, rows)


def _components(view: View, unit: str) -> Sheet:
    heading = ["Key", "Company", "Strategy", "Component", *_with_errors(["Mean"], unit)]
    return Sheet("components", heading, list(_component_rows(view)))


def _component_rows(view: View) -> Iterator[Sequence[Cell]]:
    if "component" not in view.run.children:
        return
    parts = view.run["component"].to_dataset()
    names = [component_name(str(name)) for name in parts.component.to_numpy()]
    for player, entry in view.players.items():
        for name in view.strategies:
            of = parts.sel(player=player, strategy=name)
            columns = (of[key].to_numpy().tolist() for key in ("component_mean", "component_mcse"))
            for part, mean, error in zip(names, *columns, strict=True):
                labels = (player, company(entry["label"]), LABELS[name], part)
                yield [*labels, _number(mean), _number(error)]


def _drivers(view: View, unit: str) -> Sheet:
    names = {q.name: q for q in (*view.selection.shared, *view.selection.own)}
    heading = [
        *("Key", "Company", "Quantity", "Meaning"),
        *_with_errors(["Worth of knowing it"], unit),
        *_with_errors(["Part of the lead's variance (Shapley)"], "share"),
        *_with_errors(["Lead at its 10 %", "Lead at its 90 %"], unit),
    ]
    rows = []
    for player, entry in view.analysed("sensitivity").items():
        for path, of in entry["inputs"].items():
            own = f"player.{path.rpartition('.')[2]}"
            meaning = names[path if path in names else own].meaning
            figures = _figures(of, ["evppi", "shapley"]) + _figures(of["tornado"], ["low", "high"])
            rows.append([player, company(entry["label"]), path, meaning, *figures])
    return Sheet("drivers", heading, rows)


def _priors(view: View) -> Sheet:
    heading = [
        *("Quantity", "Meaning", "Unit", "Stated"),
        *("5 % (in its unit)", "Median (in its unit)", "95 % (in its unit)"),
        *("Why", "Sources"),
    ]
    wanted: list[tuple[Any, str | None]] = [(one, None) for one in view.selection.shared]
    wanted += [(one, player) for player in view.players for one in view.selection.own]
    rows = []
    for one, player in wanted:
        stated = view.stated(one.name, player)
        ends = quantiles(view.ordered(one.name, player), _PERCENTILES).tolist()
        path = one.name if player is None else f"players.{player}.{one.key}"
        unit = "no unit" if one.unit == "1" else one.unit
        sources = "\n".join(str(source) for source in stated.get("sources", ()))
        told = (path, one.meaning, unit, distribution_in_words(stated))
        rows.append([*told, *map(_number, ends), str(stated.get("why", "")), sources])
    return Sheet("priors", heading, rows)
