"""The best strategy over two quantities' values, and the lines on which two strategies tie."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.numerics.arrays import Array
from priors.errors import InputError, NumericalError

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Curve", "decision_map", "indifference_curves"]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A piece of the line on which the two best strategies tie.

    Attributes
    ----------
    strategies : (str, str)
        The two.
    points : array (point, 2)
        Values of the two quantities along it.
    """

    strategies: tuple[str, str]
    points: Array


def decision_map(
    function: Callable[[float, float], Mapping[str, float]],
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    names: tuple[str, str] = ("x", "y"),
) -> "xr.Dataset":
    """The best strategy over a grid of two quantities' values.

    Parameters
    ----------
    function : callable
        Values of the two quantities → expected value of each strategy.
    x : array
        Increasing values of the first quantity.
    y : array
        Increasing values of the second.
    names : (str, str)
        Their names, which become the dimensions.

    Returns
    -------
    Dataset
        ``expected`` (x, y, strategy); ``best`` (x, y), the best strategy's name; ``lead`` (x, y),
        by how much it is better than the next.

    Raises
    ------
    InputError
        If an axis has fewer than two values or does not increase.
    NumericalError
        If an expected value is not finite.
    """
    import xarray as xr

    axes = [np.asarray(axis, dtype=np.float64) for axis in (x, y)]
    for name, axis in zip(names, axes, strict=True):
        if axis.ndim != 1 or len(axis) < 2 or not (np.diff(axis) > 0.0).all():
            raise InputError(f"{name} needs at least two values, each above the one before")
    cells = [[function(float(a), float(b)) for b in axes[1]] for a in axes[0]]
    strategies = list(cells[0][0])
    expected = np.array([[[cell[name] for name in strategies] for cell in row] for row in cells])
    if not np.isfinite(expected).all():
        raise NumericalError(f"{int((~np.isfinite(expected)).sum())} values are not finite")
    ordered = np.sort(expected, axis=2)
    return xr.Dataset(
        {
            "expected": ((*names, "strategy"), expected),
            "best": (names, np.array(strategies)[expected.argmax(axis=2)]),
            "lead": (names, ordered[..., -1] - ordered[..., -2]),
        },
        coords={names[0]: axes[0], names[1]: axes[1], "strategy": strategies},
    )


def indifference_curves(found: "xr.Dataset") -> list[Curve]:
    """The lines on a `decision_map` along which its two best strategies tie.

    Linear interpolation between the grid's points (marching squares, by contourpy).

    Parameters
    ----------
    found : Dataset
        From `decision_map`.

    Returns
    -------
    list of Curve
    """
    from itertools import combinations

    from contourpy import contour_generator

    expected = found["expected"]
    x, y = (expected[dim].values for dim in expected.dims[:2])
    values = expected.values
    curves = []
    for one, other in combinations(range(values.shape[2]), 2):
        tie = values[..., one] - values[..., other]
        names = tuple(str(expected["strategy"].values[place]) for place in (one, other))
        others = np.delete(values, (one, other), axis=2)
        margin = values[..., one] - others.max(axis=2) if others.size else np.ones_like(tie)
        for line in contour_generator(x, y, tie.T).lines(0.0):
            # Rounding may put the end of a line just outside the grid.
            points = np.clip(np.asarray(line), (x[0], y[0]), (x[-1], y[-1]))
            pieces = _leading(points, _interpolated(x, y, margin, points))
            curves += [Curve((names[0], names[1]), piece) for piece in pieces]
    return curves


def _interpolated(x: Array, y: Array, values: Array, points: Array) -> Array:
    from scipy.interpolate import RegularGridInterpolator

    return np.asarray(RegularGridInterpolator((x, y), values)(points), dtype=np.float64)


def _leading(line: Array, margin: Array) -> list[Array]:
    """The pieces of a line (point, 2) on which `margin` (point,) is not negative."""
    change = np.flatnonzero((margin[:-1] < 0.0) != (margin[1:] < 0.0))
    part = margin[change] / (margin[change] - margin[change + 1])
    meets = line[change] + part[:, None] * (line[change + 1] - line[change])
    whole = np.insert(line, change + 1, meets, axis=0)
    kept = np.insert(margin >= 0.0, change + 1, True)
    places = np.flatnonzero(kept)
    runs = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)
    return [whole[run] for run in runs if len(run) > 1]
