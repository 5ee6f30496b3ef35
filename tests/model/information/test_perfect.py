"""Perfect and partial information against closed forms, slow versions and what must hold."""

from math import pi, sqrt

import numpy as np
import pytest
import xarray as xr

from model.information.perfect import evpi, evppi
from priors.errors import InputError
from tests.reference.information import (
    Ades,
    lognormal_value,
    mean_one,
    nested_value,
    normal_value,
    sd_given,
)

CHAINS, DRAWS = 16, 1024
SIZE = CHAINS * DRAWS


def payoffs(values, *, chains=True):
    """Label payoffs (row, strategy)."""
    if chains:
        values = values.reshape(CHAINS, -1, values.shape[-1])
    dims = ("chain", "draw", "strategy") if chains else ("draw", "strategy")
    names = ["exit", "stay", "api_only", "wait"][: values.shape[-1]]
    return xr.DataArray(values, dims=dims, coords={"strategy": names})


def inputs(values, *, chains=True):
    """Label inputs, name → (row,)."""
    if chains:
        labelled = {
            name: (("chain", "draw"), one.reshape(CHAINS, -1)) for name, one in values.items()
        }
    else:
        labelled = {name: ("draw", one) for name, one in values.items()}
    return xr.Dataset(labelled)


def against_nothing(benefit):
    """Payoffs of doing nothing, and of an incremental benefit (row,)."""
    return np.stack([np.zeros_like(benefit), benefit], axis=1)


def within(result, name, truth, errors=4.0):
    """Whether an estimate agrees with the truth within so many of its standard errors."""
    one = result.sel(input=name) if "input" in result.dims else result
    # Of what would change nothing in any draw, the error is not known.
    return abs(float(one["evppi"]) - truth) <= errors * np.nan_to_num(float(one["se"])) + 1e-12


# ----------------------------------------------------------------------------- perfect information


@pytest.mark.parametrize(("mean", "sd"), [(0.0, 1.0), (0.5, 2.0), (-1.0, 0.7), (1.5, 1.0)])
def test_evpi_of_a_normal_benefit(mean, sd):
    rng = np.random.default_rng(11)
    result = evpi(payoffs(against_nothing(rng.normal(mean, sd, SIZE))))
    assert float(result["evpi"]) == pytest.approx(
        normal_value(mean, sd), abs=4.0 * float(result["mcse"])
    )


def test_evpi_is_the_mean_regret_of_the_best_strategy():
    values = np.array([[3.0, 1.0], [0.0, 2.0], [2.0, 0.0], [1.0, 1.0]])
    result = evpi(payoffs(values, chains=False))
    regret = np.array([0.0, 2.0, 0.0, 0.0])
    assert float(result["evpi"]) == regret.mean()
    assert float(result["mcse"]) == pytest.approx(regret.std(ddof=1) / 2.0)


def test_error_of_evpi_comes_from_the_chains_where_there_are_some():
    rng = np.random.default_rng(2)
    shift = rng.normal(0.0, 1.0, (CHAINS, 1))
    benefit = shift + 0.01 * rng.standard_normal((CHAINS, DRAWS))
    npv = payoffs(against_nothing(benefit.ravel()))
    best = int(npv.mean(("chain", "draw")).argmax("strategy"))
    regret = np.maximum(benefit, 0.0) - (benefit if best else 0.0)
    expected = regret.mean(axis=1).std(ddof=1) / sqrt(CHAINS)
    assert float(evpi(npv)["mcse"]) == pytest.approx(expected)
    pooled = npv.stack(row=("chain", "draw"), create_index=False).rename(row="draw")
    assert float(evpi(pooled)["mcse"]) < expected / 10.0


# ---------------------------------------------------------------------- one input and several


def test_evppi_of_the_sum_of_two_normals():
    """The toy of the R package voi: benefit p1 + p2; the exact values are σ/√(2π)."""
    rng = np.random.default_rng(1)
    quantities = {"p1": rng.normal(0.0, 1.0, SIZE), "p2": rng.normal(0.0, 2.0, SIZE)}
    npv = payoffs(against_nothing(quantities["p1"] + quantities["p2"]))
    result = evppi(npv, inputs(quantities))
    assert normal_value(0.0, 2.0) == pytest.approx(0.798, abs=5e-4)
    assert within(result, "p1", normal_value(0.0, 1.0))
    assert within(result, "p2", normal_value(0.0, 2.0))


def test_evppi_where_one_strategy_is_ahead():
    """The other toy of voi: p1 − p2 with means 1 and 0, sd 1 and 2."""
    rng = np.random.default_rng(4)
    quantities = {"p1": rng.normal(1.0, 1.0, SIZE), "p2": rng.normal(0.0, 2.0, SIZE)}
    npv = payoffs(against_nothing(quantities["p1"] - quantities["p2"]))
    result = evppi(npv, inputs(quantities), {"both": ["p1", "p2"]}, trees=False)
    assert within(result, "p1", normal_value(1.0, 1.0))
    assert within(result, "p2", normal_value(1.0, 2.0))
    assert within(result, "both", normal_value(1.0, sqrt(5.0)))


def correlated(seed, draws=SIZE):
    """Weights, covariance and draws (row, 4) of correlated normals."""
    weights = np.array([1.0, -0.5, 0.8, 0.3])
    covariance = np.array(
        [
            [1.0, 0.6, 0.0, -0.3],
            [0.6, 1.5, 0.2, 0.0],
            [0.0, 0.2, 0.8, 0.5],
            [-0.3, 0.0, 0.5, 1.2],
        ]
    )
    rng = np.random.default_rng(seed)
    return weights, covariance, rng.multivariate_normal(np.zeros(4), covariance, draws)


@pytest.mark.parametrize("chains", [True, False])
def test_evppi_of_correlated_normals_counts_what_one_says_of_the_others(chains):
    weights, covariance, x = correlated(7)
    names = list("abcd")
    npv = payoffs(against_nothing(0.4 + x @ weights), chains=chains)
    groups = {"ab": ["a", "b"], "acd": ["a", "c", "d"], "abcd": names}
    known = inputs(dict(zip(names, x.T, strict=True)), chains=chains)
    result = evppi(npv, known, groups, trees=False)
    for name in [*names, *groups]:
        places = [names.index(one) for one in name]
        assert within(result, name, normal_value(0.4, sd_given(weights, covariance, places))), name
    alone = normal_value(0.4, abs(weights[3]) * sqrt(covariance[3, 3]))
    assert not within(result, "d", alone)


def test_evppi_among_four_strategies_agrees_with_nested_monte_carlo():
    rng = np.random.default_rng(8)
    load = rng.normal(size=(3, 4))

    def payoff(x):
        return x @ load + np.array([0.2, 0.0, 0.3, 0.1]) * x[:, :1] ** 2

    def given(known, draws, rng):
        x = rng.standard_normal((draws, 3))
        x[:, 0] = known
        return x

    exact, error = nested_value(payoff, lambda rng: rng.standard_normal(), given, 1500, 1500)
    x = rng.standard_normal((SIZE, 3))
    result = evppi(payoffs(payoff(x)), inputs({"x": x[:, 0]}))
    assert float(result["evppi"][0]) == pytest.approx(
        exact, abs=4.0 * float(np.hypot(result["se"][0], error)) + 0.002
    )


@pytest.mark.slow
def test_evppi_of_the_treatment_of_ades_lu_and_claxton():
    quantities = Ades.draw(SIZE, np.random.default_rng(5))
    npv = payoffs(Ades.payoffs(quantities))
    result = evppi(npv, inputs(quantities))
    assert within(result, "side_effects", Ades.evppi_side_effects())

    def given(known, draws, rng):
        return Ades.draw(draws, rng) | {"odds_ratio": np.full(draws, known)}

    exact, error = nested_value(
        Ades.payoffs, lambda rng: np.exp(rng.normal(-1.5, sqrt(1 / 3))), given, 1000, 1000
    )
    odds = result.sel(input="odds_ratio")
    assert float(odds["evppi"]) == pytest.approx(
        exact, abs=4.0 * float(np.hypot(odds["se"], error))
    )


@pytest.mark.parametrize(
    ("known", "unknown", "strike"), [(0.5, 2.0, 0.9), (1.5, 1.5, 5.0), (2.0, 0.5, 20.0)]
)
def test_heavy_tails_are_withstood(known, unknown, strike):
    """A lognormal payoff against a sum; 10 to 60 times as large as its mean in the far tail."""
    rng = np.random.default_rng(13)
    score, noise = rng.standard_normal((2, 4 * SIZE))
    worth = mean_one(known, score) * mean_one(unknown, noise)
    npv = payoffs(np.stack([np.full_like(worth, strike), worth], axis=1))
    result = evppi(npv, inputs({"x": np.exp(score)}))
    assert within(result, "x", lognormal_value(strike, known))
    assert float(result["evppi"][0]) > 4.0 * float(result["se"][0])


def test_a_quantity_that_matters_at_both_ends_is_seen():
    """Benefit 1 − x² for normal x: positive between −1 and 1; E max = 2φ(1)."""
    x = np.random.default_rng(3).standard_normal(SIZE)
    result = evppi(payoffs(against_nothing(1.0 - x**2)), inputs({"x": x}))
    assert within(result, "x", 2.0 * np.exp(-0.5) / sqrt(2.0 * pi))


@pytest.mark.slow
def test_two_quantities_that_matter_only_together():
    """Benefit x·y: neither is worth anything alone, both E|xy|/2 = 1/π."""
    x, y = np.random.default_rng(6).standard_normal((2, SIZE))
    result = evppi(payoffs(against_nothing(x * y)), inputs({"x": x, "y": y}), {"xy": ["x", "y"]})
    assert within(result, "xy", 1.0 / pi)
    assert within(result, "x", 0.0)
    assert within(result, "y", 0.0)


@pytest.mark.slow
def test_a_large_group_is_known_by_its_strongest_quantities():
    rng = np.random.default_rng(18)
    x = rng.standard_normal((20, SIZE))
    benefit = 0.2 + x[3] + 0.5 * x[11] + 0.3 * x[16] + 0.5 * x[11] * x[16]
    npv = payoffs(against_nothing(benefit + rng.standard_normal(SIZE)))
    known = inputs({f"x{place}": one for place, one in enumerate(x)})
    names = {"all": list(known), "three": ["x3", "x11", "x16"]}
    result = evppi(npv, known, names, trees=False)
    value, error = (result[name].to_series() for name in ("evppi", "se"))
    assert value["all"] > 10.0 * error["all"]
    assert value["all"] == pytest.approx(value["three"], abs=2.0 * error["three"])


def test_a_group_goes_by_its_best_member_where_its_own_rule_earns_less():
    """A cliff in one of eight: polynomials of all eight earn about half of what its spline does."""
    rng = np.random.default_rng(0)
    x, noise = rng.standard_normal((8, 2, 512)), rng.standard_normal((2, 512))
    benefit = np.stack([3.0 * (x[0, 0] > 1.5) - 0.5, x[1, 1] + x[2, 1]]) + noise
    npv = xr.DataArray(against_nothing(benefit.T.ravel()).reshape(512, 2, 2))
    npv = npv.rename(dict(zip(npv.dims, ("draw", "player", "strategy"), strict=True)))
    known = xr.Dataset({f"x{place}": (("player", "draw"), one) for place, one in enumerate(x)})
    result = evppi(npv, known, {"all": list(known)}, trees=False)
    cliff, plane = (result.isel(player=place) for place in (0, 1))
    assert cliff["method"].sel(input="all") == "by x0 alone"
    for figure in ("evppi", "se"):
        assert cliff[figure].sel(input="all").item() == cliff[figure].sel(input="x0").item()
    assert plane["method"].sel(input="all") == "polynomial chaos"
    assert plane["evppi"].sel(input="all") > plane["evppi"].sel(input="x1") > 0.0
    alone = evppi(npv, known, {"all": list(known)}, singles=False, trees=False)
    xr.testing.assert_identical(alone, result.sel(input=["all"]))


@pytest.mark.slow
def test_trees_are_taken_where_polynomial_chaos_misses_the_cliffs():
    """A chessboard of 6 by 6 fields: the benefit is 1 on white and −1 on black ones."""
    x, y = np.random.default_rng(9).random((2, SIZE))
    white = (np.floor(6 * x) + np.floor(6 * y)) % 2 == 0
    npv, both = payoffs(against_nothing(np.where(white, 1.0, -1.0))), inputs({"x": x, "y": y})
    with_trees = evppi(npv, both, {"xy": ["x", "y"]}).sel(input="xy")
    without = evppi(npv, both, {"xy": ["x", "y"]}, trees=False).sel(input="xy")
    assert with_trees["method"] == "boosted trees"
    assert without["method"] == "polynomial chaos"
    assert float(with_trees["evppi"]) > float(without["evppi"]) + 4.0 * float(without["se"])
    assert float(with_trees["evppi"]) == pytest.approx(0.5, abs=0.05)


def test_polynomial_chaos_is_kept_where_all_is_smooth():
    x, y, noise = np.random.default_rng(17).standard_normal((3, SIZE))
    npv = payoffs(against_nothing(0.1 + x + 0.5 * y + noise))
    result = evppi(npv, inputs({"x": x, "y": y}), {"xy": ["x", "y"]}).sel(input="xy")
    assert result["method"].item().endswith("polynomial chaos")
    assert within(result, "xy", normal_value(0.1, sqrt(1.25)))


# ------------------------------------------------------------------------------ events and classes


def test_an_event_is_valued_by_the_means_of_its_groups():
    rng = np.random.default_rng(10)
    event = (rng.random(SIZE) < 0.3).astype(float)
    values = rng.normal(0.0, 1.0, (SIZE, 3)) + np.stack([event, 1.0 - event, 0.0 * event], axis=1)
    result = evppi(payoffs(values), inputs({"event": event}))
    means = np.array([values[event == side].mean(axis=0) for side in (0.0, 1.0)])
    share = np.array([(event == side).mean() for side in (0.0, 1.0)])
    assert float(result["evppi"][0]) == pytest.approx(
        share @ means.max(axis=1) - values.mean(axis=0).max(), rel=1e-12
    )
    assert within(result, "event", 0.3)
    assert result["method"][0] == "means"


def test_the_error_of_an_event_without_chains_is_that_of_random_draws():
    """Its draws are dealt by lot: if they all fell into one chain, the error would be 34 times."""
    errors, values = [], []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        event = (rng.random(2048) < 0.3).astype(float)
        npv = payoffs(against_nothing(event - 0.5), chains=False)
        result = evppi(npv, inputs({"event": event}, chains=False))
        values.append(float(result["evppi"][0]))
        errors.append(float(result["se"][0]))
    assert sqrt(np.mean(np.square(errors))) == pytest.approx(np.std(values, ddof=1), rel=0.45)
    assert np.mean(values) == pytest.approx(0.15, abs=4.0 * np.std(values) / sqrt(40))


def test_classes_need_not_be_numbers_in_an_order():
    rng = np.random.default_rng(12)
    kind = rng.integers(0, 5, SIZE).astype(float)
    worth = np.array([1.0, -2.0, 2.0, -1.0, 0.5])[kind.astype(int)]
    result = evppi(payoffs(against_nothing(worth + rng.normal(0, 1, SIZE))), inputs({"k": kind}))
    assert within(result, "k", (1.0 + 2.0 + 0.5) / 5.0 - 0.1)


def test_a_constant_is_worth_nothing():
    x = np.random.default_rng(0).standard_normal(SIZE)
    both = inputs({"x": x, "fixed": np.full(SIZE, 0.1)})
    result = evppi(payoffs(against_nothing(x)), both, {"pair": ["x", "fixed"]})
    assert float(result["evppi"].sel(input="fixed")) == 0.0
    assert result["method"].sel(input="fixed") == "none"
    assert result["evppi"].sel(input="pair").item() == result["evppi"].sel(input="x").item()


# ------------------------------------------------------------------------------ nothing from noise


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "lead", "repeats"),
    [("continuous", 0.0, 40), ("continuous", 0.02, 40), ("event", 0.0, 40), ("group", 0.0, 20)],
)
def test_an_irrelevant_quantity_shows_no_value(kind, lead, repeats):
    """Over many independent draws of it: zero on average, and never a value above its error.

    A group of two shows the largest of three estimates, a third of an error high on average.
    """
    rng = np.random.default_rng(20)
    x = rng.standard_normal((repeats, 2, CHAINS, 128))
    if kind == "event":
        x = (x > 0.5).astype(float)
    benefit = lead + rng.standard_normal((CHAINS, 128, repeats))
    npv = xr.DataArray(against_nothing(benefit.reshape(-1)).reshape(*benefit.shape, 2))
    npv = npv.rename(dict(zip(npv.dims, ("chain", "draw", "repeat", "strategy"), strict=True)))
    known = xr.Dataset(
        {name: (("repeat", "chain", "draw"), x[:, place]) for place, name in enumerate("ab")}
    )
    groups = {"ab": ["a", "b"]} if kind == "group" else None
    result = evppi(npv, known, groups, trees=False).isel(input=-1)
    error = float(result["evppi"].std(ddof=1)) / sqrt(repeats)
    high = 0.6 * float(result["se"].mean()) if kind == "group" else 0.0
    assert float(result["evppi"].mean()) < high + 2.0 * error + 1e-9
    assert float(result["evppi"].mean()) > -0.5 * float(evpi(npv)["mcse"].mean())
    # Where the rule changes nothing the error is not known, and the value 0.
    assert (abs(result["evppi"]) <= 4.0 * result["se"].fillna(0.0) + 1e-12).all()


def test_a_strong_effect_that_reverses_nothing_is_worth_nothing():
    """The best strategy leads by more than three deviations of what the quantity tells."""
    rng = np.random.default_rng(22)
    x = rng.standard_normal(SIZE)
    npv = payoffs(against_nothing(3.0 + 0.9 * x + 5.0 * rng.standard_normal(SIZE)))
    result = evppi(npv, inputs({"x": x}))
    assert within(result, "x", normal_value(3.0, 0.9))
    assert normal_value(3.0, 0.9) < 2e-4


@pytest.mark.slow
def test_the_standard_error_is_the_spread_over_repetitions():
    rng = np.random.default_rng(23)
    repeats = 60
    x, noise = rng.standard_normal((2, CHAINS, 256, repeats))
    benefit = 0.3 + x + noise
    npv = xr.concat(
        [xr.zeros_like(one := xr.DataArray(benefit, dims=("chain", "draw", "repeat"))), one],
        "strategy",
    )
    result = evppi(npv, xr.Dataset({"x": (("chain", "draw", "repeat"), x)}))
    spread = float(result["evppi"].std(ddof=1))
    assert spread == pytest.approx(float(result["se"].mean()), rel=0.35)
    truth = normal_value(0.3, 1.0)
    assert float(result["evppi"].mean()) == pytest.approx(truth, abs=4.0 * spread / sqrt(repeats))


# ------------------------------------------------------------------------------------- invariants


@pytest.fixture(scope="module")
def case():
    """Three strategies, four quantities, one of them an event."""
    rng = np.random.default_rng(30)
    a, b, c = rng.standard_normal((3, SIZE))
    event = (rng.random(SIZE) < 0.4).astype(float)
    values = np.stack([0.1 * c, a + 0.5 * b * event, 0.4 * a - event + 0.3 * np.exp(c)], axis=1)
    return values, {"a": a, "b": b, "c": c, "event": event}


GROUPS = {"ab": ["a", "b"], "abe": ["a", "b", "event"], "all": ["a", "b", "c", "event"]}


@pytest.mark.slow
@pytest.mark.parametrize("chains", [True, False])
def test_nothing_hangs_on_labels_reference_or_order_of_rows(case, chains):
    values, quantities = case
    known = inputs(quantities, chains=chains)
    npv = payoffs(values, chains=chains)
    base = evppi(npv, known, GROUPS, trees=False)

    def same(npv, known, groups=GROUPS):
        other = evppi(npv, known, groups, trees=False).sel(input=base["input"])
        np.testing.assert_allclose(other["evppi"], base["evppi"], rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose(other["se"], base["se"], rtol=1e-6, atol=1e-9)

    same(npv.isel(strategy=[2, 0, 1]), known)
    same(npv - npv.isel(strategy=1, drop=True), known)
    same(npv * 1000.0 / 1000.0, known[["event", "c", "b", "a"]], dict(reversed(GROUPS.items())))
    shuffled = np.random.default_rng(31).permutation(npv.sizes["draw"])
    same(npv.isel(draw=shuffled), known.isel(draw=shuffled))


@pytest.mark.slow
def test_the_same_call_gives_the_same_bytes(case):
    values, quantities = case
    first, second = (
        evppi(payoffs(values), inputs(quantities), GROUPS, trees=False) for _ in range(2)
    )
    xr.testing.assert_identical(first, second)


def test_groups_may_be_valued_alone(case):
    values, quantities = case
    npv, known = payoffs(values), inputs(quantities)
    alone = evppi(npv, known, {"ab": ["a", "b"]}, singles=False, trees=False)
    assert list(alone["input"].values) == ["ab"]
    both = evppi(npv, known, {"ab": ["a", "b"]}, trees=False).sel(input=["ab"])
    xr.testing.assert_equal(alone["evppi"], both["evppi"])
    with pytest.raises(InputError, match="no input to learn"):
        evppi(npv, known, singles=False)


@pytest.mark.slow
def test_the_number_of_processors_changes_no_byte(case, monkeypatch):
    values, quantities = case
    results = []
    for count in (1, 3):
        monkeypatch.setattr("os.cpu_count", lambda count=count: count)
        results.append(evppi(payoffs(values), inputs(quantities), {"ab": ["a", "b"]}))
    xr.testing.assert_identical(*results)


def test_monotone_transformations_of_an_input_change_nothing(case):
    values, quantities = case
    npv = payoffs(values)
    base = evppi(npv, inputs({"a": quantities["a"]}))
    bent = evppi(npv, inputs({"a": np.exp(3.0 * quantities["a"])}))
    xr.testing.assert_allclose(base, bent)


def test_knowing_more_is_never_worth_less_and_never_more_than_knowing_all(case):
    values, quantities = case
    npv = payoffs(values)
    result = evppi(npv, inputs(quantities), GROUPS, trees=False)
    value, error = (result[name].to_series() for name in ("evppi", "se"))
    for smaller, larger in [("a", "ab"), ("b", "ab"), ("ab", "abe"), ("abe", "all"), ("c", "all")]:
        assert value[larger] > value[smaller] - 2.0 * np.hypot(error[larger], error[smaller])
    assert (value <= float(evpi(npv)["evpi"]) + 1e-12).all()
    assert value["all"] == pytest.approx(float(evpi(npv)["evpi"]), rel=0.02)


def test_each_player_is_a_decision_of_its_own(case):
    values, quantities = case
    npv = payoffs(values)
    both = xr.concat([npv, 2.0 * npv.isel(strategy=[2, 1, 0]).drop_vars("strategy")], "player")
    both = both.drop_vars("strategy", errors="ignore").assign_coords(player=["one", "two"])
    known = inputs(quantities)
    own = known.assign(own=xr.concat([known["a"], known["b"]], "player"))
    own = own.assign_coords(player=["one", "two"])
    groups = {"mixed": ["own", "event"]}
    result = evppi(both, own, groups)
    assert result["evppi"].dims == ("input", "player")
    assert list(result["player"].values) == ["one", "two"]
    first = evppi(npv, known.assign(own=known["a"]), groups, trees=False)
    second = evppi(npv, known.assign(own=known["b"]), groups, trees=False)
    shared = ["a", "b", "c", "event"]
    for player, alone, factor in (("one", first, 1.0), ("two", second, 2.0)):
        got = result.sel(player=player)
        for name in shared:
            error = factor * float(alone["se"].sel(input=name)) + 1e-9
            expected = factor * float(alone["evppi"].sel(input=name))
            assert float(got["evppi"].sel(input=name)) == pytest.approx(expected, abs=3.0 * error)
    assert within(result.sel(player="one"), "own", float(first["evppi"].sel(input="a")))
    assert within(result.sel(player="two"), "own", 2.0 * float(first["evppi"].sel(input="b")))


def test_progress_ends_at_one(case):
    values, quantities = case
    told = []
    evppi(payoffs(values), inputs(quantities), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


# ------------------------------------------------------------------------------------- bad input


def test_what_cannot_be_used_is_refused(case):
    values, quantities = case
    npv, known = payoffs(values), inputs(quantities)
    with pytest.raises(
        InputError, match=r"need the dimension 'strategy'; these have \(chain, draw"
    ):
        evppi(npv.rename(strategy="option"), known)
    with pytest.raises(InputError, match="at least two strategies"):
        evpi(npv.isel(strategy=[0]))
    with pytest.raises(InputError, match="1 payoffs are not finite"):
        evpi(npv.where((npv != npv[3, 5, 1]), np.nan))
    with pytest.raises(InputError, match="a has values that are not finite"):
        evppi(npv, known.assign(a=known["a"].where(known["a"] < 2.0, np.inf)))
    with pytest.raises(InputError, match="48 draws are too few; 64"):
        evppi(npv.isel(draw=slice(3)), known.isel(draw=slice(3)))
    with pytest.raises(InputError, match="a has 100 along draw, the outcome 1024"):
        evppi(npv, known.isel(draw=slice(100)))
    with pytest.raises(InputError, match=r"a has dimensions \(draw\), the outcome \(chain, draw"):
        evppi(npv, known.assign(a=known["a"].isel(chain=0)))
    with pytest.raises(InputError, match=r"a has dimensions \(year, chain, draw\), the outcome"):
        evppi(npv, known.assign(a=known["a"].expand_dims(year=2)))
    with pytest.raises(InputError, match="no inputs given"):
        evppi(npv, xr.Dataset())


def test_groups_that_cannot_be_used_are_refused(case):
    values, quantities = case
    npv, known = payoffs(values), inputs(quantities)
    with pytest.raises(
        InputError, match=r"names 'evnt', which is no input; did you mean .event.\?"
    ):
        evppi(npv, known, {"g": ["a", "evnt"]})
    with pytest.raises(InputError, match="group 'a' has the name of an input"):
        evppi(npv, known, {"a": ["b"]})
    with pytest.raises(InputError, match="group 'g' needs a list of inputs"):
        evppi(npv, known, {"g": []})
    with pytest.raises(InputError, match="group 'g' needs a list of inputs"):
        evppi(npv, known, {"g": "ab"})
