"""Whether standard errors hold: the measure on made-up figures of known truth, and on runs."""

import json
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import f as f_distribution
from scipy.stats import t as student

from benchmarks import calibration
from benchmarks.calibration import Settings, figures_of, kept, main
from benchmarks.calibration_figures import class_of, figures, is_share
from benchmarks.calibration_table import ALL, covered, ratios, rows, sample, table
from priors.reading.load import load_priors
from scripts.document import replaced

CHAINS = 16


def made_up(seeds, count, scale=1.0, chains=CHAINS, seed=0):
    """Means of normal chains (seed, figure), and their standard errors times `scale`."""
    draws = np.random.default_rng(seed).normal(size=(seeds, count, chains))
    return draws.mean(axis=2), scale * draws.std(axis=2, ddof=1) / np.sqrt(chains)


def as_seeds(values, errors, name="x"):
    """A dictionary for each seed, as `figures` makes it."""
    return [
        {f"{name}/{place}": pair for place, pair in enumerate(zip(x, e, strict=True))}
        for x, e in zip(values.tolist(), errors.tolist(), strict=True)
    ]


def rows_of(seeds, chains=CHAINS):
    return rows(sample(seeds, lambda key: key.startswith("share")), lambda k: k[:-2], chains)


# --------------------------------------------------------------------------- figures of known truth


@pytest.mark.parametrize(("scale", "truth"), [(1.0, 1.0), (0.5, 2.0), (3.0, 1.0 / 3.0)])
def test_the_ratio_is_what_the_errors_are_off_by(scale, truth):
    """400 seeds: the spread is known to 3.5 %, the root mean square of the errors to 0.9 %."""
    found = ratios(*made_up(400, 60, scale))
    assert np.median(found) == pytest.approx(truth, rel=4 * 0.036 * 1.25 / 60**0.5)
    assert found == pytest.approx(truth, rel=5 * 0.036)


@pytest.mark.parametrize(("seeds", "chains"), [(4, 16), (30, 16), (30, 4)])
def test_right_errors_cover_as_often_as_they_say_with_few_seeds_too(seeds, chains):
    """2,000 figures: the share is known to 0.0022 or so; of 4 seeds, to less than 0.004."""
    values, errors = made_up(seeds, 2000, chains=chains)
    assert covered(values, errors, chains).mean() == pytest.approx(0.95, abs=0.01)
    halved = 2.0 * student.cdf(student.ppf(0.975, chains - 1) / 2.0, chains - 1) - 1.0
    assert covered(values, errors / 2.0, chains).mean() == pytest.approx(halved, abs=0.03)


def test_a_row_sums_its_class_up():
    right, halved = made_up(100, 30), made_up(100, 30, 0.5, seed=1)
    seeds = [a | b for a, b in zip(as_seeds(*right, "r"), as_seeds(*halved, "h"), strict=True)]
    found = {row.name: row for row in rows(sample(seeds, is_share), lambda key: key[0], CHAINS)}
    assert list(found) == ["r", "h", ALL]
    assert found["r"].figures == found["h"].figures == 30
    assert found[ALL].figures == 60
    # with 100 seeds a ratio is known to 7 %: 1.6 lies three such errors from 2, and more from 1
    assert (found["r"].beyond, found["h"].beyond, found[ALL].beyond) == (0.0, 1.0, 0.5)
    expected = ratios(*halved)
    assert found["h"].median == pytest.approx(np.median(expected))
    assert found["h"].largest == pytest.approx(expected.max())
    assert found["h"].high == pytest.approx(np.sort(expected)[27])
    assert found["h"].covered < 0.8
    assert found["r"].covered > 0.92
    assert "| h | 30 | " in table(list(found.values()))


def test_the_error_of_a_median_is_the_spread_of_medians_over_seeds():
    """Figures that move together: their median is known no better than one of them."""
    medians, stated = [], []
    for seed in range(100):
        values, errors = made_up(30, 1, seed=seed)
        (row,) = rows_of(as_seeds(np.repeat(values, 7, 1), np.repeat(errors, 7, 1)))[:1]
        medians.append(row.median)
        stated.append(row.median_se)
    assert np.mean(stated) == pytest.approx(np.std(medians), rel=0.3)


def test_resampled_seeds_are_seeds_taken_as_often():
    values, errors = made_up(6, 5)
    counts = np.array([2, 0, 1, 1, 0, 2])
    taken = np.repeat(np.arange(6), counts)
    expected = values[taken].std(axis=0, ddof=1) / np.sqrt((errors[taken] ** 2).mean(axis=0))
    assert ratios(values, errors, counts) == pytest.approx(expected)


def test_what_says_nothing_of_errors_is_left_out():
    seeds = [
        {
            "mean": (float(seed), 1.0),
            "still": (2.0, 0.0),
            "rounding": (2.0 + seed * 2e-16, 1e-17),
            "without error": (float(seed), 0.0),
            "share rare": (0.001 * seed, 0.001),
            "share usual": (0.01 * seed, 0.001),
            f"one of {seed}": (1.0, 1.0),
        }
        for seed in range(3)
    ]
    found = sample(seeds, lambda key: key.startswith("share"))
    assert found.keys == ("mean", "without error", "share usual")
    assert (found.moved, found.rare, found.constant) == (3, 1, 2)
    assert ratios(found.values, found.errors)[1] == np.inf
    assert covered(found.values, found.errors, CHAINS)[1] == 1 / 3


# --------------------------------------------------------------------------------- keys and classes

CONTENT = {
    "draws": 8,
    "rivals": {"respond": True, "last_move_mcse": 0.4},
    "players": {
        "sora": {
            "best": "exit",
            "next": "stay",
            "best_minus_next": {"mean": 1.0, "mean_mcse": 0.1},
            "probability_best": {"exit": 0.7},
            "probability_best_mcse": {"exit": 0.01},
            "evpi": 0.5,
            "evpi_mcse": None,
            "strategies": {
                "levers": {"option": {"by_year": {"2026": 0.4}, "by_year_mcse": {"2026": 0.02}}}
            },
            "levers": {
                "ipo": [{"class": "low", "share": 0.3, "share_mcse": 0.1, "best_other": "stay"}]
            },
        }
    },
    "types": {
        "lab": {"players": ["sora"], "evpi": 1.0, "evpi_mcse": 0.1},
        "shop": {"players": ["a", "b"], "evpi": 2.0, "evpi_mcse": 0.2},
    },
}


def test_every_figure_with_an_error_has_a_key_and_a_class():
    found = figures(CONTENT)
    assert found == {
        "players/sora/best_minus_next/[exit, stay]/mean": (1.0, 0.1),
        "players/sora/probability_best/exit": (0.7, 0.01),
        "players/sora/strategies/levers/option/by_year/2026": (0.4, 0.02),
        "players/sora/levers/ipo/low/share": (0.3, 0.1),
        "types/shop/evpi": (2.0, 0.2),
    }
    assert [class_of(key) for key in found] == [
        "best − next, mean",
        "probability best",
        "strategy, real option, used by year",
        "range of a lever, share",
        "EVPI",
    ]
    assert [is_share(key) for key in found] == [False, True, True, True, False]


def test_the_value_of_information_has_classes_of_its_own():
    known = {"evppi": 0.1, "evppi_mcse": 0.01}
    sizes = [{"size": 4.0, "sd": 0.2, "evsi": 0.05, "evsi_mcse": 0.01}]
    studies = [{"observe": "market.size_2033", "sd": 0.4, "sizes": sizes}]
    content = {"inputs": {"a.b": known}, "groups": {"own": known}, "studies": studies}
    found = figures({"information": {"players": {"sora": content}}})
    assert list(found)[-1].endswith("studies/market.size_2033/sizes/4.0/evsi")
    assert list(map(class_of, found)) == [
        "of a quantity, EVPPI",
        "of a group, EVPPI",
        "of a study, EVSI",
    ]


# ------------------------------------------------------------------------------------- seeds kept


@pytest.fixture
def counted(monkeypatch):
    """Seeds that were made, each with two figures."""
    made = []

    def figures_of(priors, settings, seed):
        made.append(seed)
        return {"players/sora/evpi": (float(seed), 1.0), "players/sora/gain": (-seed, 2.0)}

    monkeypatch.setattr(calibration, "figures_of", figures_of)
    return made


def test_a_seed_that_is_there_is_not_made_again(counted, tmp_path):
    priors, settings = load_priors("base.toml"), Settings(1024, 4)
    first = [figures for _, figures, _ in kept(tmp_path, priors, settings, range(1, 3))]
    again = [figures for _, figures, _ in kept(tmp_path, priors, settings, range(1, 4))]
    assert again[:2] == first
    assert counted == [1, 2, 3]
    list(kept(tmp_path, priors, Settings(2048, 4), range(1, 2)))
    assert counted == [1, 2, 3, 1]


def test_a_seed_of_other_priors_or_another_program_is_made_again(counted, tmp_path):
    settings = Settings(1024, 4)
    list(kept(tmp_path, load_priors("base.toml"), settings, [1]))
    list(kept(tmp_path, load_priors("narrow.toml"), settings, [1]))
    path = tmp_path / settings.folder / "1.json"
    content = json.loads(path.read_text())
    content["made_by"]["sources"] = "others"
    path.write_text(json.dumps(content))
    list(kept(tmp_path, load_priors("narrow.toml"), settings, [1]))
    assert counted == [1, 1, 1]


def test_the_command_prints_a_table_a_size_and_writes_them(counted, tmp_path, monkeypatch, capsys):
    page = tmp_path / "performance.md"
    page.write_text(calibration.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(calibration, "PAGE", page)
    words = ["--seeds", "3", "--draws", "512", "1024", "--chains", "4", "--out", str(tmp_path)]
    main([*words, "--no-options", "--write"])
    printed = capsys.readouterr().out.strip()
    assert "3 seeds of 512 draws in 4 chains, no real options:\n\n| figure |" in printed
    assert "| EVPI | 1 | 1.00 ± " in printed
    assert "3 seeds of 1,024 draws" in printed
    text = page.read_text(encoding="utf-8")
    assert text == replaced(text, "calibration", printed)
    with pytest.raises(SystemExit, match="2"):
        main(["--seeds", "1"])


# ------------------------------------------------------------------------------------------- runs

SEEDS, SMALL = 16, Settings(2048, 8)
#: The chance that a class of a run whose errors hold is called off.
CHANCE = 1e-4


def limits(seeds, chains):
    """Where the median of a class lies if its errors hold, however its figures hang together.

    The square of a ratio follows F with N − 1 and N (chains − 1) degrees of freedom. A median lies
    beyond a point only where half of the figures do: no more often than twice as often as one does.
    """
    square = f_distribution(seeds - 1, seeds * (chains - 1))
    return np.sqrt(square.ppf([CHANCE / 4.0, 1.0 - CHANCE / 4.0]))


def off(settings, seeds=SEEDS):
    """Classes whose errors do not hold over these seeds, with the median of their ratios."""
    priors = load_priors("base.toml")
    found = sample([figures_of(priors, settings, seed) for seed in range(1, seeds + 1)], is_share)
    low, high = limits(seeds, settings.chains)
    every = rows(found, class_of, settings.chains)
    assert len(every) > 30
    return {row.name: round(row.median, 2) for row in every if not low < row.median < high}


def test_the_limits_of_a_class_hold_and_are_narrow_enough_to_tell():
    low, high = limits(SEEDS, SMALL.chains)
    assert 0.3 < low < 0.5
    assert 1.6 < high < 2.0
    values, errors = made_up(SEEDS, 4000, chains=SMALL.chains)
    outside = ratios(values, errors)
    assert ((outside < low) | (outside > high)).mean() < 0.002
    assert ratios(values, errors / 3.0).min() > low
    assert np.median(ratios(values, errors / 2.0)) > high


@pytest.mark.slow
@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(replace(SMALL, options=False), id="no options"),
        pytest.param(SMALL, id="options"),
    ],
)
def test_the_errors_of_a_run_hold_in_every_class(settings):
    assert off(settings) == {}
