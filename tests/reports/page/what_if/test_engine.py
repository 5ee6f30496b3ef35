"""The page's own economics, draws and rules, in Chromium, against Python's."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from model.economics.axes import LEAVING_YEARS, N_YEARS, NEVER
from model.economics.exercise import Exercise
from model.economics.inputs import inputs_of
from model.economics.operations import factors_of
from model.economics.presence import Presence
from model.economics.real_options import exercise_values
from model.economics.timing import evaluate_timed
from model.sampling.joint import sample
from model.simulation.pooled_rules import table_of
from model.stopping.basis import Basis
from model.stopping.date_draws import Room
from model.stopping.longstaff_schwartz import Option, Outcome, Rule, follow
from priors.reading.load import load_priors, load_text
from tests.reports.conftest import Opened, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

type Array = npt.NDArray[np.float64]

DRAWS, CHAINS = 64, 4

#: Values draws by Python's quantities, with options used as the rules of one date say.
VALUE = """([given, rules, last, options]) => {
    const { worlds } = window.decide;
    const own = given.players.map((_, i) => given.own.map((_, k) => (
        { quantity: given.shared.length + given.own.length * i + k })));
    const valuer = worlds.load({
        shared: given.shared.map((_, k) => ({ quantity: k })), own, factors: given.factors,
        players: given.players.length, strategies: 3, options, rivals: false,
    });
    const size = given.values[0].length;
    const out = valuer.roomOf(size);
    valuer.value(Float64Array.from(rules), given.values, last, out, 0, size);
    const parts = given.players.map((_, i) => valuer.components(given.values, out, i, size)
        .map(row => Array.from(row)));
    return [Array.from(out.npv), Array.from(out.years), parts];
}"""


@pytest.fixture(scope="module")
def drawn() -> Any:
    return sample(load_priors("base.toml"), DRAWS * CHAINS, CHAINS, 5)


@pytest.fixture(scope="module")
def last(drawn: Any) -> npt.NDArray[np.int8]:
    rng = np.random.default_rng(7)
    return rng.integers(0, N_YEARS, (DRAWS * CHAINS, len(drawn.players))).astype(np.int8)


def given(drawn: Any) -> dict[str, Any]:
    factors = factors_of()
    return {
        "values": drawn.values.swapaxes(0, 1).reshape(drawn.values.shape[1], -1).tolist(),
        "players": list(drawn.players),
        "shared": [quantity.name for quantity in drawn.quantities.shared],
        "own": [quantity.name for quantity in drawn.quantities.own],
        "factors": {"numbers": factors.numbers.tolist(), "columns": factors.columns.tolist()},
    }


def in_python(drawn: Any, last: npt.NDArray[np.int8]) -> tuple[Exercise, Any]:
    """Every real option, and what the equations take, draws chain by chain."""
    shared = len(drawn.quantities.shared)
    values = drawn.values.swapaxes(0, 1).reshape(drawn.values.shape[1], -1)
    players = values[shared:].reshape(len(drawn.players), -1, values.shape[1])
    inputs = inputs_of(values[:shared], players, None, Presence(last[None], np.ones(1)))
    found = Exercise.empty(len(drawn.players), 3, values.shape[1])
    exercise_values(inputs, found)
    return found, inputs


def test_the_economics_are_those_of_python(
    opened: Opened, drawn: Any, last: npt.NDArray[np.int8]
) -> None:
    found, _ = in_python(drawn, last)
    npv, _, _ = opened.page.evaluate(VALUE, [given(drawn), [], last.T.ravel().tolist(), False])
    assert np.array(npv).reshape(found.npv.shape) == pytest.approx(found.npv, rel=1e-9, abs=1e-12)


def test_options_are_used_as_rules_say_and_components_add_up(
    opened: Opened, drawn: Any, last: npt.NDArray[np.int8]
) -> None:
    """A rule that exercises where the market is above its middle, at the fourth date."""
    found, inputs = in_python(drawn, last)
    rule = np.zeros((len(drawn.players), 3, len(LEAVING_YEARS), 69))
    rule[..., 3, 0], rule[..., 3, 6:9], rule[..., 3, 10] = 1.0, 1.0, 1.0
    rule[..., 3, 1:3] = -1.0
    arguments = [given(drawn), rule.ravel().tolist(), last.T.ravel().tolist(), True]
    npv, years, parts = opened.page.evaluate(VALUE, arguments)
    used = found.live[:, :, 3] & (found.states[:, :, 3, 0] > 0.0)
    expected = found.npv + np.where(used, found.pays[:, :, 3], 0.0)
    assert np.array(npv).reshape(expected.shape) == pytest.approx(expected, rel=1e-9, abs=1e-12)
    timing = np.array(years, np.int8).reshape(expected.shape)
    assert np.array_equal(timing != NEVER, used)
    room = np.empty((expected.shape[2], *expected.shape[:2], 12))
    components, _ = evaluate_timed(inputs, np.moveaxis(timing, -1, 0).copy(), room)
    means = components.mean(axis=0)
    assert np.array(parts) == pytest.approx(means, rel=1e-9, abs=1e-12)


def block(report: Path) -> dict[str, Any]:
    text = re.search(r'id="what-if-data">(.*?)</script>', report.read_text(), re.DOTALL)
    assert text is not None
    found: dict[str, Any] = json.loads(text.group(1))
    return found


def test_the_draws_are_those_of_the_run(
    opened: Opened, made_up_run: Any, report_file: Path
) -> None:
    priors = load_text(str(made_up_run.attrs["priors"]), "priors.toml")
    seed, chains = int(made_up_run.attrs["seed"]), made_up_run["prior"].sizes["chain"]
    expected = sample(priors, 32 * chains, chains, seed)
    values = opened.page.evaluate(
        "() => window.decide.whatIf.ready().prepared(0).values.map(row => Array.from(row))"
    )
    quantities = block(report_file)["quantities"]
    named = expected.by_name()
    for quantity, row in zip(quantities, values, strict=True):
        own = named[quantity["kind"]]
        if own.ndim == 3:
            player = quantity["path"].split(".")[1]
            own = own[:, :, expected.players.index(player)]
        spread = np.ptp(own)
        assert row == pytest.approx(own.ravel(), rel=1e-6, abs=1e-6 * spread), quantity["path"]


def test_rules_are_fitted_as_a_run_fits_them(opened: Opened) -> None:
    rng = np.random.default_rng(11)
    draws, dates = 2048, len(LEAVING_YEARS)
    states = rng.standard_normal((dates, 3, draws)).cumsum(axis=0)
    noise = np.exp(0.5 * states[:, 0]) * rng.standard_normal((dates, draws))
    pays = 0.5 * states[:, 0] - 0.2 * states[:, 1] * states[:, 2] + noise
    is_open = rng.random((dates, draws)) < 0.9
    basis = Basis.polynomials(3, 3, observed=False)
    rule = Rule.waiting(dates, basis)
    option = Option(np.where(is_open, pays, 0.0), states, is_open.astype(np.int8), False)
    outcome, room = Outcome.never(np.zeros((0, draws))), Room.of(basis, draws)
    follow(option, np.arange(draws), draws, basis, rule, room, outcome)
    found = opened.page.evaluate(
        """given => {
            const [pays, states] = [given.pays, given.states].map(one => Float64Array.from(one));
            const steps = window.decide.tuning.fitted({ ...given, pays, states }, 1);
            for (;;) {
                const step = steps.next();
                if (step.done) return Array.from(step.value);
            }
        }""",
        {
            "size": draws,
            "pays": option.exercise.ravel().tolist(),
            "states": states.ravel().tolist(),
            "open": option.open.ravel().tolist(),
        },
    )
    expected = table_of(rule)
    assert np.array(found).reshape(expected.shape) == pytest.approx(expected, rel=1e-6, abs=1e-8)


def settled(page: Any, moves: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        """async moves => {
            const { players } = await window.decide.whatIf.apply(moves);
            return Object.fromEntries(Object.entries(players).map(
                ([key, entry]) => [key, { ...entry, changed: [...entry.changed] }]));
        }""",
        moves,
    )
    return found


def test_what_nothing_connects_stays_to_the_last_digit(opened: Opened, report_file: Path) -> None:
    """What developers' trust is worth to a player, no rival sees."""
    decision = block(report_file)["decision"]["players"]
    found = settled(opened.page, [{"path": "players.google.trust_loss", "shift": 1.0}])
    assert "strategies/exit/mean" in found["google"]["changed"]
    for player in set(decision) - {"google"}:
        for strategy, row in decision[player]["strategies"].items():
            moved = found[player]["strategies"][strategy]
            assert moved["mean"] == row["mean"], (player, strategy)
            assert moved["p50"] == row["p50"], (player, strategy)


def test_a_cost_that_is_certain_moves_its_strategy_by_itself(
    opened: Opened, report_file: Path
) -> None:
    """What leaving costs falls out of the value of exit, but for who then comes back."""
    data = block(report_file)
    place = next(
        k for k, one in enumerate(data["quantities"]) if one["path"] == "players.adobe.exit_cost"
    )
    page = opened.page
    found = settled(page, [{"path": "players.adobe.exit_cost", "shift": 1.0}])["adobe"]
    before = data["decision"]["players"]["adobe"]["strategies"]["exit"]
    fell = page.evaluate(
        """place => {
            const { made } = window.decide.whatIf.ready();
            const scores = made.scores(0, 512)[place];
            const [a, b] = [{}, { shift: 1 }].map(move => made.values(place, scores, move));
            return b.reduce((sum, value, n) => sum + value - a[n], 0) / a.length;
        }""",
        place,
    )
    exit_ = found["strategies"]["exit"]
    assert before["mean"] - exit_["mean"] == pytest.approx(fell, rel=0.02)


def test_the_reader_moves_a_number_in_its_unit(opened: Opened) -> None:
    page = opened.page
    page.get_by_label("Number").select_option(label="Market in 2033")
    field = page.get_by_label("Middle value, USD billion/year", exact=True)
    field.fill("30")
    field.press("Enter")
    page.wait_for_selector("html[data-what-if=settled]", timeout=60_000)
    assert "$30\xa0billion a year" in page.locator("#what-if-headline").inner_text()
    slider = page.locator("#what-if-range")
    assert (slider.get_attribute("aria-valuetext") or "").startswith(
        "$30\xa0billion a year; report"
    )
    assert page.locator("#what-if-lines li").count() <= 5
    assert page.locator("#what-if-said").text_content() == (
        page.locator("#what-if-headline").text_content()
    )
    command = page.locator("#what-if-command code").inner_text()
    (shift,) = re.findall(r"--set market\.size_2033\.score_shift=(\S+)", command)
    assert page.evaluate("location.hash") == f"#whatif&market.size_2033={shift}*1"


def test_an_event_is_moved_by_its_probability(opened: Opened) -> None:
    page = opened.page
    settled(page, [{"path": "robotics.success", "probability": 0.25}])
    command = page.locator("#what-if-command code").inner_text()
    assert command.endswith("--set robotics.success.probability=0.25")
    assert "25 of 100 worlds" in page.locator("#what-if-headline").inner_text()


def test_a_link_restores_the_state(visit: Visit, opened: Opened, report_file: Path) -> None:
    restored = visit(report_file, "#whatif&market.size_2033=-1*0.9&players.google.salvage=0.5*1")
    restored.page.wait_for_selector("html[data-what-if=settled]", timeout=60_000)
    result = restored.page.evaluate("window.decide.result.players.google.gain")
    moves = [
        {"path": "market.size_2033", "shift": -1.0, "spread": 0.9},
        {"path": "players.google.salvage", "shift": 0.5},
    ]
    assert result == settled(opened.page, moves)["google"]["gain"]
    assert restored.said == []


def test_far_moves_are_warned_of_before_the_verdicts(opened: Opened) -> None:
    page = opened.page
    settled(page, [{"path": "market.size_2033", "shift": 0.3}])
    assert not page.locator("#what-if-warning").is_visible()
    settled(page, [{"path": "market.size_2033", "shift": 2.0}])
    warning, lines = page.locator("#what-if-warning"), page.locator("#what-if-lines")
    assert "few of its worlds matter" in warning.inner_text()
    assert warning.bounding_box()["y"] < lines.bounding_box()["y"]
