"""Hidden characters in comments are refused where they stand, and nowhere else."""

import pytest

from priors.errors import PriorFileError, Problem
from priors.reading.comments import hidden_in_comments
from priors.reading.files import parse
from priors.reading.load import load_priors, load_text
from tests.reference.prior_files import minimal


def found(text: str) -> list[tuple[int, str]]:
    """Lines and messages of what is found in a text."""
    problems = list(hidden_in_comments([parse(text.encode(), "mine.toml")]))
    assert all((one.file, one.path) == ("mine.toml", "") for one in problems)
    return [(one.line, one.message) for one in problems]


def message(code: str, column: int) -> str:
    where = f"in a comment, in column {column}"
    return f"found the character U+{code} {where}, expected visible characters"


@pytest.mark.parametrize("code", ["061C", "009B", "00AD", "200B", "200F", "2028", "202E", "2066"])
def test_a_hidden_character_of_a_comment_is_named_with_its_place(code: str) -> None:
    sign = chr(int(code, 16))
    assert found(f"# one\n# a{sign}b\nx = 1  # ä {sign}\n") == [
        (2, message(code, 4)),
        (3, message(code, 12)),
    ]


def test_line_breaks_tabs_and_letters_of_any_language_are_none() -> None:
    assert found("# a\tb\r\nx = [ # a\r\n1, # b\r\n]\r\n") == []
    assert found("# שלום عالم 你好 é 👍\n") == []


@pytest.mark.parametrize(
    "text",
    [
        'x = "#\u202e"',
        "x = '#\u202e'",
        'x = "\\"#\u202e"',
        'x = """\n#\u202e"""""',
        "x = '''\n#\u202e'''''",
        'x = """a\\"""#\u202e"""',
        '"#\u202e" = 1',
    ],
)
def test_what_is_no_comment_is_left_to_others(text: str) -> None:
    assert found(text) == []
    assert found(f"{text} # \u202e\n") != []


def test_the_first_of_a_comment_is_named_once_with_all_else_that_is_wrong() -> None:
    text = minimal().replace("schema", "# \u2066a\u2069\nschema", 1) + "k = 1\n"
    with pytest.raises(PriorFileError, match=r"U\+2066 in a comment, in column 3") as caught:
        load_text(text, "mine.toml")
    assert len(caught.value.problems) == 2
    assert Problem("mine.toml", 1, "", message("2066", 3)) in caught.value.problems


def test_comments_of_a_file_that_is_extended_are_looked_at(tmp_path) -> None:
    (tmp_path / "below.toml").write_text('extends = "base.toml"\n#\u202e\n', encoding="utf-8")
    (tmp_path / "mine.toml").write_text('extends = "below.toml"\n', encoding="utf-8")
    with pytest.raises(PriorFileError, match=r"below.toml:2: found the character U\+202E"):
        load_priors(tmp_path / "mine.toml")
