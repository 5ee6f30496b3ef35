"""What every command prints through: streams that take any text, and a console on top of them.

A stream may be unable to encode what is printed, and what is printed may hold characters of a
stranger's file that would steer the terminal. Both are settled here, for every command.
"""

import codecs
import io
import sys
import unicodedata
from typing import TYPE_CHECKING, Any, TextIO, override

from priors.characters import visible

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["PLAIN", "console", "erase_line", "set_up"]

#: Plain characters in place of others, where Unicode's own decomposition does not give them. None
#: of them is one that JSON or TOML would read as the end of a string.
PLAIN = {
    "−": "-", "–": "-", "—": "-", "±": "+/-", "≥": ">=", "≤": "<=", "≈": "~", "≠": "!=",
    "\N{HYPHEN}": "-", "\N{NON-BREAKING HYPHEN}": "-", "\N{FRACTION SLASH}": "/",
    "×": "x", "·": ".", "•": "*", "→": "->", "↑": "^", "←": "<-", "√": "sqrt", "∞": "inf",
    "∫": "int",
    "\N{LEFT SINGLE QUOTATION MARK}": "'", "’": "'", "“": "'", "”": "'", "«": "<<", "»": ">>",
    "€": "EUR", "£": "GBP", "°": " deg", "\N{GREEK SMALL LETTER MU}": "u", "α": "alpha",
    "β": "beta", "δ": "delta", "ε": "epsilon", "κ": "kappa", "λ": "lambda", "π": "pi", "ρ": "rho",
    "σ": "sigma", "τ": "tau", "φ": "phi", "Φ": "Phi", "ψ": "psi", "●": "*", "■": "#", "▲": "^",
    "▼": "v", "◆": "*", "✚": "+", "◌": "o", "━": "-", "─": "-", "│": "|", "╸": "-", "╺": "-",
}  # fmt: skip
_HANDLER = "decide-plain"
#: Columns below which no table can be read: a terminal that says so has not said its width.
_LEAST = 20
_USUAL = 80


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Encode what a stream cannot by plain characters: a handler of `codecs`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(map(_plain_character, text)), error.end


def _plain_character(character: str) -> str:
    if character in PLAIN:
        return PLAIN[character]
    parts = unicodedata.normalize("NFKD", character)
    text = "".join(PLAIN.get(part, part) for part in parts if not unicodedata.combining(part))
    return text if text.isascii() and text.strip() and '"' not in text else "?"


class _Stream(io.TextIOBase):
    """A stream of text of which nothing is hidden; it has no `buffer` to go around it."""

    def __init__(self, below: TextIO) -> None:
        self.below = below

    @override
    def write(self, text: str, /) -> int:
        if not isinstance(text, str):
            message = f"expected a string, not {type(text).__name__}"
            raise TypeError(message)
        self.below.write(visible(text))
        return len(text)

    @override
    def flush(self) -> None:
        # At the end of the process the stream below may be closed first.
        if not self.below.closed:
            self.below.flush()

    @override
    def isatty(self) -> bool:
        return self.below.isatty()

    @override
    def fileno(self) -> int:
        return self.below.fileno()

    @override
    def writable(self) -> bool:
        return True

    @property
    @override
    def encoding(self) -> str:  # type: ignore[override]
        return self.below.encoding


def set_up() -> None:
    """Make stdout and stderr take any text: called once, before a command is run.

    What their encoding does not have is replaced by plain characters, and what would steer a
    terminal by U+FFFD. A stream that is closed or is of another kind stays as it is.
    """
    codecs.register_error(_HANDLER, _plain)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)
            setattr(sys, name, _Stream(stream))


def console(*, stderr: bool = False, **options: Any) -> "Console":
    """A console of Rich's that writes its own colours, and of texts only what is seen.

    Parameters
    ----------
    stderr : bool
        Whether it writes to stderr, and not to stdout.
    **options
        Of Rich's ``Console``.

    Returns
    -------
    Console
        Of the streams that there are now; of 80 columns where they state none, or next to none.
    """
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    file = stream.below if isinstance(stream, _Stream) else None
    made = Console(stderr=stderr, file=file, **options)
    if made.width < _LEAST:
        made.width = _USUAL
    made.push_render_hook(_hook())
    return made


def erase_line() -> None:
    """Take from a terminal what stands in the last line of stderr."""
    stream = sys.stderr.below if isinstance(sys.stderr, _Stream) else sys.stderr
    stream.write("\r\x1b[2K")
    stream.flush()


def _hook() -> Any:
    """Rich's hook that puts everything printed through `visible`, but not Rich's own codes."""
    from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
    from rich.segment import Segment

    class Seen:
        def __init__(self, inner: ConsoleRenderable) -> None:
            self.inner = inner

        def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
            for text, style, control in console.render(self.inner, options):
                yield Segment(text if control else visible(text), style, control)

    class Hook(RenderHook):
        @override
        def process_renderables(
            self, renderables: list[ConsoleRenderable]
        ) -> list[ConsoleRenderable]:
            return [Seen(one) for one in renderables]

    return Hook()
