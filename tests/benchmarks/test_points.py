"""What Sobol points give over independent draws, measured as the benchmark does."""

import numpy as np
import pytest

from benchmarks.points import ratios, table
from model.sampling.defaults import EARLIER_SAMPLER
from priors.reading.load import load_priors


@pytest.mark.slow
def test_independent_draws_have_the_variance_of_independent_draws():
    """Of four seeds a player's ratio is known to √(2/60), the median of players to no less."""
    found = ratios(load_priors("base.toml"), 16_384, range(4), sampler="random")
    assert np.median(found) == pytest.approx(1.0, abs=4 * (2 / 60) ** 0.5)


@pytest.mark.slow
def test_chosen_columns_give_a_tenth_of_the_variance_of_independent_draws():
    """As is claimed of the median player, to its error; 150 degrees of freedom a player."""
    priors, seeds = load_priors("base.toml"), range(101, 111)
    chosen = ratios(priors, 65_536, seeds)
    by_number = ratios(priors, 65_536, seeds, sampler=EARLIER_SAMPLER)
    error = (2 / 150) ** 0.5
    assert np.median(chosen) < (1.0 + 2 * error) / 10.0
    # of one player √2 times the error; the mean of players has less, the industry being theirs all
    assert np.mean(np.log(chosen)) < np.mean(np.log(by_number)) - error


def test_the_table_has_a_median():
    found = table(["one", "two", "three"], {"x": np.array([0.1, 0.25, 1.0])})
    assert found.splitlines()[2] == "| one | 1/10.0 |"
    assert found.splitlines()[-1] == "| **median** | 1/4.0 |"
