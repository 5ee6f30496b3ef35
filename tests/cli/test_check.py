"""`decide check` from the outside."""

import json
import shutil
from pathlib import Path

import pytest

from tests.reference.result_files import faults
from tests.reference.run_files import restate

FIRST_EDITION = Path(__file__).resolve().parents[1] / "data" / "first_edition" / "run"


def test_a_new_run_is_checked_and_says_so_in_a_line(finished):
    folder, result = finished
    content = json.loads((folder / "runs" / "base" / "checks.json").read_text())
    assert faults("checks", content) == []
    counts = [content["passed"], content["review"], content["failed"]]
    verdicts = [one["verdict"] for one in content["checks"]]
    assert counts == [verdicts.count(verdict) for verdict in ("pass", "review", "fail")]
    line = next(one for one in result.stderr.splitlines() if one.startswith("checks: "))
    assert line.startswith(f"checks: {content['passed']} passed, {content['review']} need")
    assert line.endswith("; decide check runs/base")
    assert (
        '<h2 id="checks-title">Checks</h2>'
        in (folder / "runs" / "base" / "report.html").read_text()
    )


def test_the_card_names_what_passed_and_says_why_the_rest_did_not(decide, copy):
    result = decide("check", copy)
    assert result.exit_code == 0, result.stderr
    said = " ".join(result.stdout.split())
    assert "Market below its ceiling" in said.partition("needs review")[0]
    assert "Staying beside the last price paid: needs review. Kuaishou (Kling): staying" in said
    assert "other forms of the model were not tried" in said
    assert "None failed." in said


def test_json_is_the_file(decide, copy):
    result = decide("check", copy, "--json")
    assert json.loads(result.stdout) == json.loads((copy / "checks.json").read_text())


def test_a_failed_check_is_exit_code_3(decide, copy):
    path = copy / "checks.json"
    content = json.loads(path.read_text())
    content["checks"][0] |= {"verdict": "fail", "sentence": "Half of what was reported."}
    path.write_text(json.dumps(content | {"failed": 1}))
    restate(copy, "checks.json")
    result = decide("check", copy)
    assert result.exit_code == 3
    assert "Revenues of 2026: failed. Half of what was reported." in result.stdout
    assert "None failed." not in result.stdout


@pytest.mark.slow
def test_a_run_without_checks_gains_them(decide, copy):
    before = (copy / "checks.json").read_text()
    (copy / "checks.json").unlink()
    manifest = json.loads((copy / "manifest.json").read_text())
    del manifest["outputs"]["checks.json"]
    (copy / "manifest.json").write_text(json.dumps(manifest))
    assert decide("check", copy).exit_code == 0
    assert (copy / "checks.json").read_text() == before
    assert "checks.json" in json.loads((copy / "manifest.json").read_text())["outputs"]


@pytest.mark.slow
def test_a_run_of_the_first_edition_has_no_ceiling_to_check(decide, tmp_path):
    folder = shutil.copytree(FIRST_EDITION, tmp_path / "first")
    result = decide("check", folder, "--json")
    assert result.exit_code in {0, 3}, result.stderr
    content = json.loads(result.stdout)
    left_out = {one["name"] for one in content["not_applied"]}
    assert {"ceiling", "near_ceiling", "form"} <= left_out
    assert (folder / "checks.json").is_file()


def test_what_is_no_run_is_refused(decide, tmp_path):
    result = decide("check", tmp_path)
    assert result.exit_code == 2
    assert "so is no finished run" in result.stderr


def test_a_prior_of_unusual_size_needs_review_and_is_told_even_if_quiet(decide, small, tmp_path):
    text = 'extends = "base.toml"\n[market.size_2033]\nscale = 1000\n'
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    made = decide("simulate", "--priors", "mine.toml", *small, "--quiet", "--out", "x")
    assert made.exit_code == 0, made.stderr
    (line,) = made.stderr.splitlines()
    assert line.startswith("warning: mine.toml:3: market.size_2033: the median ")
    content = json.loads((tmp_path / "x" / "checks.json").read_text())
    assert faults("checks", content) == []
    (found,) = [one for one in content["checks"] if one["name"] == "usual_priors"]
    assert (found["verdict"], found["figure"]) == ("review", 1)
    assert line.removeprefix("warning: ") in found["sentence"]
    said = " ".join(decide("check", "x").stdout.split())
    assert "Priors of usual size: needs review. Most often a slip of the unit" in said
    assert "mine.toml:3: market.size_2033" in said
