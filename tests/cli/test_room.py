"""A disk without room is told before the work; what is reckoned is what runs take."""

import shutil
from types import SimpleNamespace

import pytest

from priors.errors import InputError
from priors.reading.load import load_priors
from reports.run.room import check_room, rewritten_bytes, run_bytes


def taken(folder):
    return sum(path.stat().st_size for path in folder.iterdir())


@pytest.fixture
def free(monkeypatch):
    """Let the disk have so many bytes free."""

    def having(number):
        usage = SimpleNamespace(total=10**12, free=number)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    return having


@pytest.fixture
def no_work(monkeypatch):
    """Fail where the work begins."""

    def worked(*_args, **_options):
        message = "the work began"
        raise AssertionError(message)

    for name in ("cli.workflow._simulate", "cli.workflow._analyse", "cli.report.write_stored"):
        monkeypatch.setattr(name, worked)


def test_a_small_run_takes_what_is_reckoned(finished):
    reckoned = run_bytes(load_priors("base.toml"), 256, 4, 3, options=False, respond=True)
    assert 0.9 < reckoned / taken(finished[0] / "runs" / "base") < 1.5


@pytest.mark.slow
@pytest.mark.parametrize("rivals", ["respond", "stay"])
@pytest.mark.parametrize("options", [True, False])
@pytest.mark.parametrize("draws", [256, 4096, 32768])
@pytest.mark.parametrize("name", ["base.toml", "strategies.toml"])
def test_runs_take_what_is_reckoned(decide, tmp_path, name, draws, options, rivals):
    words = ("--priors", name, "--draws", draws, "--rivals", rivals, "--quiet", "--out", "x")
    made = decide("simulate", *words, *([] if options else ["--no-options"]))
    assert made.exit_code == 0, made.stderr
    priors, respond = load_priors(name), rivals == "respond"
    strategies = 3 + len(priors.strategies)
    reckoned = run_bytes(priors, draws, 16, strategies, options=options, respond=respond)
    assert 0.9 < reckoned / taken(tmp_path / "x") < 1.5


def test_the_draws_of_a_run_in_blocks_are_those_that_it_keeps():
    priors, words = load_priors("base.toml"), {"options": False, "respond": True}
    assert run_bytes(priors, 2**22, 16, 3, **words) == run_bytes(priors, 2**16, 16, 3, **words)
    # 60 quantities, 25 of them of eight players each, and a payoff of each strategy
    each = 8 * (32 + 25 * 8 + 3 * 8)
    more = run_bytes(priors, 2**17, 16, 3, **words) - run_bytes(priors, 2**16, 16, 3, **words)
    assert more == 2**16 * each


@pytest.mark.usefixtures("no_work")
def test_a_run_without_room_is_refused_before_the_work(decide, free, tmp_path):
    free(100_000_000)
    result = decide("simulate", "--priors", "base.toml", "--out", "made/x", "--quiet")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("decide: made: about 163.")
    assert "MB are needed and 100.0 MB are free on its disk" in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize("command", ["report", "option", "sensitivity"])
def test_what_is_added_to_a_run_without_room_is_refused_before_the_work(
    decide, free, copy, command
):
    before = {path.name: path.stat().st_mtime_ns for path in copy.iterdir()}
    free(rewritten_bytes(copy, 8, command != "report") - 1)
    result = decide(command, copy)
    assert result.exit_code == 2
    assert "MB are needed and" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert {path.name: path.stat().st_mtime_ns for path in copy.iterdir()} == before


def test_a_disk_is_full_where_a_byte_lacks_and_may_not_say_how_large_it_is(
    free, monkeypatch, tmp_path
):
    free(1000)
    check_room(tmp_path, 1000)
    with pytest.raises(InputError, match=r"about 0.0 MB are needed and 0.0 MB are free"):
        check_room(tmp_path, 1001)
    silent = SimpleNamespace(total=0, free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: silent)
    check_room(tmp_path, 1001)
