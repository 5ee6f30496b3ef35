"""The door of a public function: each argument passes its check before the function sees it."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

__all__ = ["Check", "checked"]

#: Name of an argument and what was given → what the function works on, or an `InputError`.
type Check = Callable[[str, Any], Any]


def checked[**P, R](**checks: Check) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Put the named arguments through their checks; what was left out keeps its default.

    Parameters
    ----------
    **checks
        Argument → its check.

    Returns
    -------
    callable
        A decorator.

    Raises
    ------
    TypeError
        Where the function has no such argument.
    """

    def door(function: Callable[P, R]) -> Callable[P, R]:
        form = signature(function)
        unknown = checks.keys() - form.parameters.keys()
        if unknown:
            message = f"{function.__name__} has no argument {', '.join(sorted(unknown))}"
            raise TypeError(message)

        @wraps(function)
        def enter(*args: P.args, **kwargs: P.kwargs) -> R:
            given = form.bind(*args, **kwargs)
            for name, check in checks.items():
                if name in given.arguments:
                    given.arguments[name] = check(name, given.arguments[name])
            return function(*given.args, **given.kwargs)

        return enter

    return door
