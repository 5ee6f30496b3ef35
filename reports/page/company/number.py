"""A number of the model as a company's part tells it: its name, what it is, and its draws."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from priors.registry.quantity import Quantity
from reports.page.view import View, quantiles
from reports.text.flips import short_with_unit
from reports.text.strategies import quantities
from reports.text.wording import within_sentence

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["Number", "number_of"]


@dataclass(frozen=True)
class Number:
    """A number, of the industry or of one company.

    Attributes
    ----------
    view : View
        The run that has draws of it.
    quantity : Quantity
        Its record.
    player : str, optional
        Whose it is; None of one that is the industry's.
    """

    view: View
    quantity: Quantity
    player: str | None

    @property
    def name(self) -> str:
        """What it is called."""
        return self.quantity.label

    @property
    def within(self) -> str:
        """The same within a sentence."""
        return within_sentence(self.name)

    @cached_property
    def ordered(self) -> "npt.NDArray[np.float64]":
        """Its draws (draw,) in ascending order, in its unit."""
        return self.view.ordered(self.quantity.name, self.player)

    def quantiles(self, probabilities: "npt.ArrayLike") -> list[float]:
        """Its quantiles.

        Parameters
        ----------
        probabilities : array
            From 0 to 1.

        Returns
        -------
        list of float
            In its unit.
        """
        found: list[float] = quantiles(self.ordered, probabilities).tolist()
        return found

    @property
    def what(self) -> str:
        """What it is, and that it is a year's, which `brief` leaves out."""
        yearly = "/year" in self.quantity.unit
        return f"{self.quantity.meaning}{'; a year' if yearly else ''}"

    @property
    def varies(self) -> bool:
        """Whether it is no constant."""
        return bool(self.ordered[0] < self.ordered[-1])

    def brief(self, value: float) -> str:
        """A value in a chart or a table whose row says what it is, so without ``a year``.

        Parameters
        ----------
        value : float
            In its unit.

        Returns
        -------
        str
        """
        return short_with_unit(value, self.quantity.unit).removesuffix(" a year")


def number_of(view: View, path: str) -> Number:
    """The number that a path names.

    Parameters
    ----------
    view : View
        The run with its decision.
    path : str
        A global quantity's name, or a player's own path.

    Returns
    -------
    Number
    """
    player = path.split(".")[1] if path.startswith("players.") else None
    return Number(view, quantities().by_path(path), player)
