"""What the sections of a report read: the run, its decision and its prior file, side by side."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from model.analyses.pair import slices_of
from model.economics.strategies import compared
from model.sampling.defaults import (
    DEFAULT_CHAINS,
    DEFAULT_DRAWS,
    DEFAULT_SEED,
    RIVALS_STAY,
    SAMPLERS,
)
from model.simulation.labels import selection_of
from priors.errors import InputError
from priors.reading.files import shipped_files
from priors.reading.records import AddedStrategy

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import xarray as xr

    from priors.registry.selection import Selection

__all__ = ["WORLDS", "View", "quantiles"]

#: Worlds that odds are counted in, and shown in order.
WORLDS = 100
#: Draws that stand for all where quantities are described.
_KEPT = 16_384


def quantiles(
    ordered: "npt.NDArray[np.float64]", probabilities: "npt.ArrayLike"
) -> "npt.NDArray[np.float64]":
    """Quantiles of values in ascending order, between them linearly.

    As `np.quantile` has them, which would put the values in order again.

    Parameters
    ----------
    ordered : array (draw,)
        In any unit.
    probabilities : float or array
        From 0 to 1.

    Returns
    -------
    array
        In the values' unit, shaped like `probabilities`.
    """
    import numpy as np

    places = np.asarray(probabilities) * (len(ordered) - 1)
    return np.asarray(np.interp(places, np.arange(len(ordered)), ordered))


@dataclass(frozen=True)
class View:
    """A run with its decision.

    Attributes
    ----------
    run : DataTree
        As simulate returns it, or as run.nc holds it.
    verdict : mapping
        As in decision.json.
    analyses : mapping
        Name of each analysis that was run, such as ``option``, to the content of its file.
    """

    run: "xr.DataTree"
    verdict: Mapping[str, Any]
    analyses: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def players(self) -> Mapping[str, Mapping[str, Any]]:
        """The decision of each player reported."""
        players: Mapping[str, Mapping[str, Any]] = self.verdict["players"]
        return players

    def analysed(self, analysis: str) -> Mapping[str, Mapping[str, Any]]:
        """What an analysis found of the players reported; empty where it was not run.

        Parameters
        ----------
        analysis : str
            Such as ``sensitivity``.

        Returns
        -------
        dict of str to mapping
            Player to its label and its part of the analysis's file.
        """
        found: Mapping[str, Mapping[str, Any]] = self.analyses.get(analysis, {}).get("players", {})
        return {
            player: {"label": self.players[player]["label"], **of}
            for player, of in found.items()
            if player in self.players
        }

    @property
    def types(self) -> Mapping[str, Mapping[str, Any]]:
        """The decision of each type reported; empty where players were left out."""
        types: Mapping[str, Mapping[str, Any]] = self.verdict.get("types", {})
        return types

    @cached_property
    def strategies(self) -> tuple[str, ...]:
        """The strategies that the run compares, in order."""
        return tuple(str(name) for name in self.run["payoff"]["strategy"].to_numpy())

    @cached_property
    def selection(self) -> "Selection":
        """The quantities that the run has draws of."""
        return selection_of(self.run)

    @property
    def attributes(self) -> Mapping[str, Any]:
        """What the run says of itself."""
        return {str(key): value for key, value in self.run.attrs.items()}

    @cached_property
    def prior_file(self) -> Mapping[str, Any]:
        """The resolved prior file, parsed; empty where the run carries none."""
        try:
            return tomllib.loads(str(self.run.attrs.get("priors", "")))
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"run: attribute priors: is no prior file: {error}") from None

    @cached_property
    def quantities(self) -> "xr.Dataset":
        """The draws of every quantity: the posterior where there is one."""
        return self.run["posterior" if self.posterior else "prior"].to_dataset()

    @property
    def posterior(self) -> bool:
        """Whether the draws have learned from evidence."""
        return "posterior" in self.run.children

    @property
    def command(self) -> str:
        """The command that makes this run again, of a shipped file's name or of the page's own.

        Empty of a posterior. A page carries its settings too.
        """
        if self.posterior:
            return ""
        shipped = str(self.attributes.get("shipped", ""))
        if shipped not in shipped_files():
            return "decide simulate --from report.html"
        usual = {"draws": DEFAULT_DRAWS, "chains": DEFAULT_CHAINS, "seed": DEFAULT_SEED}
        looks = self.verdict.get("looks")
        stated = self.verdict if looks is None else {**self.verdict, **looks["looks"][0]}
        other = [
            f"--{name} {stated[name]}" for name, value in usual.items() if stated[name] != value
        ]
        if looks is not None:
            resolved = looks["goal"] == "resolved"
            goal = "until-resolved" if resolved else f"precision {looks['looks'][0]['required']:g}"
            other += [f"--{goal} --max-draws {looks['max_draws']}"]
        sampler = self.attributes.get("sampler", SAMPLERS[0])
        other += [f"--sampler {sampler}"] if sampler in SAMPLERS[1:] else []
        return " ".join([f"decide simulate --priors {shipped}", *other, *self._switches()])

    @property
    def without(self) -> list[str]:
        """The strategies that its prior file has and the run leaves out."""
        stated = [AddedStrategy(name, "") for name in self.prior_file.get("strategies", {})]
        return [one.name for one in compared(stated) if one.name not in self.strategies]

    def _switches(self) -> Iterator[str]:
        """What else the run was made with that its prior file does not say."""
        yield from (f"--without {name}" for name in self.without)
        if "option" not in self.run.children:
            yield "--no-options"
        elif self.attributes.get("rivals", RIVALS_STAY) == RIVALS_STAY:
            yield "--rivals stay"

    @cached_property
    def kept(self) -> "npt.NDArray[np.intp]":
        """Places of the draws, within each chain, that stand for all where fewer will do.

        The first so many of a chain of Sobol points are themselves well spread; those of a Markov
        chain are taken at equal distances.
        """
        import numpy as np

        chains, draws = self.quantities.sizes["chain"], self.quantities.sizes["draw"]
        count = min(draws, max(1, _KEPT // chains))
        if self.posterior:
            return np.linspace(0, draws - 1, count).round().astype(np.intp)
        return np.arange(count)

    def quantity(self, name: str, player: str | None = None) -> "npt.NDArray[np.float64]":
        """Kept draws of a quantity, (draw,), the chains one after the other.

        Parameters
        ----------
        name : str
            Dotted path.
        player : str, optional
            Whose, for a player quantity.

        Returns
        -------
        array (draw,)
            In the registry's unit.
        """
        key = name, player
        if key not in self._kept_draws:
            values = self.quantities[name].variable
            axes: dict[str, Any] = {"draw": self.kept}
            if player is not None:
                axes["player"] = self._player_places[player]
            kept = values.isel(axes).transpose("chain", "draw").to_numpy()
            self._kept_draws[key] = kept.ravel()
        return self._kept_draws[key]

    def ordered(self, name: str, player: str | None = None) -> "npt.NDArray[np.float64]":
        """The same in ascending order.

        Parameters
        ----------
        name : str
            Dotted path.
        player : str, optional
            Whose, for a player quantity.

        Returns
        -------
        array (draw,)
            In the registry's unit.
        """
        import numpy as np

        key = name, player
        if key not in self._ordered_draws:
            self._ordered_draws[key] = np.sort(self.quantity(name, player))
        return self._ordered_draws[key]

    def prior_ordered(self, name: str, player: str | None = None) -> "npt.NDArray[np.float64]":
        """All draws of a quantity's prior in ascending order, of a run that has both groups.

        Parameters
        ----------
        name : str
            Dotted path.
        player : str, optional
            Whose, for a player quantity.

        Returns
        -------
        array (draw,)
            In the registry's unit.
        """
        import numpy as np

        draws = self.run["prior"].to_dataset()[name]
        if player is not None:
            draws = draws.sel(player=player)
        return np.sort(draws.to_numpy().ravel())

    @cached_property
    def _kept_draws(self) -> "dict[tuple[str, str | None], npt.NDArray[np.float64]]":
        return {}

    @cached_property
    def _ordered_draws(self) -> "dict[tuple[str, str | None], npt.NDArray[np.float64]]":
        return {}

    def payoff(self, player: str, strategy: str) -> "npt.NDArray[np.float64]":
        """All draws of a strategy's NPV, (draw,), USD billion, the chains one after the other.

        Parameters
        ----------
        player : str
            Name of the player.
        strategy : str
            Name of the strategy.

        Returns
        -------
        array (draw,)
        """
        place = self.strategies.index(strategy)
        values: npt.NDArray[np.float64] = self._npv[self._player_places[player], place]
        return values.ravel()

    def gain(self, player: str) -> "npt.NDArray[np.float64]":
        """What a player's best strategy is worth over its rival in every draw.

        Parameters
        ----------
        player : str
            Name of the player.

        Returns
        -------
        array (chain, draw)
            USD billion.
        """
        entry, places = self.players[player], self.strategies
        own = self._npv[self._player_places[player]]
        gains: npt.NDArray[np.float64] = (
            own[places.index(entry["best"])] - own[places.index(entry["rival"])]
        )
        return gains

    def worlds(self, player: str) -> "npt.NDArray[np.float64]":
        """A hundred worlds: the mean gain of each hundredth of the draws, the best first.

        Parameters
        ----------
        player : str
            Name of the player.

        Returns
        -------
        array (world,)
            USD billion.
        """
        if player not in self._worlds:
            self._worlds[player] = slices_of(self.gain(player).ravel(), WORLDS)
        return self._worlds[player]

    @cached_property
    def _worlds(self) -> "dict[str, npt.NDArray[np.float64]]":
        return {}

    def kept_payoff(self, player: str, strategy: str) -> "npt.NDArray[np.float64]":
        """The draws of a strategy's NPV that belong to `quantity`'s, in the same order.

        Parameters
        ----------
        player : str
            Name of the player.
        strategy : str
            Name of the strategy.

        Returns
        -------
        array (draw,)
            USD billion.
        """
        place = self.strategies.index(strategy)
        values: npt.NDArray[np.float64] = self._npv[self._player_places[player], place]
        return values[:, self.kept].ravel()

    @cached_property
    def _npv(self) -> "npt.NDArray[np.float64]":
        """(player, strategy, chain, draw), contiguous."""
        import numpy as np

        npv = self.run["payoff"].to_dataset()["npv"].sel(strategy=list(self.strategies))
        ordered = npv.transpose("player", "strategy", "chain", "draw").to_numpy()
        return np.ascontiguousarray(ordered)

    @cached_property
    def _player_places(self) -> Mapping[str, int]:
        names = self.run["payoff"].to_dataset().player.to_numpy()
        return {str(name): place for place, name in enumerate(names)}

    def stated(self, quantity: str, player: str | None) -> Mapping[str, Any]:
        """The prior file's table of a quantity; empty where it has none.

        Parameters
        ----------
        quantity : str
            Dotted path.
        player : str or None
            Whose, for a player quantity.

        Returns
        -------
        mapping
            A bare number is told as a constant.
        """
        path = quantity.split(".")
        if player is not None:
            path = ["players", player, path[-1]]
        table: Any = self.prior_file
        for key in path:
            table = table.get(key, {}) if isinstance(table, Mapping) else {}
        return table if isinstance(table, Mapping) else {"family": "constant", "value": table}
