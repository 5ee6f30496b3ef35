"""Errors to messages and exit codes: 1 a bug, 2 bad input, 3 numerical, 130 interrupted.

Signals are obeyed in `cli.interrupt`; an interrupt gets here only where that is not watching.
"""

import ast
import functools
import inspect
import sys
import tempfile
import textwrap
import traceback
from collections.abc import Callable
from typing import Any

import typer

from priors.errors import DecideError, PriorFileError

__all__ = ["guarded"]

INTERRUPTED = 130
BUG = 1


def guarded[**P](command: Callable[P, None]) -> Callable[P, None]:
    """Wrap a command so that no user meets a traceback.

    Parameters
    ----------
    command : callable
        Of any parameters; what it returns is ignored.

    Returns
    -------
    callable
        Of the same name, signature and docstring, which are what Typer reads. In place of an
        error it prints a line to stderr and raises ``typer.Exit``: with the error's own exit
        code where it is a `DecideError`, 2 for an ``OSError`` or too little memory, 130 for an
        interrupt, 0 for a closed pipe, 1 for anything else, whose traceback goes to a temporary
        file that the line names.
    """
    if command.__doc__ is None:
        command.__doc__ = _docstring(command)

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except typer.Exit:
            raise
        except DecideError as error:
            _say(_message(error))
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            _say("interrupted")
            raise typer.Exit(INTERRUPTED) from None
        except MemoryError as error:
            _say(
                f"not enough memory: {str(error) or 'none is free'}; ask for fewer draws or chains"
            )
            raise typer.Exit(2) from None
        except BrokenPipeError:
            # The reader of a pipe, such as head, has enough: no reason to complain.
            sys.stdout = None
            raise typer.Exit(0) from None
        except OSError as error:
            _say(f"{error.strerror or error}: {error.filename}" if error.filename else str(error))
            raise typer.Exit(2) from None
        except Exception as error:  # noqa: BLE001  # whatever else it is, it is our bug
            _say(f"internal error: {type(error).__name__}; details in {_write_traceback()}")
            raise typer.Exit(BUG) from None

    return run


def _docstring(command: Callable[..., Any]) -> str | None:
    """What the source says of it: it is the help, and ``python -OO`` keeps no docstrings."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(command)))
    except OSError:
        # no source is there, as in a program frozen to one file
        return None
    return next(
        (ast.get_docstring(node) for node in tree.body if isinstance(node, ast.FunctionDef)), None
    )


def _message(error: DecideError) -> str:
    if not isinstance(error, PriorFileError):
        return str(error)
    count = len(error.problems)
    head = "1 problem" if count == 1 else f"{count:,} problems"
    return "\n".join([f"{head} in the priors", *(f"  {line}" for line in error.lines())])


def _write_traceback() -> str:
    with tempfile.NamedTemporaryFile(
        "w", prefix="decide-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exc(file=file)
        return file.name


def _say(text: Any) -> None:
    typer.echo(f"decide: {text}", err=True)
