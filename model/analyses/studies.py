"""Studies that a user may think of, and what they are worth at several qualities."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from model.analyses.problems import GROUPS, Case
from model.analyses.results.information import StudySize
from model.analyses.results.record import Figure
from model.information.sample import enbs, evsi_curve
from priors.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Study", "parse_groups", "parse_study", "parse_tolerances", "study_values"]

_ERRORS = ("normal", "lognormal")
#: Sizes of the study, the one asked for being 1: its standard deviation goes with the inverse root.
SIZES: tuple[float, ...] = (1 / 16, 1 / 4, 1.0, 4.0, 16.0)
#: Standard deviation of the study that is looked at where the user asked for none: of the
#: logarithm, or over the quantity's own.
ASSUMED_SD = 0.3


@dataclass(frozen=True, slots=True)
class Study:
    """A study that observes one quantity with error.

    Attributes
    ----------
    quantity : str
        What it observes, such as ``market.size_2033``; ``player.fixed_cost`` is each player's own.
    error : str
        ``normal``: added; ``lognormal``: its exponential is multiplied by.
    sd : float
        Standard deviation of the error.
    cost : float, optional
        USD billion.
    assumed : bool
        Whether nobody asked for it.
    """

    quantity: str
    error: str
    sd: float
    cost: float | None = None
    assumed: bool = False


def parse_study(text: str, names: Sequence[str], cost: float | None = None) -> Study:
    """Read ``NAME:ERROR:SD``, such as ``market.size_2033:lognormal:0.3``.

    Parameters
    ----------
    text : str
        The command line's.
    names : sequence of str
        Quantities that may be studied.
    cost : float, optional
        Of one study, USD billion.

    Returns
    -------
    Study
        Not assumed, for the user has asked for it.

    Raises
    ------
    InputError
        Where the text has another form or error, `names` has no such quantity, the standard
        deviation is not above 0 and finite, or the cost is below 0 or not finite.
    """
    parts = text.split(":")
    if len(parts) != 3:
        raise InputError(
            f"--study {text}: expected NAME:ERROR:SD, as in market.size_2033:lognormal:0.3"
        )
    name, error, sd_text = parts
    _check_name(f"--study {text}", name, names)
    if error not in _ERRORS:
        raise InputError(f"--study {text}: error {error!r}, expected {' or '.join(_ERRORS)}")
    try:
        sd = float(sd_text)
    except ValueError:
        raise InputError(f"--study {text}: {sd_text!r} is no number") from None
    if not 0.0 < sd < np.inf:
        raise InputError(f"--study {text}: the standard deviation must be above 0 and finite")
    if cost is not None and not 0.0 <= cost < np.inf:
        raise InputError(f"--cost {cost:g}: must be 0 or more, and finite")
    return Study(name, error, sd, cost)


def parse_groups(texts: Sequence[str], names: Sequence[str]) -> dict[str, list[str]]:
    """Read each ``NAME=QUANTITY,QUANTITY``.

    Parameters
    ----------
    texts : sequence of str
        The command line's.
    names : sequence of str
        Quantities that may be in a group.

    Returns
    -------
    dict of str to list of str
        Name of the group to its quantities.

    Raises
    ------
    InputError
        Where it has another form, `names` has no such quantity, or the name is taken.
    """
    groups: dict[str, list[str]] = {}
    for text in texts:
        name, equals, members = text.partition("=")
        name, chosen = name.strip(), [one.strip() for one in members.split(",") if one.strip()]
        if not equals or not name or not chosen:
            raise InputError(
                f"--group {text}: expected NAME=QUANTITY,QUANTITY, as in "
                "size=market.size_2025,market.size_2033"
            )
        if name in (*GROUPS, "own", "rivals", *names, *groups):
            raise InputError(f"--group {text}: there is a {name} already; choose another name")
        for one in chosen:
            _check_name(f"--group {text}", one, names)
        groups[name] = chosen
    return groups


def parse_tolerances(values: Sequence[float]) -> list[float]:
    """Check risk tolerances, USD billion.

    Parameters
    ----------
    values : sequence of float
        USD billion; infinite is to be indifferent to risk.

    Returns
    -------
    list of float
        In the order stated.

    Raises
    ------
    InputError
        Where one is not above 0.
    """
    for value in values:
        if not value > 0.0:
            raise InputError(f"--risk-tolerance {value:g}: must be above 0")
    return list(values)


def _check_name(where: str, name: str, names: Sequence[str]) -> None:
    if name not in names:
        hint = did_you_mean(name, names)
        raise InputError(f"{where}: no quantity {name!r}{hint}")


def study_values(case: Case, study: Study) -> dict[str, list[StudySize]]:
    """What a study of each size is worth to each decision.

    A study of size 4 is four such studies: half the standard deviation, four times the cost.

    Parameters
    ----------
    case : Case
        The decisions.
    study : Study
        Of size 1.

    Returns
    -------
    dict
        Decision to a list over the sizes. Empty where the quantity bears on none of them.
    """
    if study.quantity not in case.inputs:
        return {}
    stated = {"observe": study.quantity, "error": study.error}
    sds = [study.sd / np.sqrt(size) for size in SIZES]
    found = evsi_curve(case.npv, case.inputs[[study.quantity]], stated, sds)
    costs = None if study.cost is None else [study.cost * size for size in SIZES]
    return {name: _sizes(found.sel(case.place(name)), costs) for name in case.names}


def _sizes(found: "xr.Dataset", costs: list[float] | None) -> list[StudySize]:
    import xarray as xr

    errors = [float(error) for error in found["se"]]
    rows = [
        StudySize(size, float(found["sd"][place]), Figure(float(found["evsi"][place]), error))
        for place, (size, error) in enumerate(zip(SIZES, errors, strict=True))
    ]
    if costs is None:
        return rows
    benefit = enbs(found, xr.DataArray(costs, coords={"sd": found["sd"]}))["enbs"]
    return [
        replace(row, cost=cost, enbs=Figure(float(benefit[place]), row.evsi.mcse))
        for place, (row, cost) in enumerate(zip(rows, costs, strict=True))
    ]
