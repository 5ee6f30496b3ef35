"""Which characters nobody sees."""

import sys
import unicodedata

import pytest

from priors.characters import hidden, visible

KINDS = {"Cc", "Cf", "Cs", "Zl", "Zp"}
EVERY = [one for one in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(one) in KINDS]


def test_they_are_those_of_unicode():
    assert [one for one in EVERY if not hidden(one)] == []
    seen = [one for one in map(chr, range(0x10000)) if hidden(one) and one not in EVERY]
    # Unassigned so far, between those that are.
    assert all(unicodedata.category(one) == "Cn" for one in seen)
    assert len(seen) < 5


@pytest.mark.parametrize("text", ["", "−1 ± 2 ≥ 0", "naïve 日本語 ✚", "a\u00a0b"])
def test_what_is_seen_is_left_as_it_is(text):
    assert hidden(text) == ""
    assert visible(text) == text


def test_line_breaks_are_lawful_only_in_lines():
    assert hidden("a\nb\tc") == "\n"
    assert hidden("a\nb\tc", lines=True) == ""
    assert visible("a\nb\tc") == "a\nb\tc"
    assert hidden("a\r\nb", lines=True) == "\r"


def test_each_hidden_character_is_shown_by_one():
    assert visible("a\x1b[31m\u202eb\u2066\x00\u200b\x9b\u2028c") == "a�[31m�b�����c"
