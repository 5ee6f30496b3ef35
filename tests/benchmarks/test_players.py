"""The crowd whose run is timed: the shipped players, and more of their types."""

import numpy as np
import pytest

from benchmarks.players import crowd, works
from model.sampling.joint import sample
from priors.reading.load import load_priors


def test_more_players_of_the_shipped_types_change_nobody_else():
    few, many = load_priors("base.toml"), crowd(12)
    assert many.players[:8] == few.players
    types = [player.type for player in few.players]
    assert [player.type for player in many.players] == types + types[:4]
    before, after = (sample(priors, 16, 4) for priors in (few, many))
    shared = len(few.quantities.shared)
    own = 8 * len(few.quantities.own)
    assert np.array_equal(after.values[:, : shared + own], before.values)


@pytest.mark.slow
def test_all_that_is_timed_runs(monkeypatch):
    monkeypatch.setattr("benchmarks.players.DRAWS", 64)
    for work in works(crowd(9)).values():
        work()
