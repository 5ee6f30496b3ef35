"""What holds for the repository as a whole: light imports, pins, what no file may say."""

import ast
import importlib
import importlib.metadata
import inspect
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from priors.inspection.show import shipped
from priors.reading.load import load_priors
from scripts import api
from scripts.document import PARTS, rewritten

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("priors", "model", "reports", "cli")
HEAVY = {
    "arviz",
    "h5netcdf",
    "matplotlib",
    "numba",
    "numpy",
    "pandas",
    "pydantic",
    "pymc",
    "pytensor",
    "scipy",
    "sklearn",
    "xarray",
}
# Written in pieces, so that this file does not match itself.
MACHINE_PATHS = [
    "/" + folder + "/"
    for folder in ("farm", "home", "private", "root", "scratch", "Users", "workspace", "work")
]
REGISTRY_HOSTS = ["py" + "pi.org", "python" + "hosted", "registry." + "npm", "ana" + "conda.org"]
GENERATED = {"runs", "uv.lock", ".venv"}


def tracked() -> list[Path]:
    """Every committed file, as it stands now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def source_files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Full names of the modules that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def top(name: str) -> str:
    return name.partition(".")[0]


def pinned(requirements: list[str]) -> dict[str, str]:
    """Version of each package in ``name==version`` lines."""
    parsed = [Requirement(line) for line in requirements]
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in parsed}


def settings() -> dict[str, list[str]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["uv"]


# ---------------------------------------------------------------------------------------- imports


def test_every_library_that_is_imported_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {
        canonicalize_name(Requirement(line).name) for line in project["project"]["dependencies"]
    }
    homes = importlib.metadata.packages_distributions()
    used = {
        name
        for path in (
            ROOT / "decide.py",
            *(path for layer in LAYERS for path in source_files(layer)),
        )
        for name in map(top, imported(path))
        if name not in sys.stdlib_module_names and name not in LAYERS
    }
    undeclared = {
        name for name in used if not {canonicalize_name(home) for home in homes[name]} & declared
    }
    assert "numpy" in used
    assert undeclared == set()


@pytest.mark.parametrize(
    "program",
    [
        "import decide",
        "import decide; dir(decide)",
        """
import sys
sys.argv = ["decide", "--help"]
from cli.main import run
try:
    run()
except SystemExit as stopped:
    assert not stopped.code, stopped.code
""",
    ],
    ids=["import", "dir", "help"],
)
def test_nothing_heavy_is_loaded_before_it_is_used(program):
    probe = f"{program}\nimport sys\nprint(*sys.modules, sep='\\n', file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    loaded = set(done.stderr.split())
    assert "decide" in loaded or "cli.main" in loaded
    assert loaded & HEAVY == set()


# ----------------------------------------------------------------------------------------- public


def test_the_public_names_are_sorted_importable_and_described():
    decide = importlib.import_module("decide")
    assert list(decide.__all__) == sorted(decide.__all__)
    assert set(decide.__all__) <= set(dir(decide))
    undescribed = [name for name in decide.__all__ if not inspect.getdoc(getattr(decide, name))]
    assert undescribed == []


def test_an_unknown_public_name_is_an_attribute_error():
    decide = importlib.import_module("decide")
    with pytest.raises(AttributeError, match="no attribute 'evpy'"):
        _ = decide.evpy


@pytest.mark.parametrize("folder", LAYERS)
def test_every_module_says_what_it_is_and_what_it_offers(folder):
    lacking = set()
    for path in source_files(folder):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        targets = {
            target.id
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        if not ast.get_docstring(tree) or ("__all__" not in targets and len(tree.body) > 1):
            lacking.add(path.relative_to(ROOT).as_posix())
    assert lacking == set()


@pytest.mark.parametrize("folder", LAYERS)
def test_every_package_is_marked_as_typed(folder):
    assert (ROOT / folder / "py.typed").exists()


# ------------------------------------------------------------------------------------------- pins


def test_both_lists_of_pins_are_equal():
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    lines = [line.rstrip("\\ ") for line in text.splitlines() if re.match(r"\w", line)]
    uv = [*settings()["constraint-dependencies"], *settings()["build-constraint-dependencies"]]
    assert pinned(lines) == pinned(uv)


def test_every_pin_has_hashes():
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    entries = re.split(r"(?m)^(?=\w)", text)[1:]
    unhashed = [
        entry.split()[0]
        for entry in entries
        if not re.fullmatch(r"[^\n]*( \\\n    --hash=sha256:[0-9a-f]{64})+\n", entry)
    ]
    assert len(entries) > 50
    assert unhashed == []


def test_everything_that_the_project_needs_is_pinned_at_the_installed_version():
    pins = pinned(settings()["constraint-dependencies"])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    waiting = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    installed: dict[str, str] = {}
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        if name in installed or (requirement.marker and not requirement.marker.evaluate()):
            continue
        installed[name] = importlib.metadata.version(name)
        waiting += importlib.metadata.requires(name) or []
    assert len(installed) > 50
    assert {name: pins.get(name) for name in installed} == installed


def test_a_test_that_leaves_the_machine_fails():
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as outward,
        pytest.raises(RuntimeError, match=r"a test tried to reach \('192\.0\.2\.1', 80\)"),
    ):
        outward.connect(("192.0.2.1", 80))


# ------------------------------------------------------------------------------------------ files


def test_no_file_names_a_machine_or_a_registry():
    unwanted = re.compile(
        "|".join(rf"(?<![\w.)\]}}/-]){re.escape(path)}" for path in MACHINE_PATHS)
        + "|"
        + "|".join(re.escape(host) for host in REGISTRY_HOSTS)
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in tracked()
        if b"\0" not in (data := path.read_bytes())
        for number, line in enumerate(data.decode("utf-8").splitlines(), start=1)
        if unwanted.search(line)
    ]
    assert found == []


def test_no_generated_file_is_committed():
    assert not {path.relative_to(ROOT).parts[0] for path in tracked()} & GENERATED


def test_the_python_version_is_the_one_the_project_is_developed_with():
    assert (ROOT / ".python-version").read_text(encoding="utf-8") == "3.13\n"


def test_the_readme_shows_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "pip install uv && uv run decide simulate --priors base.toml\n" in text
    assert "pip install uv && uv run pytest\n" in text


def test_the_checks_run_the_two_commands_and_can_be_started():
    script = ROOT / ".ci" / "run"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert "uv run decide simulate --priors base.toml" in lines
    assert "uv run pytest" in lines
    assert "uv run pytest -m slow" in lines
    assert script.stat().st_mode & 0o111


def test_hooks_run_what_the_checks_run():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    for repository in config["repos"]:
        assert repository["repo"] == "local"
        for hook in repository["hooks"]:
            assert hook["entry"] in lines
            assert hook["language"] == "system"


@pytest.mark.parametrize("name", ["CITATION.cff", "docs/how-to/cite-a-run.md"])
def test_the_version_to_cite_is_the_version(name):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    stated = re.findall(
        r"(?m)^ *version *[:=] *[{]?([\d.]+)", (ROOT / name).read_text(encoding="utf-8")
    )
    assert set(stated) == {project["version"]}


def test_every_link_between_documents_leads_somewhere():
    link = re.compile(r"\]\((?!\w+://)([^)#\s]+)[^)]*\)")
    broken = [
        f"{path.relative_to(ROOT)} → {target}"
        for path in tracked()
        if path.suffix == ".md"
        for target in link.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("name", PARTS)
def test_generated_parts_of_documents_are_up_to_date(name):
    assert (ROOT / name).read_text(encoding="utf-8") == rewritten(name)


def test_the_api_page_is_up_to_date():
    assert (ROOT / "docs" / "api.md").read_text(encoding="utf-8") == api.page()


def test_the_api_page_shows_every_public_name():
    decide = importlib.import_module("decide")
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^### `decide\.(\w+)`$", text) == sorted(
        decide.__all__, key=lambda name: (inspect.isclass(getattr(decide, name)), name)
    )


@pytest.mark.slow
def test_the_page_of_scenarios_has_every_shipped_file():
    """At its default size the script takes minutes: the figures are not computed again here."""
    text = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
    for file in shipped():
        cells = re.findall(rf"(?m)^\| `{re.escape(file.name)}` \|(.*)\|$", text)
        assert cells[0].strip() == file.description
        each = cells[1].split(" | ")
        assert len(each) == len(load_priors(file.name).players)
        # exit over the best other, and over stay
        assert all(cell.count("±") == 2 for cell in each)


def test_decision_records_are_short_and_numbered():
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(path.name[:4]) for path in records]
    assert numbers == list(range(1, len(records) + 1))
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in records}
    assert {name: length for name, length in lengths.items() if length > 20} == {}
