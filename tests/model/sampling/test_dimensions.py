"""Which dimension each quantity has: those of files as they were stay as they are."""

from zlib import crc32

import numpy as np
import pytest

from model.sampling.defaults import EARLIER_SAMPLER
from model.sampling.dimensions import (
    check_dimensions,
    columns,
    dimension,
    number_of_dimensions,
)
from model.sampling.joint import sample
from model.sampling.seed_words import seed_words
from model.sampling.sobol_sequence import (
    MAX_DIMENSIONS,
    SCRAMBLE_WORDS,
    direction_numbers,
    fill_points,
)
from priors.reading.load import load_text
from priors.registry.selection import FACTORS, MOST_STRATEGIES, select
from scripts import sobol_columns
from tests.reference.prior_files import minimal

FIRST, SECOND = select(1), select(2)


def places(quantities, players=3):
    """Quantity and player to dimension."""
    found = {(q.name, None): dimension(quantities, q.name, None) for q in quantities.shared}
    for player in range(players):
        for quantity in quantities.own:
            found[quantity.name, player] = dimension(quantities, quantity.name, player)
    return found


def test_the_first_edition_has_its_27_dimensions_and_24_a_player():
    found = places(FIRST)
    assert (len(FIRST.shared), len(FIRST.own)) == (27, 24)
    assert sorted(found.values()) == list(range(27 + 3 * 24))
    assert found["market.size_2025", None] == 0
    assert found["player.attractiveness", 0] == 27
    assert found["player.attractiveness", 2] == 27 + 2 * 24
    assert number_of_dimensions(FIRST, 3) == 27 + 3 * 24


@pytest.mark.parametrize("edition", [1, 2])
def test_every_quantity_has_a_dimension_of_its_own(edition):
    names = tuple(f"s{place}" for place in range(MOST_STRATEGIES))
    found = places(select(edition, names), players=8)
    assert len(set(found.values())) == len(found)
    assert min(found.values()) >= 0
    assert max(found.values()) == MAX_DIMENSIONS - 1


@pytest.mark.parametrize("edition", [1, 2])
def test_added_strategies_and_players_change_no_dimension(edition):
    plain = places(select(edition))
    one, two = (places(select(edition, names)) for names in (("a",), ("a", "b")))
    assert one == {key: two[key] for key in one}
    assert plain == {key: two[key] for key in plain}
    more = places(select(edition, ("a", "b")), players=4)
    assert two == {key: more[key] for key in two}


def test_the_factors_of_added_strategies_count_down_from_the_last():
    quantities = select(2, ("a", "b"))
    found = [
        dimension(quantities, f"player.{name}_{factor}", 0) for name in "ab" for factor in FACTORS
    ]
    assert found == [MAX_DIMENSIONS - 1 - place for place in range(8)]
    of_the_next = dimension(quantities, "player.a_share", 1)
    assert of_the_next == MAX_DIMENSIONS - 1 - len(FACTORS) * MOST_STRATEGIES
    assert number_of_dimensions(quantities, 2) == MAX_DIMENSIONS


def test_too_many_are_refused_at_the_first_that_would_meet():
    """With all strategies of the last player set aside but those that are there."""
    per_player, shared = len(SECOND.own), len(SECOND.shared)
    most = (MAX_DIMENSIONS - shared) // per_player
    assert check_dimensions(SECOND, most) is None
    count = shared + (most + 1) * per_player
    assert check_dimensions(SECOND, most + 1) == (
        f"{count} quantities are more than the {MAX_DIMENSIONS} dimensions of Sobol points"
    )
    with_one = select(2, ("a",))
    fits = max(n for n in range(1, most + 1) if check_dimensions(with_one, n) is None)
    found = places(with_one, fits)
    assert len(set(found.values())) == len(found)
    assert fits < most


def test_a_name_of_no_quantity_has_no_dimension():
    with pytest.raises(KeyError, match=r"player\.a_share"):
        dimension(SECOND, "player.a_share", 0)
    with pytest.raises(KeyError, match=r"market\.ceiling"):
        dimension(FIRST, "market.ceiling", None)


def test_an_added_strategy_changes_no_draws_of_others():
    text = minimal(players=("one", "two"))
    lean = '[strategies.lean]\n[types.lab.lean_share]\nfamily = "beta"\np10 = 0.2\np90 = 0.6\n'
    plain, added = (load_text(text + more, "mine.toml") for more in ("", lean))
    before, after = (sample(priors, 64, 4, 5).by_name() for priors in (plain, added))
    for name, values in before.items():
        assert values.tobytes() == after[name].tobytes()
    assert after["player.lean_share"].std() > 0.05
    assert after["player.lean_fixed"].tolist() == [[[1.0, 1.0]] * 16] * 4


def test_each_dimension_has_a_sobol_column_of_its_own():
    assert sorted(columns(SECOND, MAX_DIMENSIONS)) == list(range(MAX_DIMENSIONS))
    assert columns(SECOND, 40) == columns(SECOND, MAX_DIMENSIONS)[:40]
    assert columns(FIRST, MAX_DIMENSIONS) == tuple(range(MAX_DIMENSIONS))


def test_the_quantity_that_matters_most_has_the_first_column():
    first = dimension(SECOND, "market.size_2033", None)
    assert columns(SECOND, MAX_DIMENSIONS)[first] == 0


def test_the_earlier_sampler_draws_files_of_the_first_edition_as_today():
    """And those of the second otherwise, since their columns were by number."""
    first, second = (load_text(minimal(edition=edition), "mine.toml") for edition in (1, 2))
    for priors, same in ((first, True), (second, False)):
        now, then = (sample(priors, 64, 4, 5, kind) for kind in ("sobol", EARLIER_SAMPLER))
        assert (now.values.tobytes() == then.values.tobytes()) is same


@pytest.mark.slow
def test_the_table_of_columns_is_what_the_script_makes():
    assert tuple(sobol_columns.columns()) == columns(SECOND, MAX_DIMENSIONS)


def test_the_earlier_sampler_draws_each_dimension_from_the_column_of_its_own_number():
    priors = load_text(minimal(), "mine.toml")
    drawn = sample(priors, 64, 4, 5, EARLIER_SAMPLER).by_name()["market.size_2033"]
    place = dimension(SECOND, "market.size_2033", None)
    points = np.empty(16)
    key = np.array([[2, crc32(b"market.size_2033"), 0]], np.uint32)
    words = seed_words(5, key, SCRAMBLE_WORDS)[0]
    fill_points(direction_numbers([place])[0], words, points)
    expected = priors.priors["market.size_2033", None].distribution.ppf(points)
    np.testing.assert_allclose(drawn[2], expected, rtol=1e-9)
