"""Which edition a file is of: what it then need not state, and may not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from model.sampling.joint import sample
from priors.errors import PriorFileError
from priors.reading.load import load_priors, load_text
from priors.registry.selection import select
from tests.reference.prior_files import minimal, table_of

type Write = Callable[..., Path]

FIRST = minimal(edition=1)
NOTE = (
    "mine.toml: a file of the first edition (schema 1), read with the quantities of the second at "
    "their neutral values; `decide priors migrate mine.toml` writes one of the second"
)


def problems_of(text: str, overrides: object = None) -> list[str]:
    with pytest.raises(PriorFileError, match=r"\w") as caught:
        load_text(text, "mine.toml", overrides)
    return str(caught.value).split("\n")


def test_a_file_of_the_first_edition_states_what_that_had_and_says_so() -> None:
    priors = load_text(FIRST, "mine.toml")
    assert (priors.edition, priors.notes) == (1, (NOTE,))
    names = [(q.name, None) for q in select(1).shared]
    assert list(priors.priors) == names + [(q.name, "one") for q in select(1).of_player]
    assert ("market.ceiling", None) not in priors.priors
    assert "market.ceiling" not in {quantity.name for quantity in priors.quantities.every}


@pytest.mark.parametrize("text", [FIRST, minimal()], ids=["first", "second"])
def test_the_resolved_file_is_of_the_same_edition_and_gives_the_same_draws(text: str) -> None:
    priors = load_text(text, "mine.toml")
    assert priors.resolved.startswith(f"schema = {priors.edition}\n")
    again = load_text(priors.resolved, "priors.toml")
    assert (again.edition, again.resolved) == (priors.edition, priors.resolved)
    one, two = (sample(each, 64, seed=3, chains=4).values for each in (priors, again))
    assert one.tobytes() == two.tobytes()


def test_the_same_quantities_have_the_same_quantiles_in_both_editions() -> None:
    first, second = load_text(FIRST, "mine.toml"), load_text(minimal(), "mine.toml")
    assert second.edition == 2
    for key, prior in first.priors.items():
        assert prior.distribution == second.priors[key].distribution or key[0] == IMPACT, key


IMPACT = "ipo.valuation_impact"


def test_an_impact_of_the_first_edition_is_cut_at_zero() -> None:
    """Its support began there, and its draws stay what they were."""
    normal = f"[{IMPACT}]\nfamily = 'normal'\nmean = 0.01\nsd = 0.02\n"
    lowest = [
        load_text(minimal(IMPACT, edition=edition) + normal, "mine.toml")
        .priors[IMPACT, None]
        .distribution.support()[0]
        for edition in (1, 2)
    ]
    assert lowest == [0.0, -1.0]


def test_without_a_schema_what_a_file_lacks_tells_its_edition() -> None:
    none = FIRST.replace("schema = 1\n", "")
    assert load_text(none, "mine.toml").edition == 1
    assert load_text(minimal().replace("schema = 2\n", ""), "mine.toml").edition == 2
    # One quantity of the second is enough, wherever it stands; the others are then missing.
    for stated in ("market.ceiling", "types.lab.weight_2026"):
        found = problems_of(none + f"[{stated}]\nfamily = 'constant'\nvalue = 1\n")
        assert len(found) == 5, stated
        assert all("found nothing, expected a prior" in line for line in found)


def test_a_file_that_says_2_lacks_what_only_the_second_has() -> None:
    found = problems_of(FIRST.replace("schema = 1", "schema = 2"))
    new = [q for q in (*select().shared, *select().of_player) if q.edition == 2]
    assert len(found) == len(new) == 6


@pytest.mark.parametrize(
    ("added", "path"),
    [
        ("[market.ceiling]\nvalue = 100\n", "market.ceiling"),
        ("[types.lab.weight_2026]\nvalue = 1\n", "types.lab.weight_2026"),
        ("weight_2026 = 1\n", "players.one.weight_2026"),
        ("[strategies.paid_only]\n", "strategies"),
    ],
)
def test_a_file_of_the_first_edition_knows_nothing_of_the_second(added: str, path: str) -> None:
    (found,) = problems_of(FIRST + added)
    key = path.rpartition(".")[2]
    text = f'found "{key}", which schema 1 does not have; expected schema = 2'
    assert found.startswith("mine.toml:")
    assert found.partition(": ")[2] == f"{path}: {text}"


def test_an_override_of_a_file_of_the_first_edition_neither() -> None:
    (found,) = problems_of(FIRST, ["market.ceiling=100"])
    assert found == (
        '--set: market.ceiling: found "ceiling", which schema 1 does not have; expected schema = 2'
    )


def test_a_correlation_of_the_first_edition_names_none_of_the_second() -> None:
    for name in ("market.ceiling", "players.*.weight_2026"):
        pair = f"[[correlations]]\nbetween = ['ipo.refund', '{name}']\nrank = 0.1\n"
        (found,) = problems_of(FIRST + pair)
        assert found.endswith(f'found "{name}", which schema 1 does not have; expected schema = 2')


def test_a_factor_of_a_file_of_the_first_edition_needs_the_second() -> None:
    (found,) = problems_of(FIRST + "paid_only_share = 1\n")
    assert found.endswith("needs schema = 2 and a table [strategies.paid_only]")


def test_a_file_that_says_1_over_one_of_the_second_is_read_as_the_seconds(write: Write) -> None:
    write("base.toml")
    child = "schema = 1\nextends = 'base.toml'\nmarket.ceiling = 100\n"
    priors = load_priors(path := write("mine.toml", child))
    assert (priors.edition, priors.resolved[:10]) == (2, "schema = 2")
    (note,) = priors.notes
    over = path.with_name("base.toml")
    assert note == (
        f"{path}: states schema = 1 and extends {over}, of schema 2: read as of schema 2"
    )


def test_a_file_is_of_the_edition_of_what_it_extends(write: Write) -> None:
    write("base.toml", FIRST)
    path = write("mine.toml", "extends = 'base.toml'\nmarket.size_2033 = 3\n")
    priors = load_priors(path)
    assert priors.edition == 1
    (note,) = priors.notes
    assert note.startswith(f"{path}: a file of the first edition")
    # One that says 2 adds what is new itself.
    new = [q for q in select().every if q.edition == 2]
    tables = [
        table_of(one.name.replace("player.", "types.lab."), one).replace("\n\n", "\n")
        for one in new
    ]
    text = "schema = 2\nextends = 'base.toml'\n" + "".join(tables)
    priors = load_priors(write("mine.toml", text))
    assert (priors.edition, priors.notes) == (2, ())


# ------------------------------------------------------------------------------- weights of zero

NOBODY = "found 0 for every player at once, expected at least one that is never 0"
UNSEEN = "found 0, expected more than 0 where attractiveness is more than 0"


@pytest.mark.parametrize("edition", [1, 2])
@pytest.mark.parametrize(
    "stated",
    [
        "0",
        "{ family = 'discrete', values = [0, 1], weights = [0.1, 0.9] }",
        "{ family = 'discrete', values = [1, 2], weights = [0.5, 0.5], shift = -1 }",
        "{ family = 'bernoulli', probability = 0.5, scale = 0.1 }",
    ],
)
def test_nobody_in_the_contest_is_refused(edition: int, stated: str) -> None:
    text = minimal(players=("two", "one"), edition=edition)
    text = text.replace("[players.two]\n", f"[players.two]\nattractiveness = {stated}\n")
    assert load_text(text, "mine.toml")
    line = text.split("\n").index("[players.two]") + 2
    (found,) = problems_of(text + f"attractiveness = {stated}\n")
    assert found == f"mine.toml:{line}: players.two.attractiveness: {NOBODY}"
    # Whoever is left out does not help.
    (found,) = problems_of(f"exclude = ['one']\n{text}")
    assert found == f"mine.toml:{line + 1}: players.two.attractiveness: {NOBODY}"


def test_a_weight_of_2026_is_zero_only_where_attractiveness_is() -> None:
    text = minimal(players=("two", "one"))
    (found,) = problems_of(text + "weight_2026 = 0\n")
    line = text.count("\n") + 1
    assert found == f"mine.toml:{line}: players.one.weight_2026: {UNSEEN}"
    some = "attractiveness = { family = 'discrete', values = [0, 1], weights = [0.1, 0.9] }\n"
    (found,) = problems_of(text + f"weight_2026 = 0\n{some}")
    assert found.endswith(UNSEEN)
    assert load_text(text + "weight_2026 = 0\nattractiveness = 0\n", "mine.toml")
    assert load_text("exclude = ['one']\n" + text + "weight_2026 = 0\n", "mine.toml")
