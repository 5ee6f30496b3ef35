"""Mutants of a module: its source with one operator, number, name or statement changed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["Mutant", "mutants"]

Node = ast.expr | ast.stmt

_SWAPS: dict[type[ast.AST], type[Any]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_NAMES = {
    "min": "max",
    "max": "min",
    "minimum": "maximum",
    "maximum": "minimum",
    "any": "all",
    "all": "any",
    "argmax": "argmin",
    "argmin": "argmax",
    "floor": "ceil",
    "ceil": "floor",
}
#: Never changed: what is only for the reader or the type checker, and messages.
_LEFT_OUT = (ast.Import, ast.ImportFrom, ast.Raise, ast.JoinedStr, ast.TypeAlias)
_LEFT_OUT_FIELDS = {"annotation", "returns", "decorator_list", "type_params", "bases"}
#: Arguments that say how something is called or drawn.
_LOOKS = {"label", "advice", "doing", "meaning", "mark", "dash"}
_LOOKS |= {"colour", "dark_colour", "colour_name", "terminal_colour"}


@dataclass(frozen=True)
class Mutant:
    """One change of a module.

    Attributes
    ----------
    line : int
        Where the changed code begins.
    before, after : str
        The code, and what it was changed to.
    source : str
        Text of the whole module with the change.
    """

    line: int
    before: str
    after: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its lines.

    Parameters
    ----------
    source : str
        Text of the module. Lines that say ``# pragma: no mutate`` are left as they are.

    Returns
    -------
    list of Mutant
        Those that compile.
    """
    lines = source.splitlines()
    found = []
    for node, after in _changes(ast.parse(source)):
        if "# pragma: no mutate" in lines[node.lineno - 1]:
            continue
        mutated = _splice(source, node, after)
        if _compiles(mutated):
            found.append(Mutant(node.lineno, ast.unparse(node), after, mutated))
    return sorted(found, key=lambda mutant: mutant.line)


def _compiles(source: str) -> bool:
    try:
        compile(source, "<mutant>", "exec")
    except SyntaxError:
        return False
    return True


def _splice(source: str, node: Node, text: str) -> str:
    """The source with other text where the node stands; columns are counted in bytes."""
    lines = source.encode().splitlines(keepends=True)
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    head = b"".join(lines[:first]) + lines[first][: node.col_offset]
    tail = lines[last][node.end_col_offset :] + b"".join(lines[last + 1 :])
    return (head + text.encode() + tail).decode()


def _changes(node: ast.AST) -> Iterator[tuple[Node, str]]:
    """Nodes with the text of each of their changes, those of their children included."""
    if isinstance(node, _LEFT_OUT) or _for_the_reader(node):
        return
    if isinstance(node, Node):
        for after in _changed(node):
            text = ast.unparse(after)
            yield node, f"({text})" if isinstance(after, ast.expr) else text
    if isinstance(node, ast.If | ast.IfExp | ast.While) and not _opposed(node.test):
        yield node.test, f"(not ({ast.unparse(node.test)}))"
    for field, value in ast.iter_fields(node):
        if field in _LEFT_OUT_FIELDS:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _changes(child)


def _opposed(test: ast.expr) -> bool:
    """Whether another change already makes the condition its opposite."""
    match test:
        case ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Compare(ops=[op]):
            return not isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE)
    return False


def _for_the_reader(node: ast.AST) -> bool:
    """Docstrings, labels, looks, messages, the list of public names, and imports for types."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Constant(value=str(text)) if text[:1].isupper():
            return True
        case ast.keyword(arg=name) if name in _LOOKS:
            return True
        case ast.Assign(targets=[ast.Name(id="__all__" | "message")]):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
    return False


def _changed(node: Node) -> Iterator[Node]:
    """The node's own changes."""
    match node:
        case ast.BinOp() | ast.AugAssign() | ast.BoolOp() if type(node.op) in _SWAPS:
            yield _with(node, op=_swapped(node.op))
        case ast.Compare(ops=ops):
            for at, op in enumerate(ops):
                yield _with(node, ops=[*ops[:at], _swapped(op), *ops[at + 1 :]])
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert(), operand=operand):
            yield operand
        case ast.Constant(value):
            yield from _other_constant(value)
        case ast.Name(id=name) if name in _NAMES:
            yield _with(node, id=_NAMES[name])
        case ast.Attribute(attr=name) if name in _NAMES:
            yield _with(node, attr=_NAMES[name])
        case ast.Expr(value=ast.Call()) | ast.Break() | ast.Continue():
            yield ast.Pass()


def _with(node: Node, **changes: Any) -> Node:
    """A copy of the node with other fields."""
    return type(node)(**{**dict(ast.iter_fields(node)), **changes})


def _swapped(op: ast.AST) -> Any:
    return _SWAPS[type(op)]()


def _other_constant(value: object) -> Iterator[Node]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        yield ast.Constant(f"XX{value}")
