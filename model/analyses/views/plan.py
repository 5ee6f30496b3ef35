"""Which views a run is asked about, and the simulations that answer them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model.analyses.views.catalog import BASE, VIEWS, View
from model.economics.strategies import compared, of_run
from model.sampling.defaults import RIVALS_RESPOND, RIVALS_STAY

if TYPE_CHECKING:
    import xarray as xr

    from priors.reading.records import Priors

__all__ = ["Job", "Settings", "jobs_of", "patched_priors", "settings_of", "views_of"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a view is simulated: as the run was, on fewer draws.

    Attributes
    ----------
    draws, chains, seed : int
        As `simulate` takes them.
    sampler, rivals : str
        As `simulate` takes them.
    options : bool
        As `simulate` takes it.
    without : tuple of str
        As `simulate` takes it.
    forms : tuple of str
        Other forms of the model in which the verdict is read too.
    """

    draws: int
    chains: int
    seed: int
    sampler: str
    options: bool
    rivals: str
    without: tuple[str, ...]
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A simulation, and the views that it answers.

    Attributes
    ----------
    priors : Priors
        What is drawn from.
    settings : Settings
        How.
    views : tuple of View
        One, or all those that need no draws but the base's.
    """

    priors: "Priors"
    settings: Settings
    views: tuple[View, ...]


def settings_of(run: "xr.DataTree", priors: "Priors", most: int) -> Settings:
    """The settings of a run, on `most` draws at most.

    Parameters
    ----------
    run : DataTree
        From `simulate`.
    priors : Priors
        What it was drawn from.
    most : int
        Joint draws.

    Returns
    -------
    Settings
        Of each chain the first draws: a power of two of them, as Sobol points need.
    """
    attributes = run.attrs
    chains, drawn = int(attributes["chains"]), int(attributes["draws"])
    power = 1 << max(most // chains, 2).bit_length() - 1
    names = {one.name for one in of_run(run)}
    left_out = (one.name for one in compared(priors.strategies) if one.name not in names)
    return Settings(
        draws=min(drawn // chains, power) * chains,
        chains=chains,
        seed=int(attributes["seed"]),
        sampler=str(attributes["sampler"]),
        options="option" in run.children,
        rivals=str(attributes.get("rivals", RIVALS_STAY)),
        without=tuple(left_out),
    )


def patched_priors(priors: "Priors") -> dict[str, "Priors"]:
    """The run's priors with those of each view over them.

    Parameters
    ----------
    priors : Priors
        Of the run.

    Returns
    -------
    dict
        By name of the view; without views whose quantities the run lacks.
    """
    from priors.reading.load import load_text
    from priors.reading.patch import patch_of

    patches = {view.name: patch_of(view.priors) for view in VIEWS if view.priors}
    known = priors.quantities.by_name
    return {view.name: priors for view in VIEWS if not view.priors} | {
        name: load_text(priors.resolved, "priors.toml", patch)
        for name, patch in patches.items()
        if all(path in known for path in patch)
    }


def views_of(patched: Mapping[str, "Priors"], settings: Settings) -> list[View]:
    """The views that a run is asked about: those that change something in it.

    Parameters
    ----------
    patched : mapping
        From `patched_priors`.
    settings : Settings
        Of the run.

    Returns
    -------
    list of View
        The base first.
    """
    stated = patched[BASE.name]

    def applies(view: View) -> bool:
        if view is BASE:
            return True
        if view.rivals is not None:
            return settings.options and view.rivals != settings.rivals
        if view.averse:
            return "player.valuation" in stated.quantities.by_name
        return view.name in patched and patched[view.name].resolved != stated.resolved

    return [view for view in VIEWS if applies(view)]


def jobs_of(
    views: Iterable[View],
    patched: Mapping[str, "Priors"],
    settings: Settings,
    forms: Sequence[str],
) -> list[Job]:
    """The simulations that answer some views.

    Parameters
    ----------
    views : iterable of View
        From `views_of`.
    patched : mapping
        From `patched_priors`.
    settings : Settings
        Of the run.
    forms : sequence of str
        Other forms of the model, in which views with priors of their own are read too.

    Returns
    -------
    list of Job
        The base's first.
    """
    views = list(views)
    base = [view for view in views if not view.priors and view.rivals != RIVALS_RESPOND]
    first = Job(patched[BASE.name], settings, tuple(base))
    respond = replace(settings, rivals=RIVALS_RESPOND)
    in_forms = replace(settings, forms=tuple(forms))
    others = [view for view in views if view not in base]
    return [
        first,
        *(Job(patched[one.name], in_forms if one.priors else respond, (one,)) for one in others),
    ]
