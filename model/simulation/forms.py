"""Other forms of the model: each a switch that a sane author might have set otherwise.

A verdict that changes under one of them rests on the form of the model, however small its Monte
Carlo standard error is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from model.economics.presence import Presence
from model.numerics.arrays import Array
from model.sampling import joint as sampling
from model.sampling.defaults import RIVALS_STAY
from model.sampling.recognition import sampler_that_made
from model.simulation.labels import setting_of
from model.simulation.setting import Setting
from model.simulation.simulate import valued

if TYPE_CHECKING:
    import xarray as xr

    from priors.reading.records import Priors

__all__ = ["FORMS", "Form", "forms_of", "npv_in_form"]


@dataclass(frozen=True, slots=True)
class Form:
    """A switch of the model's form.

    Attributes
    ----------
    name : str
        Its one name in files.
    label : str
        How tables call it.
    meaning : str
        What is otherwise, as the end of "in a model in which …".
    appendix : bool
        Whether it is of the technical ones.
    read : {"rivals stay", "for good"}, optional
        Which other payoffs of the run answer it, without a run of its own.
    fixed : mapping
        Quantities that are not as drawn, as in `Setting`.
    alone : bool
        Whether the rounds start from "each alone".
    spread : float
        Factor on the normal score of every continuous quantity.
    degrees : float, optional
        Degrees of freedom of a t copula.
    """

    name: str
    label: str
    meaning: str
    appendix: bool = False
    read: str = ""
    fixed: Mapping[str, float | str] = field(default_factory=dict)
    alone: bool = False
    spread: float = 1.0
    degrees: float | None = None

    @property
    def of_rivals(self) -> bool:
        """Whether it is about what rivals do, and means nothing where they stay."""
        return self.alone or self.read == "rivals stay" or "competition.entry" in self.fixed


FORMS: tuple[Form, ...] = (
    Form("rivals_stay", "Rivals stay", "no rival ever leaves", read="rivals stay"),
    Form(
        "no_entry",
        "No newcomers",
        "nobody takes the room that leavers leave",
        fixed={"competition.entry": 0.0},
    ),
    Form(
        "no_ceiling",
        "No ceiling",
        "nothing limits what buyers can pay",
        fixed={"market.ceiling": inf},
    ),
    Form("for_good", "For good", "nobody may leave later or come back", read="for good"),
    Form("each_alone", "Each alone at first", "the rounds start from each alone", True, alone=True),
    Form(
        "constant_decline",
        "Constant fall of cost",
        "cost goes on falling as fast as today",
        True,
        fixed={"compute.decline_half_life": inf},
    ),
    Form(
        "long_run_weights",
        "Long-run weights",
        "shares are those of the long run from the start",
        True,
        fixed={"player.weight_2026": "attractiveness"},
    ),
    Form("wide_spreads", "Wider priors", "every prior is half as wide again", True, spread=1.5),
    Form("t_copula", "Extremes together", "extremes come together (a t copula)", True, degrees=4.0),
)


def forms_of(run: "xr.DataTree") -> tuple[Form, ...]:
    """The switches that a run can be asked about.

    Parameters
    ----------
    run : DataTree
        From `simulate`, or read from ``run.nc``.

    Returns
    -------
    tuple of Form
        Without those that change nothing in it: of rivals where they stay, of the real options
        where there are none, of quantities that its edition lacks.
    """
    drawn = run["prior"].data_vars
    respond_ = "rivals_stay" in run.children
    return tuple(
        form
        for form in FORMS
        if (respond_ or not form.of_rivals)
        and ("option" in run.children or form.read != "for good")
        and all(name in drawn for name in form.fixed)
    )


def npv_in_form(
    form: Form, run: "xr.DataTree", priors: "Priors", progress: Callable[[float], None]
) -> Array:
    """NPVs in a form of the model, on the run's own draws wherever the form has them.

    Parameters
    ----------
    form : Form
        From `forms_of`.
    run : DataTree
        From `simulate`, or read from ``run.nc``.
    priors : Priors
        What the run was drawn from.
    progress : callable
        Called with the share of the work that is done.

    Returns
    -------
    array (chain, draw, player, strategy)
        USD billion.
    """
    dims = ("chain", "draw", "player", "strategy")
    if form.read == "rivals stay":
        return np.asarray(run["rivals_stay"].dataset["npv"].transpose(*dims).values)
    if form.read == "for good":
        npv = run["payoff"].dataset["npv"] - run["option"].dataset["payoff"]
        return np.asarray(npv.transpose(*dims).values)
    return _simulated(form, run, _changed(form, run, priors), progress)


def _changed(form: Form, run: "xr.DataTree", priors: "Priors") -> Setting:
    setting = setting_of(run)
    if form.spread == 1.0 and form.degrees is None:
        return Setting(setting.drawn, setting.strategies, form.fixed)
    # By the columns that made the run: others would move figures by their own error, too.
    seed = int(run.attrs["seed"])
    sampler = sampler_that_made(setting.drawn, priors, seed, str(run.attrs["sampler"]))
    chains, draws = setting.drawn.shape
    drawn = sampling.sample(
        priors,
        chains * draws,
        chains,
        seed,
        sampler,
        spread=form.spread,
        degrees=form.degrees,
    )
    return Setting(drawn, setting.strategies)


def _simulated(
    form: Form, run: "xr.DataTree", setting: Setting, progress: Callable[[float], None]
) -> Array:
    chains, draws = setting.drawn.shape
    nobody = np.full((1, chains * draws, setting.cells[0]), -1, dtype=np.int8)
    start = Presence(nobody, np.ones(1)) if form.alone else None
    options, rivals = "option" in run.children, str(run.attrs.get("rivals", RIVALS_STAY))
    found = valued(setting, options=options, rivals=rivals, start=start, progress=progress)
    return found.npv
