"""Characters that no reader sees: those that steer a terminal, turn text around, or take no room.

Unicode's categories Cc, Cf, Cs, Zl and Zp. Line breaks and tabs are lawful where text may have
several lines.
"""

import re

__all__ = ["hidden", "visible"]

#: Ranges, so that nothing is looked up character by character; a test compares with Unicode's.
_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad"
    "\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e007f"
)
_IN_LINES = re.compile(f"[{_HIDDEN}]")
_IN_A_LINE = re.compile(f"[{_HIDDEN}\t\n]")
#: What stands in their place: the character for a character that cannot be shown.
_SHOWN = "\N{REPLACEMENT CHARACTER}"


def hidden(text: str, *, lines: bool = False) -> str:
    """The first hidden character of a text.

    Parameters
    ----------
    text : str
        Any text.
    lines : bool
        Whether line breaks and tabs are lawful.

    Returns
    -------
    str
        That character; empty where there is none.
    """
    if text.isprintable():
        return ""
    match = (_IN_LINES if lines else _IN_A_LINE).search(text)
    return match[0] if match else ""


def visible(text: str) -> str:
    """A text of which nothing is hidden; line breaks and tabs stay.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        As long as `text`, with U+FFFD in place of each hidden character.
    """
    return text if text.isprintable() else _IN_LINES.sub(_SHOWN, text)
