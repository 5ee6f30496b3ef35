"""Lines of keys."""

import tomllib
from typing import Any

import pytest

from priors.reading.locate import Lines

TEXT = '''schema = 1
"a b".c."d.e" = 3 # note

[market.size_2033]
components = [
  # note
  { weight = 0.85, p10 = 2.0 },

  { weight = 0.15, p10 = 3 } ]
why = """
[no.table]
x = 1
"""
[[correlations]]
between = ["a",
  "b"]
[[correlations]]
rank = 1
[correlations.extra]
x = 1
'''

LINES = [
    (("schema",), 1),
    (("a b", "c", "d.e"), 2),
    (("market",), 4),
    (("market", "size_2033"), 4),
    (("market", "size_2033", "components"), 5),
    (("market", "size_2033", "components", 0, "p10"), 7),
    (("market", "size_2033", "components", 1), 9),
    (("market", "size_2033", "components", 1, "p10"), 9),
    (("market", "size_2033", "why"), 10),
    (("correlations", 0), 14),
    (("correlations", 0, "between", 1), 16),
    (("correlations", 1), 17),
    (("correlations", 1, "rank"), 18),
    (("correlations", 1, "extra", "x"), 20),
    # What is not there is at the line of what is around it.
    (("market", "size_2033", "family"), 4),
    (("correlations", 1, "between"), 17),
    (("types",), 0),
]


@pytest.mark.parametrize(("path", "line"), LINES)
def test_lines(path: tuple[str | int, ...], line: int) -> None:
    assert Lines(TEXT).at(path) == line


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if not isinstance(value, dict | list):
        return [path]
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return [path, *(inner for key, item in items for inner in paths(item, (*path, key)))]


def test_every_path_that_tomllib_finds_has_a_line_of_its_own() -> None:
    lines = Lines(TEXT)
    lines.at(())
    found = paths(tomllib.loads(TEXT))[1:]
    assert set(found) == set(lines._known or {})


def test_a_text_that_is_no_toml_has_lines_or_none() -> None:
    assert Lines("= [[\n]x").at(("a",)) == 0
