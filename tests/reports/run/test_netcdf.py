"""run.nc: what was written is what xarray reads, with every engine that is installed."""

import errno
import re
import resource
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from reports.run.netcdf import groups_of, write_netcdf

#: netCDF4 is none of our requirements, but may be there.
ENGINES = [
    engine for engine, of in (("h5netcdf", "h5netcdf"), ("netcdf4", "netCDF4")) if find_spec(of)
]


def tree() -> xr.DataTree:
    """One of each kind: of numbers, strings, coordinates and attributes, and an empty variable."""
    draws = np.arange(24.0).reshape(2, 3, 4)
    draws[0, 0, 0] = np.nan
    # draws last in memory, as in a run
    laid = np.asfortranarray(draws)
    first = xr.Dataset(
        {
            "z": (("chain", "draw", "player"), laid, {"units": "USD billion", "long_name": "π"}),
            "a": (("player",), ["dual", "", "perfect foresight", "none"]),
            "one": ((), 3.5),
            "none": (("chain", "left_out"), np.empty((2, 0))),
        },
        coords={"chain": [0, 1], "draw": np.arange(3), "player": ["a", "b", "c", "Kürzel"]},
    )
    second = xr.Dataset(
        {"last": (("answer", "chain"), np.array([[-1, 2]], dtype=np.int8), {"units": "1"})},
        coords={"chain": [0, 1], "weight": ("answer", [1.0])},
    )
    attributes = {f"text_{number}": "long " * 3000 for number in range(20)}
    return xr.DataTree.from_dict(
        {
            "/": xr.Dataset(attrs=attributes | {"draws": 24, "share": 0.25, "nothing": ""}),
            "payoff": first,
            "presence": second,
        }
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_what_was_written_is_read(tmp_path: Path, engine: Any) -> None:
    """Values, types, order, attributes and coordinates, those of no dimension's name too."""
    written = tree()
    write_netcdf(groups_of(written), written.attrs, tmp_path / "run.nc")
    with xr.open_datatree(tmp_path / "run.nc", engine=engine) as file:
        back = file.load()
    assert back.identical(written)
    for name, node in written.children.items():
        ours, theirs = node.to_dataset(), back[name].to_dataset()
        assert list(theirs.data_vars) == list(ours.data_vars)
        assert {
            key: one.dtype.kind.replace("T", "U").replace("O", "U")
            for key, one in theirs.variables.items()
        } == {key: one.dtype.kind for key, one in ours.variables.items()}
    assert list(back.attrs) == list(written.attrs)


def test_the_file_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    """Nothing of the time or of memory that was not filled gets into it."""
    for name in ("one.nc", "two.nc"):
        written = tree()
        write_netcdf(groups_of(written), written.attrs, tmp_path / name)
    assert (tmp_path / "one.nc").read_bytes() == (tmp_path / "two.nc").read_bytes()


@pytest.mark.slow
def test_arviz_reads_a_run(tmp_path: Path, made_up_run: xr.DataTree) -> None:
    import arviz as az

    write_netcdf(groups_of(made_up_run), made_up_run.attrs, tmp_path / "run.nc")
    back = az.from_netcdf(tmp_path / "run.nc")
    assert np.array_equal(back["payoff/npv"], made_up_run["payoff/npv"])


@pytest.mark.parametrize("limit", [0, 4096, 50_000, 200_000])
def test_a_full_disk_is_an_error_of_the_system(
    tmp_path: Path, made_up_run: xr.DataTree, limit: int
) -> None:
    """HDF5 itself would crash the process, at the latest when it writes the next file."""
    path = tmp_path / "run.nc"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(OSError, match=re.escape(str(path))) as found:
            write_netcdf(groups_of(made_up_run), made_up_run.attrs, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert found.value.errno == errno.EFBIG
    write_netcdf(groups_of(made_up_run), made_up_run.attrs, path)
