"""What --help says, in interpreters of all kinds."""

import pytest
import typer

from cli.errors import _docstring
from cli.main import app


def commands(group: typer.Typer):
    """Every command's function, below its guard."""
    for one in group.registered_commands:
        yield one.callback.__wrapped__
    for one in group.registered_groups:
        yield from commands(one.typer_instance)


def full_name(command) -> str:
    return f"{command.__module__}.{command.__name__}"


@pytest.mark.parametrize("command", [*commands(app)], ids=full_name)
def test_help_is_found_where_python_keeps_no_docstrings(command):
    assert command.__doc__
    assert _docstring(command) == command.__doc__.strip().replace("\n    ", "\n")


def test_a_function_without_source_has_no_help():
    names: dict = {}
    exec("def f():\n    'Said.'", names)
    assert _docstring(names["f"]) is None
