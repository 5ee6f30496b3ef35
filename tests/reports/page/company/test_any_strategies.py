"""The sections of a run with other strategies than the usual ones, whatever these are called."""

import pytest

from priors.reading.records import AddedStrategy
from reports.page.company.assumptions import assumptions
from reports.page.company.flips import flips
from reports.page.company.knowing import knowing
from reports.page.company.unknowns import unknowns
from reports.page.view import View
from reports.text.strategies import LABELS, reporting
from reports.text.wording import within_sentence
from tests.reports.factory import make_decision, make_run, sensitivity_analysis
from tests.reports.page.company.conftest import read

HOSTILE = "</script><b onerror=alert(1)>'\"{{7*7}}"
ADDED = tuple(AddedStrategy(f"extra_{place}", HOSTILE) for place in range(4))


@pytest.mark.parametrize(
    ("added", "without"), [((), ("api_only",)), (ADDED[:1], ("api_only",)), (ADDED, ())]
)
def test_every_strategy_is_told_and_escaped(
    added: tuple[AddedStrategy, ...], without: tuple[str, ...]
) -> None:
    run = make_run(512, 4, added=added, without=without)
    with reporting(run):
        decision = make_decision(run)
        view = View(run, decision, {"sensitivity": sensitivity_analysis(decision)})
        for player in view.players:
            parts = [make(view, player) for make in (unknowns, flips, knowing, assumptions)]
            assert not any(part is None or "<b onerror" in part.html for part in parts)
            text = read(parts[1])
            assert all(f" {within_sentence(label)} " in text for label in LABELS.values())
