"""Every check passes, needs review and fails on made-up runs."""

import numpy as np
import pytest
import xarray as xr

from model.checks.catalog import CHECKS
from model.checks.context import Context
from model.checks.limits import REVENUES_2026
from model.simulation.run_attributes import unusual_priors
from tests.model.checks.made_up import CHAINS, DRAWS, PLAYERS, context, reality, share

BY_NAME = {check.name: check for check in CHECKS}


def verdict(name: str, made) -> str:
    assert BY_NAME[name].applies(made)
    return BY_NAME[name].run(made).verdict


def scaled(name: str, player: str, factor: float) -> dict[str, np.ndarray]:
    values = reality()[name]
    values[..., PLAYERS.index(player)] *= factor
    return {name: values}


def wide_with_a_median_of(ratio: float, player: str) -> dict[str, np.ndarray]:
    """Draws so wide that the report stays inside the central 80 % though their median is off it."""
    values = reality()["revenue_2026"]
    report = REVENUES_2026[player].value
    values[..., PLAYERS.index(player)] = np.linspace(0.0, 2.0 * ratio * report, DRAWS)
    return {"revenue_2026": values}


def moved(name: str, player: str, by: float) -> dict[str, np.ndarray]:
    values = reality()[name]
    values[..., PLAYERS.index(player)] += by
    return {name: values}


def in_some(name: str, of_all: float, value: float) -> dict[str, np.ndarray]:
    return {name: np.where(share(of_all), value, reality()[name])}


def staying(player: str, of_all: float, value: float) -> dict[str, np.ndarray]:
    values = np.full((CHAINS, DRAWS, len(PLAYERS)), 1.0)
    values[share(of_all), PLAYERS.index(player)] = value
    return {"staying": values}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_each_check_passes_on_a_run_without_fault(check):
    made = context()
    assert check.applies(made)
    result = check.run(made)
    assert (result.name, result.title) == (check.name, check.title)
    assert result.verdict == "pass", result.sentence
    assert {part.verdict for part in result.parts} <= {"pass"}
    assert "nan " not in result.sentence


@pytest.mark.parametrize(
    ("name", "figures", "expected"),
    [
        ("revenue_2026", wide_with_a_median_of(0.6, "runway"), "review"),
        ("revenue_2026", scaled("revenue_2026", "runway", 2.5), "fail"),
        ("revenue_2026", scaled("revenue_2026", "nobody", 9.0), "pass"),
        ("revenue_2025", scaled("revenue_2025", "kuaishou", 0.4), "fail"),
        ("gross_margin_2026", moved("gross_margin_2026", "openai", 0.26), "review"),
        ("gross_margin_2026", moved("gross_margin_2026", "openai", 0.5), "fail"),
        ("gross_margin_2030", moved("gross_margin_2030", "minimax", 0.2), "review"),
        ("gross_margin_2030", moved("gross_margin_2030", "minimax", -0.4), "fail"),
        ("gross_margin_2030", moved("gross_margin_2030", "nobody", -0.4), "pass"),
        ("ceiling", in_some("ceiling_reached", 0.01, 1.0), "pass"),
        ("ceiling", in_some("ceiling_reached", 0.01, 1.01), "fail"),
        ("near_ceiling", in_some("ceiling_reached", 0.04, 0.95), "pass"),
        ("near_ceiling", in_some("ceiling_reached", 0.1, 0.95), "review"),
        ("near_ceiling", in_some("ceiling_reached", 0.3, 0.95), "fail"),
        ("paid_hours", in_some("paid_hours_2045", 0.01, 25.0), "pass"),
        ("paid_hours", in_some("paid_hours_2045", 0.1, 25.0), "review"),
        ("paid_hours", in_some("paid_hours_2045", 0.4, 25.0), "fail"),
        ("own_valuation", staying("kuaishou", 0.1, 60.0), "review"),
        ("own_valuation", staying("kuaishou", 0.5, 60.0), "fail"),
        ("own_valuation", staying("minimax", 0.5, 60.0), "fail"),
        ("own_valuation", staying("runway", 0.5, 60.0), "pass"),
        ("last_price", staying("runway", 0.01, 6.0), "review"),
        ("last_price", staying("runway", 0.6, 6.0), "review"),
    ],
)  # fmt: skip
def test_a_check_of_draws_sees_a_spoiled_figure(name, figures, expected):
    assert verdict(name, context(**figures)) == expected


def test_a_figure_within_two_errors_of_its_limit_needs_review():
    near = np.where(np.arange(DRAWS) < np.array([[4], [6], [8], [10]]), 25.0, 1.0)
    result = BY_NAME["paid_hours"].run(context(paid_hours_2045=near))
    assert result.figure.value == pytest.approx(0.0175)
    assert result.figure.value + 2 * result.figure.mcse > 0.02 > result.figure.value
    assert result.verdict == "review"


def test_a_lead_that_one_draw_in_a_hundred_carries_needs_review_and_the_sentence_says_what():
    made = context()
    made.decision["players"]["runway"]["tail"] |= {"share_of_lead": -0.6, "mean_without": 1.6}
    result = BY_NAME["tail"].run(made)
    assert result.verdict == "review"
    assert result.sentence.startswith("Runway: one draw in a hundred carries −60 ± 1 %")
    assert "without it exit − stay is $1.6 billion" in result.sentence
    made.decision["players"]["runway"]["tail"] |= {
        "share_of_lead": None,
        "share_of_lead_mcse": None,
    }
    assert BY_NAME["tail"].run(made).verdict == "review"


def test_rounds_that_have_not_settled_need_review():
    made = context()
    made.run.attrs["settled"] = 0
    result = BY_NAME["rivals_settled"].run(made)
    assert result.verdict == "review"
    assert "is not settled after 4 rounds" in result.sentence
    made.run.attrs["last_move_mcse"] = np.inf
    sentence = BY_NAME["rivals_settled"].run(made).sentence
    assert "the last moved an expected NPV that has no standard error" in sentence
    made.run.attrs |= {"last_move_mcse": 0.5, "settled": 1, "residual": 0.2}
    assert BY_NAME["rivals_settled"].run(made).verdict == "review"
    made.run.attrs["rivals"] = "stay"
    assert not BY_NAME["rivals_settled"].applies(made)


def test_a_verdict_that_is_not_resolved_needs_review():
    made = context()
    made.decision["players"]["openai"] |= {
        "resolved": False,
        "best_minus_next": {"mean": 0.1, "mean_mcse": 0.08},
    }
    result = BY_NAME["resolved"].run(made)
    assert (result.verdict, result.figure.value) == ("review", 0.1)
    assert [part.player for part in result.parts if part.verdict == "review"] == ["openai"]


def test_a_verdict_that_another_form_reverses_needs_review():
    made = context()
    made.analyses["structure"]["players"]["runway"] |= {
        "depends": True,
        "reversed_by": ["no_entry"],
    }
    result = BY_NAME["form"].run(made)
    assert result.verdict == "review"
    assert result.sentence == (
        "Runway: the verdict depends on the model's form; reversed by “No entry”."
    )


def test_checks_of_the_ceiling_and_of_the_form_need_a_run_that_has_them():
    made = context()
    first = Context(made.run.copy(), made.decision, {})
    first.run["prior"] = xr.DataTree(made.run["prior"].to_dataset().drop_vars("market.ceiling"))
    for name in ("ceiling", "near_ceiling", "form"):
        assert BY_NAME[name].applies(made)
        assert not BY_NAME[name].applies(first)


def test_checks_of_reports_leave_players_alone_of_whom_nothing_is_known():
    made = context()
    with_names = Context(made.run.sel(player=["nobody"]), made.decision, {})
    for name in (
        "revenue_2025",
        "revenue_2026",
        "gross_margin_2026",
        "gross_margin_2030",
        "last_price",
    ):
        assert not BY_NAME[name].applies(with_names)
    assert not BY_NAME["own_valuation"].applies(with_names)


def test_priors_of_unusual_size_need_review_and_are_named_where_they_are_stated():
    made = context()
    places = [f"mine.toml:{n}: market.a{n}: the median 50" for n in range(1, 23)]
    for count in (1, 20, 22):
        made.run.attrs |= unusual_priors(places[:count])
        result = BY_NAME["usual_priors"].run(made)
        assert (result.verdict, result.figure.value) == ("review", count)
        assert "a zero: mine.toml:1: market.a1: the median 50" in result.sentence
        assert result.sentence.count("mine.toml") == min(count, 20)
        assert result.sentence.endswith("; and 2 more.") == (count == 22)
    del made.run.attrs["unusual"]
    assert not BY_NAME["usual_priors"].applies(made)
