"""Sizes and seeds at and beyond every end: one line each, or a run."""

import pytest
import typer

from cli.errors import guarded
from model.sampling.defaults import MAX_CHAINS, MAX_SEED

REFUSED = {
    ("--draws", 2**40, "--no-options"): "GB of scratch files are needed and",
    ("--draws", 2**40): "need about 6157266 GB of memory",
    ("--draws", 10**26): "draws need more memory than any machine has: expected fewer than",
    ("--draws", 10**400): "a number of about 401 digits draws need more memory",
    ("--draws", -64): "-64 draws over 4 chains are -16 a chain",
    ("--draws", 0): "the nearest totals are 8",
    ("--chains", 0): "0 chains are too few",
    ("--chains", 3): "3 chains are too few",
    ("--chains", MAX_CHAINS + 1): "1,048,577 chains are too many: expected at most 1,048,576",
    ("--chains", 10**400): "a number of about 401 digits chains are too many",
    ("--seed", MAX_SEED + 1): "expected a whole number up to 18,446,744,073,709,551,615",
    ("--seed", 10**400): "seed a number of about 401 digits",
    ("--seed", -1): "--seed",
    ("--max-draws", 10**23, "--until-resolved"): "expected at most 1,048,576",
    ("--set", ""): 'found "", expected a dotted path',
}


@pytest.mark.parametrize(("words", "message"), REFUSED.items(), ids=str)
def test_what_is_beyond_an_end_is_refused_in_a_line(decide, words, message):
    result = decide(
        "simulate", "--priors=base.toml", "--draws=64", "--chains=4", "--out=new", *words
    )
    assert (result.exit_code, result.exception.__class__) == (2, SystemExit), result.output
    assert message in result.stderr
    assert len(result.stderr.strip().splitlines()[-1]) < 300


def test_the_largest_seed_runs_and_is_reproduced(decide, small):
    words = ("--seed", MAX_SEED, "--out", "new")
    assert decide("simulate", "--priors=base.toml", *small, *words).exit_code == 0
    assert decide("reproduce", "new").exit_code == 0


@pytest.mark.slow
def test_sensitivity_works_with_the_fewest_draws_that_it_says(decide):
    words = ("sensitivity", "--priors=base.toml", "--chains=4", "--no-options", "--out=new")
    result = decide(*words, "--draws=32")
    assert (result.exit_code, "64 are the least" in result.stderr) == (2, True)
    result = decide(*words, "--draws=64")
    assert result.exit_code == 0, result.stderr


def test_too_little_memory_is_said(capsys):
    @guarded
    def greedy() -> None:
        message = "Unable to allocate 94 GiB"
        raise MemoryError(message)

    with pytest.raises(typer.Exit, match="2"):
        greedy()
    assert "not enough memory: Unable to allocate 94 GiB; ask for fewer" in capsys.readouterr().err
