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
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    return str(caught.value).split("\n")


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
    assert len(found) == len(GLOBAL_QUANTITIES) + 1
    assert found[-1] == "mine.toml: valuation.terminal_growth: found nothing, expected a prior"
    assert "mine.toml: players: found no player, expected at least one" in found


def test_terminal_growth_needs_an_upper_bound() -> None:
    text = minimal().replace("upper = 0.04\n", "")
    found = problems_of(lambda: load_text(text, "mine.toml"))
    assert found[0].endswith(
        "valuation.terminal_growth: found no upper bound, expected one: "
        "state upper, or a family that has an end"
    )


NAME = "a name of at most 100 letters, digits, spaces and _ . + ( ) -"
HEADS = {
    "schema = 3": ["mine.toml:1: schema: found 3, expected 1 or 2"],
    "schema = true": ["mine.toml:1: schema: found true, expected 1 or 2"],
    "schema = '1'": ['mine.toml:1: schema: found "1", expected 1 or 2'],
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
    "key twice": (b"schema = 1\nschema = 1\n", ":2: no valid TOML: Cannot overwrite a value"),
    "table twice": (b"[market]\n[market]\n", ":2: no valid TOML: Cannot declare"),
    "too large": (
        b"#" * (2**20 + 1),
        ": found more than 1 MiB, expected a file of 1 MiB or less",
    ),
    "nested deep": (
        b"a = " + b"[" * 100_000,
        ": found tables nested deeper than in any prior file",
    ),
    "dotted deep": (
        b".".join([b"a"] * 300_000) + b" = 1",
        ": found tables nested deeper than in any prior file",
    ),
    "nested": (
        b"a = " + b"[" * 40 + b"]" * 40,
        ": found tables nested deeper than in any prior file",
    ),
    "digits": (b"schema = 1" + b"0" * 5000, ": no valid TOML: found a whole number of too many"),
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


def test_hundreds_of_problems_are_cut_short() -> None:
    text = minimal() + "".join(f"key_{place} = 1\n" for place in range(1000))
    found = problems_of(lambda: load_text(text, "mine.toml"))
    assert len(found) == 301
    assert found[0] == "mine.toml: and 700 more problems"
