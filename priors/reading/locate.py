"""The line on which a TOML text states a key."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

__all__ = ["Lines", "Path"]

type Path = tuple[str | int, ...]

#: No key of a prior file lies deeper; what does is found at the line of what holds it.
_DEEPEST = 6
_KEYS = frozenset({"bare_key", "quoted_key", "dotted_key"})


class Lines:
    """Lines of the keys of a TOML text.

    Attributes
    ----------
    text : str
        The text; it is parsed on the first question.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[Path, int] | None = None

    def at(self, path: Path) -> int:
        """The line of `path`, or else of the nearest table around it; 0 where there is none.

        Array items count from 0, as in ``("correlations", 0, "rank")``.

        Parameters
        ----------
        path : tuple of str or int
            Keys from the top of the file, at most six of which count.

        Returns
        -------
        int
            Counted from 1.
        """
        if self._known is None:
            self._known = _lines(self.text)
        for length in range(len(path), 0, -1):
            line = self._known.get(path[:length])
            if line is not None:
                return line
        return 0


@cache
def _parser() -> "Parser":
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_toml.language()))


def _lines(text: str) -> dict[Path, int]:
    """Every path of `text` down to `_DEEPEST` with its line, counted from 1."""
    known: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    for node in _parser().parse(text.encode()).root_node.named_children:
        if node.type == "pair":
            _add_pair(known, (), node)
        elif node.type in ("table", "table_array_element"):
            _add_table(known, counts, node)
    return known


def _add_table(known: dict[Path, int], counts: dict[Path, int], node: "Node") -> None:
    children = iter(node.named_children)
    header = next((child for child in children if child.type in _KEYS), None)
    if header is None:
        return
    path: Path = ()
    parts = _parts(header)[:_DEEPEST]
    for place, part in enumerate(parts):
        path = (*path, part)
        known.setdefault(path, _line(header))
        if node.type == "table_array_element" and place == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
            known.setdefault(path, _line(header))
    for child in children:
        if child.type == "pair":
            _add_pair(known, path, child)


def _add_pair(known: dict[Path, int], around: Path, pair: "Node") -> None:
    stack: list[tuple[Path, Node]] = [(around, pair)]
    while stack:
        around, node = stack.pop()
        path, value = around, node
        if node.type == "pair":
            for part in _parts(node.named_children[0]):
                if len(path) < _DEEPEST:
                    path = (*path, part)
                    known.setdefault(path, _line(node))
            value = node.named_children[-1]
        else:
            known.setdefault(path, _line(node))
        if len(path) < _DEEPEST:
            stack.extend(_inside(path, value))


def _inside(path: Path, value: "Node") -> "Iterator[tuple[Path, Node]]":
    children = [child for child in value.named_children if child.type != "comment"]
    if value.type == "inline_table":
        yield from ((path, child) for child in children if child.type == "pair")
    elif value.type == "array":
        yield from (((*path, place), child) for place, child in enumerate(children))


def _parts(key: "Node") -> list[str]:
    """The parts of a key, left to right; the tree nests dotted keys to the left."""
    parts: list[str] = []
    while key.type == "dotted_key":
        parts.append(_name(key.named_children[-1]))
        key = key.named_children[0]
    return [_name(key), *reversed(parts)]


def _name(key: "Node") -> str:
    text = (key.text or b"").decode()
    if key.type == "quoted_key":
        import tomllib

        try:
            return next(iter(tomllib.loads(f"{text} = 0")))
        except tomllib.TOMLDecodeError:
            return text
    return text


def _line(node: "Node") -> int:
    return node.start_point.row + 1
