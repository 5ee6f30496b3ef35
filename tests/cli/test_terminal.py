"""What is printed where a stream cannot encode it, or a text would steer the terminal."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

from cli import terminal
from cli.main import app

ROOT = Path(terminal.__file__).parents[1]
ENCODINGS = ("ascii", "latin-1", "cp1252", "cp437", "utf-8")


@pytest.fixture
def streams(monkeypatch):
    """Put streams of an encoding in place, as the command line finds them; read them back."""

    def put(encoding):
        pipes = {}
        for name in ("stdout", "stderr"):
            pipes[name] = io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)
            monkeypatch.setattr(sys, name, pipes[name])
        terminal.set_up()
        return lambda name="stdout": pipes[name].buffer.getvalue().decode(encoding)

    return put


def run(*words):
    """Run a command as the shell would, in this process; its exit code."""
    with pytest.raises(SystemExit, match=r"^\d$") as ended:
        app([str(word) for word in words], prog_name="decide")
    return ended.value.code


def test_what_the_program_says_has_plain_characters_for_all_it_uses():
    files = [one for place in ("cli", "reports", "model") for one in (ROOT / place).rglob("*.py")]
    texts = [file.read_text("utf-8") for file in (*files, *(ROOT / "priors").glob("*.toml"))]
    used = {character for text in texts for character in text if not character.isascii()}
    error = UnicodeEncodeError("ascii", "".join(sorted(used)), 0, len(used), "test")
    assert "−" in used
    assert "?" not in terminal._plain(error)[0], used


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_nothing_is_lost_but_the_form_of_a_character(streams, encoding):
    read = streams(encoding)
    sys.stdout.write("−1.5 ± 0.2 ≥ 0 … é 日 \udcff\n")
    said = read()
    if encoding == "ascii":
        assert said == "-1.5 +/- 0.2 >= 0 ... e ? ?\n"
    if encoding == "utf-8":
        # Half a character is hidden: the stream shows that there was one.
        assert said == "−1.5 ± 0.2 ≥ 0 … é 日 �\n"
    assert len(said) > 20


@pytest.mark.parametrize("encoding", ["ascii", pytest.param("cp1252", marks=pytest.mark.slow)])
def test_every_command_prints_in_any_encoding(streams, finished, tmp_path, monkeypatch, encoding):
    monkeypatch.chdir(tmp_path)
    stored = finished[0] / "runs" / "base"
    read = streams(encoding)
    assert (
        run("simulate", "--priors", "base.toml", "--draws=256", "--chains=4", "--no-options") == 0
    )
    for words in (
        ("check", stored),
        ("priors", "list"),
        ("priors", "show", "base.toml"),
        ("priors", "diff", "base.toml", "breakout.toml"),
        ("priors", "check", "base.toml"),
        ("priors", "schema"),
        ("simulate", "--help"),
        ("reproduce", stored),
    ):
        assert run(*words) == 0, words
    assert "What to do" in read()
    assert "report: runs/base/report.html" in read("stderr")


def test_an_error_is_told_in_any_encoding(streams):
    read = streams("ascii")
    assert run("priors", "check", "−\x1b[31m.toml") == 2
    assert "no such file" in read("stderr")
    assert "\x1b" not in read("stderr")


def test_json_for_programs_is_escaped_and_not_replaced(streams, finished):
    read = streams("ascii")
    checks = finished[0] / "runs" / "base" / "checks.json"
    assert run("check", "--json", checks.parent) == 0
    assert json.loads(read()) == json.loads(checks.read_text("utf-8"))
    assert "\\u2212" in read()


def test_plain_characters_end_no_string_of_json_or_toml():
    assert not re.search(r'["\\\n]', "".join(terminal.PLAIN.values()))
    assert "".join(terminal.PLAIN.values()).isascii()


def test_a_text_cannot_steer_the_terminal_and_colours_are_kept(streams):
    read = streams("utf-8")
    sys.stdout.write("a\x1b[2Jb\u202ec\n")
    assert read() == "a�[2Jb�c\n"
    screen = terminal.console(force_terminal=True, color_system="standard", highlight=False)
    screen.print("[bold]x[/bold]\x1b[2J\u202ey")
    assert read().endswith("\x1b[1mx\x1b[0m�[2J�y\n")


def test_a_stream_that_is_closed_or_of_another_kind_stays(monkeypatch):
    for stream in (None, io.StringIO()):
        monkeypatch.setattr(sys, "stdout", stream)
        terminal.set_up()
        assert sys.stdout is stream


def test_bytes_are_no_text(streams):
    streams("utf-8")
    with pytest.raises(TypeError, match="expected a string, not bytes"):
        sys.stdout.write(b"")


def test_commands_print_through_these_streams_alone():
    for file in (ROOT / "cli").rglob("*.py"):
        if file.name != "terminal.py":
            text = file.read_text("utf-8")
            assert not re.search(
                r"\bConsole\(|(?<![._])\bprint\(|stdout\.buffer|__stdout__", text
            ), file


@pytest.mark.parametrize(("stated", "used"), [("0", 80), ("1", 80), ("19", 80), ("20", 20)])
def test_a_width_that_no_table_fits_in_is_none(stated, used, monkeypatch):
    monkeypatch.setenv("COLUMNS", stated)
    assert terminal.console().width == used
