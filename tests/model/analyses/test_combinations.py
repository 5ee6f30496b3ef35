"""Combinations of two quantities, compared with a slow obvious version and with a known truth."""

import numpy as np
import pytest

from model.analyses.combinations import combinations
from model.numerics.standard_errors import mcse

CHAINS, DRAWS = 8, 4000


def made(seed: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two independent quantities; leaving is worth 0, staying their product, a third half of it."""
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal((2, CHAINS, DRAWS))
    staying = x + y + rng.standard_normal(x.shape)
    return x, y, np.stack([np.zeros_like(x), staying, 0.5 * staying])


def test_each_combination_is_the_mean_over_its_draws() -> None:
    x, y, payoffs = made()
    found = combinations(x, y, payoffs, (4, 3), (0,))
    assert found is not None
    columns, rows = (np.quantile(one, np.arange(1, n) / n) for one, n in ((x, 4), (y, 3)))
    for row, cells in enumerate(found.cells):
        for column, cell in enumerate(cells):
            inside = (np.digitize(x, columns) == column) & (np.digitize(y, rows) == row)
            means = [one[inside].mean() for one in payoffs]
            best = int(np.argmax(means))
            across = max(means[1:]) if best == 0 else means[0]
            assert cell.best == best
            assert cell.lead.value == pytest.approx(means[best] - across, rel=1e-9)


def test_classes_are_of_equal_chance_and_named_by_their_medians() -> None:
    x, y, payoffs = made()
    found = combinations(x, y, payoffs, (8, 6), (0,))
    assert found is not None
    assert [len(found.cells), *{len(row) for row in found.cells}] == [6, 8]
    assert found.first == pytest.approx(np.quantile(x, (np.arange(8) + 0.5) / 8))
    assert found.second == pytest.approx(np.quantile(y, (np.arange(6) + 0.5) / 6))


def test_errors_are_those_of_the_chains() -> None:
    x, y, payoffs = made()
    found = combinations(x, y, payoffs, (2, 2), (0,))
    assert found is not None
    high = found.cells[1][1]
    inside = (x > np.median(x)) & (y > np.median(y))
    by_chain = [gain[one].mean() for gain, one in zip(payoffs[1], inside, strict=True)]
    # Of eight chains an error is known to a quarter; here both come from the same chains.
    assert high.lead.mcse == pytest.approx(mcse(np.array(by_chain)), rel=0.1)


def test_the_truth_is_found_where_the_draws_can_tell() -> None:
    x, y, payoffs = made()
    found = combinations(x, y, payoffs, (2, 2), (0,))
    assert found is not None
    (low, mixed), (_, high) = found.cells
    assert (low.best, high.best) == (0, 1)
    assert low.known
    assert high.known
    # The mean of x + y is 0 there: a lead of more than four errors would be a fault.
    assert mixed.lead.value < 4.0 * mixed.lead.mcse


def test_too_few_draws_say_nothing() -> None:
    rng = np.random.default_rng(5)
    x = rng.standard_normal((2, 200))
    payoffs = np.stack([np.zeros_like(x), x])
    found = combinations(x, x, payoffs, (4, 4), (0,))
    assert found is not None
    assert (found.cells[0][3].best, found.cells[0][3].known) == (None, False)
    assert found.cells[3][3].best == 1


def test_a_quantity_of_few_values_has_no_classes() -> None:
    x, y, payoffs = made()
    assert combinations((x > 0.0).astype(float), y, payoffs, (8, 6), (0,)) is None
    assert combinations(x, np.ones_like(y), payoffs, (8, 6), (0,)) is None


def test_a_handful_of_draws_says_nothing_either() -> None:
    rng = np.random.default_rng(6)
    x, y = rng.standard_normal((2, 2, 400))
    payoffs = np.stack([np.zeros_like(x), x])
    found = combinations(x, y, payoffs, (8, 6), (0,))
    assert found is not None
    # Forty-eight combinations share 800 draws: fewer than 30 in nearly all.
    cells = [cell for row in found.cells for cell in row]
    assert sum(cell.best is None for cell in cells) > 40
    assert all(np.isnan(cell.lead.value) for cell in cells if cell.best is None)
