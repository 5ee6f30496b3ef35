"""No text, however damaged, does anything but load or be refused."""

import os
import random
import time
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priors.errors import PriorFileError
from priors.reading import files
from priors.reading.dump import toml_value
from priors.reading.load import load_chain, load_text
from priors.reading.schema import PRIOR_KEYS
from tests.reference.examples import examples
from tests.reference.prior_files import minimal

CORRELATIONS = """
[[correlations]]
between = ["players.*.funding", "players.*.salvage"]
rank = 0.3
[[correlations]]
between = ["ipo.refund", "players.one.salvage"]
rank = -0.2
why = "w"
"""
MIXTURE = """
[players.one.cost_ratio]
family = "mixture"
components = [
  { weight = 0.5, family = "lognormal", p10 = 1, p90 = 2 },
  { weight = 0.5, family = "uniform", low = 1, high = 3 },
]
"""
TEXT = "name = 'x'\nexclude = ['two']\n" + minimal(players=("two", "one")) + MIXTURE + CORRELATIONS


def outcome(text: str, overrides: Any = None) -> str:
    """``loads``, or that it is refused; any other error is a failure."""
    refusal = None
    try:
        priors = load_text(text, "mine.toml", overrides)
    except PriorFileError as error:
        refusal = error
    if refusal is not None:
        assert refusal.problems
        assert all(problem.message and problem.line >= 0 for problem in refusal.problems)
        assert all(line.isprintable() for line in str(refusal).split("\n"))
        return "refused"
    assert load_text(priors.resolved, "priors.toml").resolved == priors.resolved
    return "loads"


CORPUS = sorted((Path(__file__).parents[2] / "data" / "prior_files").glob("*.toml"))
#: Seconds of the search; DECIDE_FUZZ_SECONDS=600 for a thorough one.
SECONDS = float(os.environ.get("DECIDE_FUZZ_SECONDS", "20"))

VALUES: list[Any] = [0, 1, -1, 0.5, 1e308, -1e-308, float("nan"), float("inf"), True, "", "x", "*"]
VALUES += ["lognormal", "metalog", "\x00\u202e", [], [1, 2], [[]], {}, {"family": "beta"}, "lab"]
VALUES += [{"family": "constant", "value": 3}, {"p10": 1, "p90": 2}, ["ipo.refund"], [{}], 10**400]

KEYS = [*PRIOR_KEYS, "p01", "p10", "p50", "p99", "p100", "", "*", "[key]", "x.y", "é", "rank"]
KEYS += ["between", "type", "label", "inactive", "one", "lab", "market", "players", "0"]


def mutate(data: Any, chance: random.Random) -> None:
    """Change, remove or add something somewhere in nested tables."""
    while True:
        keys = list(data) if isinstance(data, dict) else list(range(len(data)))
        inner = [key for key in keys if isinstance(data[key], dict | list)]
        if not inner or chance.random() < 0.3:
            break
        data = data[chance.choice(inner)]
    value = deepcopy(chance.choice(VALUES))
    action = chance.choice(["change", "remove", "add", "rename"])
    if action == "add" or not keys:
        if isinstance(data, dict):
            data[chance.choice(KEYS)] = value
        else:
            data.append(value)
    elif action == "change":
        data[chance.choice(keys)] = value
    else:
        removed = data.pop(chance.choice(keys))
        if action == "rename" and isinstance(data, dict):
            data[chance.choice(KEYS)] = removed


def to_toml(data: dict[str, Any]) -> str:
    """Any tables as TOML, inline below the first level."""
    return "".join(f"{key_of(key)} = {inline(value)}\n" for key, value in data.items())


def key_of(key: str) -> str:
    return toml_value(key)


def inline(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key_of(key)} = {inline(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    return toml_value(value)


@pytest.mark.slow
@settings(max_examples=examples(30))
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_damaged_tables(seed: int, changes: int) -> None:
    chance, data = random.Random(seed), tomllib.loads(TEXT)
    for _ in range(changes):
        mutate(data, chance)
    outcome(to_toml(data))


def test_the_undamaged_text_loads() -> None:
    assert outcome(to_toml(tomllib.loads(TEXT))) == "loads"


@pytest.mark.slow
@settings(max_examples=examples(30))
@given(st.data())
def test_damaged_text(data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(TEXT) - 1))
    last = data.draw(st.integers(first, min(first + 30, len(TEXT))))
    outcome(TEXT[:first] + data.draw(st.text(max_size=5)) + TEXT[last:])


@settings(max_examples=examples(50))
@given(st.text())
def test_any_text(text: str) -> None:
    assert outcome(text) == "refused"


@pytest.mark.slow
@settings(max_examples=examples(30))
@given(st.integers(0, 2**32))
def test_any_overrides(seed: int) -> None:
    chance = random.Random(seed)
    places = ["players.one", "players.*", "types.lab", "types.*", "market.size_2033", "ipo", "*"]
    texts = []
    for _ in range(3):
        path = ".".join([chance.choice(places), *chance.choices(KEYS, k=chance.randrange(3))])
        texts.append(f"{path}={inline(chance.choice(VALUES))}")
    outcome(TEXT, texts)


@given(
    st.recursive(
        st.text() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans(),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=5,
    )
)
def test_values_are_written_so_that_they_read_back(value: Any) -> None:
    assert tomllib.loads(f"value = {toml_value(value)}")["value"] == value


@pytest.mark.parametrize("value", [5e-324, 0.1 + 0.2, 1e22, 1e16, -0.0])
def test_floats_are_read_back_bit_for_bit(value: float) -> None:
    read = tomllib.loads(f"value = {toml_value(value)}")["value"]
    assert read.hex() == value.hex()


def bytes_outcome(content: bytes) -> None:
    """Bytes load or are refused; any other error is a failure."""
    refusal = ""
    try:
        load_chain(files.extend([files.parse(content, "mine.toml")], None))
    except PriorFileError as error:
        refusal = str(error)
    assert all(line.isprintable() for line in refusal.split("\n"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_corpus_is_loaded_or_refused(path: Path) -> None:
    bytes_outcome(path.read_bytes())


def test_the_corpus_is_there() -> None:
    assert len(CORPUS) >= 10


@settings(max_examples=examples(25))
@given(st.sampled_from(CORPUS), st.data())
def test_damaged_corpus(path: Path, data: st.DataObject) -> None:
    content = path.read_bytes()
    first = data.draw(st.integers(0, len(content)))
    last = data.draw(st.integers(first, min(first + 30, len(content))))
    bytes_outcome(content[:first] + data.draw(st.binary(max_size=8)) + content[last:])


@pytest.mark.slow
def test_a_long_search_through_the_shipped_file() -> None:
    """Of base.toml damaged at random; a failure shows the seed."""
    base = tomllib.loads((files.SHIPPED / "base.toml").read_text("utf-8"))
    seed, end = time.time_ns(), time.monotonic() + SECONDS
    while time.monotonic() < end:
        seed += 1
        chance, data = random.Random(seed), deepcopy(base)
        for _ in range(chance.randrange(1, 6)):
            mutate(data, chance)
        content = bytearray(to_toml(data).encode("utf-8", "surrogatepass"))
        for _ in range(chance.choice([0, 0, 1, 3])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            bytes_outcome(bytes(content))
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise
