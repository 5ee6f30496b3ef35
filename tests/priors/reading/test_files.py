"""Finding files and following ``extends``."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from priors.errors import PriorFileError
from priors.reading.files import SHIPPED, find, read_chain, shipped_files
from priors.reading.load import load_priors
from tests.reference.prior_files import minimal

type Write = Callable[..., Path]


def refusal(path: Path | str) -> str:
    with pytest.raises(PriorFileError, match=r"expected|cannot|loop") as caught:
        read_chain(path)
    (problem,) = caught.value.problems
    return f"{Path(problem.file).name}:{problem.line}: {problem.path}: {problem.message}"


def test_a_name_that_is_no_path_is_a_shipped_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find("base.toml") == SHIPPED / "base.toml"
    (tmp_path / "base.toml").write_text(minimal())
    assert find("base.toml") == Path("base.toml")
    assert shipped_files()[0] == "base.toml"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("bass.toml", '; did you mean "base.toml"?'),
        ("no/such\x1b[31m.toml", ""),
        ("x" * 5000, ""),
        ("\0", ""),
    ],
)
def test_no_such_file(
    name: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PriorFileError, match="expected a path or a shipped prior file") as caught:
        read_chain(name)
    (problem,) = caught.value.problems
    assert problem.message.endswith(f"a shipped prior file{hint}")
    assert str(caught.value).isprintable()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert refusal("") == '"":0: : found a folder or device, expected a file'
    assert refusal(tmp_path).endswith(":0: : found a folder or device, expected a file")


def test_a_file_that_may_not_be_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(path) == "mine.toml:0: : the file cannot be read: Permission denied"


def test_extends_looks_beside_the_file_first_then_among_the_shipped(write: Write) -> None:
    path = write("mine.toml", "extends = 'base.toml'\n")
    assert [file.path for file in read_chain(path)] == [SHIPPED / "base.toml", path]
    beside = write("base.toml")
    assert [file.path for file in read_chain(path)] == [beside, path]


def test_extends_is_followed_through_folders(write: Write) -> None:
    write("a/b/third.toml")
    write("a/second.toml", "extends = 'b/third.toml'\n")
    path = write("first.toml", "extends = 'a/second.toml'\n")
    names = [Path(file.name).name for file in read_chain(path)]
    assert names == ["third.toml", "second.toml", "first.toml"]


@pytest.mark.parametrize(
    ("extends", "expected"),
    [
        ("mine.toml", 'found "mine.toml", which extends this file: a loop'),
        ("sub/../mine.toml", "which extends this file: a loop"),
        ("narow.toml", 'a shipped one; did you mean "narrow.toml"?'),
        ("", "found "),
        ("\\u0000", 'found "\\u0000", expected a file beside this one or a shipped one'),
        ("/etc/passwd", 'found "/etc/passwd", expected a file under the working folder'),
        ("../outside.toml", 'found "../outside.toml", expected a file under the working folder'),
        ("link.toml", 'found "link.toml", expected a file under the working folder'),
    ],
)
def test_what_cannot_be_extended(extends: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "outside.toml").write_text(minimal())
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (folder / "link.toml").symlink_to(tmp_path / "outside.toml")
    path = folder / "mine.toml"
    path.write_text(f'\nextends = "{extends}"\n')
    assert expected in refusal(path)


def test_a_file_over_the_first_ones_folder_is_read_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "base.toml").write_text(minimal())
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "mine.toml").write_text("extends = '../base.toml'\n")
    monkeypatch.chdir(tmp_path)
    assert list(load_priors("sub/mine.toml").files) == ["sub/../base.toml", "sub/mine.toml"]


def test_a_loop_of_two_files(write: Write) -> None:
    write("b.toml", "extends = 'a.toml'\n")
    assert refusal(write("a.toml", "extends = 'b.toml'\n")).startswith("b.toml:1: extends: found ")


def test_two_files_of_one_name_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("base.toml").write_text("extends = 'narrow.toml'\n")
    names = [file.name for file in read_chain("base.toml")]
    assert names == [str(SHIPPED / "base.toml"), "narrow.toml", "base.toml"]


def test_extends_must_be_a_name(write: Write) -> None:
    assert refusal(write("a.toml", "extends = ['b.toml']\n")) == (
        "a.toml:1: extends: found an array, expected the name of a prior file"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this platform")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == "pipe:0: : found a folder or device, expected a file"
