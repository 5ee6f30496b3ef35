"""Stochastic dominance worked by hand, for normals, and what must not change it."""

from math import sqrt

import numpy as np
import pytest
import xarray as xr
from scipy.stats import norm

from model.risk.dominance import dominance
from priors.errors import InputError


def choice(*columns, names="abc"):
    return xr.DataArray(
        np.stack(columns, axis=1),
        dims=("draw", "strategy"),
        coords={"strategy": list(names)[: len(columns)]},
    )


def verdicts(found, one, other):
    return list(found["verdict"].sel(strategy=one, other=other).values)


def repeated(*values):
    return np.tile(np.array(values, dtype=float), 16)


def test_by_hand():
    # a: 1 or 5; b: 0 or 4; c: 2 or 3, each with probability 1/2, four draws in each pattern.
    found = dominance(choice(repeated(1, 5, 1, 5), repeated(0, 4, 0, 4), repeated(2, 3, 3, 2)))
    assert verdicts(found, "a", "b") == ["yes", "yes"]
    assert verdicts(found, "b", "a") == ["no", "no"]
    # c is safer than a at the same mean less 0.5: neither dominates.
    assert verdicts(found, "a", "c") == ["no", "no"]
    assert verdicts(found, "c", "a")[0] == "no"
    # c against b: at 3 < x < 4 all of c is below but half of b; c's worst half is 2 against 0.
    assert verdicts(found, "c", "b") == ["no", "yes"]
    at = found["violation"].sel(strategy="c", other="b")
    assert at.sel(order=1) == 0.5
    # a against c: worst half 1 against 2, times one half.
    assert found["violation"].sel(strategy="a", other="c", order=2) == 0.5
    assert verdicts(found, "a", "a") == ["", ""]


def test_amounts_that_both_can_pay():
    found = dominance(choice(repeated(1, 2, 1, 2), repeated(1, 1, 1, 1)))
    assert verdicts(found, "a", "b") == ["yes", "yes"]
    assert verdicts(found, "b", "a") == ["no", "no"]
    assert found["violation"].sel(strategy="b", other="a", order=1) == 0.5


def test_normals():
    random = np.random.default_rng(0)
    common = random.standard_normal(16384)
    found = dominance(choice(common + 1.0, common, 0.5 * random.standard_normal(16384) + 0.3))
    assert verdicts(found, "a", "b") == ["yes", "yes"]
    # Same mean or more, less spread: second order only.
    assert verdicts(found, "c", "b") == ["no", "yes"]
    assert verdicts(found, "b", "c") == ["no", "no"]


def test_a_violation_within_the_error_is_doubtful():
    random = np.random.default_rng(1)
    one, other = random.standard_normal((2, 4096))
    found = dominance(choice(one + 0.01, other))
    assert verdicts(found, "a", "b")[0] == "doubtful"
    at = found.sel(strategy="a", other="b", order=1)
    assert 0.0 < at["violation"] < 3.0 * at["se"]


def test_standard_errors_are_those_of_repetitions():
    violations, errors = [], []
    for seed in range(60):
        random = np.random.default_rng(seed)
        found = dominance(choice(random.standard_normal(1024), 0.2 + random.standard_normal(1024)))
        at = found.sel(strategy="a", other="b")
        violations.append(at["violation"].values)
        errors.append(at["se"].values)
    ratio = np.mean(errors, axis=0) / np.std(violations, axis=0, ddof=1)
    assert ((ratio > 0.7) & (ratio < 1.4)).all()


def shares_of_normals(mean, sd, other_mean, other_sd):
    """Violated shares of both orders: of quantiles, and of φ and Φ integrated from 0 to p."""
    p = (np.arange(200_000) + 0.5) / 200_000
    z = norm.ppf(p)
    quantile = other_mean - mean + (other_sd - sd) * z
    area = (other_mean - mean) * p - (other_sd - sd) * norm.pdf(z)
    return [np.maximum(gap, 0.0).mean() / np.abs(gap).mean() for gap in (quantile, area)]


@pytest.mark.parametrize("correlation", [0.0, 0.8])
@pytest.mark.parametrize("case", [(0.3, 1.5, 0.0, 1.0), (0.5, 1.0, 0.0, 1.6)])
def test_the_violated_share_of_normals_and_its_error(case, correlation):
    """(0.5, 1, 0, 1.6) dominates by second order, with a share of 0."""
    rng = np.random.default_rng(6)
    z, noise = rng.standard_normal((2, 100, 2048))
    w = correlation * z + sqrt(1.0 - correlation**2) * noise
    npv = xr.DataArray(
        np.stack([case[0] + case[1] * z, case[2] + case[3] * w], axis=2),
        dims=("repeat", "draw", "strategy"),
    )
    found = dominance(npv).isel(strategy=0, other=1)
    for order, truth in zip((1, 2), shares_of_normals(*case), strict=True):
        share, se = (found[name].sel(order=order).values for name in ("share", "share_se"))
        if truth < 1e-9:
            assert (share < 1e-3).all()
            continue
        spread = share.std(ddof=1)
        assert spread == pytest.approx(sqrt((se**2).mean()), rel=0.25)
        assert share.mean() == pytest.approx(truth, abs=spread / 2.0)
        # Of 100, with a share's skewness: two standard errors below 90 of 95.
        assert (np.abs(share - truth) < 2.13 * se).mean() > 0.85
    opposite = dominance(npv).isel(strategy=1, other=0)
    np.testing.assert_allclose(opposite["share"], 1.0 - found["share"])
    np.testing.assert_allclose(opposite["share_se"], found["share_se"])


def test_dominance_that_a_rare_draw_breaks_is_almost():
    """Equal means: the draws break second order at p = 1 half of the time, by next to nothing."""
    verdicts = []
    for seed in range(12):
        z, w = np.random.default_rng(seed).standard_normal((2, 16384))
        found = dominance(choice(0.7 * z, w)).sel(strategy="a", other="b", order=2)
        verdicts.append(found["verdict"].item())
        assert found["share"] + 2.0 * found["share_se"] < 0.01
    assert set(verdicts) == {"yes", "almost"}


def test_equal_distributions():
    z = np.random.default_rng(2).standard_normal(256)
    found = dominance(choice(z, z[::-1]))
    assert verdicts(found, "a", "b") == verdicts(found, "b", "a") == ["equal", "equal"]


def test_players_are_judged_alone_and_relabelling_or_shuffling_changes_nothing():
    values = np.random.default_rng(3).normal(size=(16, 32, 2, 3)) + np.array([0.0, 0.5, 3.0])
    npv = xr.DataArray(
        values,
        dims=("chain", "draw", "player", "strategy"),
        coords={"player": ["p", "q"], "strategy": ["a", "b", "c"]},
    )
    found = dominance(npv)
    assert found["verdict"].dims == ("strategy", "other", "order", "player")
    alone = dominance(npv.sel(player="q"))
    xr.testing.assert_identical(found.sel(player="q", drop=True), alone.drop_vars("player"))
    turned = dominance(npv.isel(strategy=[2, 0, 1]))
    xr.testing.assert_identical(turned.sel(strategy=list("abc"), other=list("abc")), found)
    flat = npv.sel(player="p", drop=True).stack(row=("chain", "draw"))
    rows = np.random.default_rng(4).permutation(512)
    plain = xr.DataArray(
        flat.transpose("row", "strategy").values,
        dims=("draw", "strategy"),
        coords={"strategy": ["a", "b", "c"]},
    )
    xr.testing.assert_allclose(
        dominance(plain)[["violation", "se"]], dominance(plain[rows])[["violation", "se"]]
    )


def test_refuses_what_is_no_choice():
    with pytest.raises(InputError, match="at least two"):
        dominance(choice(np.ones(64)))
    with pytest.raises(InputError, match="dimension 'strategy'"):
        dominance(xr.DataArray(np.ones(64), dims="draw"))
