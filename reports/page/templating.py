"""Jinja2 with everything escaped, and the report's ways of writing numbers as filters."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from priors.characters import visible
from reports.text import numbers, strategies

__all__ = ["asset", "fill"]

_FOLDER = Path(__file__).parent / "templates"


def _seen(value: Any) -> Any:
    """What a template shows: of a text from a file or a run, nothing that no reader sees."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else visible(value)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_seen,
    )
    environment.filters.update(count=numbers.count)
    environment.globals.update(
        BETTER=strategies.BETTER,
        DIFFERENCE=strategies.DIFFERENCE,
        how_many=strategies.how_many,
        meanings=strategies.meanings,
    )
    return environment


def fill(template: str, **values: Any) -> Markup:
    """The template filled with `values`, each escaped.

    Parameters
    ----------
    template : str
        Name of a file among the templates.
    **values
        What the template names.

    Returns
    -------
    Markup
        HTML that is not escaped again.

    Raises
    ------
    jinja2.UndefinedError
        If the template names what is not given.
    """
    return Markup(_environment().get_template(template).render(values))  # noqa: S704


def asset(name: str) -> str:
    """The text of a file that goes into the page as it is: our own style or script.

    Parameters
    ----------
    name : str
        Of a file beside the templates.

    Returns
    -------
    str
        Unescaped: nothing from outside may be in it.
    """
    return (_FOLDER / name).read_text(encoding="utf-8")
