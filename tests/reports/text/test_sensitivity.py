"""The line on risk: what dominates, and what goes against it."""

from reports.text.sensitivity import risk_line


def test_dominance_says_what_goes_against_it():
    pair = {"strategy": "exit", "other": "stay", "order": 2, "sure": True}
    unsure = {**pair, "other": "api_only", "sure": False}
    entry = {"risk": {"switches": [], "dominance": [pair, unsure]}}
    assert risk_line(entry).endswith("dominance: Exit over Stay (second order).")
    pair["violated"] = 0.002
    assert risk_line(entry).endswith("(second order, but for <1 % of the difference).")
    pair["sure"] = False
    assert risk_line(entry).endswith("no strategy dominates another.")
