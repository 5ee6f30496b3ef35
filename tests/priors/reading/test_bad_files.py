"""A bad file is refused with everything that is wrong in it, each at its line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from priors.distributions.catalog import FAMILIES
from priors.errors import PriorFileError
from priors.reading.load import load_priors, load_text
from priors.registry.quantities import GLOBAL_QUANTITIES
from priors.wording import joined
from tests.reference.prior_files import minimal

CASES = dict(
    part.split("\n", 1)
    for part in Path(__file__).with_name("bad_files.txt").read_text().split("=== ")[1:]
)


def problems_of(load: Callable[[], object]) -> list[str]:
    """What is wrong, a line each."""
    with pytest.raises(PriorFileError, match=r"\w") as caught:
        load()
    every = [str(problem) for problem in caught.value.problems]
    assert str(caught.value).split("\n")[:20] == every[:20]
    return every


@pytest.mark.parametrize("case", CASES)
def test_what_is_added_is_refused(case: str) -> None:
    added = CASES[case].replace("{families}", joined(tuple(FAMILIES), " or "))
    head = minimal("robotics.success") if added.startswith("[robotics") else minimal()
    before, text = head.count("\n"), head + added
    if added.startswith("ipo."):
        before, text = 0, added + head
    expected, line = [], before
    for place, stated in enumerate(added.split("\n"), before + 1):
        if stated.startswith("#> "):
            expected.append(f"mine.toml:{line}: {stated[3:].replace('{1}', str(before + 1))}")
        else:
            line = place
    assert expected
    assert problems_of(lambda: load_text(text, "mine.toml")) == expected


def test_what_is_missing_is_named() -> None:
    text = minimal("market.size_2033", "types.lab.funding")
    line = text.split("\n").index("[types.lab]") + 1
    one, two = problems_of(lambda: load_text(text, "mine.toml"))
    nothing = "found nothing, expected a prior"
    assert one == f"mine.toml: market.size_2033: {nothing}"
    assert two == (
        f"mine.toml:{line}: types.lab.funding: {nothing}: every type states every quantity"
    )


def test_an_empty_table_is_no_prior() -> None:
    text = minimal("market.size_2033", "types.lab.funding")
    text += "[types.lab.funding]\n[market.size_2033]\n"
    one, two = problems_of(lambda: load_text(text, "mine.toml"))
    assert one == "mine.toml: market.size_2033: found nothing, expected a prior"
    assert "types.lab.funding: found nothing, expected a prior" in two


@pytest.mark.slow
def test_players_without_number_are_refused_soon() -> None:
    text = minimal() + "".join(f"[players.a{place}]\ntype = 'lab'\n" for place in range(20_000))
    found = problems_of(lambda: load_text(text, "mine.toml"))
    assert found == ["mine.toml: players: found 20001, expected at most 200"]


def test_a_name_spelt_wrong_is_not_missing_too() -> None:
    text = minimal().replace("[market.size_2033]", "[market.size_2O33]")
    (found,) = problems_of(lambda: load_text(text, "mine.toml"))
    assert found.endswith('found the unknown quantity "size_2O33"; did you mean "size_2033"?')


def test_a_prior_of_a_type_is_reported_once_for_all_its_players() -> None:
    text = minimal(players=("one", "two")).replace(
        "[types.lab.cost_ratio]\n", "[types.lab.cost_ratio]\nlower = -1\n"
    )
    line = text.split("\n").index("[types.lab.cost_ratio]") + 2
    assert problems_of(lambda: load_text(text, "mine.toml")) == [
        f"mine.toml:{line}: types.lab.cost_ratio.lower: -1 is outside the support [0, inf]"
    ]


def test_a_file_without_anything_lacks_everything() -> None:
    found = problems_of(lambda: load_text("schema = 2", "mine.toml"))
    assert len(found) == len(GLOBAL_QUANTITIES) + 2
    lack = len(GLOBAL_QUANTITIES)
    hint = f'extends = "base.toml" would supply the {lack} priors that lack'
    assert found[0] == f"mine.toml: found no extends: {hint}"
    assert found[-1] == "mine.toml: valuation.terminal_growth: found nothing, expected a prior"
    assert "mine.toml: players: found no player, expected at least one" in found


def test_terminal_growth_needs_an_upper_bound() -> None:
    text = minimal().replace("upper = 0.04\n", "")
    found = problems_of(lambda: load_text(text, "mine.toml"))
    assert found[0].endswith(
        "valuation.terminal_growth: found no upper bound, expected one: "
        "state upper, or a family that has an end"
    )


SCHEMA = "1 or 2, a whole number without quotation marks"
NAME = "a name of at most 100 letters, digits, spaces and _ . + ( ) -"
HEADS = {
    "schema = 3": [f"mine.toml:1: schema: found 3, expected {SCHEMA}"],
    "schema = 2.0": [f"mine.toml:1: schema: found 2.0, expected {SCHEMA}"],
    "schema = true": [f"mine.toml:1: schema: found true, expected {SCHEMA}"],
    "schema = '1'": [f'mine.toml:1: schema: found "1", expected {SCHEMA}'],
    "name = '../x'": [f'mine.toml:1: name: found "../x", expected {NAME}'],
    "exclude = ['ona', 'one', 'one']": [
        "mine.toml:1: exclude: excludes every player",
        'mine.toml:1: exclude: found "one" more than once',
        'mine.toml:1: exclude: found the unknown player "ona"; did you mean "one"?',
    ],
    "exclude = [1]": ["mine.toml:1: exclude.0: found 1, expected a string"],
    "description = 1": ["mine.toml:1: description: found 1, expected a string"],
    "market = 3": ["mine.toml:1: market: found 3, expected a table"],
}


@pytest.mark.parametrize("head", HEADS)
def test_heads(head: str) -> None:
    text = minimal().replace("schema = 2", head)
    if head.startswith("market"):
        text = re.sub(r"\n\[market\.\w+\]\n(.+\n)+", "", text)
    assert problems_of(lambda: load_text(text, "mine.toml")) == HEADS[head]


BYTES: dict[str, tuple[bytes, str]] = {
    "no UTF-8": (b"schema = 1\nname = '\xff'\n", ":2: found the byte 0xff, expected UTF-8 text"),
    "no TOML": (b"schema = 1\nname = \n", ":2: no valid TOML: Invalid value"),
    "end missing": (b"schema = 1\nname = [\n\n", ":2: no valid TOML: "),
    "key twice": (
        b"schema = 1\nschema = 1\n",
        ":2: no valid TOML: found a key that is stated already",
    ),
    "table twice": (
        b"[market]\n[market]\n",
        ":2: no valid TOML: found the table [market] a second time",
    ),
    "too large": (
        b"#" * (2**20 + 1),
        ": found more than 1 MiB, expected a file of 1 MiB or less",
    ),
    "nested deep": (
        b"a = " + b"[" * 100_000,
        ":1: found tables nested deeper than in any prior file",
    ),
    "dotted deep": (
        b".".join([b"a"] * 300_000) + b" = 1",
        ":1: found tables nested deeper than in any prior file",
    ),
    "nested": (
        b"a = " + b"[" * 40 + b"]" * 40,
        ":1: found tables nested deeper than in any prior file",
    ),
    "digits": (b"schema = 1" + b"0" * 5000, ":1: no valid TOML: found a whole number of too many"),
    "UTF-16": ("schema = 2\n".encode("utf-16"), ": found UTF-16 text, expected UTF-8: save it"),
    "UTF-16, no mark": ("schema = 2\n".encode("utf-16-be"), ": found UTF-16 text, expected UTF-8"),
    "UTF-32": ("schema = 2\n".encode("utf-32"), ": found UTF-32 text, expected UTF-8"),
    "NUL": (b"schema = 1\x00", ":1: no valid TOML: "),
}


@pytest.mark.parametrize("case", BYTES)
def test_bytes_that_are_no_prior_file(case: str, tmp_path: Path) -> None:
    content, expected = BYTES[case]
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    (found,) = problems_of(lambda: load_priors(path))
    assert found.removeprefix(str(path)).startswith(expected)


def test_a_file_of_exactly_one_mebibyte_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = minimal()
    path.write_text(text + "#" * (2**20 - len(text)))
    assert load_priors(path).name == "mine"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + minimal().replace("\n", "\r\n").encode())
    assert load_priors(path).resolved == load_text(minimal(), "mine.toml").resolved


def test_the_line_of_what_is_nested_too_deep() -> None:
    for text in ("\n\n[a]\nx = " + "[" * 50 + "]" * 50, "\n'['\n# [\n[" + "a." * 40 + "b]\n"):
        (found,) = problems_of(lambda text=text: load_text(text, "mine.toml"))
        assert found == "mine.toml:4: found tables nested deeper than in any prior file"


def test_thousands_of_problems_are_shown_as_twenty_and_a_count() -> None:
    text = minimal() + '[[correlations]]\nbetween = ["a", "b"]\nrank = 0.5\n' * 4000
    with pytest.raises(PriorFileError, match="unknown quantity") as caught:
        load_text(text, "mine.toml")
    assert len(caught.value.problems) == 8000
    lines = str(caught.value).splitlines()
    assert (len(lines), lines[-1]) == (21, "and 7,980 more")


def test_unknown_keys_beyond_the_first_are_counted_too() -> None:
    text = minimal().replace(
        "schema = 2", "schema = 2\n" + "".join(f"k{i} = 1\n" for i in range(900))
    )
    with pytest.raises(PriorFileError, match="unknown key") as caught:
        load_text(text, "mine.toml")
    assert len(caught.value.problems) == 900
    assert caught.value.problems[-1].message == "found what cannot stand there"


def test_a_rank_that_leaves_no_freedom_is_named_for_what_it_is() -> None:
    pair = '[[correlations]]\nbetween = ["ipo.refund", "ipo.delay_cost"]\nrank = 0.999999999999\n'
    (found,) = problems_of(lambda: load_text(minimal() + pair, "mine.toml"))
    assert "matrix is numerically not positive definite" in found
    assert found.endswith("found 1; the nearest rank that works is 0.99") or "0.999999" in found


CODES = ("u001b[31m", "u0000", "u202e", "u2066", "u009b", "u2028", "u200b", "n")
HIDDEN = [f"\\{code}" for code in CODES]


@pytest.mark.parametrize("character", HIDDEN)
@pytest.mark.parametrize("key", ["label", "sources", "why", "description"])
def test_what_no_reader_sees_is_refused(key: str, character: str) -> None:
    value = f'"a{character}b"'
    if key == "description":
        text = f"description = {value}\n" + minimal()
    elif key == "label":
        text = minimal().replace("[players.one]", f"[players.one]\nlabel = {value}")
    else:
        stated = f"[{value}]" if key == "sources" else value
        text = minimal().replace("[ipo.refund]", f"[ipo.refund]\n{key} = {stated}")
    if character == "\\n" and key != "label":
        load_text(text, "mine.toml")
        return
    (found,) = problems_of(lambda: load_text(text, "mine.toml"))
    line = next(n for n, one in enumerate(text.split("\n"), 1) if value in one)
    assert found.startswith(f"mine.toml:{line}: ")
    assert "found the character U+" in found
    assert found.isprintable()


def test_what_no_reader_sees_is_refused_in_keys_and_overrides() -> None:
    with pytest.raises(
        PriorFileError, match=r"--set: players.one.label: found the character U\+202E"
    ):
        load_text(minimal(), "mine.toml", ['players.one.label="a\\u202eb"'])
    with pytest.raises(PriorFileError, match=r"found the character U\+200B"):
        load_text('exclude = ["a\\u200b"]\n' + minimal(), "mine.toml")
