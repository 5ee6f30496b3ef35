"""Parts of the value-of-information estimators: bins, terms, ridge, dealing of draws."""

import numpy as np
import pytest
import xarray as xr

from model.information.arrays import Payoffs, arrange
from model.information.cross_fitting import Equations, cross_fit, gains, train
from model.information.polynomial_chaos import chaos_terms
from model.numerics.orthonormal_polynomials import orthonormal_polynomials
from model.numerics.rank_bins import rank_bins


def test_bins_follow_the_ranks_and_are_finer_in_the_tails():
    values = np.random.default_rng(0).permutation(np.exp(np.linspace(-9.0, 9.0, 50_000)))
    bins = rank_bins(values)
    assert bins.weight.sum() == values.size
    assert (np.diff(bins.score) > 0.0).all()
    assert bins.weight[0] < 10.0
    assert bins.weight[bins.weight.size // 2] > 500.0
    order = np.argsort(values)
    assert (np.diff(bins.cell[order]) >= 0).all()
    np.testing.assert_array_equal(np.bincount(bins.cell), bins.weight)


def test_equal_values_share_a_bin():
    rng = np.random.default_rng(1)
    values = np.where(rng.random(20_000) < 0.4, 0.0, rng.random(20_000))
    bins = rank_bins(values)
    assert len(np.unique(bins.cell[values == 0.0])) == 1
    few = rank_bins(np.array([3.0, 1.0, 3.0, 2.0, 1.0, 3.0]))
    np.testing.assert_array_equal(few.cell, [2, 0, 2, 1, 0, 2])
    assert few.few
    assert not bins.few


@pytest.mark.parametrize("kind", ["continuous", "event", "atom"])
def test_polynomials_are_orthonormal_over_the_rows(kind):
    rng = np.random.default_rng(2)
    values = rng.random(5000)
    if kind == "event":
        values = np.floor(1.3 * values)
    if kind == "atom":
        values = np.maximum(values, 0.7)
    bins = rank_bins(values)
    table = orthonormal_polynomials(bins, 6)
    rows = table[:, bins.cell]
    assert len(table) == (1 if kind == "event" else 6)
    np.testing.assert_allclose(rows @ rows.T / 5000, np.eye(len(table)), atol=1e-10)
    np.testing.assert_allclose(rows.mean(axis=1), 0.0, atol=1e-10)
    assert (table[0, -1] > table[0]).sum() == len(bins.weight) - 1


def test_terms_of_two_quantities_are_all_products_up_to_the_highest_degree():
    terms = chaos_terms((8, 8))
    assert len(terms) == len(set(terms)) == 8 + 8 + 28
    assert ((0, 3), (1, 5)) in terms
    assert ((0, 4), (1, 5)) not in terms


def test_an_event_has_no_higher_degree_and_many_quantities_have_fewer_products():
    terms = chaos_terms((1, 8, 8))
    assert {power for term in terms for member, power in term if member == 0} == {1}
    assert ((0, 1), (1, 1), (2, 1)) in terms
    many = chaos_terms((8,) * 12)
    assert len(many) <= 1200
    assert ((0, 1), (11, 1)) in many


def equations(rng, slope, folds=3, rows=400):
    """Regression of slope·x on 1, x, x², x³, penalising the last two."""
    gram, moment, total = [], [], []
    for _ in range(folds):
        x = rng.standard_normal(rows)
        features = np.stack([np.ones(rows), x, x**2 - 1.0, x**3 - 3.0 * x])
        values = np.broadcast_to(
            (slope * x + rng.standard_normal(rows))[:, None, None], (rows, 2, 1)
        )
        values = np.stack([values, -values], axis=-1)
        gram.append(features @ features.T)
        moment.append(np.tensordot(features, values, axes=1))
        total.append(values.sum(axis=0))
    return Equations(
        np.array(gram),
        np.array(moment),
        np.full(folds, float(rows)),
        np.array(total),
        np.diag([0.0, 0.0, 1.0, 1.0]),
        np.array([0.0, 1.0, 1e6]),
    )


def test_the_ridge_is_least_squares_with_the_strength_that_predicts_best():
    sums = equations(np.random.default_rng(4), slope=1.0)
    trained = train(sums)
    assert trained.better.all()
    assert trained.outer.shape == (4, 2, 1, 2)
    gram, moment = sums.gram.sum(axis=0), sums.moment.sum(axis=0)
    candidates = [
        np.linalg.solve(
            gram + 1200.0 * strength * sums.penalty + 1e-7 * np.trace(gram) / 4 * np.eye(4),
            moment[:, 0, 0, 0],
        )
        for strength in sums.strengths
    ]
    gaps = [np.abs(trained.outer[:, 0, 0, 0] - one).max() for one in candidates]
    assert min(gaps) < 1e-9
    assert trained.outer[1, 0, 0, 0] == pytest.approx(1.0, abs=4.0 / np.sqrt(1200.0))
    assert trained.inner.shape == (3, 4, 2, 1, 2)


def test_a_fit_of_noise_predicts_worse_than_a_constant():
    better = [train(equations(np.random.default_rng(seed), 0.0)).better.all() for seed in range(40)]
    # the straight line of the strongest ridge beats the constant by chance, about one time in six
    assert np.mean(better) < 0.4


class CrossValidated:
    """A problem of given gains: (chain,) in cross-validation, and 1 a chain when it counts."""

    def __init__(self, capped, plain=None):
        rows = np.zeros((8, 2, 1, 2))
        rows[:, :, 0, 1] = -1.0
        self.payoffs = Payoffs(rows, rows[0, 0], np.array([0]), np.arange(9), np.arange(8) % 4)
        self.gains = np.stack([np.zeros(8) if plain is None else plain, capped])[:, :, None]

    def equations(self):
        return equations(np.random.default_rng(4), slope=1.0, folds=4)

    def terms(self, fold):
        return np.arange(4)

    def cross_validated(self, folds, terms, coefficients):
        return self.gains * np.isin(self.payoffs.fold, folds)[:, None]

    def earned(self, fold, terms, coefficients):
        return np.ones((2, 1))


@pytest.mark.parametrize(
    ("gains", "acts"),
    [
        ([1.0, 2.0, 1.0, 0.5, 1.0, 2.0, 1.0, 0.5], True),
        ([-1.0, -2.0, -1.0, -0.5, -1.0, -2.0, -1.0, -0.5], False),
        ([-9.0, 8.0, 9.0, -9.0, 8.0, -9.0, -8.0, 9.0], True),
        ([0.0] * 8, False),
    ],
)
def test_a_rule_is_acted_on_unless_it_loses_in_cross_validation_beyond_chance(gains, acts):
    problem = CrossValidated(np.array(gains), plain=np.array(gains) - 20.0)
    outcome = cross_fit(problem)
    assert (outcome.used == (2 if acts else 0)).all()
    assert (outcome.acted == (1.0 if acts else 0.0)).all()
    assert (outcome.always == 1.0).all()
    assert cross_fit(CrossValidated(np.array(gains) - 20.0, plain=np.array(gains))).used.max() <= 1


def test_gains_are_of_the_highest_fitted_payoff_and_of_the_first_where_they_tie():
    random = np.random.default_rng(5)
    values = random.standard_normal((3, 40, 2, 3))
    shape = random.integers(-2, 3, (40, 2, 2, 3)).astype(np.float64)
    mean, best = np.array([[0.0, 1.0, 1.0], [0.0, 0.0, -1.0]]), np.array([1, 0])
    payoffs = Payoffs(np.zeros((120, 2, 2, 3)), mean, best, np.arange(4) * 40, np.arange(3))
    expected = np.zeros((2, 3, 2))
    for target, chain, row, problem in np.ndindex(2, 3, 40, 2):
        chosen = (shape[row, target, problem] + mean[problem]).argmax()
        earned = values[chain, row, problem]
        expected[target, chain, problem] += earned[chosen] - earned[best[problem]]
    np.testing.assert_allclose(gains(values, shape, payoffs), expected, rtol=1e-12, atol=1e-12)


def frame(chains, draws, seed=0):
    rng = np.random.default_rng(seed)
    dims = ("chain", "draw")
    known = xr.Dataset({"x": (dims, rng.random((chains, draws)))})
    values = rng.random((chains, draws, 2)) + known["x"].values[..., None] * np.array([0.0, 1.0])
    return xr.DataArray(values, dims=(*dims, "strategy")), known


def test_chains_stay_together_and_their_rows_are_mixed():
    npv, known = frame(6, 100)
    framed = arrange(npv, known)
    assert framed.payoffs.chains == 6
    np.testing.assert_array_equal(framed.order // 100, np.repeat(np.arange(6), 100))
    assert not np.array_equal(framed.order, np.arange(600))
    np.testing.assert_array_equal(
        framed.column(known["x"]), known["x"].values.reshape(-1)[framed.order]
    )
    difference = (npv[..., 1] - npv[..., 0]).values.reshape(-1)[framed.order]
    centred = framed.payoffs.centred[:, 0]
    np.testing.assert_allclose(centred[:, 1] - centred[:, 0], difference)
    np.testing.assert_allclose(centred.sum(axis=1), 0.0, atol=1e-12)


def test_the_first_rows_of_a_chain_are_a_fair_sample_of_it():
    """Of a sorted chain, too: the mean of a quarter of the rows is near that of all."""
    npv, known = frame(4, 4000)
    order = known["x"].argsort(axis=1)[0]
    framed = arrange(npv.isel(draw=order), known.isel(draw=order))
    x = framed.column(known["x"].isel(draw=order))
    quarter = x[framed.payoffs.rows(0, 1000)]
    assert len(quarter) == 1000
    assert quarter.mean() == pytest.approx(0.5, abs=4.0 * np.sqrt(1.0 / 12.0 / 1000.0))


def test_few_chains_are_pooled_and_dealt_alike_whatever_the_order():
    npv, known = frame(2, 1000)
    framed = arrange(npv, known)
    assert framed.payoffs.chains == 16
    shuffled = np.random.default_rng(5).permutation(1000)
    again = arrange(npv.isel(draw=shuffled), known.isel(draw=shuffled))
    np.testing.assert_array_equal(
        framed.column(known["x"]), again.column(known["x"].isel(draw=shuffled))
    )
    np.testing.assert_array_equal(framed.payoffs.targets, again.payoffs.targets)
    sizes = np.diff(framed.payoffs.starts)
    assert sizes.min() == sizes.max() == 125
    assert set(framed.payoffs.fold) == {0, 1, 2, 3}
