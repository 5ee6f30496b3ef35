"""What an option pays, what is known, and whose draws: checked, and laid out for the loops."""

from dataclasses import replace
from math import comb
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from model.numerics.arguments.labelled import order_of, places_of
from model.numerics.arguments.numeric import check_largest, doubles
from model.numerics.arguments.scalars import found, whole
from model.numerics.arrays import Array, Flags, Integers
from model.stopping.longstaff_schwartz import Option
from model.stopping.result import OptionValue
from priors.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Given", "laid_out"]

#: Draws at least of a chain: three quarters of fewer make no rule.
_FEWEST = 16
_HIGHEST_DEGREE = 12
_MOST_POLYNOMIALS = 1000
#: Chains that are each a study of their own, a few milliseconds each: more would take minutes.
_MOST_CHAINS = 4096
#: Numbers in the coefficients of all rules (1 GB), in the values of the polynomials at a date, and
#: multiplications in all regressions (minutes).
_MOST_COEFFICIENTS = 2**27
_MOST_VALUES = 2**29
_MOST_PRODUCTS = 2**43
#: Rules of a chain at most, and stages of a rule.
_RULES, _STAGES = 4, 3


class Given(NamedTuple):
    """The arguments of `bermudan_option` as its loops take them.

    Attributes
    ----------
    option : Option
        On all draws.
    paid : array (date, draw)
        What exercising pays; −∞ where the option is not live.
    chains : array (draw,)
        Number of each draw's chain, from 0 on; all 0 if none are stated.
    order : array (draw,) or None
        Place of each draw in those given, where labels put them in another order.
    """

    option: Option
    paid: Array
    chains: Integers
    order: Integers | None

    def as_given(self, value: OptionValue) -> OptionValue:
        """The result with its draws in the order in which they were given.

        Parameters
        ----------
        value : OptionValue
            Of these draws.

        Returns
        -------
        OptionValue
        """
        if self.order is None:
            return value
        back = np.argsort(self.order)
        return replace(
            value,
            exercise_date=value.exercise_date[back],
            payoff=value.payoff[back],
            advantage=value.advantage[back],
            rule=replace(value.rule, rule=value.rule.rule[back]),
        )


def laid_out(
    exercise: Any, states: Any, live: Any, chain: Any, degree: int, *, observed: bool
) -> Given:
    """Check the arrays and lay them out.

    Parameters
    ----------
    exercise : array (draw, date)
        As `bermudan_option` takes it.
    states : array (draw, date, feature)
        As `bermudan_option` takes it.
    live : array (draw, date), optional
        As `bermudan_option` takes it.
    chain : int or array (draw,), optional
        As `bermudan_option` takes it.
    degree : int
        Total degree of the polynomials.
    observed : bool
        Whether what exercising pays is known at its date.

    Returns
    -------
    Given

    Raises
    ------
    InputError
        As `bermudan_option`.
    """
    paid = _plain("exercise", exercise, ("draw", "date"), exercise)
    seen = _plain("states", states, ("draw", "date", "feature"), exercise)
    may = np.ones(paid.shape, bool)
    if live is not None:
        may = _plain("live", live, ("draw", "date"), exercise).astype(bool)
    _check(paid, seen, may, degree)
    order = _order(exercise)
    if order is not None:
        paid, seen, may = paid[order], seen[order], may[order]
    chains = _chains(chain, len(paid), exercise, order)
    _check_work(seen.shape, degree, int(chains.max()) + 1)
    option, paid = _option(paid, seen, may, observed=observed)
    return Given(option, paid, chains, order)


def _option(paid: Array, seen: Array, may: Flags, *, observed: bool) -> tuple[Option, Array]:
    """The option on all draws, and what exercising pays, −∞ where it is not live (date, draw)."""
    paid, seen = _finite("exercise", paid, may), _finite("states", seen, may)
    check_largest("exercise", paid)
    for feature in range(seen.shape[2]):
        check_largest(f"feature {feature} of states", seen[:, :, feature])
    paid, may = np.ascontiguousarray(paid.T), np.ascontiguousarray(may.T)
    is_open = may & (paid > 0) if observed else may
    held = np.where(is_open, paid, 0.0)
    known = seen.transpose(1, 2, 0)
    if observed:
        known = np.concatenate([known, held[:, None]], axis=1)
    option = Option(held, np.ascontiguousarray(known), is_open.astype(np.int8), observed)
    return option, np.where(may, paid, -np.inf)


def _labelled(given: Any) -> "xr.DataArray | None":
    return given if hasattr(given, "dims") and hasattr(given, "data") else None


def _plain(name: str, given: Any, dims: tuple[str, ...], exercise: Any) -> Array:
    """A plain array (…dims), by the labels of `exercise` where both have any."""
    labelled, first = _labelled(given), _labelled(exercise)
    if labelled is None:
        values = doubles(name, given)
        if values.ndim != len(dims):
            message = f"{name}: expected axes ({', '.join(dims)}), got shape {values.shape}"
            raise InputError(message)
        return values
    if sorted(map(str, labelled.dims)) != sorted(dims):
        have = ", ".join(map(str, labelled.dims))
        raise InputError(f"{name}: expected axes ({', '.join(dims)}), got dimensions ({have})")
    places = {}
    for dim in ("draw", "date"):
        if first is None or dim not in dims:
            continue
        theirs, ours = labelled.indexes.get(dim), first.indexes.get(dim)
        if theirs is not None and ours is not None and not theirs.equals(ours):
            places[dim] = places_of(name, dim, theirs, ours)
    return doubles(name, labelled.isel(places).transpose(*dims).data)


def _order(exercise: Any) -> Integers | None:
    """Places that put the draws in the order of their labels; None where they are."""
    labelled = _labelled(exercise)
    if labelled is None:
        return None
    dates = labelled.indexes.get("date")
    if dates is not None and dates.dtype.kind in "iufM" and not dates.is_monotonic_increasing:
        raise InputError("exercise: the labels of date must increase; sort it: .sortby('date')")
    order = order_of(labelled.indexes.get("draw"))
    return None if order is None else np.asarray(order, np.int64)


def _check(paid: Array, seen: Array, may: Flags, degree: int) -> None:
    """Refuse arrays that do not fit each other, or have no draws or dates."""
    if seen.shape[:2] != paid.shape or may.shape != paid.shape:
        message = (
            f"exercise {paid.shape}, states {seen.shape} and live {may.shape} "
            "do not have the same draws and dates"
        )
        raise InputError(message)
    if not seen.shape[2]:
        raise InputError("states: expected at least 1 feature, got none")
    if paid.shape[0] < 4 or paid.shape[1] < 1:
        message = f"exercise: expected at least 4 draws and 1 date, got shape {paid.shape}"
        raise InputError(message)
    if degree < 0:
        message = f"degree: expected 0 or more, got {degree}"
        raise InputError(message)
    if degree > _HIGHEST_DEGREE:
        raise InputError(f"degree: expected {_HIGHEST_DEGREE} at most, got {degree}")


def _check_work(shape: tuple[int, ...], degree: int, chains: int) -> None:
    """Refuse at once what would take hours, or more memory than machines have."""
    draws, dates, features = shape
    columns = comb(features + degree, degree) + 1
    if columns > _MOST_POLYNOMIALS:
        raise InputError(
            f"degree: {features} features of degree {degree} make {columns - 1:,} polynomials; "
            f"{_MOST_POLYNOMIALS:,} are the most: take a lower degree, or fewer features"
        )
    if chains * _RULES * dates * _STAGES * columns > _MOST_COEFFICIENTS:
        raise InputError(
            f"chain: {chains:,} chains, each with rules of {columns - 1:,} polynomials at "
            f"{dates:,} dates, are too many to hold: take fewer chains, or a lower degree"
        )
    if draws * columns > _MOST_VALUES or draws * dates * columns**2 > _MOST_PRODUCTS:
        raise InputError(
            f"exercise: {draws:,} draws of {dates:,} dates are too many for {columns - 1:,} "
            f"polynomials: take fewer draws or features, or a lower degree"
        )


def _finite(name: str, values: Array, may: Flags) -> Array:
    """The values, with 0 for what is not finite; refused where the option is live."""
    finite = np.isfinite(values)
    if finite.all():
        return values
    if not finite[may].all():
        message = f"{name}: not finite somewhere where the option is live"
        raise InputError(message)
    return np.where(finite, values, 0.0)


def _chains(chain: Any, draws: int, exercise: Any, order: Integers | None) -> Integers:
    """Number (draw,) of each draw's chain, from 0 on; all 0 if none are stated."""
    none = np.zeros(draws, np.int64)
    if chain is None:
        return none
    if np.ndim(chain) == 0:
        count = whole()("chain", chain)
        if count < 1 or draws % count:
            message = f"chain: {draws} draws do not divide into {count} chains evenly"
            raise InputError(message)
        numbers = np.repeat(np.arange(count), draws // count)
    else:
        numbers = _numbered(chain, draws, exercise)
        numbers = numbers if order is None else numbers[order]
    sizes = np.bincount(numbers)
    if sizes.max() == 1:
        return none
    if sizes.size > 1 and sizes.min() < _FEWEST:
        raise InputError(
            f"chain: the smallest of {sizes.size:,} chains has {sizes.min()} draws; {_FEWEST} are "
            f"the least that make a rule, or each draw a chain of its own"
        )
    if sizes.size > _MOST_CHAINS:
        raise InputError(
            f"chain: {sizes.size:,} chains of several draws each, every one with rules of its own; "
            f"{_MOST_CHAINS:,} are the most: put some together"
        )
    return numbers


def _numbered(chain: Any, draws: int, exercise: Any) -> Integers:
    """Labels of chains made numbers (draw,), the lowest label first."""
    labelled, first = _labelled(chain), _labelled(exercise)
    if labelled is not None and first is not None and labelled.dims == ("draw",):
        theirs, ours = labelled.indexes.get("draw"), first.indexes.get("draw")
        if theirs is not None and ours is not None and not theirs.equals(ours):
            chain = labelled.isel(draw=places_of("chain", "draw", theirs, ours))
    try:
        labels = np.asarray(chain)
        if labels.shape != (draws,):
            message = f"chain: expected {draws} labels, got shape {labels.shape}"
            raise InputError(message)
        return np.unique(labels, return_inverse=True)[1].astype(np.int64)
    except (TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        message = f"chain is {found(chain)}; a number, or labels that can be ordered, is expected"
        raise InputError(message) from error
