"""A run's tree from outside: in any order, type, memory and part, the same figures or a refusal."""

import json
from contextlib import suppress

import arviz as az
import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from model.analyses.decision import decision
from model.economics.strategies import STRATEGIES
from model.simulation.run_tree import as_run
from priors.errors import DecideError, InputError, NumericalError
from priors.reading.records import AddedStrategy
from reports.page.html import write_report
from tests.reference.examples import examples
from tests.reports.factory import PLAYERS, make_run

ADDED = (AddedStrategy("paid_only", "Paid only"),)
DIMS = ("chain", "draw", "player", "strategy")


@pytest.fixture(scope="module")
def run():
    return make_run(draws=256, chains=4, added=ADDED)


@pytest.fixture(scope="module")
def bare(run):
    """Without real options, so that a part of the draws can be judged."""
    return over(run, lambda _, group: group, without=("option", "option_value"))


@pytest.fixture(scope="module")
def verdict(run):
    return decision(run)


@pytest.fixture(scope="module")
def written(run, tmp_path_factory):
    """Its report."""
    return page(run, tmp_path_factory.mktemp("report"))


def over(run, change, without=()):
    """A tree of changed groups, with the attributes of the run."""
    groups = {
        f"/{name}": change(name, node.to_dataset())
        for name, node in run.children.items()
        if name not in without
    }
    tree = xr.DataTree.from_dict(groups)
    tree.attrs.update(run.attrs)
    return tree


def page(run, folder):
    return write_report(run, folder / "report.html").read_text(encoding="utf-8")


def reordered(orders):
    def change(_, group):
        return group.isel({dim: order for dim, order in orders.items() if dim in group.dims})

    return change


def test_what_a_simulation_returns_passes_as_it_is(run):
    assert as_run(run) is run


@given(data=st.data())
@settings(max_examples=examples(10))
def test_no_order_of_any_coordinate_changes_a_figure(run, verdict, data):
    orders = {dim: data.draw(st.permutations(range(run["payoff"].sizes[dim]))) for dim in DIMS}
    turned = over(run, reordered(orders))
    assert decision(turned) == verdict
    assert as_run(turned).identical(run)


def test_no_order_of_any_coordinate_changes_the_report(run, written, tmp_path):
    turned = over(run, reordered({dim: slice(None, None, -1) for dim in DIMS}))
    assert page(turned, tmp_path) == written


@given(axes=st.permutations(DIMS))
@settings(max_examples=examples(10))
def test_no_order_of_axes_changes_a_figure(run, verdict, axes):
    turned = over(run, lambda _, group: group.transpose(*axes, ..., missing_dims="ignore"))
    assert decision(turned) == verdict


def chunked(values):
    return values.chunk()


def fortran(values):
    return values.copy(data=np.asfortranarray(values.values))


def backwards(values):
    return values.copy(data=values.values[..., ::-1].copy()[..., ::-1])


def locked(values):
    copy = values.copy(deep=True)
    copy.values.flags.writeable = False
    return copy


@pytest.mark.parametrize("kept_as", [chunked, fortran, backwards, locked])
def test_how_numbers_lie_in_memory_changes_no_figure(run, verdict, kept_as):
    assert decision(over(run, lambda _, group: group.map(kept_as))) == verdict


@pytest.mark.parametrize(
    "kept_as",
    [chunked, *(pytest.param(one, marks=pytest.mark.slow) for one in (fortran, backwards, locked))],
)
def test_how_numbers_lie_in_memory_changes_no_report(run, written, kept_as, tmp_path):
    assert page(over(run, lambda _, group: group.map(kept_as)), tmp_path) == written


@pytest.mark.parametrize("kind", ["f2", "f4", "i1", "i2", "i4", "i8", "u1", "u8", "?", ">f8"])
def test_the_same_numbers_in_any_type_are_the_same_figures(bare, kind):
    def as_type(to):
        def change(name, group):
            if name != "payoff":
                return group
            return group.assign(npv=(100 * abs(group.npv)).astype(kind).astype(to))

        return over(bare, change)

    assert decision(as_type(kind)) == decision(as_type("f8"))


@pytest.mark.parametrize("kind", ["c16", "U8", "O", "M8[s]"])
def test_what_is_no_number_is_refused(run, kind):
    changed = over(run, lambda _, group: group)
    changed["payoff"] = xr.DataTree(changed["payoff"].to_dataset().astype(kind))
    with pytest.raises(InputError, match=r"payoff/npv: expected numbers, got"):
        decision(changed)


@given(
    players=st.sets(st.sampled_from(sorted(PLAYERS)), min_size=1),
    strategies=st.sets(st.sampled_from([*(one.name for one in STRATEGIES[2:]), "paid_only"])),
)
@settings(max_examples=examples(10))
def test_a_part_of_the_players_and_strategies_gives_that_part_s_answer(
    run, verdict, players, strategies
):
    kept = {"player": list(players), "strategy": ["exit", "stay", *strategies]}
    part = over(run, lambda _, group: group.sel({k: v for k, v in kept.items() if k in group.dims}))
    found = decision(part)
    assert list(found["players"]) == [name for name in PLAYERS if name in players]
    for name, entry in found["players"].items():
        assert set(entry["strategies"]) == {"exit", "stay", *strategies}
        for strategy, row in entry["strategies"].items():
            whole = verdict["players"][name]["strategies"][strategy]
            assert {key: row[key] for key in row if "regret" not in key} == {
                key: whole[key] for key in row if "regret" not in key
            }
    if len(strategies) == 2:
        assert found["players"] == {name: verdict["players"][name] for name in found["players"]}


@pytest.mark.parametrize("name", ["exit", "stay"])
def test_without_exit_or_stay_there_is_no_question(run, name):
    part = over(run, lambda _, g: g.drop_sel(strategy=name) if "strategy" in g.dims else g)
    with pytest.raises(InputError, match=f"lacks the strategy {name}: exit and stay are"):
        decision(part)


def test_of_a_part_of_the_draws_it_is_said_how_many(bare, tmp_path):
    half = over(bare, reordered({"draw": slice(32)}))
    found = decision(half)
    assert (found["draws"], found["chains"]) == (128, 4)
    text = page(half, tmp_path)
    assert "128 possible worlds" in text
    # components are known of all draws only
    assert 'id="why-' not in text
    assert 'id="why-' in page(bare, tmp_path)


def test_a_part_of_the_draws_has_no_values_of_real_options(run):
    with pytest.raises(InputError, match=r"has 128 of its 256 draws, but the values of its real"):
        decision(over(run, reordered({"draw": slice(32)})))


@pytest.mark.parametrize(("dim", "left"), [("chain", 0), ("chain", 1), ("draw", 0), ("player", 0)])
def test_too_little_is_refused(bare, dim, left):
    with pytest.raises(InputError, match=f"expected 2 chains or more.*{left} along {dim}"):
        decision(over(bare, reordered({dim: slice(left)})))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(
    ("group", "name"), [("payoff", "npv"), ("option", "payoff"), ("prior", "market.size_2033")]
)
def test_a_number_that_is_not_finite_is_refused_with_its_place(run, tmp_path, group, name, value):
    bad = run.copy(deep=True)
    bad[group][name].values[1, 2] = value
    message = f"run: {group}/{name} is not finite, first at chain 1, draw 2"
    with pytest.raises(NumericalError, match=message):
        decision(bad)
    with pytest.raises(NumericalError, match=message):
        write_report(bad, tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


@pytest.mark.parametrize("scale", [1e-200, 1e-120, 1e120, 1e200])
def test_sizes_that_cannot_be_squared_are_refused(bare, scale):
    changed = over(bare, lambda name, group: scale * group if name == "payoff" else group)
    with pytest.raises(NumericalError, match="payoff/npv: expected USD billion of a size between"):
        decision(changed)


def test_nothing_at_all_is_a_lawful_payoff(bare):
    found = decision(over(bare, lambda name, group: 0.0 * group if name == "payoff" else group))
    assert found["players"]["openai"]["exit_minus_stay"]["mean_mcse"] == 0.0


def lacking(name):
    def change(run):
        del run.attrs[name]

    return change


def attribute(name, value):
    def change(run):
        run.attrs[name] = value

    return change


def group(name, change):
    def changed(run):
        run[name] = xr.DataTree(change(run[name].to_dataset()))

    return changed


def no_payoff(run):
    del run["payoff"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (no_payoff, "expected npv in a group payoff; its groups: prior, component"),
        (lacking("player_types"), "lacks the attributes player_types; keep them"),
        (attribute("player_types", "[1]"), "attribute player_types: expected names as JSON"),
        (attribute("type_labels", 3), "attribute type_labels: expected names as JSON"),
        (attribute("strategies", '[{"a": 1}]'), "attribute strategies: expected names and labels"),
        (attribute("unusual", "many"), "attribute unusual: expected a whole number, got 'many'"),
        (attribute("draws", "many"), "attribute draws: expected a whole number, got 'many'"),
        (
            group("payoff", lambda g: g.isel(strategy=0, drop=True)),
            r"axes .*, got \(chain",
        ),
        (group("payoff", lambda g: g.expand_dims(world=2)), r"expected axes .*, got \(world"),
        (group("payoff", lambda g: g.drop_vars("strategy")), "payoff/npv: strategy has no names"),
        (
            group("payoff", lambda g: g.assign_coords(player=["openai"] * g.sizes["player"])),
            "payoff/npv: a player is there twice",
        ),
        (
            group("payoff", lambda g: g.assign_coords(strategy=["exit", "stay", "a", "b"])),
            "strategy 'a' is unknown to the run: exit, stay, api_only, paid_only",
        ),
        (
            group("option", lambda g: g.isel(player=slice(1))),
            "the group option has not every player that payoff/npv has",
        ),
        (
            group("prior", lambda g: g.isel(draw=slice(1))),
            "the group prior has not every draw that payoff/npv has",
        ),
    ],
)
def test_a_tree_that_is_no_run_s_is_told_what_it_lacks(run, change, message):
    bad = run.copy(deep=True)
    change(bad)
    with pytest.raises(InputError, match=message):
        decision(bad)


@pytest.mark.parametrize("run_", ["run.nc", None, 3, {}, xr.Dataset()])
def test_what_is_no_tree_is_refused(run_, tmp_path):
    message = "run: expected the DataTree that simulate returns, got"
    with pytest.raises(InputError, match=message):
        decision(run_)
    with pytest.raises(InputError, match=message):
        write_report(run_, tmp_path / "report.html")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (None, "path is of type NoneType|path is None; the name of a file is expected"),
        (3, "path is 3; the name of a file is expected"),
        ("", 'path is ""|the name of a file is expected'),
        (".", r"path is the folder \.; the name of a file is expected"),
        ("nowhere/report.html", "path is nowhere/report.html, but there is no folder nowhere"),
        ("r" * 300, "path: r+ cannot be written: File name too long"),
    ],
)
def test_what_is_no_place_for_a_report_is_refused(run, path, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=message):
        write_report(run, path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("players", ["openai", 3, [3], {"openai": 1}])
def test_what_is_no_list_of_players_is_refused(run, players):
    with pytest.raises(
        InputError, match=r"players (is|holds) .*; (a list of )?names (is|are) expected"
    ):
        decision(run, players)


def test_a_report_needs_draws_of_the_quantities(run, tmp_path):
    bare = over(run, lambda _, group: group, without=("prior",))
    with pytest.raises(InputError, match="a report needs the group prior or posterior"):
        write_report(bare, tmp_path / "report.html")


@pytest.mark.parametrize("group", ["prior", "payoff", "option"])
def test_arviz_takes_every_group_of_draws_whole(run, group):
    assert len(az.summary(run, group=group, kind="stats")) > 0
    assert az.extract(run, group=group).sizes["sample"] == 256


def test_a_group_holds_draws_or_none(run):
    for node in run.children.values():
        assert len({"draw" in one.dims for one in node.data_vars.values()}) == 1


def test_the_layout_of_earlier_versions_is_read_as_that_of_today(run, verdict):
    old = xr.DataTree.from_dict(
        {
            "/prior": run["prior"].to_dataset(),
            "/payoff": run["payoff"].to_dataset().assign(run["component"].data_vars),
            "/option": run["option"].to_dataset().assign(run["option_value"].data_vars),
            "/path": run["industry"].to_dataset(),
        }
    )
    old.attrs.update(run.attrs)
    found = as_run(old)
    assert set(found.children) == set(run.children)
    for name, node in run.children.items():
        assert found[name].to_dataset().identical(node.to_dataset())
    assert decision(old) == verdict


JUNK = st.one_of(
    st.none(),
    st.integers(),
    st.text(max_size=5),
    st.lists(st.integers(), max_size=2),
    st.sampled_from(["{}", "[]", '{"openai": 1}', '[{"name": 1, "label": 2}]', "[" * 5000]),
    st.sampled_from(["respond", "null", '{"looks": [1]}', "9" * 5000, 1e300, -1]),
)
MAYBE = ("kept", "looks", "options", "rivals")


@given(name=st.sampled_from([*sorted(make_run(draws=16, chains=4).attrs), *MAYBE]), value=JUNK)
@settings(max_examples=examples(80))
def test_no_attribute_gives_a_foreign_error(bare, name, value):
    bad = over(bare, lambda _, group: group)
    bad.attrs[name] = value
    with suppress(DecideError):
        json.dumps(decision(bad), allow_nan=False)
