"""The report's first sentences."""

from reports.page.sections.answer import overview
from tests.reports.text.test_verdict import entry


def test_all_verdicts_in_a_sentence_or_two() -> None:
    entries = [
        entry() | {"label": "A"},
        entry() | {"label": "B"},
        entry("stay", (-3.0, 0.2), 0.62) | {"label": "C"},
        entry(resolved=False) | {"label": "D"},
    ]
    assert overview(entries) == (
        "Exiting is best for 2 of 4 and staying is best for 1 of 4 players by expected value. "
        "For C staying is a bet: it pays on average, not in most worlds. Not resolved: D."
    )


def test_nothing_resolved_is_said_plainly() -> None:
    assert overview([entry(resolved=False)]) == "No player’s decision is resolved."
