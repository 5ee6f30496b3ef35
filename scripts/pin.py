#!/usr/bin/env -S uv run
"""Pin the whole tree of dependencies.

Resolves for every Python and platform that the project supports, then writes exact versions into
``[tool.uv]`` of pyproject.toml, which ``uv run`` reads, and the same versions with hashes into
constraints.txt, which pip reads. No address of a package or registry is written anywhere.

    uv run scripts/pin.py              pin what is new, keep every other version
    uv run scripts/pin.py --upgrade    take the newest version of everything
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import tomlkit

__all__ = ["main", "pins"]

ROOT = Path(__file__).resolve().parent.parent
HEADER = """\
# Exact versions of every package, with hashes. Written by scripts/pin.py; do not edit.
#     pip install --require-hashes -r constraints.txt && pip install --no-deps .
"""
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def pins(requirements: str) -> list[str]:
    """The ``name==version`` of each requirement in a requirements file, in its order.

    Parameters
    ----------
    requirements : str
        Text of the file; hashes, markers and comments are passed over.

    Returns
    -------
    list of str
        Such as ``numpy==2.4.2``.
    """
    return [f"{name}=={version}" for name, version in REQUIREMENT.findall(requirements)]


def _uv(folder: Path, *arguments: str) -> str:
    command = ["uv", *arguments, "--quiet"]
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout


def _lock(project: dict[str, Any]) -> str:
    """Requirements, with hashes, of everything that `project` needs to run and to be tested."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "pyproject.toml").write_text(tomlkit.dumps(project), encoding="utf-8")
        _uv(path, "lock")
        plain = ("--frozen", "--no-emit-project", "--no-header", "--no-annotate", "--all-groups")
        return _uv(path, "export", *plain)


def _compile(requirements: list[str], constraints: list[str]) -> str:
    """Requirements, with hashes, of what builds the project."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "in.txt").write_text("\n".join(requirements), encoding="utf-8")
        (path / "held.txt").write_text("\n".join(constraints), encoding="utf-8")
        plain = ("--universal", "--generate-hashes", "--no-header", "--no-annotate")
        return _uv(path, "pip", "compile", "in.txt", "-c", "held.txt", *plain)


def _array(values: list[str]) -> tomlkit.items.Array:
    array = tomlkit.array()
    array.extend(values)
    return array.multiline(multiline=True)


def main() -> int:
    """Resolve and write both files.

    Returns
    -------
    int
        Exit code: 0.

    Raises
    ------
    subprocess.CalledProcessError
        If uv finds no versions that go together; neither file is changed then.
    """
    parser = argparse.ArgumentParser(description="Pin the whole tree of dependencies.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest of everything")
    upgrade = parser.parse_args().upgrade

    file = ROOT / "pyproject.toml"
    project = tomlkit.parse(file.read_text(encoding="utf-8"))
    settings: Any = project["tool"]["uv"]
    if upgrade:
        settings["constraint-dependencies"] = []
        settings["build-constraint-dependencies"] = []
    run = _lock(project)
    held = [*pins(run), *settings["build-constraint-dependencies"]]
    build = _compile(list(project["build-system"]["requires"]), held)

    settings["build-constraint-dependencies"] = _array(pins(build))
    settings["constraint-dependencies"] = _array(pins(run))
    file.write_text(tomlkit.dumps(project), encoding="utf-8")
    both = run + "".join(
        entry for entry in re.split(r"(?m)^(?=\S)", build) if not set(pins(entry)) & set(pins(run))
    )
    (ROOT / "constraints.txt").write_text(HEADER + both, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
