"""As many draws as it takes: when it stops, what it says, and that a tie stays a tie."""

import json

import numpy as np
import pytest

from model.analyses import until
from model.analyses.decision import decision
from model.analyses.until import simulate_until
from model.simulation.simulate import simulate
from priors.errors import InputError
from priors.reading.load import load_priors
from priors.reading.records import Priors
from tests.model.analyses.test_decision import run_of

SMALL = {"draws": 256, "chains": 4, "options": False}

#: Nothing is drawn from them.
PRIORS = object.__new__(Priors)


def toy(leads, sd=1.0):
    """A stand-in for `simulate`: exit leads stay by `leads` (player,) of standard deviation `sd`.

    As of the real one, the first chains of a larger run are those of a smaller one.
    """

    def make(priors, draws, seed, chains, sampler, **_):
        shape = (len(leads), draws // chains)
        scores = [
            np.random.default_rng((seed, chain)).normal(size=shape) for chain in range(chains)
        ]
        gap = np.reshape(leads, (-1, 1, 1)) + sd * np.stack(scores, axis=1)
        return run_of(np.stack([gap, np.zeros_like(gap), np.full_like(gap, -99.0)], axis=1))

    return make


@pytest.fixture
def looks(monkeypatch):
    """What a run of the toy says of its looks."""

    def found(leads, seed=1, sd=1.0, **asked):
        monkeypatch.setattr(until, "simulate", toy(leads, sd))
        monkeypatch.setattr(until, "check_memory", lambda *_, **__: None)
        run = simulate_until(PRIORS, 128, seed, 8, "random", **asked)
        return json.loads(run.attrs["looks"]), run

    return found


@pytest.mark.slow
def test_a_tie_stays_unresolved_in_95_of_100_runs(looks):
    stopped = [looks([0.0, 5.0], seed)[0]["stopped"] for seed in range(200)]
    assert stopped.count("max_draws") >= 190
    # two standard errors at each look would stop about 36 of them
    assert stopped.count("resolved") <= 10


def test_it_stops_as_soon_as_every_player_is_resolved(looks):
    found, run = looks([9.0, 0.45], seed=3, max_draws=128 * 64)
    assert found["stopped"] == "resolved"
    assert 1 < len(found["looks"]) < 7
    assert [look["open"] for look in found["looks"]] == [["p1"]] * (len(found["looks"]) - 1) + [[]]
    assert all(look["draws"] == 128 << place for place, look in enumerate(found["looks"]))
    assert run.attrs["chains"] == found["looks"][-1]["chains"]


def test_a_verdict_is_judged_by_what_the_last_look_asks(looks):
    """A lead of more than two standard errors, and less than are asked for, is not resolved."""
    for seed in range(60):
        found, run = looks([0.09], seed, max_draws=128)
        entry = decision(run)["players"]["p0"]
        errors = entry["best_minus_next"]["mean"] / entry["best_minus_next"]["mean_mcse"]
        assert entry["resolved"] == (errors > found["looks"][0]["required"])
        if 2.0 < errors < entry["required"]:
            return
    pytest.fail("no seed has a lead between two standard errors and those asked for")


def test_precision_is_of_every_player_and_no_verdict_has_a_part_in_it(looks):
    found, run = looks([0.0, 7.0], precision=0.04)
    assert found["stopped"] == "precision"
    errors = [entry["exit_minus_stay"]["mean_mcse"] for entry in decision(run)["players"].values()]
    assert max(errors) == pytest.approx(found["looks"][-1]["worst"])
    assert max(errors) <= 0.04 < found["looks"][-2]["worst"]
    assert "required" not in decision(run)["players"]["p0"]


def test_players_who_differ_by_nothing_at_all_never_resolve(looks):
    found, _ = looks([0.0], sd=0.0, max_draws=256)
    assert found["stopped"] == "max_draws"
    assert found["looks"][-1]["worst"] is None


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"precision": 0.0}, "precision 0 is no standard error: expected USD billion > 0"),
        ({"precision": float("nan")}, "precision is nan; a finite number is expected"),
        ({"max_draws": 64}, "at most 64 draws are fewer than the 128 of the first look"),
        ({"chains": 3}, "3 chains are too few"),
    ],
)
def test_what_cannot_be_is_refused(asked, message):
    with pytest.raises(InputError, match=message):
        simulate_until(PRIORS, **{"draws": 128, "chains": 8} | asked)


def test_the_run_is_that_of_simulate_with_its_final_size():
    priors = load_priors("base.toml")
    run = simulate_until(priors, **SMALL, precision=1e-9, max_draws=1024)
    whole = simulate(priors, 1024, chains=16, options=False)
    assert (run.attrs["draws"], run.attrs["chains"]) == (1024, 16)
    assert run["payoff"].dataset["npv"].identical(whole["payoff"].dataset["npv"])


def pika_tied():
    """Priors with Pika's exit cost moved until exit and stay are worth the same, by the secant."""

    def moved(shift):
        priors = load_priors("base.toml", [f"players.pika.exit_cost.shift={shift!r}"])
        run = simulate(priors, 2**17, options=False, without=["api_only"])
        npv = run["payoff"].dataset["npv"].sel(player="pika").mean(("chain", "draw"))
        return priors, float(npv.sel(strategy="exit") - npv.sel(strategy="stay"))

    shifts, gaps = [0.0], [moved(0.0)[1]]
    shifts.append(gaps[0])
    for _ in range(2):
        gaps.append(moved(shifts[-1])[1])
        slope = (gaps[-1] - gaps[-2]) / (shifts[-1] - shifts[-2])
        shifts.append(shifts[-1] - gaps[-1] / slope)
    return moved(shifts[-1])


@pytest.mark.slow
def test_a_tie_of_the_model_itself_stays_unresolved():
    priors, gap = pika_tied()
    assert abs(gap) < 5e-4  # a run of 1,024 draws has an error of 3e-3
    asked = SMALL | {"without": ["api_only"], "max_draws": 1024}
    runs = [simulate_until(priors, seed=seed, **asked) for seed in range(60)]
    looks = [json.loads(run.attrs["looks"])["looks"] for run in runs]
    assert sum("pika" in found[-1]["open"] for found in looks) >= 55
