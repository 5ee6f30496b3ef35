"""What the charts draw, and that Vega-Lite would accept every one of them."""

from itertools import pairwise
from typing import Any

import altair as alt
import numpy as np
import pytest
import xarray as xr

from model.economics.strategies import STRATEGIES
from reports.page.charts.axes import decade, signed_decades
from reports.page.charts.chart import Chart, chart_json
from reports.page.charts.difference import difference_row, segments
from reports.page.charts.distribution import distribution_chart
from reports.page.charts.quintiles import fifths, quintiles_chart
from reports.page.charts.timing import timing_chart
from reports.page.charts.waterfall import steps, waterfall_chart
from reports.page.html import SECTIONS
from reports.page.view import Section, View
from tests.reports.factory import option_analysis, sensitivity_analysis


@pytest.fixture(scope="module")
def sections(made_up_run: xr.DataTree, made_up_decision: dict[str, Any]) -> list[Section]:
    analyses = {
        "option": option_analysis(made_up_decision),
        "sensitivity": sensitivity_analysis(made_up_decision),
    }
    view = View(made_up_run, made_up_decision, analyses)
    made = [make(view) for make in SECTIONS]
    return [section for section in made if section is not None]


@pytest.fixture(scope="module")
def charts(sections: list[Section]) -> dict[str, Chart]:
    return {chart.key: chart for section in sections for chart in section.charts}


@pytest.mark.slow
def test_every_drawing_is_vega_lite(charts: dict[str, Chart]) -> None:
    assert len(charts) >= 10
    for key, chart in charts.items():
        described = chart_json(chart)["spec"] | {"datasets": {"rows": list(chart.rows)[:3]}}
        alt.Chart.from_dict(described, validate=True)
        layers = [described, *described["layer"]]
        assert {str(layer["data"]) for layer in layers if "data" in layer} == {
            str({"name": "rows"})
        }, key


def test_every_choice_has_a_title_and_rows(charts: dict[str, Chart]) -> None:
    for key, chart in charts.items():
        choices = {choice for group in chart.choices.values() for choice in group} or {""}
        assert set(chart.finding) == choices, key
        assert {row.get("choice", "") for row in chart.rows} == choices, key
        assert all(title and "nan" not in title for title in chart.finding.values()), key


def test_every_chart_has_a_table_with_all_its_columns(charts: dict[str, Chart]) -> None:
    for key, chart in charts.items():
        for column in chart.columns:
            assert any(column.text(row) for row in chart.behind), (key, column.title)


def test_the_columns_of_the_page_are_the_rows(charts: dict[str, Chart]) -> None:
    chart = charts["difference"]
    described = chart_json(chart)
    for name, column in zip(described["fields"], described["columns"], strict=True):
        expected = [row.get(name) for row in chart.rows]
        if isinstance(column, dict):
            assert [column["words"][place] for place in column["places"]] == expected
        else:
            assert column == [x if x is None else pytest.approx(x, rel=1e-4) for x in expected]


def test_intervals_are_those_of_the_draws() -> None:
    draws = np.linspace(-10.0, 30.0, 4001)
    row = difference_row("X", draws)
    assert [row[key] for key in ("p05", "p25", "p50", "p75", "p95", "mean")] == pytest.approx(
        [-8.0, 0.0, 10.0, 20.0, 28.0, 10.0]
    )
    assert row["exit_better"] == pytest.approx(0.75, abs=1e-3)


def test_lines_change_colour_at_zero() -> None:
    row = difference_row("X", np.linspace(-10.0, 30.0, 4001))
    lines = [(part["kind"], part["side"], part["from"], part.get("to")) for part in segments(row)]
    assert lines == [
        ("thin", "stay", pytest.approx(-8.0), 0.0),
        ("thin", "exit", 0.0, pytest.approx(28.0)),
        ("thick", "exit", 0.0, pytest.approx(20.0)),
        ("median", "", pytest.approx(10.0), None),
        ("mean", "", pytest.approx(10.0), None),
    ]


def test_the_axis_shows_players_of_every_size() -> None:
    assert decade([0.3, 5.0, 120.0]) == 0.1
    assert decade([1e-9, 120.0]) == 0.01
    assert decade([0.0, float("nan")]) == 1.0
    assert signed_decades(0.1, -20.0, 3.0) == [-10.0, -1.0, -0.1, 0.0, 0.1, 1.0]


def test_a_waterfall_ends_at_the_sum_of_its_parts() -> None:
    parts = {"a": (3.0, 0.1), "b": (-1.0, 0.1), "noise": (0.001, 0.01), "c": (0.5, 0.1)}
    bars = steps("stay", parts)
    assert [bar["part"] for bar in bars] == ["a", "b", "c", "Expected value"]
    assert bars[-1]["to"] == pytest.approx(2.501)
    assert [bar["side"] for bar in bars] == ["stay", "-", "stay", "stay"]
    for before, after in pairwise(bars[:-1]):
        assert after["from"] == pytest.approx(before["to"], abs=0.0011)


def test_the_waterfall_of_the_difference_names_both_reasons() -> None:
    parts = {
        "exit": {"Robotics": (2.0, 0.1), "Margin on video": (0.0, 0.0)},
        "stay": {"Robotics": (0.0, 0.0), "Margin on video": (5.0, 0.1)},
    }
    chart = waterfall_chart({"x": ("X", {**parts, "api_only": parts["stay"]})})
    assert chart.finding["x/exit − stay"] == (
        "X: the main reason to leave is robotics ($2 billion); "
        "the main reason to stay is margin on video ($5 billion)"
    )


def test_fifths_are_the_ends_of_a_quantity() -> None:
    low, high = fifths(np.arange(1000.0))
    assert low.sum() == high.sum() == 200
    assert not np.any(low & high)


@pytest.mark.parametrize("probability", [0.1, 0.15, 0.5, 0.85, 0.9])
def test_fifths_of_an_event_are_the_draws_without_it_and_with_it(probability) -> None:
    event = np.random.default_rng(1).random(1000) < probability
    low, high = fifths(event.astype(float))
    assert np.array_equal(high, event)
    assert np.array_equal(low, ~event)


def test_fifths_are_beyond_a_value_that_most_draws_have() -> None:
    low, high = fifths(np.array([-1.0, *[0.0] * 8, 2.0]))
    assert np.flatnonzero(low).tolist() == [0]
    assert np.flatnonzero(high).tolist() == [9]


def test_movers_find_what_moves_the_difference() -> None:
    rng = np.random.default_rng(1)
    strong, weak = rng.standard_normal((2, 20_000))
    chart = quintiles_chart(
        {"Strong": strong, "Weak": weak, "Constant": np.ones(20_000)},
        {"x": ("X", 1.0 + 3.0 * strong + 0.1 * weak)},
        {},
    )
    assert [row["quantity"] for row in chart.rows] == ["Strong", "Weak"]
    # Mean of a standard normal in its highest fifth: φ(Φ⁻¹(0.8)) / 0.2.
    assert chart.rows[0]["high"] == pytest.approx(1.0 + 3.0 * 1.39981, abs=0.15)
    assert chart.finding["x"].startswith(
        "X: where Strong is low, the decision is reversed, and staying"
    )


def test_curves_count_worlds() -> None:
    draws = np.linspace(0.0, 100.0, 100_001)
    strategies = {"exit": draws - 500.0, "stay": draws, "api_only": draws}
    chart = distribution_chart({"x": ("X", strategies)})
    for row in chart.rows:
        if row["strategy"] == "stay":
            assert row["value"] == pytest.approx(row["below"], abs=0.01)
    assert max(row["below"] for row in chart.rows) == 98


def test_years_of_use_add_up_to_all_worlds() -> None:
    option = {
        "real_option": "leave",
        "by_year": {"2026": 0.7, "2027": 0.1},
        "probability_used": 0.8,
    }
    chart = timing_chart({"X": {"stay": option}})
    assert sum(row["share"] for row in chart.rows) == pytest.approx(1.0)
    assert chart.finding["stay"] == "Stay: in most worlds X would leave after all"


def test_sections_without_their_figures_are_left_out(
    made_up_run: xr.DataTree, made_up_decision: dict[str, Any]
) -> None:
    bare = xr.DataTree.from_dict({name: made_up_run[name] for name in ("prior", "payoff")})
    bare.attrs = made_up_run.attrs
    players = {
        player: {
            **entry,
            "strategies": {
                name: {key: value for key, value in row.items() if key != "option"}
                for name, row in entry["strategies"].items()
            },
        }
        for player, entry in made_up_decision["players"].items()
    }
    view = View(bare, made_up_decision | {"players": players})
    keys = {section.key for make in SECTIONS if (section := make(view)) is not None}
    assert "options" not in keys
    assert "industry" not in keys
    assert "answer" in keys


def test_rules_stand_where_the_analysis_was_run(sections: list[Section]) -> None:
    options = next(section for section in sections if section.key == "options")
    assert "keeps 97 %" in options.html
    assert "end of 2027: market revenue under 2.9 USD billion/year" in options.html


def test_what_reverses_a_decision_is_said_in_words_and_units(
    sections: list[Section], made_up_decision: dict[str, Any]
) -> None:
    doing = {one.name: one.doing for one in STRATEGIES}
    next_best = doing[made_up_decision["players"]["openai"]["next"]]
    reversing = next(section for section in sections if section.key == "switching")
    flat = " ".join(reversing.html.split())
    # The likeliest first; what holds in most worlds is no news.
    assert (
        f"{next_best} is best where “Robotics succeeds” does not come true (30 % of "
        f"worlds); {next_best} is best where Fixed cost lies from $0.5 billion a year to "
        f"$1.2 billion a year (20 % of worlds); {next_best} is best where Market in 2033 "
        "turns out below $3.9 billion a year (19 % of worlds)."
    ) in flat
    assert "above $2 billion" not in flat
    chart = next(chart for chart in reversing.charts if chart.key == "switching")
    assert [row["shift"] for row in chart.rows if row["choice"] == "openai"] == [0.75, -1.25]
    assert chart.finding["openai"] == (
        "OpenAI (Sora): Fixed cost reverses the decision soonest: moved up by 0.75 standard "
        f"deviations, {next_best} becomes best"
    )


def test_the_map_leaves_blank_what_is_not_known(charts: dict[str, Chart]) -> None:
    cells = [row for row in charts["map"].rows if row["choice"] == "openai" and "best" in row]
    assert len(cells) == 24
    ticks = [row for row in charts["map"].rows if row["choice"] == "openai" and "tick" in row]
    assert [tick["text"] for tick in ticks if tick["tick"] == "x"] == ["1", "2", "3", "4", "5"]
    assert [tick["text"] for tick in ticks if tick["tick"] == "y-title"] == ["Fixed cost"]


def test_knowledge_is_ranked_and_studies_are_named(
    charts: dict[str, Chart], sections: list[Section]
) -> None:
    rows = [row for row in charts["information"].rows if row["choice"] == "openai"]
    single = [row["worth"] for row in rows if row["kind"] == "single"]
    assert single == sorted(single, reverse=True)
    assert {row["what"] for row in rows if row["kind"] == "group"} == {
        "All about market",
        "All that is its own",
    }
    learning = next(section for section in sections if section.key == "learning")
    assert (
        "observing Market in 2033 with a relative error of 0.3 would be worth $50 ± 1 million"
        in (" ".join(learning.html.split()))
    )


def test_the_plain_movers_give_way_to_the_analysis(sections: list[Section]) -> None:
    keys = [section.key for section in sections]
    assert "quintiles" not in keys
    assert keys.index("switching") < keys.index("learning")
    drivers = next(section for section in sections if section.key == "drivers")
    assert "leaving, at every risk tolerance from $10 billion to $100 billion" in drivers.html
