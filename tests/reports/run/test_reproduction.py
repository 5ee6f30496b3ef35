"""Two runs compared bit by bit, and two environments line by line."""

import numpy as np
import pytest
import xarray as xr

from reports.run.reproduction import Comparison, changed_environment, compare_runs


def tree(**variables):
    """A run with the variables in one group; `npv` unless stated."""
    return xr.DataTree.from_dict({"/payoff": xr.Dataset(variables)})


def only(ours, theirs):
    (found,) = compare_runs(tree(x=("n", np.array(ours))), tree(x=("n", np.array(theirs))))
    return found


def test_the_same_bits_are_no_difference():
    values = np.array([1.0, -0.0, np.inf, np.nan, 5e-324])
    assert only(values, values.copy()) == Comparison("payoff/x", 0, 5, 0.0)


def test_the_last_bit_counts():
    found = only([1.0, 2.0, 3.0], [1.0, np.nextafter(2.0, 3.0), 3.5])
    assert found == Comparison("payoff/x", 2, 3, 0.5)
    found = only([1.0, 2.0], [1.0, np.nextafter(2.0, 3.0)])
    assert (found.differing, found.largest) == (1, 2.0**-51)


def test_zeros_of_either_sign_are_other_bits():
    assert only([0.0], [-0.0]) == Comparison("payoff/x", 1, 1, 0.0)


def test_a_number_against_none_is_a_difference_without_size():
    found = only([np.nan, 1.0], [1.0, 1.0])
    assert (found.differing, found.total) == (1, 2)
    assert np.isnan(found.largest)


@pytest.mark.parametrize("kind", ["int8", "int64", "bool", "U3"])
def test_what_is_no_float_is_compared_as_it_is(kind):
    ours, theirs = np.array([1, 0, 1], dtype=kind), np.array([1, 1, 1], dtype=kind)
    assert only(ours, theirs) == Comparison("payoff/x", 1, 3, 0.0)
    assert only(ours, ours) == Comparison("payoff/x", 0, 3, 0.0)


def test_text_may_be_of_another_length():
    assert only(["dual", "a"], ["dual", "perfect foresight"]).differing == 1
    assert only(["a"], np.array(["a"], dtype="U9")).differing == 0


def test_other_shapes_cannot_be_compared():
    found = only([1.0, 2.0], [1.0])
    assert (found.name, found.differing, found.total) == ("payoff/x", -1, 2)
    assert np.isnan(found.largest)


def test_what_only_one_run_has():
    ours = tree(x=("n", [1.0]), only_ours=("m", [1.0, 2.0]))
    theirs = tree(x=("n", [1.0]), only_theirs=("n", [1.0]))
    found = {one.name: (one.differing, one.total) for one in compare_runs(ours, theirs)}
    assert found == {
        "payoff/x": (0, 1),
        "payoff/only_ours": (-1, 2),
        "payoff/only_theirs": (-1, 0),
    }


def test_every_group_is_compared():
    parts = {"/prior": xr.Dataset({"a": ("n", [1.0])}), "/payoff": xr.Dataset({"npv": 2.0})}
    ours, theirs = xr.DataTree.from_dict(parts), xr.DataTree.from_dict(parts)
    theirs["payoff/npv"] = xr.DataArray(3.0)
    assert compare_runs(ours, theirs) == [
        Comparison("prior/a", 0, 1, 0.0),
        Comparison("payoff/npv", 1, 1, 1.0),
    ]


def test_how_the_values_lie_in_memory_does_not_matter():
    values = np.arange(12.0).reshape(3, 4)
    ours = tree(x=(("m", "n"), np.asfortranarray(values)))
    theirs = tree(x=(("m", "n"), values))
    assert compare_runs(ours, theirs) == [Comparison("payoff/x", 0, 12, 0.0)]


@pytest.mark.slow
def test_a_run_written_and_read_back_is_the_same(made_up_run, tmp_path):
    made_up_run.to_netcdf(tmp_path / "run.nc", engine="h5netcdf")
    with xr.open_datatree(tmp_path / "run.nc", engine="h5netcdf") as back:
        found = compare_runs(made_up_run, back)
    assert len(found) == sum(len(group.data_vars) for group in made_up_run.children.values())
    assert {one.differing for one in found} == {0}


NOW = {
    "python": "3.13.1",
    "platform": "Linux",
    "machine": "x86_64",
    "versions": {"numpy": "2.1.0", "scipy": "1.15.0"},
}


def test_the_same_environment_has_nothing_to_tell():
    assert changed_environment(NOW, NOW) == []


def test_each_difference_has_a_line():
    then = {
        "python": "3.12.7",
        "platform": "Linux",
        "machine": "aarch64",
        "versions": {"numpy": "2.1.0", "scipy": "1.14.0", "pymc": "6.0.0"},
    }
    assert changed_environment(then, NOW) == [
        "python: 3.12.7 then, 3.13.1 now",
        "machine: aarch64 then, x86_64 now",
        "pymc: 6.0.0 then, absent now",
        "scipy: 1.14.0 then, 1.15.0 now",
    ]


def test_a_manifest_that_says_nothing_differs_in_everything():
    assert changed_environment({}, NOW) == [
        "python: None then, 3.13.1 now",
        "platform: None then, Linux now",
        "machine: None then, x86_64 now",
        "numpy: absent then, 2.1.0 now",
        "scipy: absent then, 1.15.0 now",
    ]
