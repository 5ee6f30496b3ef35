"""What the evidence changed, and whether the sampler of the posterior can be relied on."""

from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reports.page.details.table import Table, drawn
from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View, quantiles
from reports.text.flips import short_with_unit

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["posterior"]

#: Thresholds of Vehtari et al. (2021), "Rank-normalization, folding, and localization".
_R_HAT, _ESS = 1.01, 400
_SHOWN, _PLOTTED = 12, 6
#: A smaller move, in standard deviations, may be the noise of the draws.
_NOTABLE = 0.15
_PERCENTILES = (0.05, 0.5, 0.95)


def posterior(view: View) -> Part | None:
    """Moved quantities and ArviZ's diagnostics, of a run that has learned from evidence.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Part or None
        None where there is no posterior.
    """
    if not view.posterior:
        return None
    learned = _varying(view.quantities)
    rows = _diagnostics(learned)
    worst = sorted(rows, key=lambda row: -row["r_hat"])
    html = fill(
        "details/posterior.html.j2",
        moved=_table(_most(list(_moved(view)))),
        worst=worst[0],
        least=min(rows, key=lambda row: row["ess"]),
        good=worst[0]["r_hat"] < _R_HAT and min(row["ess"] for row in rows) >= _ESS,
        limits={"r_hat": _R_HAT, "ess": _ESS},
        divergent=_divergent(view),
        picture=_rank_plot(learned, [row["name"] for row in worst[:_PLOTTED]]),
    )
    return Part("posterior", "What the evidence changed", "Evidence", html)


def _table(rows: list[dict[str, Any]]) -> str:
    """The moved quantities; empty where there are none."""
    if not rows:
        return ""
    columns = ("Number", "Before: middle (5 % to 95 %)", "After", "Moved by, standard deviations")
    cells = [
        (row["name"], _range(row["before"], row), _range(row["after"], row), f"{row['by']:.2f}")
        for row in rows
    ]
    return drawn(Table("What the evidence moved most", columns, cells))


def _range(percentiles: list[float], row: dict[str, Any]) -> str:
    low, middle, high = (short_with_unit(value, row["unit"]) for value in percentiles)
    return f"{middle} ({low} to {high})"


def _most(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that moved notably, most moved first."""
    notable = [row for row in rows if row["by"] >= _NOTABLE]
    return sorted(notable, key=lambda row: -row["by"])[:_SHOWN]


def _varying(quantities: "xr.Dataset") -> "xr.Dataset":
    """Quantities that are no constants, each player's by itself: ``player.salvage[pika]``."""
    import xarray as xr

    parts: dict[str, xr.DataArray] = {}
    for name, draws in quantities.items():
        if "player" not in draws.dims:
            parts[str(name)] = draws
            continue
        for player in draws.player.to_numpy():
            parts[f"{name}[{player}]"] = draws.sel(player=player, drop=True)
    return xr.Dataset({name: part for name, part in parts.items() if bool(part.max() > part.min())})


def _diagnostics(quantities: "xr.Dataset") -> list[dict[str, Any]]:
    """R-hat and effective sample size of each quantity, by ArviZ."""
    import arviz_stats as azs

    summary: Any = azs.summary
    table = summary(quantities, kind="diagnostics", round_to="none")
    return [
        {
            "name": name,
            "r_hat": float(row["r_hat"]),
            "ess": float(min(row["ess_bulk"], row["ess_tail"])),
        }
        for name, row in table.iterrows()
    ]


def _divergent(view: View) -> int | None:
    """Divergent transitions; None where the sampler kept no record."""
    if "sample_stats" not in view.run.children:
        return None
    statistics = view.run["sample_stats"].to_dataset()
    return int(statistics["diverging"].sum()) if "diverging" in statistics else None


def _moved(view: View) -> Iterator[dict[str, Any]]:
    """Each quantity before and after, and by how many of its prior's standard scores it moved."""
    if "prior" not in view.run.children:
        return
    own = [(one, player) for player in view.players for one in view.selection.own]
    for quantity, player in [*((one, None) for one in view.selection.shared), *own]:
        before = view.prior_ordered(quantity.name, player)
        after = view.ordered(quantity.name, player)
        if before[0] == before[-1] or quantity.event:
            continue
        low, middle, high = quantiles(before, (0.16, 0.5, 0.84)).tolist()
        median = float(quantiles(after, 0.5))
        label = "" if player is None else f"{view.players[player]['label']}: "
        yield {
            "name": f"{label}{quantity.label}",
            "unit": quantity.unit,
            "before": quantiles(before, _PERCENTILES).tolist(),
            "after": quantiles(after, _PERCENTILES).tolist(),
            "by": abs(median - middle) / max(0.5 * (high - low), 1e-300),
        }


def _rank_plot(quantities: "xr.Dataset", variables: list[str]) -> str:
    """ArviZ's plot of fractional ranks of the quantities with the highest R-hat, as a data URI."""
    import xarray as xr
    from matplotlib import use

    use("agg")
    import arviz_plots as azp
    from matplotlib import pyplot as plt

    tree = xr.DataTree.from_dict({"posterior": quantities[variables]})
    plot: Any = azp.plot_rank
    layout = {"figsize": (9.0, 5.0), "layout": "constrained"}
    drawn = plot(tree, backend="matplotlib", col_wrap=3, figure_kwargs=layout)
    picture = BytesIO()
    figure = drawn.viz["figure"].item()
    figure.savefig(picture, format="png", dpi=80)
    plt.close(figure)
    return f"data:image/png;base64,{b64encode(picture.getvalue()).decode('ascii')}"
