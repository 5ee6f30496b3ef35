"""Draws a block at a time, and some of the quantities alone: the bytes of one piece."""

import numpy as np
import pytest

from model.sampling.joint import sample, sample_chain, sample_rows
from priors.reading.load import load_priors

CHAINS, DRAWS, SEED = 4, 256, 11


@pytest.mark.parametrize(
    ("kind", "block"),
    [
        ("sobol", 32),
        ("random", 100),
        *(
            pytest.param(kind, block, marks=pytest.mark.slow)
            for kind, block in (("sobol", 100), ("sobol", 256), ("random", 32), ("random", 256))
        ),
    ],
)
def test_blocks_are_the_bytes_of_one_piece(kind, block):
    """Of 100 draws, the last block is shorter; the correlated quantities are among them."""
    priors = load_priors("strategies.toml")
    whole = sample(priors, CHAINS * DRAWS, CHAINS, SEED, kind)
    for chain in (0, 3):
        blocks = list(sample_chain(priors, chain, DRAWS, SEED, kind, block=block))
        assert {one.players for one in blocks} == {whole.players}
        found = np.concatenate([one.values[0] for one in blocks], axis=1)
        assert found.tobytes() == whole.values[chain].tobytes()


@pytest.mark.parametrize("kind", ["sobol", "random"])
def test_a_quantity_alone_is_the_same(kind):
    """One that is correlated, which needs the scores of others, and a player's."""
    priors = load_priors("base.toml")
    whole = sample(priors, CHAINS * DRAWS, CHAINS, SEED, kind).by_name()
    correlated = {pair.second[0] for pair in priors.correlations}
    name = next(one.name for one in priors.quantities.shared if one.name in correlated)
    rows = [
        (priors.quantities.by_name[name], None),
        (priors.quantities.by_name["player.cost_ratio"], priors.players[2]),
    ]
    blocks = list(sample_rows(priors, rows, 1, DRAWS, SEED, kind, block=64))
    shared, own = np.concatenate(blocks, axis=1)
    assert shared.tobytes() == whole[name][1].tobytes()
    assert own.tobytes() == np.ascontiguousarray(whole["player.cost_ratio"][1, :, 2]).tobytes()
