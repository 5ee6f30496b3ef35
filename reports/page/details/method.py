"""Method and details: each closed until a reader opens it."""

from collections.abc import Callable

from reports.page.details.drivers import drivers
from reports.page.details.forms import forms
from reports.page.details.industry import industry
from reports.page.details.made import made
from reports.page.details.posterior import posterior
from reports.page.details.priors import priors
from reports.page.details.rivals import rivals
from reports.page.details.settling import settling
from reports.page.details.types import types
from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View

__all__ = ["DETAILS", "method"]

#: In reading order. A detail that has nothing to say of a run returns None.
DETAILS: tuple[Callable[[View], Part | None], ...] = (
    made,
    priors,
    posterior,
    industry,
    drivers,
    rivals,
    forms,
    types,
    settling,
)


def method(view: View) -> Part:
    """What stands behind the answer, for readers who want to check.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Part
    """
    parts = [part for make in DETAILS if (part := make(view)) is not None]
    html = fill("details/method.html.j2", parts=parts)
    return Part("method", "Method and details", "Method", html)
