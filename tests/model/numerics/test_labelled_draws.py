"""Labels off and on: against xarray's own selection, whatever the order of dimensions."""

import numpy as np
import pytest
import xarray as xr

from model.numerics.labelled_draws import input_columns, unlabel
from priors.errors import InputError, NumericalError


def outcome(chains=16, draws=20):
    values = np.random.default_rng(0).standard_normal((chains, draws, 2, 3))
    coords = {"player": ["a", "b"], "strategy": ["x", "y", "z"]}
    return xr.DataArray(values, dims=("chain", "draw", "player", "strategy"), coords=coords)


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 1, 0, 2)])
def test_rows_are_draws_and_columns_the_rest(order):
    given = outcome()
    given = given.transpose(*np.array(given.dims)[list(order)])
    bare = unlabel(given)
    assert (bare.blocks, len(bare.values)) == (16, 320)
    np.testing.assert_array_equal(np.bincount(bare.block), 20)
    for label in bare.label.stack(column=bare.label.dims):
        place = {dim: label[dim].item() for dim in bare.label.dims}
        expected = given.sel(place).transpose("chain", "draw").values.ravel()
        np.testing.assert_array_equal(bare.values[:, int(label)], expected)


def test_a_mean_gets_its_labels_back():
    given = outcome()
    bare = unlabel(given)
    found = bare.labelled(bare.values.mean(axis=0))
    xr.testing.assert_allclose(found, given.mean(["chain", "draw"]))
    two = bare.labelled(
        np.stack([bare.values.min(axis=0), bare.values.max(axis=0)]), end=["l", "h"]
    )
    xr.testing.assert_allclose(two.sel(end="h", drop=True), given.max(["chain", "draw"]))


@pytest.mark.parametrize(("chains", "blocks"), [(16, 16), (8, 8), (4, 16), (3, 18)])
def test_few_chains_are_cut_into_several_blocks(chains, blocks):
    bare = unlabel(outcome(chains, 40))
    assert bare.blocks == blocks
    ends = np.arange(chains + 1) * 40
    assert set(ends) <= set(bare.starts)
    assert np.ptp(np.diff(bare.starts)) <= 1


def test_shuffled_draws_without_chains_give_the_same_blocks():
    values = xr.DataArray(np.random.default_rng(1).standard_normal(640), dims="draw")
    shuffled = values.isel(draw=np.random.default_rng(2).permutation(640))
    one, other = unlabel(values), unlabel(shuffled)
    np.testing.assert_array_equal(one.values, other.values)
    np.testing.assert_array_equal(one.values[:, 0], values.values[one.order])
    assert one.blocks == 16
    # Nothing of the order that they came in is left.
    assert abs(np.corrcoef(one.order, np.arange(640))[0, 1]) < 0.15


def test_an_input_goes_with_the_outcomes_that_share_its_labels():
    given = outcome()
    random = np.random.default_rng(3)
    own = xr.DataArray(
        random.random((2, 16, 20)), dims=("player", "chain", "draw"), coords={"player": ["b", "a"]}
    )
    shared = xr.DataArray(random.random((16, 20)), dims=("chain", "draw"))
    bare = unlabel(given)
    columns = list(input_columns(xr.Dataset({"shared": shared, "own": own}), given, bare))
    assert [one.position for one in columns] == [0, 1, 1]
    assert [one.outcomes.tolist() for one in columns] == [[*range(6)], [0, 1, 2], [3, 4, 5]]
    np.testing.assert_array_equal(columns[0].values, shared.values.ravel())
    np.testing.assert_array_equal(columns[1].values, own.sel(player="a").values.ravel())
    np.testing.assert_array_equal(columns[2].values, own.sel(player="b").values.ravel())


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (xr.DataArray(np.zeros((16, 20)), dims=("chain", "path")), r"'draw', has \(chain, path\)"),
        (xr.DataArray(np.zeros(63), dims="draw"), "63 draws are too few; 64 are the least"),
    ],
)
def test_what_has_no_draws_or_too_few_is_refused(given, message):
    with pytest.raises(InputError, match=message):
        unlabel(given)


def test_a_value_that_is_not_finite_is_refused():
    given = outcome()
    given[0, 0, 0, :2] = np.nan
    with pytest.raises(NumericalError, match="outcome: 2 values are not finite"):
        unlabel(given)


@pytest.mark.parametrize(
    ("dims", "shape", "coords", "message"),
    [
        (("chain", "draw", "year"), (16, 20, 2), {}, "has dimensions"),
        (("draw",), (20,), {}, "has dimensions"),
        (("chain", "draw"), (16, 19), {}, "has 19 along draw, the outcome 20"),
        (("chain", "draw", "player"), (16, 20, 2), {"player": ["a", "c"]}, "has no player b"),
    ],
)
def test_an_input_that_does_not_match_is_refused(dims, shape, coords, message):
    given = outcome()
    one = xr.Dataset({"q": xr.DataArray(np.zeros(shape), dims=dims, coords=coords)})
    with pytest.raises(InputError, match=message):
        list(input_columns(one, given, unlabel(given)))
