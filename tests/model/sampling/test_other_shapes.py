"""Draws with wider priors, and with a t copula: their margins and how extremes go together."""

import numpy as np
import pytest

from model.sampling.joint import sample
from priors.reading.load import load_text
from tests.reference.prior_files import minimal

VARYING = """
[market.size_2025]
family = "lognormal"
median = 1.0
log_sd = 0.5
[market.size_2033]
family = "lognormal"
median = 10.0
log_sd = 1.0
[market.ceiling]
family = "lognormal"
median = 100.0
log_sd = 1.0
[robotics.success]
family = "bernoulli"
probability = 0.3
[[correlations]]
between = ["market.size_2025", "market.size_2033"]
rank = 0.5
"""
DRAWS, CHAINS = 65_536, 16
STATED = ("market.size_2025", "market.size_2033", "market.ceiling", "robotics.success")


@pytest.fixture(scope="module")
def priors():
    return load_text(minimal(*STATED) + VARYING, "mine.toml")


def logs(drawn, name):
    return np.log(drawn.by_name()[name])


def test_a_spread_widens_every_prior_about_its_median(priors):
    plain = sample(priors, DRAWS, CHAINS, 3)
    wide = sample(priors, DRAWS, CHAINS, 3, spread=1.5)
    for name, median in (("market.size_2033", 10.0), ("market.ceiling", 100.0)):
        centred = logs(plain, name) - np.log(median)
        assert logs(wide, name) - np.log(median) == pytest.approx(1.5 * centred, rel=1e-9, abs=1e-9)


def test_a_spread_leaves_events_as_likely_as_they_are(priors):
    plain = sample(priors, DRAWS, CHAINS, 3).by_name()["robotics.success"]
    wide = sample(priors, DRAWS, CHAINS, 3, spread=1.5).by_name()["robotics.success"]
    assert np.array_equal(plain, wide)


def test_a_t_copula_keeps_the_margins_and_brings_extremes_together(priors):
    plain = sample(priors, DRAWS, CHAINS, 3)
    heavy = sample(priors, DRAWS, CHAINS, 3, degrees=4.0)
    assert np.array_equal(plain.by_name()["market.ceiling"], heavy.by_name()["market.ceiling"])
    joint = {}
    for label, drawn in (("plain", plain), ("heavy", heavy)):
        first, second = (logs(drawn, f"market.size_{year}") for year in (2025, 2033))
        for values, sd in ((first, 0.5), (second - np.log(10.0), 1.0)):
            below = (values < -1.2815515655446004 * sd).mean(axis=1)
            assert below.mean() == pytest.approx(0.1, abs=4 * below.std(ddof=1) / 4)
        high = (first > 2.326 * 0.5) & (second - np.log(10.0) > 2.326)
        joint[label] = high.mean(axis=1)
    # Both above their 99 % points: by quadrature of the bivariate densities, r = 2 sin(π/12).
    for label, expected in (("plain", 0.001386), ("heavy", 0.002982)):
        error = joint[label].std(ddof=1) / 4
        assert joint[label].mean() == pytest.approx(expected, abs=4 * error)
