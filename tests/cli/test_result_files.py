"""What the commands write is what the shipped JSON schemas say, and nothing else."""

import json
import shutil

import pytest

from model.analyses.results.json_schema import FILES
from tests.cli.conftest import run_command
from tests.reference.result_files import faults

#: One player is left, and so is one type.
EXCLUDED = ["google", "kuaishou", "bytedance", "runway", "minimax", "pika", "adobe"]


@pytest.fixture(scope="module")
def with_options(tmp_path_factory):
    """A run in every form of the model, with every analysis."""
    folder = tmp_path_factory.mktemp("with options") / "base"
    size = ("--draws", "256", "--chains", "4", "--set", f"exclude={json.dumps(EXCLUDED)}")
    study = ("--study", "market.size_2033:lognormal:0.3")
    for command in (
        ("simulate", "--priors", "base.toml", *size, "--structure", "--out", folder),
        ("option", folder),
        ("sensitivity", folder, *study),
        ("report", folder, "--views"),
    ):
        made = run_command(*command)
        assert made.exit_code == 0, made.stderr
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_run_with_every_analysis_is_as_the_schemas_say(with_options, name):
    content = json.loads((with_options / f"{name}.json").read_text(encoding="utf-8"))
    assert faults(name, content) == []


@pytest.mark.slow
def test_a_second_analysis_keeps_the_files_of_the_first(with_options, tmp_path):
    folder = shutil.copytree(with_options, tmp_path / "base")
    before = {path.name for path in folder.iterdir()}
    table = (folder / "sensitivity.csv").read_bytes()
    again = run_command("option", folder, "--quiet", "--json")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "")
    assert {path.name for path in folder.iterdir()} == before
    assert (folder / "sensitivity.csv").read_bytes() == table


@pytest.mark.parametrize("name", ["checks", "decision", "manifest"])
def test_a_run_without_real_options_is_as_the_schemas_say(finished, name):
    path = finished[0] / "runs" / "base" / f"{name}.json"
    assert faults(name, json.loads(path.read_text(encoding="utf-8"))) == []


def test_a_key_of_another_name_is_found(finished):
    path = finished[0] / "runs" / "base" / "decision.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    player = content["players"]["openai"]
    player["evpi_se"] = player.pop("evpi_mcse")
    assert len(faults("decision", content)) == 2
