"""From compiled functions to JavaScript: a function with all that it calls written into it.

The functions are scalar, without early returns, and write only to arrays that they are handed. So
one is put into another by renaming its variables; a record of several numbers becomes a variable a
field, since JavaScript would make an object of it in every year of every draw. Arrays of several
axes are arrays of rows. Constants are those of the functions' own modules.
"""

import ast
import inspect
import math
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from model.economics import records
from model.numerics import elementary, lanes

__all__ = ["UntranslatableError", "translated"]

#: Called by JavaScript's own name.
_NATIVE: dict[Any, str] = {
    elementary.exp: "Math.exp",
    elementary.expm1: "Math.expm1",
    elementary.log: "Math.log",
    elementary.log1p: "Math.log1p",
    math.sqrt: "Math.sqrt",
    min: "Math.min",
    max: "Math.max",
    abs: "Math.abs",
}
#: Written out, of its arguments: both values of `where` are computed first, as for lanes.
_WRITTEN: dict[Any, str] = {
    lanes.where: "({} ? {} : {})",
    lanes.alike: "{1}",
    lanes.any_of: "{0}",
    float: "{0}",
    len: "{0}.length",
}
_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.BitAnd: "&&",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "===",
    ast.NotEq: "!==",
}
#: Rows of quantities, whose fields are places.
_ROWS = {"GlobalValues": records.Globals, "PlayerValues": records.Player}
_READERS = {records.read_globals: records.Globals, records.read_player: records.Player}


class UntranslatableError(TypeError):
    """What the translator does not know."""


@dataclass(frozen=True, slots=True)
class _Scalar:
    """A JavaScript expression; of a row of quantities, the record whose fields are its places."""

    text: str
    row: Any = None

    @property
    def plain(self) -> bool:
        """Whether it costs nothing to write it twice."""
        return self.text.isidentifier() or _is_number(self.text)


@dataclass(frozen=True, slots=True)
class _Several:
    """A tuple or a record: one value a field."""

    values: tuple["_Scalar | _Several", ...]
    fields: tuple[str, ...] = ()


type _Value = _Scalar | _Several


@dataclass
class _Writer:
    """The lines of one JavaScript function."""

    lines: list[str] = field(default_factory=list)
    depth: int = 1
    count: int = 0

    def line(self, text: str) -> None:
        self.lines.append("  " * self.depth + text)

    def fresh(self, name: str) -> str:
        self.count += 1
        return f"{name.strip('_')}_{self.count}"

    def kept(self, name: str, value: _Value) -> _Value:
        """The value in constants of its own."""
        if isinstance(value, _Several):
            names = value.fields or [str(k) for k in range(len(value.values))]
            parts = zip(names, value.values, strict=True)
            kept = tuple(self.kept(f"{name}_{part}", one) for part, one in parts)
            return _Several(kept, value.fields)
        if value.plain:
            return value
        constant = self.fresh(name)
        self.line(f"const {constant} = {value.text};")
        return _Scalar(constant, value.row)


class _Body:
    """One Python function, written into the JavaScript function of a writer."""

    def __init__(self, function: Callable[..., Any], writer: _Writer, given: list[_Value]) -> None:
        plain = getattr(function, "py_func", function)
        self.scope, self.writer = plain.__globals__, writer
        tree = ast.parse(textwrap.dedent(inspect.getsource(plain))).body[0]
        if not isinstance(tree, ast.FunctionDef):
            raise UntranslatableError(f"{plain} is no function")
        self.name, self.tree = tree.name, tree
        self.changed = {
            name.id
            for name in ast.walk(tree)
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        }
        self.local: dict[str, _Value] = {}
        self.constant: set[str] = set()
        for argument, value in zip(tree.args.args, given, strict=True):
            self._receive(argument, value)

    def _receive(self, argument: ast.arg, value: _Value) -> None:
        kept = self.writer.kept(argument.arg, value)
        if argument.arg in self.changed:
            self._assign_name(argument.arg, kept)
        else:
            self.local[argument.arg] = kept
            self.constant.add(argument.arg)

    def write(self) -> _Value | None:
        """Write all statements; what the function returns."""
        found = None
        for statement in self.tree.body:
            if found is not None:
                raise UntranslatableError(f"{self.name}: statements after a return")
            if isinstance(statement, ast.Return):
                if statement.value is None:
                    raise UntranslatableError(f"{self.name}: a bare return")
                found = self.writer.kept(self.name, self.value(statement.value))
            else:
                self._statement(statement)
        return found

    # --- statements

    def _statement(self, one: ast.stmt) -> None:
        match one:
            case ast.Expr(value=ast.Constant()):
                pass
            case ast.Expr(value=ast.Call() as call):
                self._call(call)
            case ast.Assign(targets=targets, value=value):
                self._assign(targets, self.value(value))
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign([target], self.value(value))
            case ast.AugAssign(target=target, op=op, value=value):
                changed = self._text(value)
                place = self._text(target)
                self._assign([target], _Scalar(f"{place} {_OPERATORS[type(op)]} ({changed})"))
            case ast.For(target=ast.Name(id=name), iter=ast.Call() as ranged, body=body):
                self._loop(name, ranged, body)
            case ast.If(test=test, body=body, orelse=[]):
                self._block(f"if ({self._text(test)})", body)
            case _:
                raise UntranslatableError(f"{self.name}: {ast.unparse(one)}")

    def _block(self, head: str, body: list[ast.stmt]) -> None:
        self.writer.line(f"{head} {{")
        self.writer.depth += 1
        before = set(self.local)
        for statement in body:
            self._statement(statement)
        for name in set(self.local) - before:
            # what a block has declared is not there after it
            del self.local[name]
        self.writer.depth -= 1
        self.writer.line("}")

    def _loop(self, name: str, ranged: ast.Call, body: list[ast.stmt]) -> None:
        ends = [self._text(end) for end in ranged.args]
        start, stop, step = ["0", *ends, "1"] if len(ends) == 1 else [*ends, "1"][:3]
        place = self.writer.fresh(name)
        self.local[name] = _Scalar(place)
        self.constant.add(name)
        sign = ">" if step.startswith(("-", "(-")) else "<"
        head = f"for (let {place} = {start}; {place} {sign} {stop}; {place} += {step})"
        self._block(head, body)
        del self.local[name]
        self.constant.discard(name)

    def _assign(self, targets: list[ast.expr], value: _Value) -> None:
        if len(targets) > 1 or isinstance(value, _Several):
            value = self._held(value)
        for target in targets:
            match target, value:
                case ast.Tuple(elts=names), _Several(values=values):
                    for name, one in zip(names, values, strict=True):
                        self._assign([name], one)
                case ast.Name(id=name), _:
                    self._assign_name(name, value)
                case ast.Subscript(), _Scalar(text=text):
                    self.writer.line(f"{self._text(target)} = {text};")
                case _:
                    raise UntranslatableError(f"{self.name}: {ast.unparse(target)}")

    def _held(self, value: _Value) -> _Value:
        """All its parts computed before any of them is assigned."""
        if isinstance(value, _Several):
            return _Several(tuple(self._held(one) for one in value.values), value.fields)
        if _is_number(value.text):
            return value
        held = self.writer.fresh("held")
        self.writer.line(f"const {held} = {value.text};")
        return _Scalar(held, value.row)

    def _assign_name(self, name: str, value: _Value) -> None:
        if name not in self.local:
            self.local[name] = self._declared(name, value)
        else:
            self._assign_to(self.local[name], value)

    def _declared(self, name: str, value: _Value) -> _Value:
        if isinstance(value, _Several):
            names = value.fields or [str(k) for k in range(len(value.values))]
            parts = zip(names, value.values, strict=True)
            declared = tuple(self._declared(f"{name}_{part}", one) for part, one in parts)
            return _Several(declared, value.fields)
        variable = self.writer.fresh(name)
        self.writer.line(f"let {variable} = {value.text};")
        return _Scalar(variable, value.row)

    def _assign_to(self, variable: _Value, value: _Value) -> None:
        match variable, value:
            case _Scalar(text=name), _Scalar(text=text):
                self.writer.line(f"{name} = {text};")
            case _Several(values=names), _Several(values=values):
                for one, new in zip(names, values, strict=True):
                    self._assign_to(one, new)
            case _:
                raise UntranslatableError(f"{self.name}: a record in the place of a number")

    # --- expressions

    def _text(self, one: ast.expr) -> str:
        value = self.value(one)
        if isinstance(value, _Several):
            raise UntranslatableError(f"{self.name}: {ast.unparse(one)} is no number")
        return value.text

    def value(self, one: ast.expr) -> _Value:
        """What an expression is in JavaScript."""
        found: _Value | None = None
        match one:
            case ast.Name(id=name):
                found = self.local[name] if name in self.local else _constant(self.scope[name])
            case ast.Tuple(elts=parts):
                found = _Several(tuple(self.value(part) for part in parts))
            case ast.Attribute():
                found = self._attribute(one)
            case ast.Subscript(value=of, slice=place):
                found = self._element(of, place)
            case ast.Call():
                found = self._call(one)
            case _:
                found = self._operation(one)
        if found is None:
            raise UntranslatableError(f"{self.name}: {ast.unparse(one)}")
        return found

    def _operation(self, one: ast.expr) -> _Value | None:
        match one:
            case ast.Constant(value=value):
                return _Scalar(_number(value))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return _Scalar(f"(-{self._text(operand)})")
            case ast.BinOp(left=left, op=op, right=right):
                return _Scalar(f"({self._text(left)} {_OPERATORS[type(op)]} {self._text(right)})")
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return _Scalar(f"({self._text(left)} {_OPERATORS[type(op)]} {self._text(right)})")
            case ast.IfExp(test=test, body=body, orelse=orelse):
                texts = [self._text(part) for part in (test, body, orelse)]
                return _Scalar("({} ? {} : {})".format(*texts))
        return None

    def _attribute(self, one: ast.Attribute) -> _Value:
        if isinstance(one.value, ast.Name) and one.value.id not in self.local:
            owner = self.scope[one.value.id]
            if isinstance(owner, ModuleType):
                return _constant(getattr(owner, one.attr))
        of = self.value(one.value)
        if isinstance(of, _Several):
            return of.values[of.fields.index(one.attr)]
        if of.row is not None:
            return _Scalar(f"{of.text}[{of.row._fields.index(one.attr)}]")
        return _Scalar(f"{of.text}.{one.attr}")

    def _element(self, of: ast.expr, place: ast.expr) -> _Value:
        if isinstance(of, ast.Attribute) and of.attr == "shape":
            axes = self._text(of.value) + "[0]" * int(ast.unparse(place))
            return _Scalar(f"{axes}.length")
        whole = self.value(of)
        if isinstance(whole, _Several):
            return whole.values[int(ast.unparse(place))]
        parts = place.elts if isinstance(place, ast.Tuple) else [place]
        return _Scalar(whole.text + "".join(f"[{self._text(part)}]" for part in parts))

    def _call(self, call: ast.Call) -> _Value | None:
        function = self._function(call.func)
        if isinstance(function, type) and hasattr(function, "_fields"):
            return _Several(tuple(self.value(one) for one in call.args), function._fields)
        if function in _READERS:
            texts = [self._text(one) for one in call.args]
            row = texts[0] if len(texts) == 1 else f"{texts[0]}[{texts[1]}]"
            return self.writer.kept("row", _Scalar(row, _READERS[function]))
        if function in _WRITTEN:
            return _Scalar(_WRITTEN[function].format(*(self._text(one) for one in call.args)))
        if function in _NATIVE:
            texts = [self._text(one) for one in call.args]
            return _Scalar(f"{_NATIVE[function]}({', '.join(texts)})")
        return _Body(function, self.writer, [self.value(one) for one in call.args]).write()

    def _function(self, called: ast.expr) -> Any:
        match called:
            case ast.Name(id=name):
                return self.scope.get(name) or vars(__import__("builtins"))[name]
            case ast.Attribute(value=ast.Name(id=module), attr=name):
                return getattr(self.scope[module], name)
        raise UntranslatableError(f"{self.name}: {ast.unparse(called)}")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UntranslatableError(f"{value!r} is no number")
    if math.isinf(value):
        return "Infinity" if value > 0.0 else "-Infinity"
    return repr(value).removesuffix(".0")


def _constant(value: Any) -> _Value:
    if hasattr(value, "_fields"):
        return _Several(tuple(_constant(one) for one in value), value._fields)
    return _Scalar(_number(value))


def translated(function: Callable[..., Any], name: str) -> Iterator[str]:
    """The lines of a function in JavaScript, all that it calls written into it.

    Parameters
    ----------
    function : callable
        A compiled function; the annotations ``GlobalValues`` and ``PlayerValues`` tell which of its
        arguments are rows of quantities.
    name : str
        Its name in JavaScript.

    Yields
    ------
    str
        One line each.

    Raises
    ------
    UntranslatableError
        Where it has what the translator does not know.
    """
    plain = getattr(function, "py_func", function)
    writer, given = _Writer(), []
    for argument, kind in inspect.get_annotations(plain).items():
        if argument != "return":
            given.append(_Scalar(argument, _ROWS.get(str(kind), _ROWS.get(repr(kind)))))
    found = _Body(function, writer, list(given)).write()
    arguments = ", ".join(one.text for one in given)
    yield f"function {name}({arguments}) {{"
    yield from writer.lines
    if isinstance(found, _Several):
        yield f"  return [{', '.join(_leaves(found))}];"
    elif found is not None:
        yield f"  return {found.text};"
    yield "}"


def _leaves(value: _Value) -> Iterator[str]:
    if isinstance(value, _Scalar):
        yield value.text
    else:
        for one in value.values:
            yield from _leaves(one)
