"""`decide report` and `decide reproduce`: what a finished run's folder is good for."""

import json
import shutil

import pytest

from cli.runs import _difference
from reports.run.reproduction import Comparison
from tests.reference.run_files import restate


def test_a_run_is_reproduced_bit_by_bit(decide, copy):
    result = decide("reproduce", copy)
    assert result.exit_code == 0, result.stderr
    assert f"{copy}: the same, bit by bit: " in result.stdout
    assert set(result.stderr.splitlines()) <= {""}


def test_what_differs_is_named_where_a_file_was_changed(decide, copy):
    path = copy / "priors.toml"
    text = path.read_text()
    changed = text.replace("[market.size_2025]\n", "[market.size_2025]\nscale = 1.5\n", 1)
    assert changed != text
    path.write_text(changed)
    refused = decide("reproduce", copy)
    assert refused.exit_code == 2
    assert "priors.toml: is damaged or was changed: its SHA-256 begins with " in refused.stderr
    restate(copy, "priors.toml")
    result = decide("reproduce", copy)
    assert result.exit_code == 3
    lines = result.stdout.splitlines()
    assert lines[0].startswith("prior/market.size_2025: 256 of 256 values differ, by up to ")
    assert not [line for line in lines if line.startswith("prior/market.size_2033")]
    assert [line for line in lines if line.startswith("payoff/npv: ")]
    assert lines[-1] == "inputs, versions and platform are those of the run"


def test_what_differs_is_named_where_the_seed_or_a_version_was_changed(decide, copy):
    path = copy / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["seed"] += 1
    manifest["environment"]["versions"]["numpy"] = "1.0"
    path.write_text(json.dumps(manifest))
    result = decide("reproduce", copy)
    assert result.exit_code == 3
    assert "prior/market.size_2033: 256 of 256 values differ" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("numpy: 1.0 then, ")


def test_a_report_is_rebuilt_from_the_runs_files_alone(decide, copy):
    path = copy / "report.html"
    before = path.read_text()
    path.unlink()
    result = decide("report", copy)
    assert result.exit_code == 0, result.stderr
    assert result.stderr == f"report: {path}\n"
    assert path.read_text() == before


@pytest.mark.parametrize("command", ["report", "reproduce"])
@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (shutil.rmtree, "no such folder; expected the folder of a finished run"),
        (lambda run: (run / "run.nc").unlink(), "holds no run.nc, so is no finished run"),
        (lambda run: (run / "run.nc").write_bytes(b"no netCDF"), "run.nc: is damaged"),
        (lambda run: (run / "decision.json").write_text("{"), "decision.json: is damaged"),
        (lambda run: (run / "manifest.json").write_text("[]"), "manifest.json: is damaged"),
        (lambda run: (run / "priors.toml").write_bytes(b"\xff"), "priors.toml: is damaged"),
    ],
    ids=["gone", "no draws", "bad draws", "bad decision", "bad manifest", "bad priors"],
)
def test_a_damaged_run_is_refused_with_the_file_at_fault(decide, copy, command, spoil, message):
    spoil(copy)
    result = decide(command, copy)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_manifest_that_states_too_little_is_refused(decide, copy):
    (copy / "manifest.json").write_text('{"draws": 256, "chains": 4}')
    result = decide("reproduce", copy)
    assert result.exit_code == 2
    assert "manifest.json: states no sampler, seed" in result.stderr


def test_a_number_against_none_has_no_size():
    found = Comparison("payoff/npv", 3, 8, float("nan"))
    said = _difference(found)
    assert said == "payoff/npv: 3 of 8 values differ, a number against none among them"
