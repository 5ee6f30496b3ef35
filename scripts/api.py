#!/usr/bin/env -S uv run
"""Write docs/api.md: every public name with its signature and its docstring.

uv run scripts/api.py
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import decide

__all__ = ["main", "page"]

PAGE = Path(__file__).resolve().parent.parent / "docs" / "api.md"
HEAD = """\
# The Python interface

Written by `scripts/api.py` from the docstrings; do not edit. `import decide` is light: what a name
needs loads when it is first used. [How to use it from Python](how-to/use-python-and-arviz.md) and
[with PyMC](how-to/use-pymc.md) show it at work.
"""
#: A signature longer than this has a line for each parameter.
WIDTH = 88


def page() -> str:
    """The page's text.

    Returns
    -------
    str
        Markdown: the functions in the order of ``decide.__all__``, then the errors.
    """
    public = {name: getattr(decide, name) for name in decide.__all__}
    errors = {name: value for name, value in public.items() if inspect.isclass(value)}
    functions = {name: value for name, value in public.items() if name not in errors}
    parts = [HEAD, "## Functions", *_entries(functions), "## Errors", *_entries(errors)]
    return "\n".join(parts)


def _entries(members: dict[str, Any]) -> Iterator[str]:
    for name, value in members.items():
        form = _class(name, value) if inspect.isclass(value) else _function(name, value)
        yield f"\n### `decide.{name}`\n"
        yield f"```text\n{form}\n```\n"
        yield f"```text\n{inspect.getdoc(value)}\n```\n"


def _class(name: str, value: type) -> str:
    return f"class {name}({', '.join(base.__name__ for base in value.__bases__)})"


def _function(name: str, function: Any) -> str:
    """The signature: annotations as the source writes them, defaults by their values."""
    written = _annotations(function)
    parameters = []
    for one in inspect.signature(function).parameters.values():
        if one.kind is one.KEYWORD_ONLY and "*" not in parameters:
            parameters.append("*")
        default = "" if one.default is one.empty else f" = {one.default!r}"
        parameters.append(f"{one.name}: {written[one.name]}{default}")
    end = f") -> {written['return']}"
    line = f"{name}({', '.join(parameters)}{end}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"{name}(", *(f"    {one}," for one in parameters), end])


def _annotations(function: Any) -> dict[str, str]:
    """Parameter to its annotation's text, which unlike its object is the same in any Python."""
    (node,) = ast.parse(dedent(inspect.getsource(function))).body
    if not isinstance(node, ast.FunctionDef):
        message = f"{function} is no plain function"
        raise TypeError(message)
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    found = {one.arg: one.annotation for one in arguments} | {"return": node.returns}
    return {name: ast.unparse(one).strip("'") for name, one in found.items() if one is not None}


def main() -> int:
    """Write the page.

    Returns
    -------
    int
        Exit code: 0.
    """
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
