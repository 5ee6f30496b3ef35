"""Figures of columns a chain at a time: NumPy's of all draws at once, whatever is kept."""

import numpy as np
import pytest

from model.analyses.columns import PROBABILITIES, WORST, columns_of
from model.analyses.tail import tail_of
from model.risk.worst_draws import mean_of_worst

CHAINS, COLUMNS, DRAWS = 4, 3, 5_000


@pytest.fixture(scope="module", params=[0.0, 40.0], ids=["alike", "one chain elsewhere"])
def draws(request):
    """Heavy tails (chain, column, draw)."""
    found = np.random.default_rng(8).standard_t(3, (CHAINS, COLUMNS, DRAWS))
    found[1] += request.param
    return found


@pytest.mark.parametrize("margin", [0.1, 12.0, 1e9])
def test_figures_are_those_of_all_draws(draws, margin):
    found = columns_of(lambda chain: draws[chain], CHAINS, margin)
    together = draws.swapaxes(0, 1).reshape(COLUMNS, -1)
    assert np.array_equal(found.mean, draws.mean(axis=2))
    assert np.array_equal(found.sd, draws.std(axis=2, ddof=1))
    assert np.array_equal(found.positive, (draws > 0.0).mean(axis=2))
    assert np.array_equal(found.all_quantiles, np.quantile(together, PROBABILITIES, axis=1).T)
    each = np.quantile(draws, PROBABILITIES, axis=2)
    assert np.array_equal(found.quantiles, np.moveaxis(each, 0, -1))
    assert found.all_worst == pytest.approx(mean_of_worst(together, WORST), rel=1e-12)
    assert found.worst == pytest.approx(mean_of_worst(draws, WORST), rel=1e-12)


@pytest.mark.parametrize("margin", [0.1, 12.0, 1e9])
def test_the_tail_is_that_of_all_draws(draws, margin):
    """By sorting all of them by size, and all but each chain."""
    own = draws[:, 0]

    def carried(values):
        largest = values[np.argsort(-np.abs(values))]
        count = round(0.01 * len(values))
        return largest[:count].sum() / values.sum(), largest[count:].mean()

    found = tail_of(lambda chain: own[chain], CHAINS, margin)
    share, without = carried(own.ravel())
    assert found.share_of_lead.value == pytest.approx(share, rel=1e-9)
    assert found.mean_without.value == pytest.approx(without, rel=1e-9)
    each = np.array([carried(np.delete(own, k, axis=0).ravel()) for k in range(CHAINS)])
    errors = np.sqrt((CHAINS - 1) * each.var(axis=0))
    assert found.share_of_lead.mcse == pytest.approx(errors[0], rel=1e-9)
    assert found.mean_without.mcse == pytest.approx(errors[1], rel=1e-9)
