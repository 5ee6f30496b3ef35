"""How a record becomes the content of a file, and how its JSON schema says the same."""

import importlib
import json
import math
import pkgutil
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Annotated, Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from model.analyses import results
from model.analyses.results.json_schema import FILES, FOLDER, json_schema
from model.analyses.results.record import (
    ABSENT,
    FLAT,
    SCHEMA,
    Figure,
    MaybeFigure,
    MaybeFloat,
    Schema,
    plain,
)
from scripts.document import schema_text


@dataclass(frozen=True, slots=True)
class Side:
    """A record whose keys stand among those of another."""

    left: float
    share: Figure


@dataclass(frozen=True, slots=True)
class Point:
    """A record of its own."""

    x: MaybeFloat


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One of everything.

    This line is not in the schema.
    """

    schema: Schema = SCHEMA
    name: str
    sure: bool
    count: int
    level: MaybeFloat
    lead: Figure
    swing: MaybeFigure
    by_year: Mapping[str, Figure]
    points: Sequence[Sequence[Point]]
    at: Mapping[str, Point]
    to: str | None
    side: Annotated[Side, FLAT]
    other: Annotated[Point | None, ABSENT] = None
    cost: Annotated[Figure | None, ABSENT] = None


SAMPLE = Sample(
    name="a",
    sure=True,
    count=3,
    level=0.5,
    lead=Figure(1.0, 0.1),
    swing=Figure(2.0, 0.2),
    by_year={"2026": Figure(0.75, 0.01), "2027": Figure(0.25, 0.02)},
    points=[[Point(1.0)], []],
    at={"b": Point(2.0)},
    to="exit",
    side=Side(4.0, Figure(0.5, 0.05)),
)
CONTENT: dict[str, Any] = {
    "schema": 2,
    "name": "a",
    "sure": True,
    "count": 3,
    "level": 0.5,
    "lead": 1.0,
    "lead_mcse": 0.1,
    "swing": 2.0,
    "swing_mcse": 0.2,
    "by_year": {"2026": 0.75, "2027": 0.25},
    "by_year_mcse": {"2026": 0.01, "2027": 0.02},
    "points": [[{"x": 1.0}], []],
    "at": {"b": {"x": 2.0}},
    "to": "exit",
    "left": 4.0,
    "share": 0.5,
    "share_mcse": 0.05,
}


def valid(content: Any) -> bool:
    return Draft202012Validator(json_schema(Sample)).is_valid(content)


# ------------------------------------------------------------------------------ record to content


def test_a_record_becomes_the_content_of_its_file_in_the_order_of_its_fields():
    found = plain(SAMPLE)
    assert found == CONTENT
    assert list(found) == list(CONTENT)
    assert json.loads(json.dumps(found)) == found


def test_what_there_is_none_of_is_null_or_left_out():
    none = replace(SAMPLE, level=math.nan, swing=Figure(math.inf, math.nan), to=None)
    found = plain(none)
    empty = {"level": None, "swing": None, "swing_mcse": None, "to": None}
    assert found == CONTENT | empty
    assert not {"other", "cost"} & set(found)
    both = plain(replace(SAMPLE, other=Point(math.inf), cost=Figure(3.0, 0.3)))
    assert both == CONTENT | {"other": {"x": None}, "cost": 3.0, "cost_mcse": 0.3}


def test_a_number_that_may_not_be_missing_is_not_hidden():
    """The file's writer refuses it."""
    assert math.isnan(plain(replace(SAMPLE, lead=Figure(math.nan, 0.1)))["lead"])


def test_a_figure_of_chains_has_the_spread_of_their_means_as_its_error():
    chains = np.array([1.0, 2.0, 4.0, 5.0])
    mean = Figure.mean(chains)
    assert mean == Figure(3.0, pytest.approx(math.sqrt(10.0 / 3.0) / 2.0))
    assert Figure.pooled(7.0, chains) == Figure(7.0, mean.mcse)


def test_a_figure_is_resolved_above_two_of_its_errors():
    assert Figure(2.1, 1.0).resolved
    assert not Figure(2.0, 1.0).resolved
    assert not Figure(-9.0, 1.0).resolved
    assert not Figure(math.nan, 1.0).resolved


# --------------------------------------------------------------------------------- its JSON schema


def test_the_schema_takes_what_the_record_becomes():
    Draft202012Validator.check_schema(json_schema(Sample))
    assert valid(CONTENT)
    assert valid(plain(replace(SAMPLE, level=math.nan, swing=Figure(math.nan, 0.0), to=None)))
    assert valid(plain(replace(SAMPLE, other=Point(math.nan), cost=Figure(1.0, 0.0))))
    assert valid(CONTENT | {"added later": 1})


@pytest.mark.parametrize("key", CONTENT)
def test_the_schema_misses_a_key_that_is_left_out(key):
    assert not valid({name: one for name, one in CONTENT.items() if name != key})


@pytest.mark.parametrize(
    "wrong",
    [
        {"schema": 1},
        {"name": 1},
        {"sure": "yes"},
        {"count": 0.5},
        {"level": "high"},
        {"lead": None},
        {"lead_mcse": None},
        {"swing_mcse": "wide"},
        {"by_year": {"2026": {"share": 0.75}}},
        {"by_year_mcse": 0.1},
        {"points": [{"x": 1.0}]},
        {"at": {"b": {"y": 2.0}}},
        {"to": 1},
        {"left": None},
        {"other": {"x": "far"}},
        {"cost": None},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_the_schema_refuses_another_type(wrong):
    assert not valid(CONTENT | wrong)


def test_the_schema_says_what_a_record_is_in_one_line():
    found = json_schema(Sample)
    assert found["title"] == "Sample"
    assert found["description"] == "One of everything."
    assert found["$defs"]["Point"]["description"] == "A record of its own."


# ------------------------------------------------------------------------------- a run's own files


@pytest.mark.parametrize("name", FILES)
def test_the_shipped_schemas_are_up_to_date(name):
    """``uv run scripts/document.py`` writes them."""
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == schema_text(name)


def test_every_shipped_schema_is_of_a_file_that_is_written():
    assert {path.stem for path in FOLDER.iterdir()} == set(FILES)


def records():
    """Every record that a file is made of."""
    for found in pkgutil.iter_modules(results.__path__, f"{results.__name__}."):
        for one in vars(importlib.import_module(found.name)).values():
            if is_dataclass(one) and one.__module__ == found.name:
                yield one


def test_no_two_records_have_one_name():
    names = [one.__name__ for one in records()]
    assert len(set(names)) == len(names) > 20


@pytest.mark.parametrize("record", list(records()), ids=lambda one: one.__name__)
def test_every_record_is_frozen_has_slots_and_describes_its_fields(record):
    assert record.__dataclass_params__.frozen
    assert set(record.__slots__) == {field.name for field in fields(record)}
    for field in fields(record):
        assert re.search(rf"\b{field.name}\b", record.__doc__), field.name
        # An error is part of its figure, never a field of its own; a move in errors has none.
        if field.name not in ("mcse", "last_move_mcse"):
            assert not field.name.endswith(("mcse", "_se")), field.name


def test_a_ratio_pools_the_chains_and_leaves_one_out_at_a_time():
    """Leaving out a chain: 12 of 7, 8 of 8, 16 of 5."""
    found = Figure.ratio(np.array([6.0, 10.0, 2.0]), np.array([3.0, 2.0, 5.0]))
    without = np.array([12 / 7, 8 / 8, 16 / 5])
    error = (2 / 3 * ((without - without.mean()) ** 2).sum()) ** 0.5
    assert (found.value, found.mcse) == pytest.approx((1.8, error))
