"""Results in the user's cache: made once, whole or not at all, made anew where damaged."""

import pytest

from reports.run.kept import kept, kept_folder


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda name: str(tmp_path / name))


def counted():
    calls = []

    def make():
        calls.append(1)
        return {"a": [1.5, None], "b": float("nan")}

    return make, calls


def test_a_result_is_made_once_and_read_back_the_same():
    make, calls = counted()
    first, second = kept("x", make), kept("x", make)
    assert repr(first) == repr(second) == repr({"a": [1.5, None], "b": float("nan")})
    assert len(calls) == 1
    kept("y", make)
    assert len(calls) == 2


@pytest.mark.parametrize("damage", [b"", b"no hash\n{}", b"\xff\xfe", b"0" * 64 + b'\n{"a": 2}'])
def test_a_damaged_entry_is_made_anew(damage):
    make, calls = counted()
    kept("x", make)
    (path,) = kept_folder().iterdir()
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert kept("x", make)["a"] == [1.5, None]
    assert len(calls) == 2
    assert path.read_bytes() == whole


def test_one_changed_byte_is_damage():
    make, calls = counted()
    kept("x", make)
    (path,) = kept_folder().iterdir()
    path.write_bytes(path.read_bytes().replace(b"1.5", b"2.5"))
    assert kept("x", make)["a"] == [1.5, None]
    assert len(calls) == 2


def test_what_is_interrupted_leaves_nothing(monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept("x", interrupted)
    assert not kept_folder().exists()
    make, _ = counted()

    def full(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("reports.atomic.write_flushed", full)
    with pytest.raises(KeyboardInterrupt):
        kept("x", make)
    assert list(kept_folder().iterdir()) == []


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "decide").write_text("a file")
    make, calls = counted()
    assert kept("x", make)["a"] == [1.5, None]
    assert kept("x", make)["a"] == [1.5, None]
    assert len(calls) == 2


def test_the_cache_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr("reports.run.kept._MOST", 3)
    make, _ = counted()
    for name in "abcde":
        kept(name, make)
    assert len(list(kept_folder().iterdir())) == 3
