"""Draws are told by the columns that they were made from."""

from dataclasses import replace

import numpy as np
import pytest

from model.sampling.defaults import EARLIER_SAMPLER
from model.sampling.joint import sample
from model.sampling.recognition import sampler_that_made
from priors.reading.load import load_priors, load_text
from tests.reference.prior_files import minimal

SEED = 5


@pytest.fixture(scope="module")
def priors():
    return load_priors("base.toml")


@pytest.mark.parametrize("moved", [0.0, 1e-5, -1e-5])
@pytest.mark.parametrize("made", ["sobol", EARLIER_SAMPLER])
def test_each_is_recognised_though_last_digits_differ(priors, made, moved):
    drawn = sample(priors, 64, 4, SEED, made)
    moved = replace(drawn, values=drawn.values * (1.0 + moved))
    assert sampler_that_made(moved, priors, SEED, "sobol") == made


def test_the_first_draws_of_a_larger_run_are_enough(priors):
    drawn = sample(priors, 256, 4, SEED, EARLIER_SAMPLER)
    first = replace(drawn, values=np.ascontiguousarray(drawn.values[..., :16]))
    assert sampler_that_made(first, priors, SEED, "sobol") == EARLIER_SAMPLER


def test_what_has_no_columns_or_the_same_ones_is_as_stated(priors):
    at_random = sample(priors, 64, 4, SEED, "random")
    assert sampler_that_made(at_random, priors, SEED, "random") == "random"
    first = load_text(minimal(edition=1), "mine.toml")
    drawn = sample(first, 64, 4, SEED, EARLIER_SAMPLER)
    assert sampler_that_made(drawn, first, SEED, "sobol") == "sobol"
