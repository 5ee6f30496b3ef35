"""`decide priors`, and what holds for every command: help, usage, pipes."""

import subprocess
import sys

import pytest
import typer
from scipy.special import ndtr, ndtri

from cli.main import app
from priors.inspection.show import shipped
from priors.reading.files import SHIPPED
from priors.reading.load import load_priors

# ----------------------------------------------------------------------------------- prior files


def test_list_names_every_shipped_file_with_a_line(decide):
    result = decide("priors", "list")
    assert result.exit_code == 0
    names = [line.split()[0] for line in result.stdout.splitlines() if line[0] != " "]
    assert names == [file.name for file in shipped()]
    assert {"base.toml", "narrow.toml", "holder.toml"} <= set(names)


@pytest.mark.slow
@pytest.mark.parametrize("file", shipped(), ids=lambda file: file.name)
def test_every_shipped_file_is_good_and_without_notes(decide, file):
    result = decide("priors", "check", file.name)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{file.name}: good: ")
    assert result.stderr == f"priors: {file.name}, shipped, in {SHIPPED}\n"


def test_show_has_a_line_for_every_prior_with_its_quantiles(decide):
    result = decide("priors", "show", "base.toml")
    assert result.exit_code == 0
    rows = {line.split()[0]: line for line in result.stdout.splitlines()}
    priors = load_priors("base.toml").priors.values()
    assert {prior.path for prior in priors} <= set(rows)
    size = next(prior for prior in priors if prior.path == "market.size_2025")
    for probability in (0.1, 0.5, 0.9):
        assert f"{size.distribution.quantile(probability):.3g}" in rows["market.size_2025"]
    assert "USD billion/year" in rows["market.size_2025"]


def test_show_says_what_the_command_line_changed(decide):
    words = ("--set", "market.size_2025=3")
    result = decide("priors", "show", "base.toml", *words)
    (row,) = [line for line in result.stdout.splitlines() if line.startswith("market.size_2025 ")]
    assert row.split()[1:4] == ["3", "3", "3"]
    assert "--set" in row


def test_check_reports_every_problem_at_once(decide, tmp_path):
    lines = ['extends = "base.toml"', "[markt.size_2033]", "scale = 2"]
    lines += ["[market.size_2025]", "p10 = 2", "p90 = 1"]
    (tmp_path / "bad.toml").write_text("\n".join(lines))
    result = decide("priors", "check", "bad.toml")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "decide: 2 problems in the priors" in result.stderr
    assert "bad.toml:2: markt" in result.stderr
    assert "bad.toml:6: market.size_2025.p90: 1 is not above p10 = 2" in result.stderr


def test_check_notes_an_unusual_median(decide):
    result = decide("priors", "check", "base.toml", "--set", "market.size_2033=3000")
    assert result.exit_code == 0
    assert "base.toml: good" in result.stdout
    assert "warning: --set: market.size_2033: the median 3e+03 lies outside the usual 1 to 300" in (
        result.stderr
    )


def test_diff_shows_what_changed_as_median_and_interval(decide, tmp_path):
    text = """
        extends = "base.toml"
        [market.size_2025]
        scale = 2
        [[correlations]]
        between = ["compute.chip_cost_decline", "competition.markup"]
        rank = 0.25
        why = "to see it"
    """
    (tmp_path / "mine.toml").write_text(text)
    result = decide("priors", "diff", "base.toml", "mine.toml")
    assert result.exit_code == 0
    size = load_priors("base.toml").priors["market.size_2025", None].distribution
    low, middle, high = (size.quantile(p) for p in (0.1, 0.5, 0.9))
    (row,) = [line for line in result.stdout.splitlines() if line.startswith("market.")]
    assert row.startswith("market.size_2025 ")
    assert f"{middle:.3g} [{low:.3g}, {high:.3g}]" in row
    assert f"{2 * middle:.3g} [{2 * low:.3g}, {2 * high:.3g}]" in row
    assert "rank correlation of" in result.stdout
    assert "0 -> 0.25" in result.stdout


def test_diff_tells_a_probability_and_what_no_figure_tells_apart(decide, tmp_path):
    """An event's deciles are 0, 0 and 1 before and after; a bound far out moves none of three."""
    text = """
        extends = "base.toml"
        [robotics.success]
        score_shift = 0.5
        [market.size_2033]
        upper = 1e9
    """
    (tmp_path / "mine.toml").write_text(text)
    result = decide("priors", "diff", "base.toml", "mine.toml")
    found = {line.split()[0]: line for line in result.stdout.splitlines()}
    success = load_priors("base.toml").priors["robotics.success", None].distribution
    before = success.parameters[0]
    after = ndtr(ndtri(before) + 0.5)
    assert f"probability {before:.3g} " in found["robotics.success"]
    assert f"probability {after:.3g} " in found["robotics.success"]
    assert "upper = 1e+09" in result.stdout.replace("\n", " ")


def test_diff_of_a_file_with_itself_is_nothing(decide):
    result = decide("priors", "diff", "base.toml", "base.toml")
    assert (result.exit_code, result.stdout) == (0, "no prior differs\n")


# ------------------------------------------------------------------------------------ any command


def commands(command, path=()):
    """Every command of the program with its words."""
    yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from commands(child, (*path, name))


EVERY = list(commands(typer.main.get_command(app)))


@pytest.mark.parametrize(
    ("path", "command"), EVERY, ids=[" ".join(path) or "decide" for path, _ in EVERY]
)
def test_every_command_and_option_has_help(decide, path, command):
    assert command.help
    assert [param.name for param in command.params if not getattr(param, "help", "")] == []
    result = decide(*path, "--help")
    assert result.exit_code == 0
    assert command.help.split(".")[0].split()[0] in result.stdout
    for param in command.params:
        for name in param.opts:
            if name.startswith("--") and not getattr(param, "hidden", False):
                assert name in result.stdout


def test_the_version_is_that_of_the_package(decide):
    from importlib.metadata import version

    result = decide("--version")
    assert (result.exit_code, result.stdout) == (0, f"decide {version('decide-video')}\n")


def test_an_unknown_command_is_refused(decide):
    result = decide("simulat")
    assert result.exit_code == 2
    assert "simulat" in result.stderr


@pytest.mark.slow
def test_a_reader_that_has_enough_is_no_error():
    """As in ``decide priors show base.toml | head -1``."""
    program = "from cli.main import run; run()"
    with subprocess.Popen(
        [sys.executable, "-c", program, "priors", "show", "base.toml"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(timeout=120) == 0
    assert said == f"priors: base.toml, shipped, in {SHIPPED}\n"


def test_it_is_said_whose_file_was_used_and_where_it_lies(decide, tmp_path):
    (tmp_path / "mine.toml").write_text('extends = "base.toml"\n')
    mine = decide("priors", "check", "mine.toml")
    assert mine.stderr == f"priors: mine.toml, your own, in {tmp_path}\n"
    (tmp_path / "base.toml").write_bytes((SHIPPED / "base.toml").read_bytes())
    for name in ("base.toml", tmp_path / "base.toml"):
        hiding = decide("priors", "check", name).stderr
        where = f"your own in place of the shipped one, in {tmp_path}"
        assert hiding.splitlines()[0] == f"priors: {name}, {where}"
    shipped_one = decide("priors", "check", SHIPPED / "narrow.toml").stderr
    assert shipped_one == f"priors: {SHIPPED / 'narrow.toml'}, shipped, in {SHIPPED}\n"
