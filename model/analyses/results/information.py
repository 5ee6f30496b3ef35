"""What stands in sensitivity.json of the value of information."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from model.analyses.results.record import ABSENT, MaybeFigure

__all__ = ["Information", "PerfectInformation", "StudySize", "StudyValue"]


@dataclass(frozen=True, slots=True)
class PerfectInformation:
    """The value of knowing an input, or a group of inputs.

    Attributes
    ----------
    evppi : Figure
        Expected value of partial perfect information, USD billion.
    method : str
        The estimator.
    """

    evppi: MaybeFigure
    method: str


@dataclass(frozen=True, slots=True)
class StudySize:
    """A study of one size.

    Attributes
    ----------
    size, sd : float
        Its size over that of the study asked for; standard deviation of its error.
    evsi : Figure
        Expected value of sample information, USD billion.
    cost : float, optional
        USD billion.
    enbs : Figure, optional
        Expected net benefit of sampling, USD billion.
    """

    size: float
    sd: float
    evsi: MaybeFigure
    cost: Annotated[float | None, ABSENT] = None
    enbs: Annotated[MaybeFigure | None, ABSENT] = None


@dataclass(frozen=True, slots=True)
class StudyValue:
    """A study of one quantity, at several sizes.

    Attributes
    ----------
    observe : str
        Path of the quantity.
    error : str
        ``normal`` or ``lognormal``.
    sd : float
        Standard deviation of the error.
    assumed : bool
        Whether nobody asked for it.
    sizes : sequence of StudySize
        From small to large.
    """

    observe: str
    error: str
    sd: float
    assumed: bool
    sizes: Sequence[StudySize]


@dataclass(frozen=True, slots=True)
class Information:
    """What it is worth to know before one decision.

    Attributes
    ----------
    evpi : Figure
        Of everything, USD billion.
    inputs, groups : mapping
        Path, or name of a group, to the value of knowing it.
    studies : sequence of StudyValue
        What studies are worth.
    """

    evpi: MaybeFigure
    inputs: Mapping[str, PerfectInformation]
    groups: Mapping[str, PerfectInformation]
    studies: Sequence[StudyValue]
