"""The JSON block from which the page values worlds under moved priors, without a server.

No draws: how they are made, the rules by which real options are used, and the run's own figures.
"""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from model.economics.axes import LEAVING_YEARS
from model.economics.components import COMPONENTS
from model.economics.neutral import global_sources, player_sources
from model.numerics.standard_errors import RESOLVED
from model.sampling.joint import Row
from model.sampling.recipe import Quantiles, Recipe, quantiles_of, recipe
from model.simulation.labels import presence_of, setting_of
from model.simulation.pooled_rules import pooled_rules, table_of
from model.stopping.study import Folds
from priors.characters import visible
from priors.errors import PriorFileError
from priors.reading.load import load_text
from priors.reading.records import Player, Priors
from priors.registry.quantity import Quantity
from reports.page.view import View
from reports.page.what_if.run_figures import run_figures
from reports.page.what_if.words import described, kinds

__all__ = ["block"]

#: Draws of each chain that the page values at most, a power of two.
_PER_CHAIN_BITS = 9
_POOL = 4


def block(view: View) -> dict[str, Any] | None:
    """What the page's engine reads.

    Parameters
    ----------
    view : View
        The run.

    Returns
    -------
    dict or None
        Plain JSON; binary parts in base64. None of a run whose worlds cannot be made again: that
        has learned from evidence, lacks its priors, or is a part of another.
    """
    priors = _priors(view)
    if priors is None:
        return None
    made = _Made(view, priors)
    return {
        "seed": _words(int(view.verdict["seed"])),
        "chains": view.run["payoff"].sizes["chain"],
        "perChain": min(1 << _PER_CHAIN_BITS, made.per_chain),
        "dimensions": [{"key": one.key, "mix": _mix(one.mix)} for one in made.recipe.sources],
        "directions": _base64(made.recipe.directions, "<u4"),
        "tables": _base64(np.concatenate([np.empty(0), *made.tables]), "<f4"),
        "kinds": kinds(quantity for quantity, _ in made.varying),
        "quantities": list(made.quantities()),
        "shared": made.shared(),
        "own": [made.own(place) for place in range(len(priors.players))],
        "factors": {
            "numbers": made.setting.factors.numbers.tolist(),
            "columns": made.setting.factors.columns.tolist(),
        },
        "rules": _base64(made.rules(), "<f4"),
        "trained": made.trained,
        "components": [one.label for one in COMPONENTS],
        "options": "option" in view.run.children,
        "rivals": "presence" in view.run.children,
        "strategies": list(view.strategies),
        "resolved": RESOLVED,
        "command": view.command,
        **run_figures(view),
    }


def _priors(view: View) -> Priors | None:
    """The run's priors, where its draws are theirs and all of its players are there."""
    if view.posterior or "priors" not in view.run.attrs:
        return None
    try:
        # words are for readers, who see them elsewhere
        priors = load_text(visible(str(view.run.attrs["priors"])), "priors.toml")
    except PriorFileError:
        return None
    names = [str(name) for name in view.run["payoff"].to_dataset()["player"].to_numpy()]
    same = [player.name for player in priors.players] == names
    return priors if same else None


@dataclass(frozen=True)
class _Made:
    """How the run's draws are made."""

    view: View
    priors: Priors

    @cached_property
    def setting(self) -> Any:
        """The run's draws and strategies."""
        return setting_of(self.view.run)

    @property
    def per_chain(self) -> int:
        """Draws of a chain of the run, down to a power of two."""
        draws: int = self.setting.drawn.shape[1]
        return 1 << (draws.bit_length() - 1)

    @property
    def trained(self) -> int:
        """Draws that a rule of the run was fitted to."""
        draws: int = self.setting.drawn.shape[1]
        return int(Folds.dealt(draws, 0).train[0])

    @cached_property
    def varying(self) -> list[Row]:
        """Every quantity that is no constant."""
        selection = self.priors.quantities
        every: list[Row] = [(quantity, None) for quantity in selection.shared]
        every += [(one, player) for player in self.priors.players for one in selection.own]
        return [row for row in every if not self.distribution(row).constant]

    def distribution(self, row: Row) -> Any:
        """The prior of a quantity."""
        quantity, player = row
        return self.priors.priors[
            quantity.name, None if player is None else player.name
        ].distribution

    @cached_property
    def recipe(self) -> Recipe:
        """How they are drawn."""
        return recipe(self.priors, self.varying, _PER_CHAIN_BITS + 1)

    @cached_property
    def forms(self) -> list[Quantiles]:
        """Their quantile functions."""
        return [quantiles_of(self.distribution(row)) for row in self.varying]

    @property
    def tables(self) -> list[npt.NDArray[np.float64]]:
        """Nodes of those that are tables, in order."""
        return [form.nodes for form in self.forms]

    def quantities(self) -> Iterator[dict[str, Any]]:
        """Each with its words, its dimension and its quantile function."""
        start = 0
        for row, place, form in zip(self.varying, self.recipe.places, self.forms, strict=True):
            said = described(self.view, *row)
            moved = {} if form.moved == (0.0, 1.0) else {"moved": form.moved}
            yield said | {"dimension": place, "prior": _form(form, start) | moved}
            start += len(form.nodes)

    def shared(self) -> list[dict[str, Any]]:
        """Where the economics find each global quantity."""
        return [self._source(one, None) for one in global_sources(self.priors.quantities)]

    def own(self, place: int) -> list[dict[str, Any]]:
        """Where they find each quantity of a player, and the factors of added strategies."""
        player = self.priors.players[place]
        return [self._source(one, player) for one in player_sources(self.priors.quantities)]

    def _source(self, stated: Quantity | float, player: Player | None) -> dict[str, Any]:
        if not isinstance(stated, Quantity):
            # JSON has no infinity
            return {"constant": stated if np.isfinite(stated) else str(stated)}
        distribution = self.distribution((stated, player))
        if distribution.constant:
            return {"constant": distribution.quantile(0.5)}
        return {"quantity": self._places[stated.name, None if player is None else player.name]}

    @cached_property
    def _places(self) -> dict[tuple[str, str | None], int]:
        names = ((one.name, None if of is None else of.name) for one, of in self.varying)
        return {name: place for place, name in enumerate(names)}

    def rules(self) -> npt.NDArray[np.float64]:
        """The rules (player, strategy, date, number); zeros where there is no date."""
        players, strategies = self.setting.cells
        if "option" not in self.view.run.children:
            return np.zeros(0)
        found = pooled_rules(self.setting, presence_of(self.view.run))
        tables = {cell: table_of(rule) for cell, rule in found.items()}
        width = next(iter(tables.values())).shape[1]
        out = np.zeros((players, strategies, len(LEAVING_YEARS), width))
        for cell, table in tables.items():
            out[cell][: len(table)] = table
        return out


def _form(form: Quantiles, start: int) -> dict[str, Any]:
    match form.form:
        case "lognormal":
            median, spread, shift = form.numbers
            return {"form": form.form, "median": median, "spread": spread, "shift": shift}
        case "normal":
            median, spread = form.numbers
            return {"form": form.form, "median": median, "spread": spread}
        case "steps":
            return {"form": form.form, "values": form.numbers, "scores": form.scores}
    low, high = (end if np.isfinite(end) else None for end in form.numbers)
    place = {"from": start, "size": len(form.nodes), "step": form.step}
    return {"form": form.form, "low": low, "high": high, **place}


def _words(seed: int) -> list[int]:
    """A seed in words of 32 bits, as many as a pool of entropy has or more."""
    words = [seed >> shift & 0xFFFFFFFF for shift in range(0, max(seed.bit_length(), 1), 32)]
    return words + [0] * (_POOL - len(words))


def _mix(mix: tuple[tuple[int, float], ...]) -> list[list[float]] | None:
    return [list(pair) for pair in mix] if mix else None


def _base64(numbers: npt.NDArray[Any], kind: str) -> str:
    return b64encode(np.ascontiguousarray(numbers, dtype=kind).tobytes()).decode("ascii")
