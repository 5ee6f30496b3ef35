"""Compiled functions name what their arguments are: no bare Any."""

import ast
from pathlib import Path

import pytest

MODEL = Path(__file__).parents[3] / "model"
MODULES = [path for path in sorted(MODEL.rglob("*.py")) if "njit" in path.read_text("utf-8")]


def compiled(tree):
    """Functions under a decorator that mentions njit."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            decorators = [ast.unparse(one) for one in node.decorator_list]
            if any("njit" in one for one in decorators):
                yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_compiled_signature_says_any(path):
    for function in compiled(ast.parse(path.read_text("utf-8"))):
        arguments = [one.annotation for one in function.args.args] + [function.returns]
        assert None not in arguments, function.name
        assert not [one for one in arguments if "Any" in ast.unparse(one)], function.name


def test_there_are_compiled_functions():
    assert sum(len(list(compiled(ast.parse(path.read_text("utf-8"))))) for path in MODULES) > 30
