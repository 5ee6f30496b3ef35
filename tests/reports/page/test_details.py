"""The details behind the answer: what each says, and where it has nothing to say."""

import re
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
import xarray as xr

from reports.page.details.checks import checks
from reports.page.details.forms import forms
from reports.page.details.industry import industry
from reports.page.details.method import DETAILS
from reports.page.details.priors import how_many_assumptions
from reports.page.details.rivals import rivals
from reports.page.details.settling import settling
from reports.page.details.types import types
from reports.page.part import Part
from reports.page.view import View


@pytest.fixture
def decision(made_up_decision: dict[str, Any]) -> dict[str, Any]:
    return deepcopy(made_up_decision)


def flat(part: Part | None) -> str:
    assert part is not None
    return " ".join(re.sub(r"<[^>]*>", " ", part.html).replace("\N{NO-BREAK SPACE}", " ").split())


def check(title: str, verdict: str) -> dict[str, Any]:
    return {"title": title, "verdict": verdict, "sentence": f"{title} is 12 %."}


def test_what_did_not_pass_stands_in_a_sentence_with_its_figure(
    made_up_run: xr.DataTree, decision: dict[str, Any]
) -> None:
    found = {
        "passed": 1,
        "checks": [check("One", "pass"), check("Two", "review"), check("Three", "fail")],
        "not_applied": [{"title": "Four", "sentence": "No such prior."}],
    }
    part = checks(View(made_up_run, decision, {"checks": found}))
    text = flat(part)
    assert text.startswith("1 of 3 checks of this run passed. 1 does not apply. Failed. Three.")
    assert text.index("Failed. Three. Three is 12 %.") < text.index("Needs review. Two. Two is")
    # That which passed is closed.
    assert text.index("Every check") < text.index("One is 12 %.")
    assert checks(View(made_up_run, decision)) is None


def test_types_have_no_verdict(made_up_run: xr.DataTree, decision: dict[str, Any]) -> None:
    text = flat(types(View(made_up_run, decision)))
    assert "Short-video platforms Kuaishou and ByteDance" in text
    assert "No one decides for the sum" in text
    assert not re.search(r"should|Stay, as|Exit", text)
    del decision["types"]
    assert types(View(made_up_run, decision)) is None


def test_rivals_who_stay_have_their_answer(
    made_up_run: xr.DataTree, decision: dict[str, Any]
) -> None:
    pika = decision["players"]["pika"]
    stays = {"mean": -4.5, "mean_mcse": 0.2}
    pika["rivals_stay"] = {"best": "stay", "exit_minus_stay": stays, "gain": 4.5, "gain_mcse": 0.2}
    found = {"rounds": 12, "settled": False, "last_move_mcse": 3.0, "residual": 0.1}
    decision["rivals"] = {"respond": True, **found}
    part = rivals(View(made_up_run, decision))
    assert "not settled after 12 rounds" in flat(part)
    assert part is not None
    assert 'class="warning"' in part.html
    assert "■ Stay −$4.5 ± 0.2 bn +$4.5 ± 0.2 bn" in flat(part)
    decision["rivals"] |= {"settled": True}
    settled = rivals(View(made_up_run, decision))
    assert settled is not None
    assert 'class="warning"' not in settled.html
    del decision["rivals"]
    assert rivals(View(made_up_run, decision)) is None


def form(value: float, best: str) -> dict[str, Any]:
    return {"best": best, "exit_minus_best_other": value, "exit_minus_best_other_mcse": 0.2}


def test_a_verdict_that_changes_with_the_form_is_marked(
    made_up_run: xr.DataTree, decision: dict[str, Any]
) -> None:
    entry = {
        "label": "Pika",
        "as_stated": form(3.5, "exit"),
        "depends": True,
        "reversed_by": ["other"],
        "switches": {"other": form(-1.5, "stay"), "same": form(2.5, "exit")},
    }
    switches = {key: {"label": key, "meaning": f"it is {key}"} for key in ("other", "same")}
    content = {"players": {"pika": entry}, "switches": switches}
    text = flat(forms(View(made_up_run, decision, {"structure": content})))
    assert "Pika (other) depends on the model’s form" in text
    assert "all is as stated ● +$3.5 ± 0.2 bn it is other ■ −$1.5 ± 0.2 bn ! it is same" in text


def test_as_many_other_forms_are_offered_as_there_are(
    made_up_run: xr.DataTree, decision: dict[str, Any]
) -> None:
    stated = decision | {"rivals": {"respond": False}}
    without = xr.DataTree.from_dict(
        {name: of.to_dataset() for name, of in made_up_run.children.items() if name != "option"}
    )
    # Rivals stay in the made-up run, so that three of the nine forms change nothing in it.
    assert "--structure tries six others" in flat(forms(View(made_up_run, stated)))
    assert "--structure tries five others" in flat(forms(View(without, stated)))


def test_the_industry_is_told_in_words_too(
    made_up_run: xr.DataTree, decision: dict[str, Any]
) -> None:
    part = industry(View(made_up_run, decision))
    text = flat(part)
    assert "is $5.0 billion in the middle world, and from −$20 billion to $60 billion" in text
    assert part is not None
    named = re.findall(r'aria-label="([^"]*)"', part.html)
    assert len(named) == 3 + 2 * len(decision["players"])
    # exp(0.5 · 19 / 20) of a billion at the end.
    assert (
        "Revenue of the market, a year: $1.0\xa0billion in 2026, $1.6\xa0billion in 2045"
        in named[0]
    )


def test_figures_settle_on_what_the_verdict_says(
    made_up_run: xr.DataTree, decision: dict[str, Any]
) -> None:
    view = View(made_up_run, decision)
    part = settling(view)
    assert part is not None
    assert part.html.count("<svg") == len(decision["players"])
    assert "after 256 to 4,096 draws" in part.html
    few = xr.DataTree.from_dict(
        {"payoff": made_up_run["payoff"].to_dataset().isel(draw=slice(0, 8))}
    )
    assert settling(View(few, decision)) is None


def test_assumptions_are_counted(made_up_run: xr.DataTree, decision: dict[str, Any]) -> None:
    view = View(made_up_run, decision)
    prior = made_up_run["prior"].to_dataset()
    own = sum("player" in draws.dims for draws in prior.values())
    total = len(prior) + own * (len(decision["players"]) - 1)
    assert how_many_assumptions(view) == f"All {total} assumptions"


def test_details_without_their_figures_are_left_out(
    made_up_run: xr.DataTree, decision: dict[str, Any]
) -> None:
    bare = xr.DataTree.from_dict({name: made_up_run[name] for name in ("prior", "payoff")})
    bare.attrs = made_up_run.attrs
    keys = {part.key for make in DETAILS if (part := make(View(bare, decision))) is not None}
    assert keys >= {"made", "priors", "settling"}
    assert not keys & {"industry", "drivers", "posterior"}


def test_a_constant_has_one_value_and_an_event_its_odds(
    made_up_run: xr.DataTree, decision: dict[str, Any]
) -> None:
    from reports.page.details.priors import priors

    text = flat(priors(View(made_up_run, decision)))
    assert re.search(r"valuation\.terminal_growth always 2 % a year", text)
    share = float(np.mean(made_up_run["prior"]["robotics.success"].to_numpy()))
    assert f"robotics.success comes true in {round(100 * share)} of 100 worlds" in text
