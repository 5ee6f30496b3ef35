"""The shipped prior files stand every check, or need review for a reason that is stated here.

Rivals stay: none of these checks but those of verdicts depends on what rivals do.
"""

import pytest

from model.analyses.decision import decision
from model.checks.checking import checked
from model.simulation.simulate import simulate
from priors.inspection.show import shipped
from priors.reading.load import load_priors

#: What needs review in most files.
USUAL = {
    "paid_hours": "a draw in fifty, so near the limit that 16,384 draws cannot tell",
    "last_price": "investors paid 5.3 for Runway, and talks put Kling at 20: the draws give less",
    "tail": "for who stays as a bet, a few worlds pay for all: a quarter or more from one in a "
    "hundred; where exit − stay is near zero the part is large for that alone",
}
OWN = {
    "breakout.toml": {
        "revenue_2026": "on its way past 50 billion the market is larger in 2026 already",
        "near_ceiling": "a market that breaks out comes near what buyers can pay",
        "own_valuation": "Kling may then be worth more than Kuaishou is valued at today",
    },
    "cheap_compute.toml": {
        "gross_margin_2030": "cost falls faster than the price follows",
        "paid_hours": "video that costs next to nothing is made for no viewer: one draw in four",
    },
    "narrow.toml": {"revenue_2026": "a market of 3.4 in 2033 is smaller in 2026 already"},
}


@pytest.mark.slow
@pytest.mark.parametrize("file", [file.name for file in shipped()])
def test_a_shipped_file_fails_no_check_and_needs_review_only_for_a_stated_reason(file):
    run = simulate(load_priors(file), draws=16_384, rivals="stay")
    found = checked(run, decision(run))
    assert found.failed == 0, [one.sentence for one in found.checks if one.verdict == "fail"]
    review = {one.name: one.sentence for one in found.checks if one.verdict == "review"}
    unexplained = {name: review[name] for name in set(review) - set(USUAL | OWN.get(file, {}))}
    assert not unexplained
    assert {one.name for one in found.not_applied} == {"rivals_settled", "form", "usual_priors"}
    assert set(OWN.get(file, {})) <= set(review), "a reason that is no longer needed"


def test_reasons_are_of_files_that_are_there():
    assert set(OWN) <= {file.name for file in shipped()}
