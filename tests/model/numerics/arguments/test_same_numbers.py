"""Properties of every public function of arrays: labels decide, and numbers are numbers."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.numerics.arguments.public import CASES, DRAWS
from tests.reference.examples import examples

ARRAYS = sorted(
    name
    for name, case in CASES.items()
    if any(isinstance(one, xr.DataArray | xr.Dataset) for one in case.arguments.values())
)
EVERY = {name: CASES[name]() for name in ARRAYS}
ROUNDING = {"rtol": 1e-9, "atol": 1e-9}


def each(name: str, change: Callable[[Any], Any]) -> dict[str, Any]:
    """The figures of a function with all its labelled arguments changed."""
    arguments = CASES[name].arguments
    labelled = {k: v for k, v in arguments.items() if isinstance(v, xr.DataArray | xr.Dataset)}
    return CASES[name](**{key: change(one) for key, one in labelled.items()})


def same(name: str, found: dict[str, Any], *, exact: bool = False) -> None:
    """Whether figures are the known ones, label by label."""
    assert found.keys() == EVERY[name].keys()
    for key, expected in EVERY[name].items():
        values = found[key]
        if isinstance(values, xr.DataArray):
            values = values.transpose(*expected.dims).sel(dict(expected.indexes))
        check = np.testing.assert_array_equal if exact else close
        check(np.asarray(values), np.asarray(expected))


def close(found: np.ndarray, expected: np.ndarray) -> None:
    if expected.dtype.kind in "US":
        np.testing.assert_array_equal(found, expected)
    else:
        np.testing.assert_allclose(found, expected, **ROUNDING)


@pytest.mark.parametrize("name", ARRAYS)
@settings(max_examples=examples(15))
@given(seed=st.integers(0, 1000))
def test_labels_in_any_order_are_the_same_labels(name, seed):
    """Each array has its own order along every dimension with labels; draws as given come back."""
    rng = np.random.default_rng(seed)
    orders: list[np.ndarray] = []

    def shuffled(one: Any) -> Any:
        places = {dim: rng.permutation(one.sizes[dim]) for dim in one.indexes}
        orders.append(places.get("draw"))
        return one.isel(places)

    found = each(name, shuffled)
    back = np.argsort(orders[0])
    if name == "bermudan_option":
        found = {key: one[back] if np.ndim(one) else one for key, one in found.items()}
    same(name, found)


@pytest.mark.parametrize("name", ARRAYS)
@settings(max_examples=examples(15))
@given(seed=st.integers(0, 1000))
def test_dimensions_in_any_order_are_the_same_dimensions(name, seed):
    rng = np.random.default_rng(seed)

    def turned(one: Any) -> Any:
        if isinstance(one, xr.Dataset):
            return one.map(turned)
        return one.transpose(*rng.permutation(one.dims))

    same(name, each(name, turned))


@pytest.mark.parametrize("name", ARRAYS)
def test_other_labels_change_no_figure(name):
    """Of chains and draws in the same order; of whatever is compared in any."""

    def renamed(one: Any) -> Any:
        labels = {
            dim: index * 3 + 7 if dim in ("chain", "draw") else [f"n{k}" for k in index][::-1]
            for dim, index in one.indexes.items()
        }
        return one.assign_coords(labels)

    found = each(name, renamed)
    for key, one in found.items():
        expected = EVERY[name][key]
        if isinstance(one, xr.DataArray):
            expected = expected.transpose(*one.dims)
        close(np.asarray(one), np.asarray(expected))


@pytest.mark.parametrize("name", ARRAYS)
@pytest.mark.parametrize("coordinates", [[], ["chain", "draw"]])
def test_labels_of_draws_may_be_missing(name, coordinates):
    def bare(one: Any) -> Any:
        return one.drop_vars(coordinates or list(one.indexes), errors="ignore")

    found = each(name, bare)
    for key, one in found.items():
        expected = EVERY[name][key]
        if isinstance(one, xr.DataArray) and "input" in one.dims:
            expected = expected.transpose(*one.dims)
        close(np.asarray(one), np.asarray(expected))


def as_type(kind: Any) -> Callable[[Any], Any]:
    """Numbers in another type; truth values stay what they are."""

    def change(one: Any) -> Any:
        if isinstance(one, xr.Dataset):
            return one.map(change, keep_attrs=True)
        if one.dtype == bool:
            return one
        if kind is Decimal:
            objects = np.array([Decimal(int(x)) for x in one.values.ravel()], dtype=object)
            return one.copy(data=objects.reshape(one.shape))
        return one.astype(kind)

    return change


def slow(*kinds: str) -> list[Any]:
    return [pytest.param(kind, marks=pytest.mark.slow) for kind in kinds]


TYPES = ["i1", ">i4", "f2", "g", Decimal, *slow("i2", "i4", "i8", "f4", ">f8", "O")]


@pytest.mark.parametrize("name", ARRAYS)
@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_numbers_of_any_type_give_the_same_figures(name, kind):
    same(name, each(name, as_type(kind)), exact=True)


@pytest.mark.parametrize("name", ARRAYS)
@pytest.mark.parametrize("kind", ["u1", "?", *slow("u2", "u4", "u8")])
def test_unsigned_numbers_and_truth_values_are_numbers(name, kind):
    """What they hold is compared with the same as floats."""

    def narrow(one: Any) -> Any:
        return one.astype(kind)

    def wide(one: Any) -> Any:
        return one.astype(kind).astype(float)

    def shifted(one: Any) -> Any:
        return (one > 20) if kind == "?" else one.astype(float) + 100.0

    found, expected = (
        each(name, lambda one, then=then: then(shifted(one))) for then in (narrow, wide)
    )
    for key, one in expected.items():
        np.testing.assert_array_equal(np.asarray(found[key]), np.asarray(one))


def fortran(one: xr.DataArray) -> xr.DataArray:
    return one.copy(data=np.asfortranarray(one.values))


def backwards(one: xr.DataArray) -> xr.DataArray:
    turned = np.ascontiguousarray(one.values[::-1, ::-1])
    return one.copy(data=turned[::-1, ::-1])


def locked(one: xr.DataArray) -> xr.DataArray:
    values = one.values.copy()
    values.flags.writeable = False
    return one.copy(data=values)


def sparse(one: xr.DataArray) -> xr.DataArray:
    wide = np.zeros((*one.shape[:-1], 2 * one.shape[-1]))
    wide[..., ::2] = one.values
    return one.astype(float).copy(data=wide[..., ::2])


def chunked(one: xr.DataArray) -> xr.DataArray:
    return one.chunk({dim: max(1, size // 3) for dim, size in one.sizes.items()})


@pytest.mark.parametrize("name", ARRAYS)
@pytest.mark.parametrize("layout", [fortran, backwards, locked, sparse, chunked])
def test_numbers_wherever_they_lie_give_the_same_figures(name, layout):
    def change(one: Any) -> Any:
        return one.map(change) if isinstance(one, xr.Dataset) else layout(one)

    same(name, each(name, change), exact=True)


@pytest.mark.parametrize("name", ARRAYS)
def test_arguments_are_left_as_they_were(name):
    def copy(one: Any) -> Any:
        return one.copy(deep=True)

    before = {key: copy(one) for key, one in CASES[name].arguments.items() if hasattr(one, "dims")}
    CASES[name]()
    for key, one in before.items():
        xr.testing.assert_identical(one, CASES[name].arguments[key])


@pytest.mark.parametrize("name", ["evppi", "evsi", "shapley"])
def test_inputs_may_be_any_mapping(name):
    inputs = CASES[name].arguments["inputs"]
    for given_as in (dict(inputs.data_vars), xr.DataTree(inputs)):
        same(name, CASES[name](inputs=given_as), exact=True)


def test_each_draw_a_chain_of_its_own_is_independent_draws():
    for name in ("evpi", "evppi", "evsi", "shapley", "bermudan_option"):
        if name == "bermudan_option":
            alone = CASES[name](chain=np.arange(200))
            pooled = CASES[name](chain=None)
        else:

            def flat(one: Any) -> Any:
                one = one.isel(chain=0, drop=True) if DRAWS >= 64 else one
                return (
                    one.drop_vars(["chain", "draw"])
                    .stack(row=("chain", "draw"))
                    .reset_index("row", drop=True)
                )

            alone = each(name, lambda one: flat(one).rename(row="chain").expand_dims("draw"))
            pooled = each(name, lambda one: flat(one).rename(row="draw"))
        for key, one in pooled.items():
            close(np.asarray(alone[key]), np.asarray(one))
