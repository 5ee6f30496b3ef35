"""A distribution's shape as the path of a small drawing."""

import numpy as np
import numpy.typing as npt

from reports.page.view import quantiles

__all__ = ["density_path", "drawn_ends"]

type Array = npt.NDArray[np.float64]

_WIDTH, _HEIGHT = 100.0, 24.0
#: The drawing ends at these percentiles: long tails would squeeze the rest.
_ENDS = (0.005, 0.97)
_BINS = 28
_WIDE = 15.0


def drawn_ends(ordered: Array) -> tuple[float, float]:
    """Values between which a distribution is drawn.

    Parameters
    ----------
    ordered : array (draw,)
        Draws in ascending order.

    Returns
    -------
    tuple of float
        In the draws' unit.
    """
    low, high = quantiles(ordered, _ENDS).tolist()
    return low, high


def density_path(ordered: Array, ends: tuple[float, float] | None = None) -> str:
    """SVG path of the density, filling a box of 100 by 24.

    Parameters
    ----------
    ordered : ndarray
        Draws in ascending order.
    ends : tuple of float, optional
        Values at the box's left and right edge; by default two percentiles.

    Returns
    -------
    str
        Empty where all draws are equal.
    """
    low, high = ends or drawn_ends(ordered)
    if not low < high:
        return ""
    # Over more than a power of ten a linear axis would show a spike and nothing else.
    wide = low > 0.0 and high > _WIDE * low
    edges = (np.geomspace if wide else np.linspace)(low, high, _BINS + 1)
    counts = np.diff(np.searchsorted(ordered, edges)).astype(float)
    # Neighbours share their counts: the sampling noise of a bin is not the prior's shape.
    smooth = np.convolve(np.pad(counts, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    xs = (np.arange(_BINS) + 0.5) * _WIDTH / _BINS
    ys = _HEIGHT * (1.0 - 0.95 * smooth / max(smooth.max(), 1.0))
    points = "L".join(f"{x:.0f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    return f"M0,{_HEIGHT:.0f}L0,{ys[0]:.1f}L{points}L{_WIDTH:.0f},{ys[-1]:.1f}V{_HEIGHT:.0f}Z"
