"""A damaged or edited run is refused by every command that reads one, and certified by none."""

import json
import random
import shutil
from pathlib import Path

import pytest

from tests.reference.run_files import digest, is_whole, restate

FIRST_EDITION = Path(__file__).resolve().parents[1] / "data" / "first_edition" / "run"

#: Every command that reads a finished run.
COMMANDS = ("report", "option", "sensitivity", "check", "reproduce")
#: Files without which no command can say anything of a run.
NEEDED = ("run.nc", "decision.json", "priors.toml", "checks.json")
CITED = ("summary.csv", pytest.param("report.html", marks=pytest.mark.slow))


def spoilt(content: bytes, how: str) -> bytes:
    """Content with one bit of it turned, cut short, or with more behind it."""
    if how == "cut":
        return content[: len(content) // 2]
    if how == "empty":
        return b""
    if how == "longer":
        return content + b" "
    place = int(float(how) * (len(content) - 1))
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@pytest.mark.parametrize("how", ["0.0", "0.3", "0.7", "1.0", "cut", "empty", "longer"])
@pytest.mark.parametrize("name", NEEDED)
def test_no_command_takes_a_damaged_file(decide, copy, name, how):
    (copy / name).write_bytes(spoilt((copy / name).read_bytes(), how))
    before = {path.name: digest(path) for path in copy.iterdir()}
    for command in COMMANDS:
        result = decide(command, copy)
        assert result.exit_code == 2, (command, result.output)
        (line,) = result.stderr.splitlines()
        assert f"{name}: is damaged or was changed: its SHA-256 begins with" in line
    assert {path.name: digest(path) for path in copy.iterdir()} == before


@pytest.mark.parametrize("name", CITED)
def test_what_people_cite_is_compared_when_a_run_is_reproduced(decide, copy, name):
    (copy / name).write_bytes(spoilt((copy / name).read_bytes(), "0.5"))
    result = decide("reproduce", copy)
    assert result.exit_code == 2
    assert f"{name}: is damaged or was changed" in result.stderr


def test_all_files_that_differ_are_named(decide, copy):
    for name in ("run.nc", "decision.json", "priors.toml"):
        (copy / name).write_bytes(b"")
    result = decide("report", copy)
    assert result.stderr.rstrip().endswith("; so are decision.json and priors.toml")


def test_an_analysis_that_is_gone_is_missed(decide, copy):
    (copy / "checks.json").unlink()
    result = decide("report", copy)
    assert result.exit_code == 2
    assert "holds no checks.json, which its manifest.json states" in result.stderr


def test_an_analysis_that_no_command_added_is_refused(decide, copy):
    (copy / "option.json").write_text('{"schema": 2, "players": {}}')
    result = decide("report", copy)
    assert result.exit_code == 2
    assert "manifest.json: states no SHA-256 of option.json" in result.stderr


def test_an_edited_verdict_is_found_even_with_its_hash_made_to_fit(decide, copy):
    path = copy / "decision.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    openai = content["players"]["openai"]
    openai["best"] = "stay" if openai["best"] == "exit" else "exit"
    openai["evpi"] *= 1.0 + 1e-6
    path.write_text(json.dumps(content))
    restate(copy, "decision.json")
    result = decide("reproduce", copy)
    assert result.exit_code == 3
    best, evpi, rest = result.stdout.splitlines()
    assert best.startswith("decision.json: players.openai.best is '")
    assert evpi.startswith("decision.json: players.openai.evpi is ")
    assert rest == "inputs, versions and platform are those of the run"


def test_an_edited_table_is_found_even_with_its_hash_made_to_fit(decide, copy):
    path = copy / "summary.csv"
    head, first, *rest = path.read_text(encoding="utf-8").splitlines()
    name, _, figures = first.rpartition('",')
    path.write_text("\n".join([head, f'{name}",7{figures}', *rest]) + "\n", encoding="utf-8")
    restate(copy, "summary.csv")
    result = decide("reproduce", copy)
    assert result.exit_code == 3
    assert "summary.csv: npv[openai, exit], mean is '7" in result.stdout


def test_a_rebuilt_report_states_its_hash_and_no_other(decide, copy):
    before = json.loads((copy / "manifest.json").read_text())["outputs"]
    (copy / "summary.csv").write_text("spoilt")
    (copy / "report.html").write_text("spoilt")
    assert decide("report", copy).exit_code == 0
    after = json.loads((copy / "manifest.json").read_text())["outputs"]
    assert after == before
    assert digest(copy / "report.html") == after["report.html"]
    assert "summary.csv: is damaged" in decide("reproduce", copy).stderr


@pytest.mark.slow
def test_an_analysis_adds_its_own_hashes_and_touches_no_other(decide, copy):
    manifest = json.loads((copy / "manifest.json").read_text())
    assert decide("sensitivity", copy).exit_code == 0
    after = json.loads((copy / "manifest.json").read_text())
    before = manifest["outputs"]
    changed = {name for name, one in after["outputs"].items() if before.get(name) != one}
    assert changed - {"checks.json"} == {"sensitivity.json", "sensitivity.csv", "report.html"}
    assert {**after, "outputs": None} == {**manifest, "outputs": None}
    assert is_whole(copy)


DEEP = "[" * 100_000 + "]" * 100_000
BAD = {
    "deep": lambda _: '{"outputs": ' + DEEP + "}",
    "digits": lambda _: '{"seed": ' + "1" * 5000 + "}",
    "NaN": lambda _: '{"seed": NaN}',
    "list": lambda _: "[]",
    "text": lambda _: '"text"',
    "empty": lambda _: "",
    "outputs": lambda one: json.dumps(one | {"outputs": ["run.nc"]}),
    "hash": lambda one: json.dumps(one | {"outputs": {"run.nc": 7}}),
    "short hash": lambda one: json.dumps(one | {"outputs": {"run.nc": "7f"}}),
    "another folder": lambda one: json.dumps(one | {"outputs": {"../x": "0" * 64}}),
    "environment": lambda one: json.dumps(one | {"environment": None}),
    "versions": lambda one: json.dumps(one | {"environment": {"versions": [1]}}),
    "draws": lambda one: json.dumps(one | {"draws": "many"}),
    "seed": lambda one: json.dumps(one | {"seed": 1.5}),
    "options": lambda one: json.dumps(one | {"options": "yes"}),
    "players": lambda one: json.dumps(one | {"players": {"a": 1}}),
    "without": lambda one: json.dumps(one | {"without": [1]}),
    "edition": lambda one: json.dumps(one | {"edition": "second"}),
    "version": lambda one: json.dumps(one | {"sampler_version": [2]}),
}


@pytest.mark.parametrize("how", BAD)
def test_a_manifest_of_another_form_is_told_in_a_line(decide, copy, how):
    path = copy / "manifest.json"
    path.write_text(BAD[how](json.loads(path.read_text())))
    for command in COMMANDS:
        result = decide(command, copy)
        assert result.exit_code == 2, (command, how, result.output)
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"decide: {path}")
        assert "is damaged: " in line


@pytest.mark.slow
@pytest.mark.parametrize("name", ["decision", "checks", "manifest"])
def test_values_of_another_kind_anywhere_never_end_in_a_bug(decide, copy, name):
    """Hashes made to fit, so that the content is met; one key after another is spoilt."""
    path = copy / f"{name}.json"
    good = json.loads(path.read_text(encoding="utf-8"))
    rng = random.Random(7)
    for _ in range(25):
        content = json.loads(json.dumps(good))
        place = content
        while True:
            key = rng.choice(sorted(place)) if isinstance(place, dict) else 0
            below = place[key]
            if not (isinstance(below, dict | list) and below) or rng.random() < 0.2:
                break
            place = below
        if rng.random() < 0.3:
            del place[key]
        else:
            place[key] = rng.choice([None, "text", [], {}, -1, [[]], {"a": {}}, True, 1e308])
        path.write_text(json.dumps(content), encoding="utf-8")
        if name != "manifest":
            restate(copy, path.name)
        for command in ("report", "check"):
            result = decide(command, copy)
            assert result.exit_code in {0, 2, 3}, (command, key, place, result.output)
            assert "Traceback" not in result.output


def test_a_run_without_hashes_stays_readable_and_says_so(decide, tmp_path):
    folder = shutil.copytree(FIRST_EDITION, tmp_path / "old")
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    del manifest["outputs"]["run.nc"]
    path.write_text(json.dumps(manifest))
    result = decide("report", folder)
    assert result.exit_code == 0, result.stderr
    said = "manifest.json states no SHA-256 of run.nc: whether it was changed cannot be told"
    assert f"note: {folder}: {said}" in result.stderr
    (folder / "decision.json").write_text("{}")
    assert decide("report", folder).exit_code == 2
