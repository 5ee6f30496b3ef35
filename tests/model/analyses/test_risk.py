"""Attitudes to risk: which certainty equivalents are figures, and what stands for the others."""

import numpy as np
import pytest
import xarray as xr

from model.analyses.problems import Case
from model.analyses.results.record import plain
from model.analyses.risk import risk

CHAINS, DRAWS = 16, 4096
#: |error| / se that one figure in 15,000 exceeds.
FAR = 4.0


def found(**strategies):
    npv = xr.DataArray(
        np.stack(list(strategies.values()), axis=-1)[:, :, None],
        dims=("chain", "draw", "player", "strategy"),
        coords={"player": ["p"], "strategy": list(strategies)},
    )
    case = Case("players", ("p",), npv, xr.Dataset(), xr.Dataset())
    return plain(risk(case, [10.0])["p"])


def normal(mean, sd):
    return np.random.default_rng(1).normal(mean, sd, (CHAINS, DRAWS))


def losses():
    """Lognormal losses: E[exp(loss / ρ)] is infinite whatever the risk tolerance ρ is."""
    return 20.0 - np.random.default_rng(2).lognormal(1.0, 1.0, (CHAINS, DRAWS))


def test_a_light_tail_gives_the_closed_form_within_its_error():
    (level,) = found(exit=normal(3.0, 4.0), stay=normal(2.0, 1.0))["certainty_equivalent"]
    assert (level["best"], level["judged"]) == ("exit", True)
    for name, exact in (("exit", 3.0 - 16.0 / 20.0), ("stay", 2.0 - 1.0 / 20.0)):
        figure = level["strategies"][name]
        assert abs(figure["value"] - exact) < FAR * figure["value_mcse"]
        assert 0.0 < figure["value_mcse"] < 0.05
        assert figure["pareto_k"] < 0.7
        assert "why_null" not in figure


def test_a_tail_without_a_mean_gives_no_figure_but_a_reason():
    (level,) = found(exit=losses(), stay=normal(2.0, 1.0))["certainty_equivalent"]
    figure = level["strategies"]["exit"]
    assert (figure["value"], figure["value_mcse"]) == (None, None)
    assert figure["pareto_k"] > 0.7
    assert figure["why_null"] == (
        f"a few draws carry most of the weight: Pareto k is {figure['pareto_k']:.2f}, above 0.7"
    )
    assert level["strategies"]["stay"]["value"] == pytest.approx(1.95, abs=0.05)


@pytest.mark.parametrize(("stays", "best", "judged"), [(19.0, "stay", True), (-1e3, "exit", False)])
def test_the_best_is_judged_where_it_can_be_estimated_itself(stays, best, judged):
    (level,) = found(exit=losses(), stay=normal(stays, 1.0))["certainty_equivalent"]
    assert (level["best"], level["judged"]) == (best, judged)


def test_a_tail_beyond_any_number_is_said_to_be():
    (level,) = found(exit=1e6 * normal(0.0, 1.0), stay=normal(2.0, 1.0))["certainty_equivalent"]
    figure = level["strategies"]["exit"]
    assert figure["value"] is None
    assert "pareto_k" not in figure
    assert figure["why_null"].endswith("Pareto k is without bound, above 0.7")


def test_no_switch_is_stated_where_a_tail_decides_it():
    heavy = found(exit=losses(), stay=normal(8.0, 1.0))
    assert heavy["switches"] == []
    light = found(exit=normal(3.0, 4.0), stay=normal(2.0, 1.0))
    (switch,) = light["switches"]
    # 3 − 16/(2ρ) = 2 − 1/(2ρ) at ρ = 7.5
    assert abs(switch["risk_tolerance"] - 7.5) < FAR * switch["risk_tolerance_mcse"]
