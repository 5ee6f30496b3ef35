"""A prior file of the first edition written as one of the second: its text, and what is new."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from priors.errors import PriorFileError
from priors.reading import files
from priors.reading.dump import toml_value
from priors.reading.editions import edition_of
from priors.reading.files import PriorFile
from priors.reading.load import load_chain
from priors.reading.records import Player, Prior, Priors
from priors.registry.selection import EDITION, select

__all__ = ["Migrated", "migrate"]

_WEIGHT = "weight_2026"
_SCHEMA_LINE = re.compile(r"""(\s*["']?schema["']?\s*=\s*)1\b""")
_FROM_BASE = "New, from base.toml."
_WIDTH = 100
_RULE = "# " + "-" * (_WIDTH - 4)
_HEAD = f"""
{_RULE}
# New in the second edition, with the priors of the shipped base.toml: put your own in their place.
# In the first edition a weight of 2026 was attractiveness itself, draw by draw, which no prior can
# state; all else that is new had no effect.
{_RULE}
"""


@dataclass(frozen=True, slots=True)
class Migrated:
    """A prior file of schema 2.

    Attributes
    ----------
    text : str
        Its TOML.
    notes : tuple of str
        What to tell the user of how it came about.
    """

    text: str
    notes: tuple[str, ...]


def migrate(name: str) -> Migrated:
    """The second edition's form of a prior file.

    Parameters
    ----------
    name : str
        As the user wrote it: a path, or the name of a shipped file.

    Returns
    -------
    Migrated
        The file's own text with another schema, and the quantities that are new, with the priors
        of ``base.toml``, at its end. The text as it is where the file is of schema 2.

    Raises
    ------
    PriorFileError
        With everything that is wrong in the file.
    """
    chain = files.read_chain(name)
    last, text = chain[-1], chain[-1].lines.text
    priors = load_chain(chain)
    if edition_of(chain)[0] == EDITION:
        if last.data.get("schema") == 1:
            return Migrated(_with_schema(last), ())
        return Migrated(text, (f"{last.name}: is of schema {EDITION}: nothing to migrate",))
    base = files.read_chain(files.SHIPPED / "base.toml")
    types = _stating_types(chain)
    added = _added(priors, types, base)
    migrated = _with_schema(last).rstrip() + "\n" + added
    if "\r\n" in text:
        migrated = migrated.replace("\r\n", "\n").replace("\n", "\r\n")
    notes = _extended_too(chain)
    if not _loads(migrated, last):
        migrated = _without_first_line(priors.resolved) + _added(priors, (), base)
        notes = (f"{last.name}: nothing can be added to its tables: written resolved",)
    return Migrated(migrated, notes)


def _with_schema(file: PriorFile) -> str:
    """The text of a file with the schema of today."""
    lines = file.lines.text.splitlines(keepends=True)
    if "schema" in file.data:
        place = file.lines.at(("schema",)) - 1
        lines[place] = _SCHEMA_LINE.sub(rf"\g<1>{EDITION}", lines[place], count=1)
    else:
        starts = (k for k, line in enumerate(lines) if line.strip() and line.strip()[0] != "#")
        lines.insert(next(starts, len(lines)), f"schema = {EDITION}\n")
    return "".join(lines)


def _without_first_line(resolved: str) -> str:
    return f"schema = {EDITION}\n" + resolved.partition("\n")[2]


def _extended_too(chain: Sequence[PriorFile]) -> tuple[str, ...]:
    """A hint where the file extends one that can be migrated as well."""
    if len(chain) == 1:
        return ()
    name = chain[-2].name
    text = f"{chain[-1].name}: extends {name}, which is of the first edition too"
    return (f"{text}; once that is migrated, only the schema of this one changes",)


def _loads(text: str, file: PriorFile) -> bool:
    """Whether a text is a good prior file in the place of `file`."""
    try:
        first = files.parse(text.encode(), file.name, file.folder, file.path)
        load_chain(files.extend([first], file.folder))
    except PriorFileError:
        return False
    return True


def _stating_types(chain: Sequence[PriorFile]) -> tuple[str, ...]:
    """Types that state priors: those of a resolved file state none."""
    keys = {quantity.key for quantity in select(1).of_player}
    types: dict[str, None] = {}
    for file in chain:
        for name, table in file.data.get("types", {}).items():
            if keys & set(table):
                types[name] = None
    return tuple(types)


def _added(priors: Priors, types: Collection[str], base: Sequence[PriorFile]) -> str:
    """Tables of all that is new: global quantities, then weights of types and players."""
    source = load_chain(base)
    parts = [_HEAD]
    for quantity in source.quantities.shared:
        if quantity.edition > 1:
            prior = source.priors[quantity.name, None]
            parts.append(_table(quantity.name, _stated(prior), _FROM_BASE))
    of_type = base[-1].data["types"]
    for name in types:
        parts += _weight_of_type(name, priors, of_type)
    for player in priors.all_players():
        parts += _weight_of_player(player, priors, source, types, of_type)
    return "".join(parts)


def _weight_of_type(name: str, priors: Priors, of_type: Mapping[str, Any]) -> Iterator[str]:
    path = f"types.{name}.{_WEIGHT}"
    if name in of_type:
        yield _table(path, _weight(of_type[name]), _FROM_BASE)
        return
    inherited = (
        prior
        for prior in _attractiveness(priors)
        if prior.origin.path == f"types.{name}.attractiveness"
    )
    prior = next(inherited, None)
    stated = {"family": "constant", "value": 1.0} if prior is None else _like(prior)
    yield _table(path, stated, f"New: base.toml has no type {name}: as its attractiveness.")


def _weight_of_player(
    player: Player,
    priors: Priors,
    source: Priors,
    types: Collection[str],
    of_type: Mapping[str, Any],
) -> Iterator[str]:
    path = f"players.{player.name}.{_WEIGHT}"
    known = {one.name: one.type for one in source.all_players()}
    own = priors.priors["player.attractiveness", player.name]
    if player.name in known:
        prior = source.priors[f"player.{_WEIGHT}", player.name]
        inherits = player.type in types and player.type == known[player.name]
        if prior.origin.path == path or not inherits:
            yield _table(path, _stated(prior), _FROM_BASE)
    elif player.type in of_type:
        if player.type not in types:
            comment = f"New: that of the type {player.type} of base.toml."
            yield _table(path, _weight(of_type[player.type]), comment)
    elif player.type not in types or own.origin.path.startswith("players."):
        comment = f"New: base.toml knows neither {player.name} nor its type: as its attractiveness."
        yield _table(path, _like(own), comment)


def _weight(kind: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table of a type's weight as a file states it: a bare number is a constant."""
    stated: Any = kind[_WEIGHT]
    return stated if isinstance(stated, dict) else {"family": "constant", "value": stated}


def _attractiveness(priors: Priors) -> Iterator[Prior]:
    return (prior for prior in priors.priors.values() if prior.quantity.key == "attractiveness")


def _stated(prior: Prior) -> dict[str, Any]:
    """A prior's table as it was stated, its sources and its reason too."""
    table = {**prior.stated, "unit": prior.quantity.unit}
    table |= {"sources": list(prior.sources)} if prior.sources else {}
    return table | ({"why": prior.why} if prior.why else {})


def _like(attractiveness: Prior) -> dict[str, Any]:
    """A weight with the distribution of attractiveness; never 0 where that may be more."""
    distribution = attractiveness.distribution
    if distribution.discrete and distribution.support()[0] == 0.0:
        return {"family": "constant", "value": distribution.support()[1]}
    return dict(attractiveness.stated)


def _table(path: str, stated: Mapping[str, Any], comment: str) -> str:
    """A prior's table, long values over several lines."""
    lines = [f"\n# {comment}", f"[{path}]"]
    for key, value in stated.items():
        line = f"{key} = {toml_value(value)}"
        if len(line) <= _WIDTH or isinstance(value, int | float):
            lines.append(line)
        elif isinstance(value, str):
            lines += [f'{key} = """\\', *_wrapped(value)]
        else:
            lines += [f"{key} = [", *(f"    {toml_value(one)}," for one in value), "]"]
    return "\n".join(lines) + "\n"


def _wrapped(text: str) -> Iterator[str]:
    """A text in lines that TOML joins again, as a basic string of three quotation marks."""
    inside = toml_value(text)[1:-1]
    *first, last = wrap(inside, _WIDTH - 6, break_long_words=False, break_on_hyphens=False) or [""]
    yield from (f"    {line} \\" for line in first)
    yield f'    {last}"""'
