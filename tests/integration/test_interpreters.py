"""`decide` in interpreters with odd settings, and beside files that have the names of its parts."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = "import decide; decide._command()"
SMALL = ("--draws", "256", "--chains", "4", "--no-options", "--out")


def run(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        check=False,
        cwd=folder,
        env={**os.environ, "COLUMNS": "80", **environment},
        capture_output=True,
        text=True,
        timeout=600,
    )


def test_help_is_the_same_without_docstrings(tmp_path):
    plain, bare = (run(*o, "-c", COMMAND, "--help", folder=ROOT) for o in ((), ("-OO",)))
    assert "Value every strategy" in plain.stdout
    assert (bare.stdout, bare.stderr) == (plain.stdout, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "flags",
    [("-OO",), ("-W", "error"), ("-X", "dev"), ("-I",), ("-P",), ("-bb",)],
    ids="".join,
)
def test_a_run_is_the_same_whatever_the_flags(flags, tmp_path):
    words = ("simulate", "--priors", "base.toml", *SMALL)
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {COMMAND}"
    plain = run("-c", script, *words, "plain", folder=tmp_path)
    odd = run(*flags, "-c", script, *words, "odd", folder=tmp_path)
    assert plain.returncode == odd.returncode == 0, odd.stderr
    assert odd.stdout == plain.stdout
    # which of the two compiles depends on what was run before
    said = [re.sub("(?m)^compiling.*\n", "", one.stderr) for one in (plain, odd)]
    assert said[1] == said[0].replace("plain", "odd")
    for name in ("decision.json", "summary.csv", "priors.toml"):
        assert (tmp_path / "odd" / name).read_bytes() == (tmp_path / "plain" / name).read_bytes()


@pytest.mark.parametrize("package", ["cli", "model", "priors", "reports"])
@pytest.mark.parametrize("form", ["{}.py", "{}/__init__.py"], ids=["module", "package"])
def test_a_file_in_the_way_is_named_and_not_run(package, form, tmp_path):
    file = tmp_path / form.format(package)
    file.parent.mkdir(exist_ok=True)
    file.write_text("print('run')")
    (tmp_path / "script.py").write_text("import decide\nprint('in')\ndecide.load_priors\n")
    said = (
        f"{file} is in the way of decide's own package {package!r}: "
        "rename it, or start Python in another folder"
    )
    done = run("script.py", folder=tmp_path, PYTHONPATH=str(ROOT))
    assert done.stdout == "in\n"
    assert done.stderr.splitlines()[-1] == f"ImportError: {said}"
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    command = run("-P", "-c", COMMAND, "--version", folder=tmp_path, PYTHONPATH=path)
    assert (command.returncode, command.stdout) == (2, "")
    assert command.stderr == f"decide: {said}\n"


def test_a_file_that_was_imported_before_is_named_too(tmp_path):
    (tmp_path / "model.py").write_text("")
    program = "import model, decide; decide.simulate"
    done = run("-c", program, folder=tmp_path, PYTHONPATH=str(ROOT))
    assert f"{tmp_path / 'model.py'} is in the way" in done.stderr


def test_a_folder_of_the_same_name_that_is_no_package_is_in_nobodys_way(tmp_path):
    (tmp_path / "reports").mkdir()
    program = "import decide; print(decide.InputError.__name__)"
    done = run("-c", program, folder=tmp_path, PYTHONPATH=str(ROOT))
    assert (done.stdout, done.stderr) == ("InputError\n", "")
