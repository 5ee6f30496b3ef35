"""`decide simulate` from the outside: what it writes, says and returns."""

import json
import signal
import subprocess
import sys
from hashlib import sha256

import numpy as np
import pytest
import xarray as xr

from priors.reading.files import SHIPPED

FILES = {
    "run.nc",
    "summary.csv",
    "checks.json",
    "decision.json",
    "report.html",
    "priors.toml",
    "manifest.json",
}


def visible(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


# ------------------------------------------------------------------------------------ a good run


def test_a_run_has_every_file_and_its_hash(finished):
    folder = finished[0] / "runs" / "base"
    assert set(visible(folder)) == FILES
    manifest = json.loads((folder / "manifest.json").read_text())
    stated = {"draws": 256, "chains": 4, "seed": 20260324, "sampler": "sobol", "options": False}
    assert {key: manifest[key] for key in stated} == stated
    assert set(manifest["outputs"]) == FILES - {"manifest.json"}
    for name, digest in manifest["outputs"].items():
        assert sha256((folder / name).read_bytes()).hexdigest() == digest


def test_results_go_to_stdout_and_news_to_stderr(finished):
    result = finished[1]
    assert "OpenAI" in result.stdout
    assert "priors: base.toml" not in result.stdout
    lines = result.stderr.splitlines()
    assert lines[0] == f"priors: base.toml, shipped, in {SHIPPED}"
    assert lines[-2:] == ["run: runs/base", "report: runs/base/report.html"]


@pytest.mark.slow
def test_a_run_is_reproduced_by_its_own_priors(finished, decide, small, tmp_path):
    first = finished[0] / "runs" / "base"
    result = decide("simulate", "--priors", first / "priors.toml", *small, "--out", "again")
    assert result.exit_code == 0, result.stderr
    again = tmp_path / "again"
    assert (again / "priors.toml").read_bytes() == (first / "priors.toml").read_bytes()
    for group in ("prior", "payoff"):
        with (
            xr.open_dataset(first / "run.nc", group=group, engine="h5netcdf") as ours,
            xr.open_dataset(again / "run.nc", group=group, engine="h5netcdf") as theirs,
        ):
            assert set(ours.data_vars) == set(theirs.data_vars)
            for name in ours.data_vars:
                assert ours[name].values.tobytes() == theirs[name].values.tobytes()


@pytest.mark.slow
def test_json_player_set_and_the_next_free_folder(decide, small, tmp_path):
    """One run for all four: a run takes a second."""
    (tmp_path / "runs" / "base").mkdir(parents=True)
    result = decide(
        "simulate",
        "--priors",
        "base.toml",
        *small,
        "--json",
        "--player",
        "pika",
        "--set",
        "robotics.years_to_revenue=5",
    )
    assert result.exit_code == 0, result.stderr
    assert visible(tmp_path / "runs") == ["base", "base-2"]
    folder = tmp_path / "runs" / "base-2"
    printed = json.loads(result.stdout)
    assert printed == json.loads((folder / "decision.json").read_text())
    assert list(printed["players"]) == ["pika"]
    assert "types" not in printed
    with xr.open_dataset(folder / "run.nc", group="prior", engine="h5netcdf") as prior:
        assert prior.sizes["player"] == 8
        assert np.all(prior["robotics.years_to_revenue"] == 5.0)


def test_quiet_says_nothing_and_force_replaces_a_run(decide, small, copy):
    before = (copy / "run.nc").read_bytes()
    refused = decide("simulate", "--priors", "base.toml", *small, "--out", copy)
    assert refused.exit_code == 2
    assert f"{copy}: exists already; choose another folder, or say --force" in refused.stderr
    assert (copy / "run.nc").read_bytes() == before
    words = ("--out", copy, "--force", "--quiet", "--seed", "1", "--sampler", "random")
    result = decide("simulate", "--priors", "base.toml", *small, *words)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert (copy / "run.nc").read_bytes() != before
    assert set(visible(copy)) == FILES


def test_a_run_says_how_many_draws_it_took_and_why(decide, small, tmp_path):
    """And is that of its own command, which the page states, and of `reproduce`."""
    asked = ("--until-resolved", "--max-draws", "512", "--player", "runway")
    result = decide("simulate", "--priors", "base.toml", *small, *asked)
    assert result.exit_code == 0, result.stderr
    folder = tmp_path / "runs" / "base"
    manifest = json.loads((folder / "manifest.json").read_text())
    looks = json.loads((folder / "decision.json").read_text())["looks"]
    assert manifest["looks"] == looks
    assert (manifest["draws"], manifest["chains"]) == (512, 8)
    assert looks["stopped"] == "max_draws"
    said = "512 draws in 8 randomizations, after 2 looks, more than 512 not being allowed: not res"
    page = (folder / "report.html").read_text()
    assert said in result.stderr
    assert said in " ".join(result.stdout.split())
    assert said in page
    assert "--draws 256 --chains 4 --until-resolved --max-draws 512 --no-options" in page
    again = decide("reproduce", folder)
    assert again.exit_code == 0, again.stdout
    assert decide("check", folder).exit_code in {0, 3}


# -------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--priors", "nowhere.toml"), "nowhere.toml"),
        (("--priors", "bas.toml"), "base.toml"),
        (("--priors", "base.toml", "--player", "opena"), 'did you mean "openai"?'),
        (("--priors", "base.toml", "--set", "market.size_2034=3"), 'did you mean "size_2033"?'),
        (("--priors", "base.toml", "--set", "market.size_2033.scale=-1"), "scale"),
        (("--priors", "base.toml", "--set", "no equals sign"), "no equals sign"),
        (("--priors", "base.toml", "--draws", "300", "--chains", "4"), "256 or 512"),
        (("--priors", "base.toml", "--draws", "64", "--chains", "2"), "2 chains are too few"),
        (("--priors", "base.toml", "--sampler", "halton"), "expected sobol or random"),
        (("--priors", "base.toml", "--seed", "-1"), "--seed"),
        (("--priors", "base.toml", "--draws", "many"), "--draws"),
        (("--priors", "base.toml", "--max-draws", "64"), "neither is there"),
        (("--priors", "base.toml", "--precision", "0"), "expected USD billion > 0"),
        (("--priors", "base.toml", "--precision", "1", "--until-resolved"), "not both"),
        (("--priors", "base.toml", "--until-resolved", "--max-draws", "9"), "of the first look"),
        (("--priors", "base.toml", "--drawz", "64"), "--draws"),
        ((), "--priors"),
    ],
)
def test_a_bad_word_is_refused_with_its_place_before_the_work(decide, tmp_path, words, message):
    result = decide("simulate", *words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert visible(tmp_path) == []


def test_a_bad_file_is_refused_with_every_problem_and_its_line(decide, tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text(
        'extends = "base.toml"\n[market.size_2033]\nscale = -1\n[market.size_2040]\nvalue = 3\n'
    )
    result = decide("simulate", "--priors", "bad.toml")
    assert result.exit_code == 2
    assert result.stderr.startswith("decide: 2 problems in the priors\n")
    assert "bad.toml:3: market.size_2033.scale" in result.stderr
    assert "bad.toml:4: market.size_2040" in result.stderr
    assert visible(tmp_path) == ["bad.toml"]


def test_a_folder_with_other_files_is_never_replaced(decide, small, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("years of work")
    result = decide("simulate", "--priors", "base.toml", *small, "--out", "mine", "--force")
    assert result.exit_code == 2
    assert "thesis.tex, which no run wrote" in result.stderr
    assert visible(tmp_path / "mine") == ["thesis.tex"]


def test_a_draw_that_is_not_finite_is_told_with_its_quantities(decide, small, tmp_path):
    stated = (
        "robotics.success=1",
        "robotics.profit_pool=1e308",
        "players.openai.robotics_uplift=9",
    )
    extreme = [word for one in stated for word in ("--set", one)]
    result = decide("simulate", "--priors", "base.toml", *small, *extreme)
    assert result.exit_code == 3
    assert "the NPV of exit for openai is inf" in result.stderr
    assert "\n  robotics.profit_pool = 1e+308\n" in result.stderr
    assert visible(tmp_path) == []


# ---------------------------------------------------------------------------------- interruptions


def test_an_interrupted_run_leaves_nothing(decide, small, tmp_path, monkeypatch):
    def interrupted(*_, **__):
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("reports.run.folder._write_report", interrupted)
    # where the tests run in the background of a shell, interrupts are ignored
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        result = decide("simulate", "--priors", "base.toml", *small)
    finally:
        signal.signal(signal.SIGINT, before)
    assert result.exit_code == 130
    assert result.stderr.splitlines()[-1] == "decide: interrupted"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGKILL", -signal.SIGKILL)])
def test_a_process_that_is_stopped_leaves_nothing_under_the_final_name(small, tmp_path, name, code):
    """It stops itself in the midst of writing, as from outside but at a moment that is certain."""
    program = f"""
import os, signal, sys
import reports.run.folder

def stopped(run, path):
    path.write_text("half a table")
    os.kill(os.getpid(), signal.{name})

reports.run.folder._write_summary = stopped
from cli.main import run
run()
"""
    done = subprocess.run(
        [sys.executable, "-c", program, "simulate", "--priors", "base.toml", *small],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    # A folder of runs that it made is taken away too, if there was time to.
    assert visible(tmp_path) == ([] if name == "SIGINT" else ["runs"])
    assert name == "SIGINT" or visible(tmp_path / "runs") == []


def test_a_bug_is_one_line_and_a_file(decide, tmp_path, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("model.simulation.simulate.simulate", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = decide("simulate", "--priors", "base.toml", "--quiet")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("decide: internal error: ZeroDivisionError; details in ")
    written = tmp_path / line.rpartition("/")[2]
    assert "ZeroDivisionError: a bug" in written.read_text()


def test_a_folder_that_cannot_be_written_is_no_bug(decide, small, tmp_path):
    (tmp_path / "file").write_text("")
    result = decide("simulate", "--priors", "base.toml", *small, "--out", "file/run")
    assert result.exit_code == 2
    assert "file" in result.stderr.splitlines()[-1]
