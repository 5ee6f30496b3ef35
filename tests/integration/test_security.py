"""What SECURITY.md promises has tests, and they are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_sentence_names_tests_that_are_there():
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    for item in text.split("\n- ")[1:]:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", item)
        assert named, item
        for file, test in named:
            assert f"def {test}(" in (ROOT / file).read_text("utf-8"), test
