"""What the sections of a report read: the run, its decision and its prior file, side by side."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from model.dims import STRATEGIES

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Section", "View"]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report.

    Attributes
    ----------
    key : str
        Its anchor.
    title : str
        Its heading, and its line in the table of contents.
    html : Markup
        Its content, everything from outside escaped.
    """

    key: str
    title: str
    html: Markup


@dataclass(frozen=True)
class View:
    """A run with its decision.

    Attributes
    ----------
    run : DataTree
        As simulate returns it, or as run.nc holds it.
    verdict : mapping
        As in decision.json.
    """

    run: "xr.DataTree"
    verdict: Mapping[str, Any]

    @property
    def players(self) -> Mapping[str, Mapping[str, Any]]:
        """The decision of each player reported."""
        players: Mapping[str, Mapping[str, Any]] = self.verdict["players"]
        return players

    @property
    def types(self) -> Mapping[str, Mapping[str, Any]]:
        """The decision of each type reported; empty where players were left out."""
        types: Mapping[str, Mapping[str, Any]] = self.verdict.get("types", {})
        return types

    @property
    def strategies(self) -> tuple[str, ...]:
        """The strategies, in order."""
        return STRATEGIES

    @property
    def attributes(self) -> Mapping[str, Any]:
        """What the run says of itself."""
        return {str(key): value for key, value in self.run.attrs.items()}

    @cached_property
    def prior_file(self) -> Mapping[str, Any]:
        """The resolved prior file, parsed; empty where the run carries none."""
        return tomllib.loads(str(self.run.attrs.get("priors", "")))

    @cached_property
    def quantities(self) -> "xr.Dataset":
        """The draws of every quantity: the posterior where there is one."""
        group = "posterior" if "posterior" in self.run.children else "prior"
        return self.run[group].to_dataset()

    def stated(self, quantity: str, player: str | None) -> Mapping[str, Any]:
        """The prior file's table of a quantity; empty where it has none."""
        path = quantity.split(".")
        if player is not None:
            path = ["players", player, path[-1]]
        table: Any = self.prior_file
        for key in path:
            table = table.get(key, {}) if isinstance(table, Mapping) else {}
        return table if isinstance(table, Mapping) else {"family": "constant", "value": table}
