"""What an uncertain quantity is, and short ways to state the usual supports."""

from dataclasses import dataclass
from math import inf
from typing import Literal

__all__ = ["FLOW", "MONEY", "YEARLY", "Quantity", "at_least_zero", "positive", "share"]

FLOW = "USD billion/year"
MONEY = "USD billion"
YEARLY = "fraction/year"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An uncertain input of the model.

    Attributes
    ----------
    name : str
        Dotted path, such as ``market.size_2033`` or ``player.cost_ratio``.
    label : str
        Short name for readers, such as ``Market in 2033``.
    unit : str
        Unit of its values.
    lower, upper : float
        Ends of the support: values beyond them are refused.
    usual : tuple of float
        Lowest and highest value, in `unit`, at which the median of a sane prior lies, to an order
        of magnitude: the medians of the shipped files, widened. It tells a reader which size to
        expect, and `decide priors check` notes a median outside of it, which is most often a slip
        of the unit or of a zero. It is neither a bound nor an interval of any probability: draws
        lie outside of it, and no prior is refused or changed because of it.
    meaning : str
        What it is, in one line.
    lower_open, upper_open : bool
        Whether that end itself is left out of the support.
    event : bool
        Whether it is an event: 0 or 1.
    neutral : float or str, optional
        Of a quantity that the first edition of the model does not have: the value at which the
        equations are those without it, or the key of the same player's quantity that it equals.
    """

    name: str
    label: str
    unit: str
    lower: float
    upper: float
    usual: tuple[float, float]
    meaning: str
    lower_open: bool = False
    upper_open: bool = False
    event: bool = False
    neutral: float | str | None = None

    @property
    def edition(self) -> Literal[1, 2]:
        """Edition of the model, and schema of prior files, that has it first."""
        return 1 if self.neutral is None else 2

    @property
    def scope(self) -> Literal["industry", "player"]:
        """Whose it is: one value a draw (``industry``), or one a draw and player (``player``)."""
        return "player" if self.name.startswith("player.") else "industry"

    @property
    def key(self) -> str:
        """Its name in a player's or a type's table: the last part of the path."""
        return self.name.rpartition(".")[2]

    @property
    def attribute(self) -> str:
        """Its name in code: `name` with underscores, without ``player.``."""
        return self.name.removeprefix("player.").replace(".", "_")

    @property
    def support(self) -> str:
        """The support in words, such as ``> 0`` or ``[0, 1)``."""
        if self.event:
            return "0 or 1"
        lower = _number(self.lower)
        if self.upper == inf:
            return f"{'>' if self.lower_open else '≥'} {lower}"
        first, last = "[("[self.lower_open], "])"[self.upper_open]
        return f"{first}{lower}, {_number(self.upper)}{last}"

    @property
    def usual_range(self) -> str:
        """The usual range of its median in words, such as ``0.2 to 4``."""
        return " to ".join(_number(end) for end in self.usual)

    def supports(self, value: float) -> bool:
        """Whether `value` lies in the support.

        Parameters
        ----------
        value : float
            In `unit`.

        Returns
        -------
        bool
            At an end only where that end belongs to it; of an event, 0 and 1 only.
        """
        above = value > self.lower if self.lower_open else value >= self.lower
        below = value < self.upper if self.upper_open else value <= self.upper
        return above and below and (not self.event or value in (0.0, 1.0))


def _number(value: float) -> str:
    return f"{value:,.9g}".replace("-", "−")


def positive(
    name: str,
    label: str,
    unit: str,
    usual: tuple[float, float],
    meaning: str,
    *,
    neutral: float | str | None = None,
) -> Quantity:
    """A quantity above zero.

    Parameters
    ----------
    name : str
        Dotted path.
    label : str
        Short name for readers.
    unit : str
        Unit of its values.
    usual : tuple of float
        Usual range of the median, in `unit`.
    meaning : str
        What it is, in one line.
    neutral : float or str, optional
        As in `Quantity`.

    Returns
    -------
    Quantity
        With the support (0, ∞).
    """
    return Quantity(name, label, unit, 0.0, inf, usual, meaning, lower_open=True, neutral=neutral)


def at_least_zero(
    name: str,
    label: str,
    unit: str,
    usual: tuple[float, float],
    meaning: str,
    *,
    neutral: float | str | None = None,
) -> Quantity:
    """A quantity that may be zero, but not below.

    Parameters
    ----------
    name : str
        Dotted path.
    label : str
        Short name for readers.
    unit : str
        Unit of its values.
    usual : tuple of float
        Usual range of the median, in `unit`.
    meaning : str
        What it is, in one line.
    neutral : float or str, optional
        As in `Quantity`.

    Returns
    -------
    Quantity
        With the support [0, ∞).
    """
    return Quantity(name, label, unit, 0.0, inf, usual, meaning, neutral=neutral)


def share(
    name: str,
    label: str,
    unit: str,
    usual: tuple[float, float],
    meaning: str,
    *,
    below_one: bool = False,
    neutral: float | str | None = None,
) -> Quantity:
    """A quantity from 0 to 1; with `below_one`, 1 itself is left out.

    Parameters
    ----------
    name : str
        Dotted path.
    label : str
        Short name for readers.
    unit : str
        Unit of its values.
    usual : tuple of float
        Usual range of the median, in `unit`.
    meaning : str
        What it is, in one line.
    below_one : bool
        Whether 1 is not in the support.
    neutral : float or str, optional
        As in `Quantity`.

    Returns
    -------
    Quantity
        With the support [0, 1] or [0, 1).
    """
    return Quantity(
        name, label, unit, 0.0, 1.0, usual, meaning, upper_open=below_one, neutral=neutral
    )
