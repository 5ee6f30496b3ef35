"""No command touches what another added to a run, in whatever order they come."""

import hashlib
import shutil
from itertools import permutations

import pytest

from cli.request import Analysis
from cli.workflow import analyse_stored
from reports.run.reading import read_run, verify_all

#: Files that an analysis writes, beside those that every command writes anew.
OWN = {
    "option": {"option.json"},
    "sensitivity": {"sensitivity.json", "sensitivity.csv"},
    "structure": {"structure.json"},
    "views": {"views.json"},
    "check": set(),
    "report": set(),
}
#: What is known of a run changes what its checks and its report say.
ANEW = {"checks.json", "report.html", "manifest.json"}


#: What each analysis finds: what it is, and what it costs to find, is no matter here.
CONTENTS = {
    "option": {"schema": 2, "players": {}},
    "sensitivity": {"schema": 2, "players": {}, "types": {}},
    "structure": {"schema": 2, "players": {}, "types": {}},
    "views": {"schema": 2, "views": {}},
}


def hashes(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def perform(decide, folder, name):
    """An analysis by the code that adds it; `check` and `report` as commands."""
    if name in CONTENTS:
        found = Analysis(name, lambda *_: CONTENTS[name], print)
        analyse_stored(folder, {name: found}, quiet=True, json=False)
    else:
        result = decide(name, folder)
        assert result.exit_code == 0, result.stderr


@pytest.fixture
def quick(monkeypatch, copy):
    """Draws read once, no page drawn and nothing checked anew; what the page is of is kept."""
    stored, shown = read_run(copy), []

    def render(_run, _verdict, analyses, _naming):
        shown.append(set(analyses))
        return " ".join(sorted(analyses))

    monkeypatch.setattr("reports.run.reading._tree", lambda _path: stored.tree)
    monkeypatch.setattr("reports.page.html.render", render)
    monkeypatch.setattr("model.analyses.structure.with_forms", lambda verdict, _: verdict)
    monkeypatch.setattr("cli.workflow.check_run", lambda *_: stored.analyses["checks"])
    return shown


def orders(first):
    """All orders that begin with a command."""
    return [(first, *rest) for rest in permutations([name for name in OWN if name != first])]


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param(orders("sensitivity")[::12], id="some"),
        *(pytest.param(orders(one), id=one, marks=pytest.mark.slow) for one in OWN),
    ],
)
def test_no_order_of_commands_loses_a_file(decide, copy, tmp_path, quick, chosen):
    for place, order in enumerate(chosen):
        folder = shutil.copytree(copy, tmp_path / str(place))
        start, there = set(hashes(folder)), set()
        for name in order:
            before = hashes(folder)
            perform(decide, folder, name)
            after = hashes(folder)
            there |= OWN[name]
            assert set(after) == start | there
            kept = set(before) - ANEW - OWN[name]
            assert {one: after[one] for one in kept} == {one: before[one] for one in kept}
        assert quick[-1] >= {one.removesuffix(".json") for one in there if one.endswith(".json")}
        verify_all(read_run(folder))
