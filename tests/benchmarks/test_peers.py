"""What the program is compared with computes the same; and the figures that are made of times."""

import json
from dataclasses import asdict
from importlib.util import find_spec

import numpy as np
import pytest

from benchmarks import __main__ as command
from benchmarks.peers import by_squiggle, reduced, runs, timing
from benchmarks.peers.catalog import PEERS, QUESTIONS, lacking, work_of
from benchmarks.peers.chart import svg
from benchmarks.peers.comparison import aims, lines
from benchmarks.peers.economics import COMPONENTS, STRATEGIES, components
from benchmarks.peers.least_squares import textbook_value
from benchmarks.peers.plain_draws import PlainDraws
from benchmarks.peers.same_model import largest_deviation
from benchmarks.peers.tables import section
from benchmarks.peers.timing import Measured, figures_of_draws, timed
from model.economics.components import COMPONENT_NAMES
from model.economics.strategies import STRATEGY_NAMES
from model.sampling.joint import sample
from model.stopping.bermudan import bermudan_option
from priors.reading.load import load_priors
from tests.reference import economics as slow
from tests.reference.draws import GLOBALS, PLAYER, made_up, named

MODEL = QUESTIONS[0]


# ------------------------------------------------------------------------------------- same answers


def test_the_economics_in_numpy_are_those_of_the_kernel_on_draws_of_the_priors():
    assert largest_deviation(2048) < 1e-9


@pytest.mark.parametrize("fixed", [{}, {"funding": 0.0}, {"funding": 0.5}, {"funding": 1e9}])
def test_the_economics_in_numpy_are_those_of_the_slow_version_on_wide_draws(fixed):
    globals_, players = made_up(12, 4, seed=3, **fixed)
    by_name = dict(zip(GLOBALS, globals_, strict=True))
    by_name |= {f"player.{key}": players[:, place] for place, key in enumerate(PLAYER)}
    found = components(by_name)
    for draw in range(12):
        for player, one in enumerate(slow.components(*named(globals_, players, draw))):
            for place, strategy in enumerate(STRATEGIES):
                truth = np.array([one[strategy][name] for name in COMPONENTS])
                away = np.abs(found[place, :, player, draw] - truth)
                assert np.all(away <= 1e-9 * np.abs(truth).sum())


def test_the_economics_in_numpy_know_every_strategy_and_component():
    assert STRATEGIES == STRATEGY_NAMES
    assert set(COMPONENTS) == set(COMPONENT_NAMES)


@pytest.mark.slow
def test_draws_by_numpy_have_the_priors_means():
    """Independent draws, and scrambled Sobol points which are known better: 4 standard errors."""
    priors, draws = load_priors("base.toml"), 8192
    theirs = PlainDraws(priors).draw(draws, np.random.default_rng(1))
    ours = sample(priors, draws).by_name()
    assert set(theirs) == set(ours)
    for name, values in theirs.items():
        # logarithms of what has far tails: their means are known far better
        first, second = (np.arcsinh(1e3 * x) for x in (values, ours[name]))
        first = first.reshape(-1, draws).T
        second = second.reshape(draws, -1)
        error = np.sqrt((first.var(axis=0) + second.var(axis=0)) / draws)
        assert np.all(np.abs(first.mean(axis=0) - second.mean(axis=0)) <= 4.0 * error + 1e-9), name


def test_draws_by_numpy_are_correlated_as_the_priors_say():
    priors, draws = load_priors("base.toml"), 8192
    found = PlainDraws(priors).draw(draws, np.random.default_rng(2))
    ranks = [found[name].argsort().argsort() for name in ("market.size_2033", "market.growth_fade")]
    assert np.corrcoef(ranks)[0, 1] == pytest.approx(-0.5, abs=4.0 * 0.75 / draws**0.5)


@pytest.mark.parametrize(
    ("name", "size"), [("decide-line", 2**14), ("numpy-line", 2**16), ("squigglepy-line", 2**16)]
)
def test_the_model_of_one_line_has_its_exact_mean(name, size):
    peer = next(one for one in PEERS if one.name == name)
    if lacking(peer):
        pytest.skip(lacking(peer))
    value, error = work_of(peer)(size).figures[reduced.NAME]
    mean, deviation = reduced.exact(reduced.inputs())
    assert abs(value - mean) <= 4.5 * error
    # scrambled points know it better; independent ones as well as the exact deviation says
    assert error <= 1.3 * deviation / size**0.5


def test_the_model_of_one_line_in_squiggles_words_is_the_same():
    *stated, model, figures = by_squiggle.source().splitlines()
    assert len(stated) == len(reduced.INPUTS)
    values = {name: 1.0 + 0.1 * place for place, name in enumerate(reduced.INPUTS)}
    known = {name.replace(".", "_"): value for name, value in values.items()}
    found = eval(model.removeprefix("lead = "), {}, known)
    assert found == pytest.approx(reduced.lead(values), rel=1e-12)
    assert figures == "[mean(lead), stdev(lead)]"


def test_textbook_least_squares_and_ours_value_a_published_put_within_their_errors():
    """Longstaff and Schwartz (2001), Table 1: price 36, strike 40, volatility 0.2, one year."""
    draws, dates = 16_384, 50
    shocks = np.random.default_rng(0).standard_normal((draws // 2, dates))
    shocks = np.concatenate([shocks, -shocks])
    prices = 36.0 * np.exp((0.04 / dates + 0.2 * dates**-0.5 * shocks).cumsum(axis=1))
    discount = np.exp(-0.06 / dates * np.arange(1, dates + 1))
    pays = discount * np.maximum(40.0 - prices, 0.0)
    ours = bermudan_option(pays, prices[:, :, None], observed=True, dual=False)
    # in the money only, as in the paper
    theirs = textbook_value(pays.T, prices.T[:, None], pays.T > 0.0)
    error = theirs.std() / draws**0.5
    assert theirs.mean() == pytest.approx(4.478, abs=4.0 * error)
    assert theirs.mean() == pytest.approx(ours.value, abs=4.0 * np.hypot(error, ours.se))


# ----------------------------------------------------------------------------------------- measures


def test_a_figure_has_the_error_of_independent_draws():
    value, error = figures_of_draws(("a",), np.array([[1.0, 2.0, 3.0, 4.0]]))["a"]
    assert (value, error) == (2.5, pytest.approx((5.0 / 3.0) ** 0.5 / 2.0))


def test_the_shortest_of_several_times_counts(monkeypatch):
    """Of 5, 2 and 3 seconds by a made-up clock."""
    clock = iter([0.0, 5.0, 10.0, 12.0, 20.0, 23.0])
    monkeypatch.setattr(timing.time, "perf_counter", lambda: next(clock))
    result, wall, _ = timed(lambda: "done", repeats=3)
    assert (result, wall) == ("done", 2.0)


def made(draws, wall, error, value=1.0):
    return asdict(Measured(draws, wall, wall, {"openai": (value, error)}, memory=100.0))


def test_ratios_are_of_time_a_draw_and_of_time_to_the_same_error():
    """10 times the draws in twice the time: 5 times; a third of the error in it: 9 / 2 times."""
    found = {"decide": made(1000, 2.0, 0.01), "numpy": made(100, 1.0, 0.03)}
    ours, theirs = lines(MODEL, found, {"numpy": made(100, 0.5, 0.03)})
    assert (ours.per_draw, ours.per_precision, theirs.per_draw) == (1.0, 1.0, 5.0)
    assert theirs.per_precision == pytest.approx(4.5)
    assert theirs.to_target == pytest.approx(9.0)
    assert theirs.since == 2.0
    assert theirs.slowed
    assert not ours.slowed
    assert theirs.agrees


def test_an_answer_that_differs_is_said_to():
    found = {"decide": made(1000, 2.0, 0.01), "numpy": made(100, 1.0, 0.03, value=1.2)}
    _, theirs = lines(MODEL, found, {})
    assert not theirs.agrees
    content = {"machine": runs.machine(), "peers": found}
    assert "**NumPy in blocks does not agree with decide**" in section(content, {})


def test_aims_are_reached_or_missed():
    found = {"decide": made(1000, 1.0, 0.01), "pymc": made(10, 4.1, 0.1)}
    ((aim, ratio),) = aims(found)
    assert aim.peers == ("pymc",)
    assert ratio == pytest.approx(410.0)
    content = {"machine": runs.machine(), "peers": found}
    assert "| a draw, against PyMC | 400 | 410 | reached |" in section(content, {})


def test_what_is_skipped_is_said_to_be():
    found = {"decide": made(1000, 1.0, 0.01), "squigglepy": {"skipped": "not there"}}
    content = {"machine": runs.machine(), "peers": found}
    assert "Skipped: squigglepy + NumPy, not there." in section(content, {})
    drawn = svg(content)
    assert "squigglepy + NumPy" not in drawn
    assert drawn.startswith("<svg")


def test_a_busy_machine_and_the_time_of_compiling_are_said():
    one = made(10, 4.1, 0.1) | {"extra": {"compiling": 6.5}}
    found = {"decide": made(1000, 1.0, 0.01), "pymc": one}
    content = {"machine": runs.machine(), "busy": 1.7, "peers": found}
    assert "not quiet**: 1.7 programs" in section(content, {})
    assert "compile, 6.5 s." in section(content, {})
    assert "not quiet" not in section(content | {"busy": 0.1}, {})


def test_the_last_figures_of_this_machine_are_found(tmp_path):
    runs.keep({"numpy": made(100, 1.0, 0.1)}, quick=False, folder=tmp_path)
    assert runs.earlier(quick=False, folder=tmp_path)["numpy"]["wall"] == 1.0
    assert runs.earlier(quick=True, folder=tmp_path) == {}
    (path,) = tmp_path.glob("*.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    content["machine"]["cores"] += 1
    path.write_text(json.dumps(content), encoding="utf-8")
    assert runs.earlier(quick=False, folder=tmp_path) == {}


def test_a_package_that_is_lacking_is_named():
    peer = next(one for one in PEERS if one.name == "squigglepy")
    assert (lacking(peer) == "") == (find_spec("squigglepy") is not None)


def test_only_a_whole_run_is_written(capsys):
    with pytest.raises(SystemExit, match="2"):
        command.main(["--quick", "--write"])
    assert "only a whole run at full size is written" in capsys.readouterr().err


def test_tables_and_chart_go_between_the_markers(tmp_path, monkeypatch):
    page, chart = tmp_path / "page.md", tmp_path / "peers.svg"
    page.write_text("before\n<!-- peers -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")
    monkeypatch.setattr(command, "PAGE", page)
    monkeypatch.setattr(command, "CHART", chart)
    found = {"decide": made(1000, 1.0, 0.01), "pymc": made(10, 4.1, 0.1)}
    content = {"machine": runs.machine(), "busy": 0.0, "peers": found}
    monkeypatch.setattr(command, "measured", lambda *_, **__: found)
    monkeypatch.setattr(command, "deviation", lambda: 1e-12)
    assert command.main(["--write", "--out", str(tmp_path)]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("<!-- end -->\nafter\n")
    assert "old" not in text
    assert "](images/peers.svg)" in text
    assert chart.read_text(encoding="utf-8") == svg(content)


def test_nothing_is_timed_where_answers_differ(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "deviation", lambda: 1e-6)
    with pytest.raises(SystemExit, match="do not compute the same: nothing is timed"):
        command.main(["--quick", "--out", str(tmp_path)])


@pytest.mark.slow
def test_the_command_measures_and_compares_with_the_last_time(tmp_path, capsys):
    words = ["--quick", "--only", "numpy", "--out", str(tmp_path)]
    assert command.main(words) == 0
    assert "of last" not in capsys.readouterr().out
    assert command.main(words) == 0
    assert "of last" in capsys.readouterr().out
