"""A prior file of the first edition becomes one of the second that says the same and more."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from priors.errors import PriorFileError
from priors.inspection.difference import differences
from priors.reading.load import load_priors, load_text
from priors.reading.migration import migrate
from priors.registry.selection import select
from tests.reference.prior_files import minimal

type Write = Callable[..., Path]

FIRST = minimal(edition=1)
DATA = Path(__file__).parents[2] / "data" / "first_edition"
NEW = {quantity.name for quantity in select().every if quantity.edition > 1}
WEIGHT = "player.weight_2026"
#: Keys of what `differences` finds: the support of an impact on the valuation begins lower now.
CHANGED = {name.rpartition(".")[2] for name in NEW} | {"valuation_impact"}


def migrated(path: Path) -> str:
    found = migrate(str(path))
    assert found.notes == ()
    return found.text


@pytest.mark.parametrize("file", ["three_players.toml", "run/priors.toml"])
def test_a_file_of_the_first_edition_says_what_it_said_and_what_base_says(file: str) -> None:
    old, base = load_priors(DATA / file), load_priors("base.toml")
    new = load_text(migrated(DATA / file), "mine.toml")
    assert (new.edition, new.name) == (2, old.name)
    assert new.correlations == old.correlations
    assert {key[0] for key in new.priors} - {key[0] for key in old.priors} == NEW
    changes = differences(old, new)
    assert {change.path.rpartition(".")[2] for change in changes} == CHANGED
    (impact,) = [change for change in changes if change.path == "ipo.valuation_impact"]
    assert impact.first == impact.second
    for key, prior in new.priors.items():
        if key[0] in NEW:
            from_base = base.priors[key]
            assert prior.distribution == from_base.distribution, key
            assert (prior.sources, prior.why) == (from_base.sources, from_base.why), key


def test_the_text_stays_but_for_the_schema_and_what_follows() -> None:
    before = (DATA / "three_players.toml").read_text(encoding="utf-8")
    after = migrated(DATA / "three_players.toml")
    assert after.startswith(before.replace("\nschema = 1\n", "\nschema = 2\n").rstrip() + "\n")
    added = after[len(before.rstrip()) :]
    assert "which no prior can" in added
    tables = [line for line in added.splitlines() if line.startswith("[")]
    assert added.count("# New, from base.toml.\n[") == len(tables)
    assert "[types.gpu_renter.weight_2026]" in tables
    assert max(map(len, added.replace("sources", "").splitlines())) < 200


def test_what_base_does_not_know_has_the_distribution_of_attractiveness(write: Write) -> None:
    own = "[players.one.attractiveness]\nfamily = 'constant'\nvalue = 0.3\n"
    text = migrated(write("old.toml", minimal(players=("two", "one"), edition=1) + own))
    new = load_text(text, "mine.toml")
    for player in ("one", "two"):
        weight = new.priors[WEIGHT, player].distribution
        assert weight == new.priors["player.attractiveness", player].distribution
    assert "base.toml has no type lab: as its attractiveness." in text
    assert "base.toml knows neither one nor its type: as its attractiveness." in text
    # So they stay in a resolved file, whose types state nothing.
    resolved = load_priors(write("old.toml", own and FIRST)).resolved
    new = load_text(migrated(write("resolved.toml", resolved)), "mine.toml")
    weight = new.priors[WEIGHT, "one"].distribution
    assert weight == new.priors["player.attractiveness", "one"].distribution


def test_an_attractiveness_that_may_be_zero_gives_a_weight_that_is_not(write: Write) -> None:
    some = "attractiveness = { family = 'discrete', values = [0, 2], weights = [0.1, 0.9] }\n"
    text = minimal(players=("two", "one"), edition=1) + some
    new = load_text(migrated(write("old.toml", text)), "mine.toml")
    assert new.priors[WEIGHT, "one"].distribution.support() == (2.0, 2.0)


def test_a_player_of_a_known_type_has_that_types_weight(write: Write) -> None:
    base = load_priors("base.toml")
    adobe = base.priors[WEIGHT, "adobe"].distribution
    text = FIRST.replace("types.lab", "types.workflow_suite").replace('"lab"', '"workflow_suite"')
    new = load_text(migrated(write("old.toml", text)), "mine.toml")
    assert new.priors[WEIGHT, "one"].distribution == adobe
    resolved = load_text(text, "old.toml").resolved
    text = migrated(write("resolved.toml", resolved))
    assert load_text(text, "mine.toml").priors[WEIGHT, "one"].distribution == adobe
    assert "that of the type workflow_suite of base.toml" in text


def test_a_known_player_of_another_type_keeps_its_weight(write: Write) -> None:
    base = load_priors("base.toml")
    text = FIRST.replace("players.one", "players.adobe")
    new = load_text(migrated(write("old.toml", text)), "mine.toml")
    assert new.priors[WEIGHT, "adobe"].distribution == base.priors[WEIGHT, "adobe"].distribution


def test_without_a_schema_one_is_put_before_the_first_key(write: Write) -> None:
    text = "# Mine.\n\nname = 'mine'\n" + FIRST.replace("schema = 1\n", "")
    after = migrated(write("old.toml", text))
    assert after.startswith("# Mine.\n\nschema = 2\nname = 'mine'\n")
    assert load_text(after, "mine.toml").edition == 2


def test_line_ends_stay_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "old.toml"
    path.write_bytes(b"\xef\xbb\xbf" + FIRST.replace("\n", "\r\n").encode())
    after = migrated(path)
    assert after.count("\n") == after.count("\r\n") > FIRST.count("\n")
    assert load_text(after, "mine.toml").edition == 2


def test_a_file_over_one_of_the_second_needs_nothing_but_its_schema(write: Write) -> None:
    text = "extends = 'base.toml'\n  schema = 1 # old\n[market.size_2033]\nscale = 2\n"
    after = migrated(write("mine.toml", text))
    assert after == text.replace("schema = 1", "schema = 2")


def test_a_file_over_one_of_the_first_states_what_is_new_itself(write: Write) -> None:
    write("old.toml", FIRST)
    path = write("mine.toml", "schema = 1\nextends = 'old.toml'\nmarket.size_2033 = 3\n")
    found = migrate(str(path))
    (note,) = found.notes
    assert "old.toml, which is of the first edition too; once that is migrated, only" in note
    assert load_priors(write("new.toml", found.text)).edition == 2


def test_a_file_whose_tables_cannot_be_added_to_is_written_resolved(write: Write) -> None:
    data = tomllib.loads(FIRST)["market"]
    inline = ", ".join(
        f"{key} = {{ {', '.join(f'{k} = {v!r}' for k, v in table.items())} }}"
        for key, table in data.items()
    )
    without = [f"market.{key}" for key in data]
    head, _, rest = minimal(*without, edition=1).partition("\n")
    path = write("old.toml", f"{head}\nmarket = {{ {inline} }}\n{rest}")
    found = migrate(str(path))
    (note,) = found.notes
    assert note.endswith("nothing can be added to its tables: written resolved")
    new = load_text(found.text, "mine.toml")
    changed = {change.path.rpartition(".")[2] for change in differences(load_priors(path), new)}
    assert changed == CHANGED


def test_one_of_the_second_stays_as_it_is(write: Write) -> None:
    path = write("mine.toml")
    found = migrate(str(path))
    assert found.text == minimal()
    assert found.notes == (f"{path}: is of schema 2: nothing to migrate",)


def test_a_bad_file_is_refused(write: Write) -> None:
    with pytest.raises(PriorFileError, match="found nothing, expected a prior"):
        migrate(str(write("old.toml", minimal("market.size_2033", edition=1))))
