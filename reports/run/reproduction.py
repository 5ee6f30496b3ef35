"""Whether a run gives the same bytes again, and what differs where it does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from model.sampling.defaults import EARLIER_SAMPLER, LAST_BY_NUMBER, SAMPLERS
from model.sampling.defaults import SAMPLER_VERSION as VERSION

if TYPE_CHECKING:
    import xarray as xr

__all__ = [
    "Comparison",
    "changed_environment",
    "compare_runs",
    "earlier_sampler",
    "first_edition",
    "made_by_first",
    "sampler_of",
]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One variable of two runs.

    Attributes
    ----------
    name : str
        Group and variable, such as ``payoff/npv``.
    differing : int
        Values that are not the same bits; -1 where shapes differ or one run has it not.
    total : int
        Values in all.
    largest : float
        Largest absolute difference; NaN where a number stands against none.
    close : bool
        Whether no value differs by more than 1e-5 of itself.
    """

    name: str
    differing: int
    total: int
    largest: float
    close: bool = field(default=False, compare=False)


#: Parts of a value by which draws of an earlier version of the sampler may differ.
_CLOSE = 1e-5


def compare_runs(stored: "xr.DataTree", again: "xr.DataTree") -> list[Comparison]:
    """Compare every variable of two runs bit by bit.

    Parameters
    ----------
    stored : DataTree
        The run as it was.
    again : DataTree
        The run repeated.

    Returns
    -------
    list of Comparison
        One for each variable of either run.
    """
    ours, theirs = _variables(stored), _variables(again)
    return [
        _compare(name, ours.get(name), theirs.get(name)) for name in dict.fromkeys([*ours, *theirs])
    ]


def _variables(run: "xr.DataTree") -> dict[str, Any]:
    return {
        f"{group}/{name}": np.ascontiguousarray(values)
        for group, node in run.children.items()
        for name, values in node.dataset.data_vars.items()
    }


def _compare(name: str, ours: Any, theirs: Any) -> Comparison:
    if ours is None or theirs is None or ours.shape != theirs.shape:
        size = 0 if ours is None else ours.size
        return Comparison(name, -1, size, float("nan"))
    if ours.dtype.kind != "f":
        differing = int((ours != theirs).sum())
        return Comparison(name, differing, ours.size, 0.0, differing == 0)
    differs = ours.view(np.uint64) != theirs.view(np.uint64)
    apart, size = np.abs(ours[differs] - theirs[differs]), np.abs(ours[differs])
    close = bool((apart <= _CLOSE * size).all())
    return Comparison(name, int(differs.sum()), ours.size, float(apart.max(initial=0.0)), close)


def earlier_sampler(manifest: Mapping[str, Any]) -> int | None:
    """Which version of the sampler made a run, where it is not today's.

    Parameters
    ----------
    manifest : mapping
        As in ``manifest.json``.

    Returns
    -------
    int or None
        The first did not count itself.
    """
    made = int(manifest.get("sampler_version") or 1)
    return made if made < VERSION else None


def sampler_of(manifest: Mapping[str, Any]) -> str:
    """Which sampler repeats a run: of an earlier one's Sobol points, the one that has them still.

    Parameters
    ----------
    manifest : mapping
        As in ``manifest.json``.

    Returns
    -------
    str
        As `simulate` takes it.
    """
    sampler, made = str(manifest["sampler"]), earlier_sampler(manifest)
    by_number = sampler == SAMPLERS[0] and made is not None and made <= LAST_BY_NUMBER
    return EARLIER_SAMPLER if by_number else sampler


def made_by_first(manifest: Mapping[str, Any]) -> bool:
    """Whether the first edition of the model made a run, whichever its priors are of.

    Parameters
    ----------
    manifest : mapping
        As in ``manifest.json``.

    Returns
    -------
    bool
        It did not count itself: its manifests state no edition.
    """
    return manifest.get("edition") is None


def first_edition(run: str, comparisons: Sequence[Comparison]) -> list[str]:
    """What to say of a run of the first edition that is not the same again, a line each.

    Parameters
    ----------
    run : str
        Its folder.
    comparisons : sequence of Comparison
        From `compare_runs`.

    Returns
    -------
    list of str
        To stand before the differences.
    """
    draws = [one for one in comparisons if one.name.startswith("prior/")]
    made = f"{run}: made by the first edition of the model, and repeated by the second"
    made += ", with what is new at its neutral value"
    if any(one.differing and not one.close for one in draws):
        return [made]
    total = sum(one.total for one in draws)
    how = "to 1e-5 of each" if any(one.differing for one in draws) else "bit by bit"
    return [
        made,
        f"draws: the same, {how}: {len(draws)} variables, {total:,} values",
        "what differs below does so because the economics changed between the editions:",
    ]


def changed_environment(stored: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What differs between the environment of a manifest and this one, a line each.

    Parameters
    ----------
    stored : mapping
        ``environment`` of a manifest.
    now : mapping
        The same of this machine.

    Returns
    -------
    list of str
        Empty where nothing differs.
    """
    lines = [
        f"{key}: {stored.get(key)} then, {now[key]} now"
        for key in ("python", "platform", "machine")
        if stored.get(key) != now[key]
    ]
    then, today = stored.get("versions", {}), now["versions"]
    lines += [
        f"{name}: {then.get(name, 'absent')} then, {today.get(name, 'absent')} now"
        for name in sorted({*then, *today})
        if then.get(name) != today.get(name)
    ]
    return lines
