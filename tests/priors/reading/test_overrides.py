"""``--set PATH=VALUE``, on the command line and in Python."""

from typing import Any

import numpy as np
import pytest

from priors.errors import PriorFileError
from priors.reading.load import load_text
from priors.reading.overrides import from_mapping, from_text
from priors.reading.records import Origin, Priors
from tests.reference.prior_files import minimal


def load(*texts: str, players: tuple[str, ...] = ("one", "two")) -> Priors:
    return load_text(minimal(players=players), "mine.toml", texts)


def stated(priors: Priors, name: str, player: str | None = None) -> dict[str, Any]:
    return dict(priors.priors[name, player].stated)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a=1", 1),
        ("a= 1.5 ", 1.5),
        ("a=-1e3", -1000.0),
        ("a=lognormal", "lognormal"),
        ("a=größe.x-1", "größe.x-1"),
        ('a="b = c"', "b = c"),
        ("a=true", True),
        ("a=[1,\n2]", [1, 2]),
        ("a={b = 1, c = 'd'}", {"b": 1, "c": "d"}),
    ],
)
def test_values(text: str, value: object) -> None:
    ((path, found),) = from_text([text])
    assert path == ("a",)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("market.size_2033.scale=1", ("market", "size_2033", "scale")),
        ("players.*.x=1", ("players", "*", "x")),
        ("players.\"a=b\".'c.d'=1", ("players", "a=b", "c.d")),
    ],
)
def test_paths(text: str, path: tuple[str, ...]) -> None:
    assert from_text([text]) == [(path, 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "expected a dotted path, as in market.size_2033.scale"),
        ("=1", "expected a dotted path, as in market.size_2033.scale"),
        ("a.=1", "expected a dotted path, as in market.size_2033.scale"),
        (".a=1", "expected a dotted path, as in market.size_2033.scale"),
        (".".join("a" * 9) + "=1", "expected a dotted path, as in market.size_2033.scale"),
        ("a", "expected PATH=VALUE, as in market.size_2033.scale=1.5"),
        ("a b=1", "expected PATH=VALUE, as in market.size_2033.scale=1.5"),
        ("a=", "expected a TOML value or a single word behind the ="),
        ("a=1.5x", "expected a TOML value or a single word behind the ="),
        ("a=two words", "expected a TOML value or a single word behind the ="),
        ("a=1\nb=2", "expected a TOML value or a single word behind the ="),
        ("a=" + "[" * 5000, "expected a TOML value or a single word behind the ="),
        ("a=" + "9" * 5000, "expected a TOML value or a single word behind the ="),
        ("extends=x.toml", "expected another path: extends can only be stated in a file"),
    ],
)
def test_what_cannot_be_read(text: str, expected: str) -> None:
    with pytest.raises(PriorFileError, match=r"^--set: found ") as caught:
        from_text([text, "b=1"])
    (problem,) = caught.value.problems
    assert problem.message.endswith(expected)


def test_every_text_that_cannot_be_read_is_named() -> None:
    with pytest.raises(PriorFileError, match="two words") as caught:
        from_text(["a", "b=two words"])
    assert len(caught.value.problems) == 2


def test_a_set_stands_over_the_file_and_keeps_what_it_does_not_state() -> None:
    priors = load("market.size_2033.scale=1.5", "players.one.fixed_cost.p90=9")
    assert stated(priors, "market.size_2033")["scale"] == 1.5
    assert stated(priors, "market.size_2033")["p90"] == 2.0
    assert stated(priors, "player.fixed_cost", "one")["p90"] == 9.0
    assert stated(priors, "player.fixed_cost", "two")["p90"] == 2.0
    origin = priors.priors["market.size_2033", None].origins["scale"]
    assert origin == Origin("--set", 0, "market.size_2033")


def test_scores_are_moved_over_a_file_that_moves_them_and_nothing_else_is() -> None:
    path = "market.size_2033"
    plain, moved = load(), load(f"{path}.score_shift=1", f"{path}.score_shift=1.5")
    assert stated(moved, path)["score_shift"] == 1.5
    before, after = (one.priors[path, None].distribution for one in (plain, moved))
    assert after.from_score(0.25) == pytest.approx(before.from_score(1.75))
    assert moved.correlations == plain.correlations
    assert load_text(moved.resolved, "priors.toml").priors[path, None].distribution == after
    assert "score_shift" not in stated(load(f"{path}.score_shift=1", f"{path}=2"), path)


def test_a_type_s_move_reaches_its_players_and_is_replaced_with_its_family() -> None:
    priors = load("types.lab.salvage.score_spread=0.7", "players.two.salvage=3")
    assert stated(priors, "player.salvage", "one")["score_spread"] == 0.7
    assert stated(priors, "player.salvage", "two") == {"family": "constant", "value": 3.0}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("score_spread=0", "size_2033.score_spread: 0 is not above 0"),
        ("score_shift=inf", "size_2033.score_shift: found inf, expected a finite number"),
        ("score_shift=nan", "size_2033.score_shift: found nan, expected a finite number"),
        ("score_shift=true", "size_2033.score_shift: found true, expected a number"),
        ("score_shift=2000", "size_2033.score_shift: its draws would not be finite"),
        ("score_shift=-2000", "moved so far, most draws would be 0: expected a smaller move"),
        ("score_shfit=1", 'found the unknown key "score_shfit"; did you mean "score_shift"?'),
    ],
)
def test_a_move_that_cannot_be_is_refused_in_a_line(text: str, message: str) -> None:
    with pytest.raises(PriorFileError, match=r"--set") as caught:
        load(f"market.size_2033.{text}")
    assert message in str(caught.value)


def test_the_last_one_wins() -> None:
    path = "players.one.fixed_cost"
    assert stated(load(f"{path}=1", f"{path}.p90=3", f"{path}=2"), "player.fixed_cost", "one") == {
        "family": "constant",
        "value": 2.0,
    }
    after = load(f"{path}=2", f"{path}.scale=3")
    assert after.priors["player.fixed_cost", "one"].distribution.quantile(0.5) == 6.0


def test_only_the_whole_is_checked() -> None:
    path = "players.one.fixed_cost"
    priors = load(f"{path}.family=normal", f"{path}.mean=1", f"{path}.sd=2")
    assert stated(priors, "player.fixed_cost", "one") == {
        "family": "normal",
        "mean": 1.0,
        "sd": 2.0,
    }


def test_a_wildcard_is_every_player_excluded_ones_too() -> None:
    priors = load("players.one.salvage=1", "players.*.salvage=2", "exclude=['two']")
    for player in ("one", "two"):
        prior = priors.priors["player.salvage", player]
        assert prior.stated["value"] == 2.0
        assert prior.origin == Origin("--set", 0, "players.*.salvage")


def test_a_wildcard_reaches_players_set_before() -> None:
    priors = load("players.new.type=lab", "players.*.salvage=2")
    assert [player.name for player in priors.players] == ["one", "two", "new"]
    assert stated(priors, "player.salvage", "new")["value"] == 2.0


def test_what_is_wrong_is_said_once_for_a_wildcard() -> None:
    with pytest.raises(PriorFileError, match="expected") as caught:
        load("players.*.salvage=-1", "players.*.salvag.scale=2", "players.three.salvage=1")
    unknown = 'found the unknown key or quantity "salvag"; did you mean "salvage"?'
    assert str(caught.value).split("\n") == [
        f"--set: players.*.salvag: {unknown}",
        "--set: players.*.salvage.value: -1 is outside [0, inf]",
        "--set: players.three: found no type, expected one: every player states its type",
    ]


def test_a_set_of_a_type_that_reaches_no_player_is_noted() -> None:
    priors = load("players.*.funding=1", "types.lab.funding=2")
    note = "--set: types.lab.funding reaches no player: "
    assert note + "each player of the type states its own, or there is none" in priors.notes


def test_python_values() -> None:
    given = {
        "market.size_2033.scale": np.float64(1.5),
        "players.one.salvage": {"family": "discrete", "values": (1, 2), "weights": np.ones(2) / 2},
    }
    priors = load_text(minimal(), "mine.toml", given)
    assert stated(priors, "market.size_2033")["scale"] == 1.5
    assert type(stated(priors, "market.size_2033")["scale"]) is float
    assert stated(priors, "player.salvage", "one")["weights"] == [0.5, 0.5]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"a": None}, 'found "a", expected a number, a string, a list or a mapping, not NoneType'),
        ({"a": {"b": [1, {1}]}}, "a mapping, not set"),
        ({"a=1": 1}, 'found "a=1", expected a dotted path'),
        ({3: 1}, "3: found the unknown key"),
        ({"description": "\ud800"}, "surrogates not allowed"),
        ({"market.size_2033": 10**400}, "found a number of too many digits, expected a number"),
    ],
)
def test_python_values_that_cannot_be_used(given: dict[Any, Any], expected: str) -> None:
    with pytest.raises(PriorFileError, match=r"^--set: ") as caught:
        load_text(minimal(), "mine.toml", given)
    assert expected in str(caught.value)


def test_a_mapping_and_texts_say_the_same() -> None:
    assert from_mapping({"a.b": 1, "c": "d"}) == from_text(["a.b=1", "c=d"])
