#!/usr/bin/env -S uv run
"""Check by pydoclint that public functions say what they take, return, yield and raise.

Public are the functions that a module lists in ``__all__``, and the public methods of the classes
that it lists. Commands are left out, for users read their docstrings as help, and so are
properties, which are described as what they are. Types in docstrings are free: they state shapes.

    uv run scripts/docstrings.py              report what is lacking
    uv run scripts/docstrings.py --waiting    rewrite the list of files that are not yet up to it
"""

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

__all__ = ["lacking", "main", "public_functions", "waiting"]

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("decide.py", "cli", "model", "priors", "reports")
WAITING = Path(__file__).with_name("docstrings_waiting.txt")
HEADING = "# Files that scripts/docstrings.py does not check yet. The list only gets shorter.\n"

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


def waiting() -> set[str]:
    """Files that are not checked yet, as paths from the top folder.

    Returns
    -------
    set of str
    """
    if not WAITING.exists():
        return set()
    lines = WAITING.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if not line.startswith("#")}


def _sources() -> list[Path]:
    """Every file of the program that is committed or about to be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *LAYERS]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = (ROOT / name for name in listed.split("\0") if name.endswith(".py"))
    return sorted(path for path in paths if path.exists())


def _write(names: Iterable[str]) -> None:
    WAITING.write_text(HEADING + "".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Report what is lacking in files that do not wait, and files that wait for nothing.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the command line.

    Returns
    -------
    int
        Exit code: 0 where there is nothing to report.
    """
    parser = argparse.ArgumentParser(description="Check the docstrings of public functions.")
    parser.add_argument("--waiting", action="store_true", help="rewrite the list of files")
    rewrite = parser.parse_args(arguments).waiting
    found = {
        path.relative_to(ROOT).as_posix(): lines for path, lines in lacking(_sources()).items()
    }
    if rewrite:
        _write(found)
        return 0
    lines = [line for name in sorted(found.keys() - waiting()) for line in found[name]]
    lines += [f"{name}: in {WAITING.name}, but gone or good" for name in waiting() - found.keys()]
    print("\n".join(lines) or "docstrings: good")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
