"""`decide sensitivity` from the outside: files, words, refusals."""

import csv
import json

import pytest

ADDED = {"sensitivity.json", "sensitivity.csv"}


@pytest.fixture(scope="module")
def analysed(finished, tmp_path_factory):
    """A copy of the finished run with the analysis added, and what the command said."""
    import shutil

    from tests.cli.conftest import run_command

    folder = tmp_path_factory.mktemp("analysed") / "base"
    shutil.copytree(finished[0] / "runs" / "base", folder)
    study = ("--study", "market.size_2033:lognormal:0.3", "--cost", "0.01")
    group = ("--group", "size=market.size_2025,player.attractiveness")
    return folder, run_command("sensitivity", folder, *study, *group)


@pytest.mark.slow
def test_a_finished_run_gains_the_analysis_and_keeps_the_rest(analysed, finished):
    folder, result = analysed
    assert result.exit_code == 0, result.stderr
    before = {path.name for path in (finished[0] / "runs" / "base").iterdir()}
    assert {path.name for path in folder.iterdir()} == before | ADDED
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["outputs"]) > ADDED
    content = json.loads((folder / "sensitivity.json").read_text())
    assert set(content["players"]["openai"]["groups"]) > {"size", "own", "rivals", "market"}
    assert content["players"]["openai"]["studies"][0]["sizes"][2]["cost"] == 0.01
    with (folder / "sensitivity.csv").open() as file:
        assert next(csv.reader(file)) == ["player", "input", "measure", "value", "mcse"]


@pytest.mark.slow
def test_ten_lines_a_player_go_to_stdout(analysed):
    said = analysed[1].stdout
    assert said.startswith("OpenAI (Sora): ")
    for start in ("Worth most to know: ", "A study of Market in 2033 ", "Drives the lead "):
        assert said.count(f"  {start}") >= 8
    assert "By type" in said


@pytest.mark.slow
def test_a_whole_run_of_one_player(decide, small, tmp_path):
    words = ("--priors", "base.toml", *small, "--player", "runway", "--json")
    result = decide("sensitivity", *words)
    assert result.exit_code == 0, result.stderr
    content = json.loads(result.stdout)
    assert list(content["players"]) == ["runway"]
    assert "types" not in content
    assert not content["options"]
    assert (tmp_path / "runs" / "base" / "sensitivity.json").is_file()
    assert (tmp_path / "runs" / "base" / "report.html").is_file()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--study", "market.size_2033"), "expected NAME:ERROR:SD"),
        (("--study", "market.size_203:normal:1"), 'did you mean "market.size_2033"?'),
        (("--study", "market.size_2033:uniform:1"), "expected normal or lognormal"),
        (("--study", "market.size_2033:normal:x"), "'x' is no number"),
        (("--study", "market.size_2033:normal:0"), "must be above 0"),
        (("--cost", "1"), "--cost is given 1 times and --study 0 times"),
        (("--study", "market.size_2033:normal:1", "--cost", "-1"), "--cost -1: must be 0 or more"),
        (("--group", "size"), "expected NAME=QUANTITY,QUANTITY"),
        (("--group", "size=market.size"), "no quantity 'market.size'"),
        (("--group", "market=market.size_2033"), "choose another name"),
        (("--risk-tolerance", "0"), "must be above 0"),
        (("--risk-tolerance", "inf"), "must be above 0, and finite"),
    ],
)
def test_what_makes_no_sense_is_refused_before_the_work(decide, tmp_path, words, message):
    result = decide("sensitivity", "--priors", "base.toml", *words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not list(tmp_path.iterdir())


def test_either_priors_or_a_run(decide):
    assert "expected either --priors" in decide("sensitivity").stderr


@pytest.mark.parametrize(
    ("words", "accepted"),
    [
        (("--group", "mine=player.paid_only_fixed,player.api_fixed"), True),
        (("--study", "player.paid_only_fixed:normal:0.1"), True),
        (("--group", "mine=player.paid_any_fixed"), False),
    ],
)
def test_quantities_of_added_strategies_may_be_named(decide, tmp_path, words, accepted):
    # A player that is not there stops the command once the words are read, before the work.
    result = decide("sensitivity", "--priors", "strategies.toml", *words, "--player", "nobody")
    assert result.exit_code == 2
    assert ("player 'nobody' is not in the run" in result.stderr) is accepted
    assert ("no quantity 'player.paid_any_fixed'" in result.stderr) is not accepted
    assert not list(tmp_path.iterdir())
