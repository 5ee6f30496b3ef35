"""Joint draws: their distributions, their dependence, and what may and may not change them."""

import hashlib
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from model.numerics import threads as pools
from model.sampling.joint import sample
from model.sampling.size import check_size
from priors.errors import InputError
from priors.reading.load import load_text
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
from tests.reference.prior_files import minimal

ROOT = Path(__file__).resolve().parents[3]
SEED = 20260324
CHAINS = 16
PER_CHAIN = 256

CORRELATED = """
[[correlations]]
between = ["compute.chip_cost_decline", "compute.efficiency_gain"]
rank = 0.5
[[correlations]]
between = ["compute.chip_cost_decline", "compute.quality_creep"]
rank = -0.4
[[correlations]]
between = ["players.*.fixed_cost", "players.*.valuation"]
rank = 0.7
[[correlations]]
between = ["players.*.synergy", "players.*.synergy"]
rank = 0.3
"""
#: Every family once, over the minimal file's priors.
FAMILIES = """
[market.size_2033]
family = "mixture"
components = [
  { weight = 0.85, family = "lognormal", p10 = 2.0, p90 = 9.0 },
  { weight = 0.15, family = "lognormal", p10 = 25.0, p90 = 140.0 },
]
[market.growth_fade]
family = "gamma"
p10 = 0.1
p90 = 0.4
[market.subsidy_half_life]
family = "metalog"
p10 = 0.5
p50 = 1.0
p90 = 2.5
[compute.scarcity_half_life]
family = "pert"
low = 1.0
mode = 2.0
high = 7.0
[compute.cost_gap_half_life]
family = "triangular"
p10 = 1.0
p50 = 2.0
p90 = 3.4
[competition.price_2026]
family = "uniform"
low = 0.1
high = 0.5
[competition.markup]
family = "normal"
mean = 0.3
sd = 0.2
[ipo.delay_years]
family = "discrete"
values = [0.0, 1.0, 2.0]
weights = [0.5, 0.25, 0.25]
[ipo.delay_cost]
family = "lognormal"
p10 = 0.01
p90 = 0.1
upper = 0.15
scale = 2.0
shift = 0.01
[robotics.profit_pool]
family = "constant"
value = 50.0
"""


def load(text="", players=("one", "two"), overrides=None):
    """The minimal file with other priors and correlations instead."""
    own = re.findall(r"^\[(\w+\.\w+)\]$", text, flags=re.MULTILINE)
    return load_text(minimal(*own, players=players) + text, "test.toml", overrides)


def draws_of(priors, per_chain=PER_CHAIN, chains=CHAINS, seed=SEED, sampler="sobol"):
    return sample(priors, per_chain * chains, chains, seed, sampler)


def columns(drawn):
    """Draws (chain, draw) of each quantity of each player."""
    found = {}
    for name, values in drawn.by_name().items():
        if values.ndim == 2:
            found[name, None] = values
        else:
            for place, player in enumerate(drawn.players):
                found[name, player] = values[:, :, place]
    return found


def same(first, second, keys=None):
    """The (quantity, player) whose draws are the same bytes in both."""
    first, second = columns(first), columns(second)
    return {key for key in keys or first if np.array_equal(first[key], second[key])}


def digest(drawn):
    return hashlib.sha256(drawn.values.tobytes()).hexdigest()


@pytest.fixture(scope="module")
def priors():
    return load(FAMILIES + CORRELATED)


@pytest.fixture(scope="module")
def drawn(priors):
    return draws_of(priors)


@pytest.fixture(scope="module")
def random(priors):
    return draws_of(priors, sampler="random")


def is_continuous(priors, key):
    return not priors.priors[key].distribution.discrete


JOINED = {
    "compute.chip_cost_decline",
    "compute.efficiency_gain",
    "compute.quality_creep",
    "player.fixed_cost",
    "player.valuation",
    "player.synergy",
}

# ---------------------------------------------------------------------------------------- marginals


def test_the_shape_and_the_order_of_what_is_drawn(priors, drawn):
    count = len(GLOBAL_QUANTITIES) + 2 * len(PLAYER_QUANTITIES)
    assert drawn.values.shape == (CHAINS, count, PER_CHAIN)
    assert drawn.shape == (CHAINS, PER_CHAIN)
    assert drawn.players == ("one", "two")
    named = drawn.by_name()
    assert list(named) == [q.name for q in (*GLOBAL_QUANTITIES, *PLAYER_QUANTITIES)]
    place = [q.name for q in GLOBAL_QUANTITIES].index("market.size_2033")
    assert np.array_equal(named["market.size_2033"][3], drawn.globals_(3)[place])
    place = [q.key for q in PLAYER_QUANTITIES].index("valuation")
    assert named["player.valuation"].shape == (CHAINS, PER_CHAIN, 2)
    assert np.array_equal(named["player.valuation"][3, :, 1], drawn.of_players(3)[1, place])


def test_every_dimension_of_every_chain_has_one_point_in_each_stratum(priors, drawn):
    for key, values in columns(drawn).items():
        if is_continuous(priors, key) and key[0] not in JOINED:
            u = priors.priors[key].distribution.cdf(values)
            cells = np.sort(np.floor(PER_CHAIN * u), axis=1)
            assert np.array_equal(cells, np.broadcast_to(np.arange(PER_CHAIN), cells.shape)), key


def test_every_stated_quantile_comes_back_in_every_chain(priors, drawn):
    """As exactly as the number of draws allows, cut, scaled and shifted ones included."""
    checked = 0
    for key, values in columns(drawn).items():
        prior = priors.priors[key]
        for percent in (p for p in range(1, 100) if f"p{p:02d}" in prior.stated):
            stated = prior.stated[f"p{percent:02d}"]
            value = stated * prior.stated.get("scale", 1.0) + prior.stated.get("shift", 0.0)
            below = np.sum(values <= value, axis=1)
            allowed = 1.0 if key[0] not in JOINED else 5.0 * np.sqrt(PER_CHAIN * 0.09)
            assert np.all(np.abs(below - PER_CHAIN * percent / 100) <= allowed), key
            checked += 1
    assert checked > 100


def test_quantiles_of_correlated_quantities_within_their_standard_error(priors, drawn):
    for key, values in columns(drawn).items():
        if key[0] in JOINED:
            for probability in (0.05, 0.5, 0.9):
                value = priors.priors[key].distribution.quantile(probability)
                shares = np.mean(values <= value, axis=1)
                error = shares.std(ddof=1) / np.sqrt(CHAINS)
                assert abs(shares.mean() - probability) < 4.5 * error + 1.0 / PER_CHAIN, key


def test_discrete_families_take_their_values_as_often_as_stated(drawn):
    delays = drawn.by_name()["ipo.delay_years"]
    for value, weight in ((0.0, 0.5), (1.0, 0.25), (2.0, 0.25)):
        assert np.all(np.sum(delays == value, axis=1) == weight * PER_CHAIN)
    success = drawn.by_name()["robotics.success"]
    assert np.all(np.sum(success == 1.0, axis=1) == 0.5 * PER_CHAIN)
    assert np.all(drawn.by_name()["robotics.profit_pool"] == 50.0)


def test_draws_stay_in_the_support(priors, drawn):
    for key, values in columns(drawn).items():
        low, high = priors.priors[key].distribution.support()
        assert low <= values.min() <= values.max() <= high, key


# --------------------------------------------------------------------------------------- dependence


def rank_correlation(first, second):
    """Spearman correlation over all chains, and its standard error across them."""
    each = [stats.spearmanr(a, b).statistic for a, b in zip(first, second, strict=True)]
    return np.mean(each), np.std(each, ddof=1) / np.sqrt(len(each))


@pytest.mark.parametrize("sampler", ["sobol", "random"])
@pytest.mark.parametrize(
    ("first", "second", "rank"),
    [
        (("compute.chip_cost_decline", None), ("compute.efficiency_gain", None), 0.5),
        (("compute.chip_cost_decline", None), ("compute.quality_creep", None), -0.4),
        (("player.fixed_cost", "one"), ("player.valuation", "one"), 0.7),
        (("player.fixed_cost", "two"), ("player.valuation", "two"), 0.7),
        (("player.synergy", "one"), ("player.synergy", "two"), 0.3),
        # not stated, and so none
        (("compute.efficiency_gain", None), ("compute.quality_creep", None), 0.0),
        (("player.fixed_cost", "one"), ("player.valuation", "two"), 0.0),
        (("player.valuation", "one"), ("player.valuation", "two"), 0.0),
        (("market.size_2025", None), ("market.size_2033", None), 0.0),
    ],
)
def test_ranks_are_correlated_as_stated(drawn, random, sampler, first, second, rank):
    found = columns(drawn if sampler == "sobol" else random)
    correlation, error = rank_correlation(found[first], found[second])
    assert error < 0.03
    assert abs(correlation - rank) < 4.5 * error + 1.0 / PER_CHAIN


def test_the_dependence_is_gaussian(drawn):
    """Both below their medians with probability 1/4 + arcsin(r) / 2π."""
    found = columns(drawn)
    first, second = (found[name, "one"] for name in ("player.fixed_cost", "player.valuation"))
    both = np.mean((first < np.median(first)) & (second < np.median(second)), axis=1)
    expected = 0.25 + np.arcsin(2.0 * np.sin(np.pi * 0.7 / 6.0)) / (2.0 * np.pi)
    assert abs(both.mean() - expected) < 4.5 * both.std(ddof=1) / np.sqrt(CHAINS)


# --------------------------------------------------------------------------- what changes the draws


def test_the_same_seed_gives_the_same_bytes_on_any_number_of_cores(priors, drawn, monkeypatch):
    for cores in (1, 3):
        monkeypatch.setattr(pools, "cores", lambda cores=cores: cores)
        assert digest(draws_of(priors)) == digest(drawn)


RUN = """
import hashlib, sys
from model.economics.kernel import evaluate
from model.sampling.joint import sample
from priors.reading.load import load_text
drawn = sample(load_text(sys.stdin.read(), "test.toml"), 1024, 4, 1)
digest = hashlib.sha256(drawn.values.tobytes())
for chain in range(4):
    for part in evaluate(drawn.globals_(chain), drawn.of_players(chain)):
        digest.update(part.tobytes())
print(digest.hexdigest())
"""


@pytest.mark.slow
def test_draws_and_payoffs_are_the_same_bytes_on_one_thread_and_on_two():
    found = set()
    for threads in ("1", "2"):
        names = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PYTHON_CPU_COUNT")
        done = subprocess.run(
            [sys.executable, "-c", RUN],
            input=minimal(players=("one", "two")) + CORRELATED,
            env={**os.environ, **dict.fromkeys(names, threads)},
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_changing_a_prior_changes_its_own_draws_alone(priors, drawn):
    changed = load(FAMILIES.replace("mode = 2.0", "mode = 3.0") + CORRELATED)
    differs = set(columns(drawn)) - same(drawn, draws_of(changed))
    assert differs == {("compute.scarcity_half_life", None)}


@pytest.mark.parametrize(("key", "value"), [("", 0.3), (".p90", 0.9)])
def test_changing_a_correlated_prior_changes_its_own_draws_alone(drawn, key, value):
    """Even to a constant: its score goes on correlating the others."""
    path = "compute.chip_cost_decline"
    changed = load(FAMILIES + CORRELATED, overrides={path + key: value})
    differs = set(columns(drawn)) - same(drawn, draws_of(changed))
    assert differs == {(path, None)}


def test_changing_one_player_s_prior_changes_no_other_player_s(drawn):
    changed = load(FAMILIES + CORRELATED, overrides={"players.two.valuation.scale": 2.0})
    differs = set(columns(drawn)) - same(drawn, draws_of(changed))
    assert differs == {("player.valuation", "two")}
    scaled, before = (columns(one)["player.valuation", "two"] for one in (draws_of(changed), drawn))
    assert scaled == pytest.approx(2.0 * before)


def test_a_new_correlation_changes_the_later_of_the_two_alone(drawn):
    pair = '[[correlations]]\nbetween = ["market.size_2025", "market.growth_fade"]\nrank = 0.5\n'
    differs = set(columns(drawn)) - same(drawn, draws_of(load(FAMILIES + CORRELATED + pair)))
    assert differs == {("market.growth_fade", None)}


def test_a_new_player_changes_nobody_s_draws(drawn):
    more = draws_of(load(FAMILIES + CORRELATED, players=("one", "two", "three")))
    assert more.players == ("one", "two", "three")
    assert same(drawn, more) == set(columns(drawn))
    three, two = (columns(more)["player.cost_ratio", name] for name in ("three", "two"))
    assert not np.array_equal(three, two)


def test_leaving_a_player_out_changes_nobody_else_s_draws(drawn):
    text = minimal(
        *re.findall(r"^\[(\w+\.\w+)\]$", FAMILIES, flags=re.MULTILINE), players=("one", "two")
    )
    text = text.replace("schema = 2\n", 'schema = 2\nexclude = ["one"]\n') + FAMILIES + CORRELATED
    fewer = draws_of(load_text(text, "test.toml"))
    assert fewer.players == ("two",)
    assert same(fewer, drawn) == set(columns(fewer))


def test_more_chains_and_more_draws_leave_the_first_as_they_are(priors, drawn):
    fewer = draws_of(priors, chains=4)
    assert np.array_equal(fewer.values, drawn.values[:4])
    shorter = draws_of(priors, per_chain=64)
    assert np.array_equal(shorter.values, drawn.values[:, :, :64])


@pytest.mark.slow
def test_chains_are_independent_randomizations(drawn):
    """The first draw of a dimension is uniform over chains, and no two chains go together."""
    priors = load()
    many = draws_of(priors, per_chain=2, chains=1024)
    u = np.array(
        [
            priors.priors[key].distribution.cdf(x[:, 0])
            for key, x in columns(many).items()
            if is_continuous(priors, key)
        ]
    )
    values = [stats.kstest(one, "uniform").pvalue for one in u]
    assert min(values) > 0.01 / len(values)
    neighbours = [stats.spearmanr(one[:-1], one[1:]).pvalue for one in u]
    assert min(neighbours) > 0.01 / len(neighbours)
    across = [stats.spearmanr(one, other).pvalue for one, other in pairwise(u)]
    assert min(across) > 0.01 / len(across)


@pytest.mark.parametrize("sampler", ["sobol", "random"])
def test_another_seed_gives_other_draws(priors, sampler):
    first, second = (draws_of(priors, 16, 4, seed, sampler) for seed in (0, 1))
    assert same(first, second) == {("robotics.profit_pool", None)} | {
        key for key in same(first, second) if not is_continuous(priors, key)
    }
    assert digest(draws_of(priors, 16, 4, 0, sampler)) == digest(first)


# ----------------------------------------------------------------------------------- random sampler


def test_random_draws_have_the_same_form_and_other_values(priors, drawn, random):
    assert random.values.shape == drawn.values.shape
    assert random.players == drawn.players
    assert not same(drawn, random) & {key for key in columns(drawn) if is_continuous(priors, key)}


def test_random_draws_are_independent_and_uniform(priors, random):
    found = columns(random)
    keys = [key for key in found if is_continuous(priors, key) and key[0] not in JOINED]
    u = np.array([priors.priors[key].distribution.cdf(found[key]) for key in keys])
    values = [stats.kstest(one.ravel(), "uniform").pvalue for one in u]
    assert min(values) > 0.01 / len(values)
    serial = [stats.spearmanr(one[:, :-1].ravel(), one[:, 1:].ravel()).pvalue for one in u]
    assert min(serial) > 0.01 / len(serial)
    # not stratified: some strata are empty
    assert len(np.unique(np.floor(PER_CHAIN * u[0, 0]))) < 0.8 * PER_CHAIN


def test_random_draws_keep_to_themselves_too(random):
    changed = load(FAMILIES.replace("mode = 2.0", "mode = 3.0") + CORRELATED)
    differs = set(columns(random)) - same(random, draws_of(changed, sampler="random"))
    assert differs == {("compute.scarcity_half_life", None)}
    more = load(FAMILIES + CORRELATED, players=("one", "two", "three"))
    assert same(random, draws_of(more, sampler="random")) == set(columns(random))


# -------------------------------------------------------------------------------------------- sizes


FEW = "fewer independent randomizations give no standard error; use 4 or more"
REFUSED = {
    (64, 16, "halton"): "sampler 'halton' is unknown: expected sobol or random",
    (64, 3, "sobol"): f"3 chains are too few: {FEW}",
    (1000, 4, "sobol"): (
        "1000 draws over 4 chains are 250 a chain: expected a power of two, 2 or more; "
        "the nearest totals are 512 or 1024"
    ),
    (4, 4, "sobol"): (
        "4 draws over 4 chains are 1 a chain: expected a power of two, 2 or more; "
        "the nearest totals are 8"
    ),
    (1001, 4, "random"): (
        "1001 draws over 4 chains are 250.25 a chain: expected a whole number, 2 or more; "
        "the nearest totals are 1000 or 1004"
    ),
}


@pytest.mark.parametrize(("size", "message"), REFUSED.items())
def test_sizes_that_cannot_be_are_refused_with_the_nearest(size, message):
    draws, chains, sampler = size
    with pytest.raises(InputError, match=f"^{re.escape(message)}$"):
        check_size(draws, chains, sampler)
    with pytest.raises(InputError, match=f"^{re.escape(message)}$"):
        sample(load(), draws, chains, 0, sampler)


@pytest.mark.parametrize(
    ("draws", "chains", "sampler"),
    [(8, 4, "sobol"), (65_536, 16, "sobol"), (1280, 5, "sobol"), (1000, 4, "random")],
)
def test_sizes_that_work(draws, chains, sampler):
    check_size(draws, chains, sampler)


def test_a_negative_seed_is_refused():
    with pytest.raises(InputError, match=r"^seed -1 is below 0$"):
        sample(load(), 64, 4, -1)
