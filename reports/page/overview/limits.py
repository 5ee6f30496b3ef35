"""What the model leaves out, in the words of a reader who has to decide."""

from reports.page.part import Part
from reports.page.templating import fill

__all__ = ["limits"]


def limits() -> Part:
    """What no figure of the page contains.

    Returns
    -------
    Part
    """
    return Part("limits", "What the model leaves out", "Left out", fill("limits.html.j2"))
