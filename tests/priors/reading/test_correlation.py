"""Correlations: wildcards, precedence, constants, definiteness."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from priors.errors import PriorFileError
from priors.reading.correlation import normal_correlation
from priors.reading.load import load_text
from priors.reading.records import Priors
from tests.reference.examples import examples
from tests.reference.prior_files import minimal

PLAYERS = ("one", "two", "three")


def pair(first: str, second: str, rank: float) -> str:
    return f"[[correlations]]\nbetween = ['{first}', '{second}']\nrank = {rank}\n"


def load(
    *pairs: str, overrides: tuple[str, ...] = (), players: tuple[str, ...] = PLAYERS
) -> Priors:
    return load_text(minimal(players=players) + "".join(pairs), "mine.toml", overrides)


def found(priors: Priors) -> dict[str, float]:
    """Both ends as paths, without ``players.``, to the rank."""
    paths = {end: prior.path.removeprefix("players.") for end, prior in priors.priors.items()}
    return {f"{paths[one.first]} {paths[one.second]}": one.rank for one in priors.correlations}


def test_the_same_players_two_quantities() -> None:
    assert found(load(pair("players.*.salvage", "players.*.funding", 0.3))) == {
        "one.salvage one.funding": 0.3,
        "two.salvage two.funding": 0.3,
        "three.salvage three.funding": 0.3,
    }


def test_all_pairs_of_players() -> None:
    assert found(load(pair("players.*.funding", "players.*.funding", 0.3))) == {
        "one.funding two.funding": 0.3,
        "one.funding three.funding": 0.3,
        "two.funding three.funding": 0.3,
    }


def test_each_player_with_a_quantity_of_all_or_of_one() -> None:
    assert found(load(pair("players.*.funding", "market.size_2033", 0.3))) == {
        f"market.size_2033 {player}.funding": 0.3 for player in PLAYERS
    }
    assert found(load(pair("players.*.funding", "players.two.funding", 0.3))) == {
        "one.funding two.funding": 0.3,
        "two.funding three.funding": 0.3,
    }


def test_a_named_pair_beats_a_wildcard_wherever_it_stands() -> None:
    priors = load(
        pair("players.two.funding", "players.one.funding", 0.1),
        pair("players.three.funding", "players.one.funding", 0),
        pair("players.*.funding", "players.*.funding", 0.3),
    )
    assert found(priors) == {"one.funding two.funding": 0.1, "two.funding three.funding": 0.3}


def test_a_later_layer_overrides_the_same_pair_and_0_removes_it() -> None:
    stated = pair("ipo.refund", "ipo.delay_cost", 0.3)
    other = "correlations=[{between=['ipo.delay_cost','ipo.refund'], rank=%s}]"
    assert found(load(stated, overrides=(other % 0.5,))) == {"ipo.delay_cost ipo.refund": 0.5}
    assert found(load(stated, overrides=(other % 0,))) == {}


def test_excluded_players_stay_correlated_so_that_other_draws_stay() -> None:
    stated = pair("players.*.funding", "players.*.funding", 0.3)
    without = load(stated, overrides=("exclude=['two']",))
    assert without.correlations == load(stated).correlations


def test_a_constant_made_by_set_keeps_the_pair_without_effect() -> None:
    stated = pair("ipo.refund", "ipo.delay_cost", 0.3)
    priors = load(stated, overrides=("ipo.refund=0.5",))
    assert priors.correlations == load(stated).correlations
    assert priors.notes == (
        "the correlation of ipo.delay_cost and ipo.refund has no effect: ipo.refund is a constant",
    )
    assert priors.resolved.count("inactive = true") == 1
    again = load_text(priors.resolved, "priors.toml")
    assert again.correlations == priors.correlations
    # Once it varies again, so does the pair count again.
    back = load_text(
        priors.resolved,
        "priors.toml",
        {"ipo.refund": {"family": "uniform", "low": 0, "high": 1}},
    )
    assert "inactive" not in back.resolved


def test_a_wildcard_passes_over_constants_of_a_file() -> None:
    priors = load(
        "[players.four]\ntype = 'lab'\nfunding = 3\n", pair("players.*.funding", "ipo.refund", 0.3)
    )
    assert priors.notes == ()
    assert len(priors.correlations) == 4
    assert load_text(priors.resolved, "priors.toml").resolved == priors.resolved


def test_too_negative_among_all_players() -> None:
    with pytest.raises(PriorFileError, match="not positive definite") as caught:
        load(pair("players.*.funding", "players.*.funding", -0.6))
    # Three equal correlations r need r > -1/2, that is a rank over -(6/π)·asin(1/4) = -0.4826.
    assert "found -0.6; the nearest rank that works is -0.48" in str(caught.value)
    load(pair("players.*.funding", "players.*.funding", -0.48))


@pytest.mark.slow
@settings(max_examples=examples(20))
@given(st.lists(st.sampled_from([-0.9, -0.6, 0.0, 0.6, 0.9]), min_size=6, max_size=6))
def test_what_is_refused_is_just_what_numpy_finds_indefinite(ranks: list[float]) -> None:
    names = ("ipo.refund", "ipo.delay_cost", "ipo.delay_years", "ipo.valuation_impact")
    matrix = np.eye(4)
    stated = []
    for (row, column), rank in zip(zip(*np.triu_indices(4, 1), strict=True), ranks, strict=True):
        matrix[row, column] = matrix[column, row] = 2 * np.sin(np.pi * rank / 6)
        stated.append(pair(names[row], names[column], rank))
    text = "".join(stated)
    if np.linalg.eigvalsh(matrix).min() > 1e-8:
        assert len(load(text).correlations) == sum(rank != 0 for rank in ranks)
        return
    with pytest.raises(PriorFileError, match="look at ") as caught:
        load(text)
    match = re.search(r"look at (\S+) and (\S+): found \S+; .* works is (\S+)$", str(caught.value))
    if match is not None:
        # The rank that is named works, where it is put in.
        row, column = names.index(match[1]), names.index(match[2])
        matrix[row, column] = matrix[column, row] = 2 * np.sin(np.pi * float(match[3]) / 6)
        assert np.linalg.eigvalsh(matrix).min() > 0


def test_the_normal_correlation_has_the_rank_correlation_stated() -> None:
    rank, n = 0.6, 200_000
    r = normal_correlation(rank)
    z = np.random.default_rng(1).standard_normal((n, 2))
    z[:, 1] = r * z[:, 0] + np.sqrt(1 - r**2) * z[:, 1]
    assert spearmanr(z).statistic == pytest.approx(rank, abs=4 / np.sqrt(n))
    assert normal_correlation(0.0) == 0.0
    assert normal_correlation(1.0) == pytest.approx(1.0)
    assert normal_correlation(-1.0) == pytest.approx(-1.0)
    assert normal_correlation(0.5) == pytest.approx(2.0 * np.sin(np.pi / 12.0))
