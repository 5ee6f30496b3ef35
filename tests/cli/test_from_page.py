"""`decide simulate --from report.html`: the run again from its page, and pages of strangers."""

import json
import re
import shutil
import zlib
from base64 import b64decode, b64encode

import numpy as np
import pytest
import xarray as xr

from priors.reading.files import LIMIT
from reports.page.source import KEY

ELEMENT = re.compile(rf'(<script type="application/json" id="{KEY}">)(.*?)(</script>)', re.DOTALL)


def carried(page):
    return json.loads(ELEMENT.search(page)[2])


def page_with(content):
    text = content if isinstance(content, str) else json.dumps(content)
    return f'<!DOCTYPE html><script type="application/json" id="{KEY}">{text}</script>'


def packed(text):
    return b64encode(zlib.compress(text if isinstance(text, bytes) else text.encode())).decode()


@pytest.fixture(scope="session")
def source(finished):
    return carried((finished[0] / "runs" / "base" / "report.html").read_text("utf-8"))


def draws(folder):
    with xr.open_datatree(folder / "run.nc") as tree:
        return {
            f"{group}/{name}": values.to_numpy()
            for group in ("prior", "payoff")
            for name, values in tree[group].to_dataset().data_vars.items()
        }


def test_the_page_of_a_run_gives_its_draws_again_bit_by_bit(decide, small, tmp_path):
    (tmp_path / "mine.toml").write_text(
        'extends = "base.toml"\ndescription = "</script><b>\\"{{ 1 }}"\n'
        "market.size_2033.scale = 2\n"
    )
    stated = ("--seed", 3, "--rivals", "stay", "--without", "api_only")
    moved = ("--set", "robotics.success.score_shift=0.4")
    result = decide("simulate", "--priors", "mine.toml", *small, *stated, *moved, "--out", "one")
    assert result.exit_code == 0, result.stderr
    (tmp_path / "elsewhere").mkdir()
    page = shutil.move(tmp_path / "one" / "report.html", tmp_path / "elsewhere" / "sent.html")
    (tmp_path / "mine.toml").unlink()
    result = decide("simulate", "--from", page, "--out", "two")
    assert result.exit_code == 0, result.stderr
    assert "the report’s own" in result.stderr
    one, two = draws(tmp_path / "one"), draws(tmp_path / "two")
    assert one.keys() == two.keys()
    assert all(one[name].tobytes() == two[name].tobytes() for name in one)
    priors = [(tmp_path / name / "priors.toml").read_bytes() for name in ("one", "two")]
    assert priors[0] == priors[1]
    again = (tmp_path / "two" / "report.html").read_text("utf-8")
    assert carried(again) == carried(page.read_text("utf-8"))


def test_what_is_stated_beats_the_page(decide, finished, tmp_path):
    page = finished[0] / "runs" / "base" / "report.html"
    moves = ("--set", "market.size_2033.score_shift=0.5", "--draws", "128", "--seed", "9")
    result = decide("simulate", "--from", page, *moves, "--out", "two")
    assert result.exit_code == 0, result.stderr
    manifest = json.loads((tmp_path / "two" / "manifest.json").read_text())
    kept = {"draws": 128, "seed": 9, "chains": 4, "options": False}
    assert {key: manifest[key] for key in kept} == kept
    found = draws(tmp_path / "two")["prior/market.size_2033"]
    assert np.median(found) > np.median(draws(page.parent)["prior/market.size_2033"])


def test_a_run_is_of_priors_or_of_a_page(decide):
    for words in ((), ("--priors", "base.toml", "--from", "report.html")):
        result = decide("simulate", *words)
        assert result.exit_code == 2
        assert "expected either --priors FILE or --from REPORT" in result.stderr


BOMB = packed(b"#" * (LIMIT + 1))
HOSTILE = {
    "no page": "",
    "no run in it": "<!DOCTYPE html><p>Hello</p>",
    "two runs in it": page_with({}) * 2,
    "no JSON": page_with("{"),
    "nested without end": page_with("[" * 200_000),
    "a list": page_with([]),
    "nothing stated": page_with({}),
    "a number of many digits": page_with('{"format": ' + "9" * 5000 + "}"),
}
#: What a page may state in place of what a run did, and what is said of it.
CHANGED = {
    "a later format": ({"format": 2}, "of a later version of decide"),
    "no text": ({"priors": 1}, "priors: a whole number instead of a text"),
    "no base64": ({"priors": "é"}, "cannot be unpacked"),
    "not packed": ({"priors": b64encode(b"schema = 2").decode()}, "cannot be unpacked"),
    "no UTF-8": ({"priors": packed(b"\xff")}, "cannot be unpacked"),
    "cut short": ({"priors": packed("schema = 2\n" * 99)[:-12]}, "are not whole"),
    "a bomb": ({"priors": BOMB}, "its priors are larger than 1 MiB"),
    "no priors": ({"priors": packed("")}, "expected a prior"),
    "a file of its reader's": (
        {"priors": packed('extends = "secret.toml"')},
        "expected a file beside this one or a shipped one",
    ),
    "a path": ({"priors": packed('extends = "../../etc/passwd"')}, "or a shipped one"),
    "a text for a number": ({"draws": "256"}, "draws: a text instead of a whole number"),
    "a truth for a number": ({"seed": True}, "seed: true or false instead of a whole number"),
    "no draws": ({"draws": -4}, "draws"),
    "draws without end": ({"draws": 10**30}, "draws"),
    "no chains": ({"chains": 0}, "chains"),
    "a seed below zero": ({"seed": -1}, "seed"),
    "another sampler": ({"sampler": "$(touch hacked)"}, "sampler"),
    "other rivals": ({"rivals": "\x1b[2J"}, "rivals"),
    "an unknown strategy": ({"without": ["; rm -rf ."]}, "strategy"),
    "no list": ({"without": "exit"}, "without: a text instead of a list"),
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_page_that_carries_no_run_is_refused(decide, tmp_path, page):
    refused(decide, tmp_path, page, "page.html")


@pytest.mark.parametrize(("change", "message"), CHANGED.values(), ids=CHANGED.keys())
def test_a_hostile_page_can_do_nothing_but_be_refused(decide, tmp_path, source, change, message):
    (tmp_path / "secret.toml").write_text("password = 1")
    refused(decide, tmp_path, page_with(source | change), message)


def refused(decide, folder, page, message):
    (folder / "page.html").write_text(page, encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = decide("simulate", "--from", "page.html")
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert "\x1b" not in result.stderr
    assert len(result.stderr) < 20_000
    runs = {path.name for path in folder.iterdir()} - before.keys()
    assert runs <= {"runs"}
    assert not [path for path in folder.glob("runs/*") if not path.name.startswith(".")]
    assert {name: (folder / name).read_bytes() for name in before} == before


@pytest.mark.parametrize("place", np.linspace(0.02, 0.98, 12))
def test_a_page_damaged_anywhere_is_refused(decide, tmp_path, source, place):
    """A checksum ends what is packed."""
    inner = bytearray(b64decode(source["priors"]))
    inner[int(place * len(inner))] ^= 1
    changed = source | {"priors": b64encode(bytes(inner)).decode()}
    refused(decide, tmp_path, page_with(changed), "page.html: is damaged: its priors")


def test_what_is_no_file_or_too_large_is_refused(decide, tmp_path):
    for name, message in ((".", "a folder or device"), ("gone.html", "no such file")):
        result = decide("simulate", "--from", name)
        assert result.exit_code == 2
        assert message in result.stderr
    with (tmp_path / "huge.html").open("wb") as file:
        file.truncate(2**24 + 1)
    result = decide("simulate", "--from", "huge.html")
    assert result.exit_code == 2
    assert "is larger than 16 MiB, which no report is" in result.stderr


def test_a_posterior_s_page_carries_none(finished):
    from model.analyses.decision import decision
    from reports.page.source import source_of
    from reports.page.view import View

    with xr.open_datatree(finished[0] / "runs" / "base" / "run.nc") as tree:
        groups = {name: tree[name].to_dataset() for name in ("prior", "payoff")}
        learned = xr.DataTree.from_dict({"posterior": groups["prior"], **groups})
        learned.attrs = dict(tree.attrs)
        assert source_of(View(learned, decision(learned), {})) is None
        bare = xr.DataTree.from_dict(groups)
        bare.attrs = {name: value for name, value in tree.attrs.items() if name != "priors"}
        assert source_of(View(bare, decision(bare), {})) is None
