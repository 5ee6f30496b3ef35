"""Whatever is handed to a public function: finite figures, or a `DecideError`; never another."""

from typing import Any

import numpy as np
import pytest
import xarray as xr

from priors.errors import DecideError
from tests.model.numerics.arguments.public import CASES


def changed(one: Any) -> list[Any]:
    """Everyday mistakes with an array, or with the inputs."""
    if isinstance(one, xr.Dataset):
        own = [one.map(lambda values, k=k: changed(values)[k]) for k in (0, 1, 2, 3)]
        return [*own, one.isel(draw=[]), one.isel(draw=[0]), one.rename(draw="path"), xr.Dataset()]
    odd = one.astype(float).copy()
    odd[(0,) * odd.ndim] = np.nan
    edges = [one.isel({dim: places}) for dim in one.dims for places in ([], [0], [0, 1])]
    return [
        *(one * 1e200, one * 1e-200, one.astype(complex), one.astype(str)),
        *(
            odd,
            odd.fillna(np.inf),
            one * 0,
            one.values,
            one.values.tolist(),
            one.to_dataset(name="x"),
        ),
        *edges,
        *(one.isel({dim: 0}, drop=True) for dim in one.dims),
        *(one.rename({dim: "other"}) for dim in one.dims),
        one.expand_dims(input=2),
        one.assign_coords(se=1.0),
        one.copy(data=np.full(one.shape, None)),
        one.copy(data=np.zeros(one.shape, "M8[s]")),
    ]


ODD = [
    None,
    True,
    "x",
    b"x",
    1.5,
    np.nan,
    np.inf,
    -1,
    0,
    2**70,
    10**400,
    [],
    {},
    [1, "a"],
    object(),
]
TRIES = [
    (name, argument, place)
    for name, case in CASES.items()
    for argument, value in case.arguments.items()
    for place in range(len(ODD) + (len(changed(value)) if hasattr(value, "dims") else 0))
]
#: Every third in a quick run, so that each argument meets some and each mistake some arguments.
MARKED = [
    pytest.param(*one, marks=[pytest.mark.slow] if number % 3 else [])
    for number, one in enumerate(TRIES)
]


@pytest.mark.parametrize(("name", "argument", "place"), MARKED)
def test_whatever_is_given_figures_are_finite_or_it_is_refused(name, argument, place):
    case = CASES[name]
    value = case.arguments[argument]
    hostile = [*ODD, *(changed(value) if hasattr(value, "dims") else ())][place]
    try:
        found = case(**{argument: hostile})
    except DecideError:
        return
    for key, one in found.items():
        values = np.asarray(one)
        if values.dtype.kind == "f":
            assert np.isfinite(values).all() or (key in case.nan and not np.isinf(values).any())
