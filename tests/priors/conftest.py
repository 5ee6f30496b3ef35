"""A minimal prior file, complete, to be varied by the tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reference.prior_files import minimal


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a prior file: ``write("mine.toml", text)``; by default the minimal one."""

    def _write(name: str = "mine.toml", text: str | None = None) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(minimal() if text is None else text, encoding="utf-8")
        return path

    return _write
