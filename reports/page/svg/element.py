"""SVG elements as text: names and words escaped, numbers as short as they may be."""

from collections.abc import Iterable
from html import escape
from math import isfinite

from priors.characters import visible

__all__ = ["drawing", "element", "group", "percent", "short"]


def short(value: float, decimals: int = 1) -> str:
    """A coordinate as few characters as it takes: ``12.5``, ``3``.

    Parameters
    ----------
    value : float
        In pixels, or in percent of the drawing's width.
    decimals : int
        More than these are rounded away.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the value is not finite: what is not known cannot be drawn.
    """
    if not isfinite(value):
        msg = f"a chart draws finite numbers; found {value}"
        raise ValueError(msg)
    text = f"{value:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(share: float) -> str:
    """A place in percent of the drawing's width, where type is to keep its size at any width.

    Parameters
    ----------
    share : float
        0 to 100.

    Returns
    -------
    str
    """
    return f"{short(share, 2)}%"


def element(name: str, content: str = "", /, **attributes: str | float | None) -> str:
    """One element.

    Parameters
    ----------
    name : str
        Its tag.
    content : str
        What stands in it: elements, or text that `escape` has seen.
    **attributes : str, float or None
        Strings are escaped, with what is hidden in them seen; numbers shortened, None left out.
        ``css`` is written as ``class``, and an underscore as a hyphen, since Python's names can be
        neither.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If a number is not finite.
    """
    written = "".join(
        f" {'class' if key == 'css' else key.replace('_', '-')}="
        f'"{escape(visible(value)) if isinstance(value, str) else short(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def group(css: str, parts: Iterable[str]) -> str:
    """Elements that share a class; nothing where there are none.

    Parameters
    ----------
    css : str
        Their class.
    parts : iterable of str
        Elements.

    Returns
    -------
    str
    """
    content = "".join(parts)
    return element("g", content, css=css) if content else ""


def drawing(
    parts: Iterable[str], *, name: str = "", css: str = "", **attributes: str | float | None
) -> str:
    """A whole drawing: an image with a name, or hidden from who does not see it.

    Parameters
    ----------
    parts : iterable of str
        Elements.
    name : str
        What it shows, in a sentence; empty where a table or text beside it says it.
    css : str
        Its class.
    **attributes : str, float or None
        As of `element`.

    Returns
    -------
    str
    """
    told: dict[str, str] = {"role": "img", "aria_label": name} if name else {"aria_hidden": "true"}
    return element("svg", "".join(parts), css=css or None, **told, **attributes)
