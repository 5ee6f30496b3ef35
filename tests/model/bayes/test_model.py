"""The PyMC model is the same model: its quantiles, its payoffs, its draws."""

import numpy as np
import pymc as pm
import pytensor
import pytensor.tensor as pt
import pytest
from pytensor.gradient import NullTypeGradError
from scipy.stats import rankdata

from model.bayes.model import pymc_model
from model.bayes.ops import Payoff
from model.economics.components import COMPONENT_NAMES
from model.economics.kernel import evaluate, evaluate_inputs
from model.economics.neutral import complete_globals, complete_players
from model.economics.presence import everybody
from model.economics.strategies import STRATEGIES, STRATEGY_NAMES, compared
from model.sampling.joint import sample
from model.simulation.setting import Setting
from priors.reading.load import load_priors, load_text
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES, QUANTITIES
from tests.reference.prior_files import minimal

FAST = {"mode": "FAST_COMPILE"}
DRAWS = 2000

# ------------------------------------------------------------------------------------------ model


@pytest.fixture(scope="module")
def base():
    return load_priors("base.toml")


@pytest.fixture(scope="module")
def model(base):
    return pymc_model(base)


@pytest.fixture(scope="module")
def drawn(model):
    """PyMC's own forward draws."""
    with model:
        tree = pm.sample_prior_predictive(DRAWS, random_seed=20260324, compile_kwargs=FAST)
    return tree["prior"].dataset.sel(chain=0)


def test_the_model_has_every_quantity_and_payoff(base, model):
    assert {q.name for q in QUANTITIES} < {one.name for one in model.deterministics}
    assert [one.name for one in model.free_RVs] == ["latent"]
    dims = {
        "npv": ("player", "strategy"),
        "npv_component": ("player", "strategy", "component"),
        "npv_of_type": ("type", "strategy"),
        "player.cost_ratio": ("player",),
    }
    assert {name: model.named_vars_to_dims[name] for name in dims} == dims
    assert model.coords["player"] == tuple(player.name for player in base.players)
    assert model.coords["type"] == tuple(base.types)
    assert model.coords["strategy"] == STRATEGY_NAMES
    assert model.coords["component"] == COMPONENT_NAMES
    varying = [p.path for p in base.priors.values() if not p.distribution.constant]
    assert sorted(model.coords["path"]) == sorted(varying)


@pytest.mark.slow
def test_the_model_graph_renders(model):
    text = pm.model_to_mermaid(model)
    for quantity in QUANTITIES:
        assert quantity.name in text
    assert "npv" in text
    plate = f"player (8) x strategy ({len(STRATEGY_NAMES)}) x component (10)"
    assert plate in text.replace("×", "x")


def test_the_excluded_are_left_out_and_the_others_correlated_as_stated():
    text = """
        extends = "base.toml"
        exclude = ["google"]
        [[correlations]]
        between = ["players.*.exit_cost", "players.*.exit_cost"]
        rank = 0.5
        why = "to see it"
    """
    priors = load_text(text, "mine.toml")
    names = [player.name for player in priors.players]
    model = pymc_model(priors)
    assert "google" not in names
    assert model.coords["player"] == tuple(names)
    assert not [path for path in model.coords["path"] if ".google." in path]
    # Logarithms of lognormal quantities are linear in the latent scores.
    logs = pt.log(model["player.exit_cost"])
    rows = pytensor.gradient.jacobian(logs, model["latent"], vectorize=False)
    latent = model["latent"]
    value = pytensor.function([latent], rows, mode="FAST_COMPILE")(
        np.zeros(len(model.coords["path"]))
    )
    value /= np.sqrt((value**2).sum(axis=1, keepdims=True))
    off = (value @ value.T)[~np.eye(len(names), dtype=bool)]
    assert off == pytest.approx(2.0 * np.sin(np.pi * 0.5 / 6.0))


# ----------------------------------------------------------------------------------------- payoffs


def test_op_and_kernel_agree_exactly(base):
    points = sample(base, 64, 4, 1, "random")
    globals_, players = points.globals_(2), points.of_players(2)
    components, npv = evaluate(globals_, players)
    g, p = pt.dvector(), pt.dmatrix()
    op = pytensor.function([g, p], Payoff()(g, p), mode="FAST_COMPILE")
    for n in range(16):
        found = op(globals_[:, n], players[:, :, n])
        assert np.array_equal(found[0], components[n])
        assert np.array_equal(found[1], npv[n])


def op_of(op, points, chain, draws):
    """Payoffs of some draws by the Op."""
    g, p = pt.dvector(), pt.dmatrix()
    found = pytensor.function([g, p], op(g, p), mode="FAST_COMPILE")
    globals_, players = points.globals_(chain), points.of_players(chain)
    both = [found(globals_[:, n], players[:, :, n]) for n in range(draws)]
    return tuple(np.stack(part) for part in zip(*both, strict=True))


def lean_file(edition=2):
    """Two players, of whom any may be lean as well."""
    factors = {"share": 0.5, "fixed": 0.25, "scope": 0.75, "subsidy": 0.125}
    text = minimal(players=("one", "two"), edition=edition)
    if edition == 2:
        text += '\n[strategies.lean]\nlabel = "Lean"\nwhy = "To try it."\n'
        for factor, value in factors.items():
            text += f"\n[players.two.lean_{factor}]\nvalue = {value}\n"
    return load_text(text, "lean.toml")


def test_an_added_strategy_is_valued_as_a_run_values_it():
    priors = lean_file()
    strategies = compared(priors.strategies)
    points = sample(priors, 64, 4, 1, "random")
    op = Payoff(strategies, priors.quantities)
    assert op == Payoff(compared(priors.strategies), priors.quantities)
    assert op != Payoff()
    inputs = Setting(points, strategies).inputs(1, everybody(64, 2))
    for found, expected in zip(op_of(op, points, 1, 8), evaluate_inputs(inputs), strict=True):
        assert np.array_equal(found, expected[:8])
    model = pymc_model(priors)
    assert model.coords["strategy"] == (*STRATEGY_NAMES, "lean")
    assert model["npv"].type.shape == (2, len(STRATEGY_NAMES) + 1)
    assert model.named_vars_to_dims["player.lean_scope"] == ("player",)


def test_a_file_of_the_first_edition_is_valued_at_neutral_values():
    priors = lean_file(edition=1)
    points = sample(priors, 64, 4, 1, "random")
    op = Payoff(STRATEGIES, priors.quantities)
    globals_ = complete_globals(points.globals_(1), priors.quantities)
    players = complete_players(points.of_players(1), priors.quantities)
    expected = evaluate(globals_, players)
    for found, whole in zip(op_of(op, points, 1, 8), expected, strict=True):
        assert np.array_equal(found, whole[:8])
    model = pymc_model(priors)
    assert "market.ceiling" not in model.named_vars
    drawn = pm.draw(model["npv"], draws=2, random_seed=1, mode="FAST_COMPILE")
    assert np.isfinite(drawn).all()


@pytest.mark.slow
def test_payoffs_of_the_model_are_the_kernels_on_its_quantities(drawn):
    prior = drawn
    globals_ = np.stack([prior[q.name].values for q in GLOBAL_QUANTITIES])
    players = np.stack([prior[q.name].values for q in PLAYER_QUANTITIES]).transpose(2, 0, 1)
    components, npv = evaluate(globals_, players)
    assert np.array_equal(prior["npv"].values, npv)
    assert np.array_equal(prior["npv_component"].values, components)


@pytest.mark.slow
def test_the_payoffs_of_a_type_are_those_of_its_players_added_up(base, drawn):
    prior = drawn
    for kind in base.types:
        members = [player.name for player in base.players if player.type == kind]
        total = prior["npv"].sel(player=members).sum("player")
        assert prior["npv_of_type"].sel(type=kind).values == pytest.approx(total.values)


def test_a_payoff_has_no_gradient_and_says_why(model):
    with pytest.raises(NullTypeGradError, match="payoffs jump where funding runs out"):
        pytensor.grad(model["npv"].sum(), model["latent"])


# --------------------------------------------------------------------------- the same distribution


def columns(values, axis):
    """Every draw's numbers, (draw, number); `axis` is that of the draws."""
    moved = np.moveaxis(np.asarray(values), axis, 0)
    return moved.reshape(len(moved), -1)


def figures_of_pymc(prior):
    names = [q.name for q in QUANTITIES]
    return np.hstack([columns(prior[name], 0) for name in [*names, "npv", "npv_component"]])


def figures_of_simulate(priors, draws):
    points = sample(priors, draws, 4, 20260324, "random")
    parts = []
    for chain in range(4):
        globals_, players = points.globals_(chain), points.of_players(chain)
        components, npv = evaluate(globals_, players)
        own = [columns(players[:, place], 1) for place in range(len(PLAYER_QUANTITIES))]
        parts.append(np.hstack([globals_.T, *own, columns(npv, 0), columns(components, 0)]))
    return np.vstack(parts)


def correlated_pairs(priors):
    """Columns of the two ends of every stated correlation."""
    players = [player.name for player in priors.players]
    first = len(GLOBAL_QUANTITIES)
    column = {(q.name, None): place for place, q in enumerate(GLOBAL_QUANTITIES)}
    for place, quantity in enumerate(PLAYER_QUANTITIES):
        for row, player in enumerate(players):
            column[quantity.name, player] = first + place * len(players) + row
    return [(column[pair.first], column[pair.second]) for pair in priors.correlations]


def features(pooled, pairs):
    """What is compared, each a mean over draws: values, shares below quantiles, rank products."""
    ranks = rankdata(pooled, axis=0) / len(pooled) - 0.5
    below = [pooled <= np.quantile(pooled, q, axis=0) for q in (0.1, 0.5, 0.9)]
    products = np.stack([ranks[:, i] * ranks[:, j] for i, j in pairs], axis=1)
    # A small error that all quantities share shows in their average.
    shared = np.stack([ranks.mean(axis=1), (ranks**2).mean(axis=1)], axis=1)
    table = np.hstack([pooled, *below, products, shared])
    varies = table.std(axis=0) > 0.0
    table = table[:, varies]
    return ((table - table.mean(axis=0)) / table.std(axis=0)).astype(np.float32)


def largest_difference(table, first, rng=None, rounds=1):
    """Largest |difference of means| of the first draws and the others, for shuffled draws."""
    n = len(table)
    weights = np.full(n, -1.0 / (n - first), dtype=np.float32)
    weights[:first] = 1.0 / first
    shuffled = weights[None] if rng is None else rng.permuted(np.tile(weights, (rounds, 1)), axis=1)
    return np.abs(shuffled @ table).max(axis=1)


@pytest.mark.slow
def test_pymc_and_the_fast_path_draw_from_the_same_distribution(base, drawn):
    """One test of all quantities, payoffs and correlations at once, at the level of 1 in 1,000.

    Under the null hypothesis the draws of both are exchangeable; so the largest of all the
    standardised differences is compared with what it is after shuffling who drew what
    (Westfall and Young 1993), whatever the tails and the dependence.
    """
    ours, theirs = figures_of_simulate(base, 6000), figures_of_pymc(drawn)
    table = features(np.vstack([theirs, ours]), correlated_pairs(base))
    assert table.shape[1] > 1000
    found = largest_difference(table, len(theirs))[0]
    rng = np.random.default_rng(20260324)
    shuffled = np.concatenate([largest_difference(table, DRAWS, rng, 100) for _ in range(10)])
    assert found <= shuffled.max()


# ------------------------------------------------------------------------------------ conditioning


@pytest.mark.slow
def test_nuts_finds_a_posterior_that_is_known_in_closed_form(base):
    """A lognormal quantity observed with lognormal error: the posterior is lognormal."""
    prior = base.priors["competition.price_2026", None].distribution
    median, log_sd = prior.parameters
    assert prior.family == "lognormal"
    observed, error = 1.8 * median, 0.2
    with pymc_model(base) as model:
        price = model["competition.price_2026"]
        pm.LogNormal("report", pm.math.log(price), error, observed=observed)
        # The setting for all that is compiled, the recording of draws too.
        with pytensor.config.change_flags(mode="FAST_COMPILE"):
            found = pm.sample(
                150,
                tune=100,
                chains=1,
                cores=1,
                random_seed=1,
                progressbar=False,
                compute_convergence_checks=False,
            )
    posterior = found["posterior"].dataset
    weight = log_sd**2 / (log_sd**2 + error**2)
    mean, sd = np.log(median) + weight * np.log(1.8), np.sqrt(weight) * error
    score = (np.log(posterior["competition.price_2026"].values) - mean) / sd
    # 150 nearly independent draws: four standard errors, doubled for what they lack to that.
    assert abs(score.mean()) < 8.0 / np.sqrt(score.size)
    assert abs(score.std() - 1.0) < 8.0 / np.sqrt(2.0 * score.size)
    assert posterior["npv"].dims == ("chain", "draw", "player", "strategy")
    assert np.isfinite(posterior["npv"].values).all()
