"""What callers' functions may do: the figures of a clean function, or an error that names it."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

import decide
from priors.errors import DecideError
from tests.model.numerics.arguments.public import INPUTS, NPV, linear, plain


def tie(x: float) -> float:
    return x - 0.3


def sobol(function: Any = linear, marginal: Any = plain) -> xr.Dataset:
    return decide.sobol(function, {"x": plain, "y": marginal}, n=64)


def switching_value(function: Any) -> list[float]:
    return decide.switching_value(function, 0.0, 1.0, grid=5)


def evsi(study: Any) -> xr.Dataset:
    return decide.evsi(NPV, INPUTS, study, trees=False)


def study(inputs: xr.Dataset, rng: np.random.Generator) -> xr.DataArray:
    return inputs["shared"] + rng.standard_normal(inputs["shared"].shape).round()


CALLS: dict[str, tuple[Callable[..., Any], Callable[..., Any], str]] = {
    "sobol": (sobol, linear, "the function gave"),
    "a marginal of sobol": (
        lambda function: sobol(marginal=function),
        plain,
        "the inverse distribution function of 'y'",
    ),
    "switching_value": (switching_value, tie, "the function gave"),
    "evsi": (evsi, study, "what the study gave: "),
}
CLEAN = {name: call(function) for name, (call, function, _) in CALLS.items()}

# ------------------------------------------------------------------------------- what it gives


def values_of(one: Any) -> Any:
    """The array of what was given, where there is one."""
    return one["shared"].values if isinstance(one, xr.Dataset) else one


def is_array(one: Any) -> bool:
    return isinstance(values_of(one), np.ndarray)


def kept_as(change: Callable[[np.ndarray], Any]) -> Callable[[Any], Any]:
    """The same figures in another form, labels kept where there are any."""

    def of(result: Any) -> Any:
        if isinstance(result, xr.DataArray):
            return result.copy(data=change(result.values))
        return change(np.asarray(result))

    return of


def buffered() -> Callable[[np.ndarray], np.ndarray]:
    """One array for all results of a shape."""
    kept: dict[tuple[int, ...], np.ndarray] = {}

    def of(values: np.ndarray) -> np.ndarray:
        own = kept.setdefault(values.shape, np.empty(values.shape))
        own[...] = values
        return own

    return of


def sparse(values: np.ndarray) -> np.ndarray:
    wide = np.full((*values.shape, 2), np.nan)
    wide[..., 0] = values
    return wide[..., 0]


def objects(values: np.ndarray) -> np.ndarray:
    return np.array([Fraction(float(x)) for x in values.ravel()], object).reshape(values.shape)


GIVEN: dict[str, Callable[[], Callable[[Any], Any]]] = {
    "as it is": lambda: kept_as(lambda values: values),
    "in one array each time": lambda: kept_as(buffered()),
    "strided": lambda: kept_as(sparse),
    "as fractions": lambda: kept_as(objects),
    "big-endian": lambda: kept_as(lambda values: values.astype(">f8")),
    "locked": lambda: kept_as(lambda values: np.frombuffer(values.tobytes()).reshape(values.shape)),
    "masked nowhere": lambda: kept_as(np.ma.asarray),
    "by other labels": lambda: shuffled,
}


def shuffled(result: Any) -> Any:
    """Labelled in an order of its own: labels decide."""
    rng = np.random.default_rng(1)
    if isinstance(result, xr.DataArray):
        return result.isel({dim: rng.permutation(result.sizes[dim]) for dim in result.dims})
    values = np.asarray(result)
    if values.ndim == 0:
        return pd.Series([float(values)])
    ordered = pd.Series(values).sort_values()
    return ordered if values[0] < 0.5 else xr.DataArray(ordered, dims="row")


SPOILT: dict[str, Callable[[np.ndarray], None]] = {
    "leaves": lambda values: None,
    "fills": lambda values: values.fill(np.nan),
    "sorts": lambda values: values.sort(axis=0),
    "shifts": lambda values: np.add(values, 1.0, out=values),
}


@pytest.mark.parametrize("name", CALLS)
@given(spoils=st.sampled_from(sorted(SPOILT)), gives=st.sampled_from(sorted(GIVEN)))
def test_a_function_may_work_in_what_it_is_given_and_give_any_form(name, spoils, gives):
    call, function, _ = CALLS[name]
    form = GIVEN[gives]()

    def odd(*args: Any) -> Any:
        result = function(*args)
        result = result.copy() if hasattr(result, "copy") else result
        if is_array(args[0]):
            SPOILT[spoils](values_of(args[0]))
        return form(result)

    same(call(odd), CLEAN[name])


def same(found: Any, clean: Any) -> None:
    if isinstance(clean, xr.Dataset):
        xr.testing.assert_identical(found, clean)
    else:
        assert found == clean


@pytest.mark.parametrize("name", CALLS)
def test_a_function_may_give_a_view_of_what_it_is_given(name):
    """And then it finds there what it left."""
    call = CALLS[name][0]
    views = {
        "sobol": lambda points: points[:, 1],
        "a marginal of sobol": lambda uniform: uniform[:],
        "switching_value": lambda x: x,
        "evsi": lambda inputs, rng: inputs["shared"],
    }

    def copied(*args: Any) -> Any:
        seen = views[name](*args)
        return seen.copy() if hasattr(seen, "copy") else seen

    same(call(views[name]), call(copied))


# --------------------------------------------------------------------------- what is refused


def broken(place: int) -> Callable[[np.ndarray], np.ndarray]:
    odd = (np.nan, np.inf, -np.inf, 1e200, -1e300)[place % 5]

    def of(values: np.ndarray) -> np.ndarray:
        values = np.array(values, dtype=float)
        values.flat[place % values.size] = odd
        return values

    return of


WRONG: dict[str, Callable[[Any], Any]] = {
    "nothing": lambda result: None,
    "text": lambda result: "x",
    "a set": lambda result: {1.0},
    "an object": lambda result: object(),
    "no rows": lambda result: [],
    "complex": kept_as(lambda values: values.astype(complex)),
    "texts": kept_as(lambda values: values.astype(str)),
    "dates": kept_as(lambda values: np.zeros(values.shape, "M8[s]")),
    "records": kept_as(lambda values: np.zeros(values.shape, [("a", float)])),
    "too many": lambda result: np.zeros((3, 5, 7)),
    "two numbers": lambda result: [1.0, 2.0],
    "a function": lambda result: len,
}


@pytest.mark.parametrize("name", CALLS)
@given(wrong=st.one_of(st.sampled_from(sorted(WRONG)), st.integers(0, 999)))
def test_what_is_no_result_is_refused_with_the_name_of_the_function(name, wrong):
    call, function, named = CALLS[name]
    change = kept_as(broken(wrong)) if isinstance(wrong, int) else WRONG[wrong]
    with pytest.raises(DecideError, match=named):
        call(lambda *args: change(function(*args)))


@pytest.mark.parametrize(
    "places", [{"draw": slice(9)}, {"chain": 0}, {"chain": [0, 0, 1, 2]}], ids=str
)
def test_a_study_of_other_draws_is_refused(places):
    with pytest.raises(DecideError, match=r"what the study gave: statistic (has|and)"):
        evsi(lambda inputs, rng: inputs["shared"].isel(places))


# ------------------------------------------------------------------------- what it raises itself

RAISED = [
    ValueError("mine"),
    StopIteration("mine"),
    KeyError("mine"),
    ZeroDivisionError("mine"),
    decide.InputError("mine"),
    MemoryError("mine"),
    KeyboardInterrupt("mine"),
]


@pytest.mark.parametrize("name", [*CALLS, "progress of evppi"])
@pytest.mark.parametrize("error", RAISED, ids=lambda one: type(one).__name__)
def test_what_a_function_raises_passes_through_as_it_is(name, error):
    def raising(*args: Any) -> Any:
        raise error

    def evppi(function: Any) -> Any:
        return decide.evppi(NPV, INPUTS, trees=False, progress=function)

    call = CALLS[name][0] if name in CALLS else evppi
    with pytest.raises(type(error), match="mine") as caught:
        call(raising)
    assert caught.value is error


# ------------------------------------------------------------------------------------ its range


@pytest.mark.parametrize("low", [1.0, 1000.0, -3e7, 1e90])
@given(width=st.integers(-13, 0), precision=st.integers(-14, -3), flat=st.booleans())
def test_the_search_ends_however_narrow_the_range_and_fine_the_precision(
    low, width, precision, flat
):
    """Where no float lies between two places, they are the same place."""
    high = low + 10.0**width * abs(low)
    middle = (low + high) / 2.0

    def function(x: float) -> float:
        return max(0.0, x - middle) if flat else x - middle

    found = decide.switching_value(function, low, high, 3, 10.0**precision)
    ulp = np.spacing(abs(low))
    assert found[-1] == pytest.approx(middle, rel=0, abs=2 * ulp + 10.0**precision * (high - low))
    assert len(found) == (2 if flat else 1)
