"""What is known of the world, beside the slow version of the equations."""

import numpy as np

from model.economics.axes import N_YEARS
from model.simulation.reality import reality
from tests.reference import economics as slow
from tests.reference.draws import as_setting, made_up, named

CHAINS, DRAWS, PLAYERS = 2, 80, 3


def test_every_figure_is_that_of_the_slow_version():
    globals_, players = made_up(DRAWS, PLAYERS, seed=5)
    found = reality(as_setting(globals_, players, CHAINS))
    assert dict(found.sizes) == {"chain": CHAINS, "draw": DRAWS // CHAINS, "player": PLAYERS}
    flat = {
        name: values.values.reshape(DRAWS, *values.shape[2:])
        for name, values in found.data_vars.items()
    }
    for draw in range(DRAWS):
        g, everyone = named(globals_, players, draw)
        market = [slow.market(g, t) for t in range(N_YEARS)]
        reached = max(market) / g["market.ceiling"]
        seconds = market[-1] * 1e9 / slow.price(g, everyone, N_YEARS - 1) / (8.2e9 * 365)
        np.testing.assert_allclose(flat["ceiling_reached"][draw], reached, rtol=1e-9)
        np.testing.assert_allclose(flat["paid_hours_2045"][draw], seconds / 3600, rtol=1e-9)
        for i in range(PLAYERS):
            share = slow.share(g, everyone, i, "stay", 0)
            own = {
                "revenue_2025": share * g["market.size_2025"],
                "revenue_2026": share * market[0],
                "gross_margin_2026": 1.0 - slow.cost_ratio(g, everyone, i, 0),
                "gross_margin_2030": 1.0 - slow.cost_ratio(g, everyone, i, 4),
                "share_2030": slow.share(g, everyone, i, "stay", 4),
            }
            for name, value in own.items():
                np.testing.assert_allclose(flat[name][draw, i], value, rtol=1e-9, atol=1e-12)
