"""README.md and the guides show what their commands print."""

import pytest

import decide
from scripts import readme


@pytest.fixture(scope="module")
def verdict():
    return decide.decision(decide.simulate(decide.load_priors("base.toml")))


@pytest.mark.slow
@pytest.mark.parametrize("page", readme.PARTS)
def test_a_page_shows_what_the_program_prints(page, verdict):
    text = (readme.ROOT / page).read_text(encoding="utf-8")
    assert text == readme.rewritten(page, verdict)


def test_a_quotation_says_all_in_short_lines():
    lines = readme.quoted("word " * 60).splitlines()
    assert all(line.startswith("> word") and len(line) <= 110 for line in lines)
    assert sum(line.count("word") for line in lines) == 60
