"""Reading a finished run's folder: all of it, or a message that says which file is at fault."""

import json
import shutil
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from priors.errors import InputError
from reports.run.reading import read_run
from tests.reference.result_files import faults
from tests.reports.factory import PLAYERS, make_run

OLD = Path(__file__).parent / "schema_1"
QUANTITIES = ["market.size_2033", "robotics.success", "player.cost_ratio", "player.funding"]
NAMES = ("run.nc", "decision.json", "manifest.json", "priors.toml")


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    made = make_run(draws=16, chains=4)
    folder = tmp_path_factory.mktemp("runs") / "base"
    folder.mkdir()
    # A few of the quantities: a file of all of them takes most of a second to read.
    quantities = made["prior"].to_dataset()[QUANTITIES]
    tree = xr.DataTree(children={"payoff": made["payoff"], "prior": xr.DataTree(quantities)})
    tree.attrs |= made.attrs
    tree.to_netcdf(folder / "run.nc", engine="h5netcdf")
    (folder / "decision.json").write_text('{"schema": 2, "label": "α"}', encoding="utf-8")
    (folder / "manifest.json").write_text('{"seed": 7}')
    (folder / "priors.toml").write_text('name = "bäse"\n', encoding="utf-8")
    return folder


@pytest.fixture
def folder(stored, tmp_path):
    return shutil.copytree(stored, tmp_path / "base")


def test_a_run_is_read_whole(folder):
    run = read_run(folder)
    assert run.folder == folder
    assert run.verdict == {"schema": 2, "label": "α"}
    assert run.manifest == {"seed": 7}
    assert run.priors == 'name = "bäse"\n'
    assert run.tree.attrs["seed"] == 7
    assert set(run.tree.children) == {"payoff", "prior"}


def test_files_of_an_older_form_are_read_as_those_of_today(folder):
    for name in ("decision", "option", "sensitivity"):
        shutil.copy(OLD / f"{name}.json", folder)
    run = read_run(folder)
    assert faults("decision", run.verdict) == []
    assert {name: faults(name, one) for name, one in run.analyses.items()} == {
        "option": [],
        "sensitivity": [],
    }


def test_a_file_of_a_later_form_is_told_by_its_name(folder):
    (folder / "decision.json").write_text('{"schema": 3}')
    with pytest.raises(InputError, match=r"base/decision\.json: has schema 3; expected 2, or 1"):
        read_run(folder)


def test_the_name_of_a_folder_may_be_text(folder):
    assert read_run(str(folder)).folder == folder


def test_the_tree_is_in_memory_and_the_file_free(folder):
    run = read_run(folder)
    shutil.rmtree(folder)
    made = make_run(draws=16, chains=4)
    assert np.array_equal(run.tree["payoff/npv"], made["payoff/npv"])
    assert run.tree["payoff"]["player"].values.tolist() == list(PLAYERS)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match=r"nowhere: no such folder; expected the folder of a f"):
        read_run(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"file: no such folder; expected the folder of a finis"):
        read_run(tmp_path / "file")


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_without_one_of_the_files_is_no_run(folder, name):
    (folder / name).unlink()
    with pytest.raises(InputError, match=f"base: holds no {name}, so is no finished run$"):
        read_run(folder)


@pytest.mark.parametrize("name", ["decision.json", "manifest.json"])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"schema": 1,\n "players": {', r"json:2: is damaged: Expecting property name"),
        ("", r"json:1: is damaged: Expecting value$"),
        ("[1, 2]", r"json: is damaged: expected an object$"),
        ("null", r"json: is damaged: expected an object$"),
    ],
)
def test_damaged_json_is_told_with_its_line(folder, name, text, message):
    (folder / name).write_text(text)
    with pytest.raises(InputError, match=message):
        read_run(folder)


@pytest.mark.parametrize("name", NAMES[1:])
def test_bytes_that_are_no_text(folder, name):
    (folder / name).write_bytes(b'{"a": "\xff\xfe"}')
    with pytest.raises(InputError, match=f"{name}: is damaged: not UTF-8$"):
        read_run(folder)


@pytest.mark.parametrize("kept", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_run_file_that_was_cut_short(folder, kept):
    content = (folder / "run.nc").read_bytes()
    (folder / "run.nc").write_bytes(content[: int(kept * len(content))])
    with pytest.raises(InputError, match=r"run\.nc: is damaged: "):
        read_run(folder)


def test_a_run_file_that_is_something_else(folder):
    (folder / "run.nc").write_text(json.dumps({"no": "netCDF"}) * 100)
    with pytest.raises(InputError, match=r"run\.nc: is damaged: "):
        read_run(folder)


@pytest.mark.parametrize("place", [0.0, 0.02, 0.1, 0.2, 0.4, 0.55, 0.7, 0.85, 0.97])
def test_bytes_overwritten_within_never_end_in_another_error(folder, place):
    """The damage may lie in what is not read; where it is met it is told."""
    content = bytearray((folder / "run.nc").read_bytes())
    start = int(place * len(content))
    content[start : start + 64] = b"\xa5" * 64
    (folder / "run.nc").write_bytes(content)
    with suppress(InputError):
        read_run(folder)


def test_a_folder_named_as_the_file(folder):
    (folder / "run.nc").unlink()
    (folder / "run.nc").mkdir()
    with pytest.raises(InputError, match=r"base: holds no run\.nc, so is no finished run$"):
        read_run(folder)
