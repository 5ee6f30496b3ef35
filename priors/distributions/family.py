"""What a family of distributions states of itself: one record, of one of three kinds.

A file in `priors.distributions.families` holds one record, ``FAMILY``; everything that names a
family reads it. Truncation, mixtures, `scale` and `shift` are not the family's business: they
take any continuous one (`priors.distributions.distribution`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "Array",
    "Bounds",
    "Continuous",
    "Discrete",
    "Family",
    "FamilyError",
    "Fault",
    "Mixed",
    "Parameters",
    "above_zero",
    "exponential",
    "in_order",
]

type Array = npt.NDArray[np.float64]
type Parameters = tuple[float, ...]
type Bounds = tuple[float, float]
#: Key in a prior's table ("" for the table itself), and what is wrong with it.
type Fault = tuple[str, str]

#: Keeps exp() of an unconstrained parameter finite while a solver wanders.
_LARGEST_LOG = 300.0


class FamilyError(ValueError):
    """What is stated gives no distribution.

    Attributes
    ----------
    problems : tuple of (str, str)
        Key in the prior's table ("" for the table itself), and what is wrong with it.
    """

    def __init__(self, *problems: Fault) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{key}: {text}" if key else text for key, text in problems))


def _no_fault(_: Parameters) -> Iterable[Fault]:
    return ()


def _determined(_: Sequence[float]) -> str:
    return ""


def _no_start(_: Sequence[float], __: Sequence[float]) -> Iterator[list[float]]:
    return iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What every family states.

    Attributes
    ----------
    name : str
        As prior files have it, and the stem of its own file.
    parameters : tuple of str
        Keys of a prior's table that state it; empty where only quantiles do.
    known : str
        What one knows of a quantity that has such a prior, for the documentation.
    order : int
        Place in lists of families; those of equal order stand in that of the alphabet.
    in_words : str
        Phrase for readers with keys in braces, ``fixed at {value}``; empty for name and numbers.
    """

    name: str
    parameters: tuple[str, ...]
    known: str
    order: int = 100
    in_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuous(Family):
    """A family with a density: all is said of it whole, before it is cut, scaled and shifted.

    Attributes
    ----------
    ppf, cdf : callable
        Quantile function of parameters and probabilities, distribution function of parameters and
        values; arrays of any shape.
    ends : tuple of float
        Between them lie the values of every member.
    own_ends : callable, optional
        Ends of the member with these parameters, where they depend on them.
    of_score : callable, optional
        Value at parameters and standard normal scores, exact in both tails.
    elementary : bool
        Whether quantiles cost no more than to look them up in a table.
    check : callable
        What is wrong with parameters.
    starts : callable
        From probabilities and quantiles, unconstrained parameters for a solver to start from; the
        first is best exact where nothing is cut.
    untransform : callable
        Parameters from unconstrained ones.
    undetermined : callable
        Why quantiles at these probabilities tell no single member; empty where they do.
    fit : callable, optional
        Parameters from probabilities, any number of quantiles and bounds, which are the ends of
        its domain and no cut; None where there is no such member. In place of `starts`.
    """

    ppf: Callable[[Parameters, Array], Array]
    cdf: Callable[[Parameters, Array], Array]
    ends: Bounds = (-inf, inf)
    own_ends: Callable[[Parameters], Bounds] | None = None
    of_score: Callable[[Parameters, Array], Array] | None = None
    elementary: bool = False
    check: Callable[[Parameters], Iterable[Fault]] = _no_fault
    starts: Callable[[Sequence[float], Sequence[float]], Iterator[list[float]]] = _no_start
    untransform: Callable[[Sequence[float]], Parameters] = tuple
    undetermined: Callable[[Sequence[float]], str] = _determined
    fit: Callable[[Sequence[float], Sequence[float], Bounds], Parameters | None] | None = None

    def domain(self, parameters: Parameters) -> Bounds:
        """Smallest and largest value of one member, infinite where there is no end.

        Parameters
        ----------
        parameters : tuple of float
            As the family's functions take them.

        Returns
        -------
        tuple of float
            Before the member is cut, scaled or shifted.
        """
        return self.ends if self.own_ends is None else self.own_ends(parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrete(Family):
    """A family whose draws take a few values.

    Attributes
    ----------
    read : callable
        Parameters from a prior's table; raises `FamilyError`.
    atoms : callable
        Values in ascending order, and their probabilities, from parameters.
    certain : bool
        Whether all draws are the same.
    arrays : bool
        Whether a prior's table states arrays, and not numbers.
    """

    read: Callable[[Mapping[str, Any]], Parameters]
    atoms: Callable[[Parameters], tuple[Parameters, Parameters]]
    certain: bool = False
    arrays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed(Family):
    """A mixture of distributions, each with a weight.

    Attributes
    ----------
    ppf, cdf : callable
        Of weights, components and an array of any shape.
    """

    ppf: Callable[[Parameters, Sequence[Any], Array], Array]
    cdf: Callable[[Parameters, Sequence[Any], Array], Array]


def above_zero(**parameters: float) -> Iterator[Fault]:
    """Faults of those parameters that are not above 0.

    Parameters
    ----------
    **parameters : float
        Key of a prior's table to its value.

    Yields
    ------
    tuple of str
        Key, and what is wrong with it.
    """
    for name, value in parameters.items():
        if value <= 0.0:
            yield name, f"{value:g} is not above 0"


def in_order(low: float, mode: float, high: float) -> Iterator[Fault]:
    """Faults of the parameters of a family between two ends.

    Parameters
    ----------
    low : float
        Must be below `high`.
    mode : float
        Must be neither below `low` nor above `high`.
    high : float
        The upper end.

    Yields
    ------
    tuple of str
        Key, and what is wrong with it: at most one.
    """
    if low >= high:
        yield "high", f"{high:g} is not above low = {low:g}"
    elif not low <= mode <= high:
        yield "mode", f"{mode:g} is not between low and high"


def exponential(free: float) -> float:
    """A positive parameter from its logarithm, whatever a solver tries.

    Parameters
    ----------
    free : float
        Logarithm of the parameter.

    Returns
    -------
    float
        Finite: a logarithm above 300 counts as 300, which gives about 2e130.
    """
    return exp(min(free, _LARGEST_LOG))
