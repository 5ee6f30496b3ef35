"""Which folder and which wing may import which: the contracts in pyproject.toml.

Layers, the arrows between the wings of `model/`, what the general wings may know, who may import
PyMC, no circles. Imports inside functions and under TYPE_CHECKING count.
"""

import tomllib
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "pyproject.toml"


def contracts() -> dict[str, dict[str, object]]:
    """Every contract by its id."""
    settings = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))["tool"]["importlinter"]
    return {contract["id"]: contract for contract in settings["contracts"]}


def test_imports_keep_the_contracts(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    status = lint_imports(str(SETTINGS), no_cache=True, no_logo=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_wing_has_its_place_in_the_contracts():
    found = contracts()
    layers = found["wings"]["layers"]
    named = {wing.strip() for line in layers for wing in line.split("|")}
    assert named == {path.parent.name for path in (ROOT / "model").glob("*/__init__.py")}
    assert found["wings"]["exhaustive"]
    general = {"numerics", "stopping", "information", "sensitivity", "risk"}
    assert set(found["general"]["source_modules"]) == {f"model.{wing}" for wing in general}
