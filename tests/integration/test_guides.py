"""Every command and every line of Python in the how-to guides works.

A guide's blocks run in order, in a folder of its own. A block with a file name after its language
is saved under that name; the lines of a ``console`` block that begin with ``$`` are run; ``python``
blocks share their names, as in a notebook.
"""

import re
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import cli.main

GUIDES = sorted((Path(__file__).resolve().parents[2] / "docs" / "how-to").glob("*.md"))
BLOCK = re.compile(r"^```(\w+)(?: +(\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# Guides say nothing about the size of a run where it does not matter; here a small one will do.
SMALL = {"simulate": ("--draws", "512", "--chains", "4")}
#: What many guides begin with: run once, then copied to where the guide wants it.
PLAIN = ["decide", "simulate", "--priors", "base.toml", "--out"]


@dataclass(frozen=True)
class Block:
    line: int
    language: str
    file: str
    text: str


def blocks(guide: Path) -> list[Block]:
    text = guide.read_text(encoding="utf-8")
    return [
        Block(text.count("\n", 0, found.start()) + 1, found[1], found[2] or "", found[3])
        for found in BLOCK.finditer(text)
    ]


def commands(block: Block) -> list[list[str]]:
    """The commands of a console block, small ones made of large."""
    lines = [line[2:] for line in block.text.splitlines() if line.startswith("$ ")]
    split = [shlex.split(line) for line in lines]
    return [[*words, *SMALL.get(words[1], ())] for words in split]


def run(words: list[str], patch: pytest.MonkeyPatch) -> None:
    """Run a command as the console script does, in this process: what is heavy loads once."""
    assert words[0] == "decide", f"guides show only decide's commands, not {words[0]}"
    patch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as stopped:
        cli.main.run()
    assert not stopped.value.code, shlex.join(words)


@pytest.fixture(scope="session")
def plain(tmp_path_factory) -> Path:
    """The run of base.toml that the guides share."""
    folder = tmp_path_factory.mktemp("guides") / "base"
    with pytest.MonkeyPatch.context() as patch:
        run([*PLAIN, str(folder), *SMALL["simulate"]], patch)
    return folder


def run_or_copy(words: list[str], plain: Path, patch: pytest.MonkeyPatch) -> None:
    """Run a command; where it is that of the shared run, copy what that wrote."""
    if words[:-5] == PLAIN and not Path(words[5]).exists():
        shutil.copytree(plain, words[5])
    else:
        run(words, patch)


@pytest.mark.slow
@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_a_guide_works_from_top_to_bottom(guide, plain, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    names: dict[str, object] = {"__name__": "guide"}
    for block in blocks(guide):
        if block.file:
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for words in commands(block):
                run_or_copy(words, plain, monkeypatch)
        elif block.language == "python":
            # Line numbers of a traceback are those of the guide.
            source = "\n" * block.line + block.text
            exec(compile(source, str(guide), "exec"), names)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_a_guide_has_something_to_run_and_nothing_unmarked(guide):
    found = blocks(guide)
    assert any(block.language in {"console", "python"} for block in found)
    assert guide.read_text(encoding="utf-8").count("```") == 2 * len(found)
    bare = [block.line for block in found if block.language == "console" and not commands(block)]
    assert bare == []
