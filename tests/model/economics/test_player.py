"""A player's year: what follows from the revenue that is kept, and what does not."""

import numpy as np
import pytest

from model.economics.axes import N_YEARS
from model.economics.industry import N_ROWS, fill_industry
from model.economics.operations import after_return
from model.economics.player import N_OWN, fill_own, rivals_of, year_flows
from model.economics.records import read_globals, read_player
from tests.reference.draws import made_up


@pytest.mark.parametrize("kept", [0.25, 0.6])
def test_revenue_that_is_lost_takes_margin_synergy_and_compute_with_it(kept):
    globals_, players = made_up(1, 3, seed=81)
    g, rows = read_globals(globals_[:, 0]), np.ascontiguousarray(players[:, :, 0])
    p, rivals = read_player(rows, 1), rivals_of(1, rows)
    industry, own = np.empty((N_ROWS, N_YEARS)), np.empty((N_OWN, N_YEARS))
    fill_own(g, p, fill_industry(g, rows, industry), industry, own)
    for t in (0, 7, 19):
        whole, part = (
            year_flows(p, after_return(share), rivals, industry, own, t) for share in (1.0, kept)
        )
        of_revenue = ("video_margin", "platform_synergy", "compute_opportunity")
        for name, flow in whole._asdict().items():
            expected = kept * flow if name in of_revenue else flow
            assert getattr(part, name) == pytest.approx(expected, rel=1e-12)
        assert whole.consumer_subsidy == 0.0
        assert whole.platform_synergy > 0.0
