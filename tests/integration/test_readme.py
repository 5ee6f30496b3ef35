"""README.md shows what its first command prints."""

import pytest

import decide
from scripts import readme


@pytest.mark.slow
def test_the_readme_shows_what_the_program_prints():
    verdict = decide.decision(decide.simulate(decide.load_priors("base.toml")))
    assert readme.PAGE.read_text(encoding="utf-8") == readme.rewritten(verdict)
