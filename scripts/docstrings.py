#!/usr/bin/env -S uv run
"""Check by pydoclint that public functions say what they take, return, yield and raise.

Public are the functions that a module lists in ``__all__``, and the public methods of the classes
that it lists. Commands are left out, for users read their docstrings as help, and so are
properties, which are described as what they are. Types in docstrings are free: they state shapes.

    uv run scripts/docstrings.py
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["lacking", "main", "public_functions"]

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("decide.py", "cli", "model", "priors", "reports")

#: What pydoclint finds, and we want: docstrings it cannot read; parameters that are lacking,
#: unknown or in another order; no section Returns, Yields or Raises where there must be one.
RULES = {"DOC001", "DOC002", "DOC103", "DOC104", "DOC201", "DOC402", "DOC501"}
FOUND = re.compile(r"^(?P<file>.+?):(?P<line>\d+): (?P<rule>DOC\d+): \w+ `(?P<name>[\w.]+)`")

COMMAND = "guarded"
PROPERTIES = {"property", "cached_property"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _decorators(function: Function) -> set[str]:
    return {ast.unparse(one).rpartition(".")[2] for one in function.decorator_list}


def _listed(tree: ast.Module) -> set[str]:
    """Names in a module's ``__all__``."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def public_functions(source: str) -> set[str]:
    """Names of the functions of a module that must have every section, ``Class.method`` included.

    Parameters
    ----------
    source : str
        Text of the module.

    Returns
    -------
    set of str
    """

    def wanted(function: Function) -> bool:
        return not _decorators(function) & {COMMAND, *PROPERTIES}

    tree = ast.parse(source)
    listed = _listed(tree)
    found = set()
    for node in tree.body:
        if isinstance(node, Function) and node.name in listed and wanted(node):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef) and node.name in listed:
            methods = (one for one in node.body if isinstance(one, Function) and wanted(one))
            found |= {f"{node.name}.{one.name}" for one in methods if one.name[0] != "_"}
    return found


def _report(paths: Sequence[Path]) -> Iterator[str]:
    """Lines that pydoclint prints on these files; its settings are in pyproject.toml."""
    command = [sys.executable, "-m", "pydoclint.main", "--config", str(ROOT / "pyproject.toml")]
    ran = subprocess.run([*command, *map(str, paths)], check=False, capture_output=True, text=True)
    if ran.returncode not in {0, 1} or "Traceback" in ran.stderr:
        raise RuntimeError(f"pydoclint failed:\n{ran.stderr}")
    yield from (ran.stdout + ran.stderr).splitlines()


def lacking(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """What public functions lack.

    Parameters
    ----------
    paths : sequence of Path
        Files of Python code.

    Returns
    -------
    dict
        File to a line for each thing that is lacking; files that lack nothing are left out.

    Raises
    ------
    RuntimeError
        If pydoclint fails.
    """
    public = {path: public_functions(path.read_text(encoding="utf-8")) for path in paths}
    found: dict[Path, list[str]] = {}
    for line in _report(paths):
        match = FOUND.match(line)
        if not match or match["rule"] not in RULES:
            continue
        path = Path(match["file"])
        if match["name"] in public[path]:
            found.setdefault(path, []).append(line.removeprefix(f"{ROOT}/"))
    return found


def _sources() -> list[Path]:
    """Every file of the program that is committed or about to be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *LAYERS]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = (ROOT / name for name in listed.split("\0") if name.endswith(".py"))
    return sorted(path for path in paths if path.exists())


def main() -> int:
    """Report what is lacking.

    Returns
    -------
    int
        Exit code: 0 where there is nothing to report.
    """
    lines = [line for found in lacking(_sources()).values() for line in found]
    print("\n".join(lines) or "docstrings: good")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
