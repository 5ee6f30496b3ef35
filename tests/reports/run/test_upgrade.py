"""Result files of schema 1, written by hand, read as those of today: the same figures."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from model.analyses.results.record import SCHEMA
from priors.errors import InputError
from reports.run.sensitivity_csv import sensitivity_csv
from reports.run.upgrade import upgraded
from tests.reference.result_files import faults

OLD = Path(__file__).parent / "schema_1"
NAMES = ("decision", "option", "sensitivity")


def old(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((OLD / f"{name}.json").read_text(encoding="utf-8"))
    return content


def new(name: str) -> Any:
    return upgraded(old(name), f"{name}.json")


def leaves(content: Any) -> Counter[Any]:
    """Every number, string and null, and how often it is there."""
    if isinstance(content, dict):
        return sum((leaves(one) for one in content.values()), Counter())
    if isinstance(content, list):
        return sum((leaves(one) for one in content), Counter())
    return Counter([(type(content), content)])


@pytest.mark.parametrize("name", NAMES)
def test_an_old_file_becomes_one_of_todays_form(name):
    assert faults(name, old(name))
    assert faults(name, new(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_an_old_file_stays(name):
    was, now = leaves(old(name)), leaves(new(name))
    gone = {(int, 1): 1} | {(str, rule): 1 for rule in ("surface", "capped surface", "trees")}
    came = {(int, SCHEMA): 1} | {
        (str, rule): 1 for rule in ("polynomial chaos", "capped polynomial chaos", "boosted trees")
    }
    if name != "sensitivity":
        gone, came = {(int, 1): 1}, {(int, SCHEMA): 1}
    if name == "decision":
        # the standard deviations of the two strategies
        gone |= {(float, one): 1 for one in (2.3, 0.23, 2.4, 0.24)}
    assert was - now == Counter(gone)
    assert now - was == Counter(came)


def test_each_error_stands_beside_its_own_figure():
    of = new("sensitivity")["players"]["right"]
    size = of["inputs"]["market.size_2033"]
    assert (of["best_minus_next"], of["best_minus_next_mcse"]) == (0.55, 0.018)
    apart = size["regional_sensitivity"]
    assert (apart["distance"], apart["distance_mcse"], apart["at"]) == (0.41, 0.043, 5.5)
    moved = size["prior_perturbation"]
    assert (moved["shift"], moved["shift_mcse"], moved["limit"]) == (1.25, 0.09, 2.1)
    assert of["risk"]["certainty_equivalent"][0]["strategies"]["stay"] == {
        "value": -0.8,
        "value_mcse": 0.062,
    }
    option = new("option")["players"]["right"]["exit"]
    assert option["by_year"] == {"2028": 0.25, "2029": 0.14}
    assert option["by_year_mcse"] == {"2028": 0.05, "2029": 0.03}


def test_names_that_somebody_chose_are_kept_though_they_were_keys():
    assert list(new("decision")["players"]) == ["right"]
    assert new("decision")["players"]["right"]["type"] == "flip"
    assert list(new("option")["players"]) == ["right"]
    groups = new("sensitivity")["players"]["right"]["groups"]
    assert list(groups) == ["separation", "own", "market", "ipo"]
    assert groups["ipo"]["method"] == "by ipo.delay_cost alone"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_today_is_left_as_it_is(name):
    today = new(name)
    assert upgraded(today, "x") == today


@pytest.mark.parametrize("schema", [0, 3, "1", None])
def test_a_file_of_another_form_is_refused(schema):
    content = old("decision") | {"schema": schema}
    with pytest.raises(InputError, match=rf"^x: has schema {schema}; expected 2, or 1 of older"):
        upgraded(content, "x")


def test_the_table_of_an_old_file_can_be_written():
    assert "market.size_2033,regional_sensitivity,0.41,0.043" in sensitivity_csv(new("sensitivity"))
