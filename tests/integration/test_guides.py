"""Every command and every line of Python in README.md and the how-to guides works.

They run in the order in which they are read, in one folder, as a reader's would: README.md first,
then the guides in the order in which it names them. A block with a file name after its language is
saved under that name; the lines of a ``console`` block that begin with ``$`` are run; ``python``
blocks of a guide share their names, as in a notebook.
"""

import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import cli.main

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
FOLDER = ROOT / "docs" / "how-to"
GUIDES = [
    FOLDER / f"{name}.md"
    for name in re.findall(r"\(docs/how-to/([\w-]+)\.md\)", README.read_text(encoding="utf-8"))
]
BLOCK = re.compile(r"^```(\w+)(?: +(\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
#: Pages say nothing about the size of a run where it does not matter; here a small one will do.
SMALL = ("--draws", "512", "--chains", "4")
#: README.md's first command, which makes `runs/base`.
FIRST = "pip install uv && uv run decide simulate --priors base.toml"


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
    return [small(line[2:]) for line in block.text.splitlines() if line.startswith("$ ")]


def small(line: str) -> list[str]:
    """The words of a command, with a small run in place of a large one."""
    words = shlex.split(line, comments=True)
    return [*words, *SMALL] if "--priors" in words else words


def commands_of_readme() -> list[str]:
    """The indented lines of README.md that are commands, in order."""
    lines = README.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if re.match(r"    (decide|pip install uv) ", line)]


def run(words: list[str], patch: pytest.MonkeyPatch) -> None:
    """Run a command as the console script does, in this process: what is heavy loads once."""
    assert words[0] == "decide", f"guides show only decide's commands, not {words[0]}"
    patch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as stopped:
        cli.main.run()
    assert not stopped.value.code, shlex.join(words)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The reader's one folder, with the run of README.md's first command."""
    made = tmp_path_factory.mktemp("reader")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        run(small(FIRST.partition("uv run ")[2]), patch)
    assert (made / "runs" / "base").is_dir()
    return made


def test_the_readme_has_the_two_commands_that_set_all_up():
    assert commands_of_readme() == [FIRST, "pip install uv && uv run pytest"]


@pytest.mark.slow
@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_a_guide_works_from_top_to_bottom(guide, folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("MPLBACKEND", "agg")
    names: dict[str, object] = {"__name__": "guide"}
    for block in blocks(guide):
        if block.file:
            (folder / block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for words in commands(block):
                run(words, monkeypatch)
        elif block.language == "python":
            # Line numbers of a traceback are those of the guide.
            source = "\n" * block.line + block.text
            exec(compile(source, str(guide), "exec"), names)


def test_the_readme_names_every_guide_once():
    assert sorted(GUIDES) == sorted(FOLDER.glob("*.md"))


def test_no_two_commands_write_the_same_folder():
    """One folder serves all pages; `runs/base` is the one that README.md's first command makes."""
    lines = [line for guide in GUIDES for block in blocks(guide) for line in commands(block)]
    folders = [words[words.index("--out") + 1] for words in lines if "--out" in words]
    assert len({*folders, "runs/base"}) == len(folders) + 1


def test_decide_is_written_in_one_way():
    """README.md says once how to reach it: `uv run decide`, or in an activated environment."""
    text = README.read_text(encoding="utf-8") + "".join(
        guide.read_text(encoding="utf-8") for guide in GUIDES
    )
    assert text.count("uv run decide") == 2
    assert FIRST in text


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_a_guide_has_something_to_run_and_nothing_unmarked(guide):
    found = blocks(guide)
    assert any(block.language in {"console", "python"} for block in found)
    assert guide.read_text(encoding="utf-8").count("```") == 2 * len(found)
    bare = [block.line for block in found if block.language == "console" and not commands(block)]
    assert bare == []
