"""What the commands around prior files show, and the schema for editors."""

import tomllib

import jsonschema
import pytest

from priors.inspection.show import Row, in_words, rows, shipped, unusual
from priors.reading.files import SHIPPED, shipped_files
from priors.reading.load import load_priors, load_text
from priors.reading.schema import json_schema
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
from tests.reference.prior_files import minimal


def test_a_row_says_where_its_parts_come_from() -> None:
    text = minimal(players=("one", "two")) + "[players.two.salvage]\nscale = 3\n"
    overrides = {"market.size_2033.scale": 2, "exclude": ["one"]}
    shown = {row.path: row for row in rows(load_text(text, "mine.toml", overrides))}
    assert len(shown) == len(GLOBAL_QUANTITIES) + len(PLAYER_QUANTITIES)
    lines = text.split("\n")
    line = lines.index("[market.size_2033]") + 2
    assert shown["market.size_2033"] == Row(
        path="market.size_2033",
        stated="lognormal, p10 = 0.5, p90 = 2, scale = 2",
        p10=pytest.approx(1.0),
        p50=pytest.approx(2.0),
        p90=pytest.approx(4.0),
        unit="USD billion/year",
        origin=f"mine.toml:{line}",
        table="market.size_2033",
        changed="scale from --set",
    )
    salvage = shown["players.two.salvage"]
    line = lines.index("[types.lab.salvage]") + 2
    assert (salvage.origin, salvage.table) == (f"mine.toml:{line}", "types.lab.salvage")
    assert salvage.changed == f"scale from mine.toml:{len(lines) - 1}"
    assert shown["players.two.funding"].changed == ""


def test_a_mixture_in_words() -> None:
    part = {"weight": 0.25, "family": "normal", "mean": 1.0, "sd": 2.0}
    values = {"family": "discrete", "values": [1.0, 2.5], "weights": [0.5, 0.5]}
    assert in_words({"family": "mixture", "components": [part, part], "upper": 3.0}) == (
        "mixture, 0.25 of normal, mean = 1, sd = 2; 0.25 of normal, mean = 1, sd = 2, upper = 3"
    )
    assert in_words(values) == "discrete, values = 1, 2.5, weights = 0.5, 0.5"


def test_every_shipped_file_has_its_line() -> None:
    listed = shipped()
    assert [file.name for file in listed] == shipped_files()
    assert listed[0].name == "base.toml"
    assert all(file.description and "\n" not in file.description for file in listed)


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped_files())
def test_no_median_of_a_shipped_file_is_unusual(name: str) -> None:
    assert unusual(load_priors(SHIPPED / name)) == []


def test_a_median_outside_the_usual_range_is_noted() -> None:
    text = minimal(players=("one", "two"))
    overrides = {"market.size_2033": 3000, "players.one.salvage": 50, "players.two.salvage": 50}
    notes = unusual(load_text(text, "mine.toml", {**overrides, "exclude": ["two"]}))
    usual = "lies outside the usual 0 to 3 [USD billion] of a median"
    assert f"--set: players.one.salvage: the median 50 {usual}" in notes
    assert [note.split(": ")[1] for note in notes if "3e+03" in note] == ["market.size_2033"]
    assert not [note for note in notes if "players.two" in note]


TAIL = 'competition.markup={family="lognormal", p10=0.001, p90=400}'
SLIPS = {
    "players.*.discount_rate=12": "players.*.discount_rate: the median 12 lies outside the usual",
    "market.size_2033.scale=1e9": "market.size_2033: the median",
    "robotics.profit_pool.score_shift=9": "robotics.profit_pool: the median",
    "players.openai.fixed_cost=350e6": "players.openai.fixed_cost: the median 3.5e+08",
    "robotics.years_to_revenue=2033": "robotics.years_to_revenue: the median 2.03e+03",
    TAIL: "competition.markup: the 99 % point",
}


@pytest.mark.parametrize("override", SLIPS)
def test_a_slip_of_the_unit_is_told_once(override: str) -> None:
    (note,) = unusual(load_priors("base.toml", [override]))
    assert note.startswith(f"--set: {SLIPS[override]}")


def test_a_type_s_slip_is_told_once_with_its_line() -> None:
    text = """
        extends = "base.toml"

        [types.gpu_renter.discount_rate]
        family = "beta"
        alpha = 2
        beta = 3
        scale = 30
    """
    (note,) = unusual(load_text(text, "mine.toml"))
    assert note.startswith("mine.toml:8: types.gpu_renter.discount_rate: the median ")


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped_files())
def test_shipped_files_fit_the_schema(name: str) -> None:
    jsonschema.validate(tomllib.loads((SHIPPED / name).read_text()), json_schema())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("markt = 1", "'markt' was unexpected"),
        ("market.size_2033 = 'x'", "'x' is not valid under any of the given schemas"),
        ("market.size_2033.p100 = 1", "'p100' was unexpected"),
    ],
)
def test_the_schema_refuses(text: str, expected: str) -> None:
    with pytest.raises(jsonschema.ValidationError, match=expected):
        jsonschema.validate(tomllib.loads(text), json_schema())
    jsonschema.validate(tomllib.loads("market.size_2033 = 1"), json_schema())
