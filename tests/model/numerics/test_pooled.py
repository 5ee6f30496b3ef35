"""Figures of all chains from a piece of each: those of all draws together, or a refusal."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.numerics.pooled import MARGIN, ShortPieceError, piece_of, quantile_of, worst_of
from model.risk.worst_draws import mean_of_worst


def pieces_of(draws, probability, margin=MARGIN):
    return [piece_of(np.sort(chain), probability, margin) for chain in draws]


@given(
    seed=st.integers(0, 2**32 - 1),
    chains=st.integers(1, 5),
    size=st.integers(2, 3_000),
    probability=st.sampled_from([0.0, 0.01, 0.05, 1 / 3, 0.5, 0.95, 1.0]),
    grid=st.sampled_from([0.0, 0.5]),
)
def test_quantiles_and_worst_part_are_those_of_all_draws(seed, chains, size, probability, grid):
    """Of draws of a continuous distribution, and of a coarse grid with many ties."""
    draws = np.random.default_rng(seed).normal(3.0, 2.0, (chains, size))
    if grid:
        draws = np.round(draws / grid) * grid
    pieces = pieces_of(draws, probability)
    assert quantile_of(pieces, probability) == np.quantile(draws, probability)
    if 0.0 < probability < 1.0:
        expected = mean_of_worst(draws.ravel(), probability)
        assert worst_of(pieces, probability) == pytest.approx(float(expected), rel=1e-12)


def test_a_piece_holds_few_of_many_draws_and_no_other():
    ordered = np.arange(1_000_000.0)
    piece = piece_of(ordered, 0.5)
    assert len(piece.values) < 13_000
    assert piece.below == ordered[: piece.start].sum()
    assert piece.values[0] == piece.start


@pytest.mark.parametrize("away", [0.3, 30.0])
def test_pieces_that_do_not_reach_are_refused_and_never_wrong(away):
    """One of four chains lies elsewhere: the quantile of all is far from that of each."""
    draws = np.random.default_rng(5).normal(size=(4, 20_000))
    draws[0] += away
    with pytest.raises(ShortPieceError):
        quantile_of(pieces_of(draws, 0.5, 0.5), 0.5)
    with pytest.raises(ShortPieceError):
        worst_of(pieces_of(draws, 0.5, 0.5), 0.5)
    assert quantile_of(pieces_of(draws, 0.5, 300.0), 0.5) == np.quantile(draws, 0.5)
