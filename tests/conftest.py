"""Settings for every test: no network, the same Hypothesis examples each time, no silent skips.

A quick run tries a quarter of the examples; the run of the slow tests, ``-m slow``, takes every
Hypothesis test again, with all. Tests that state a number take it by `tests.reference.examples`.
"""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, is_hypothesis_test, settings

CHROMIUM = Path("/usr/bin/chromium")

settings.register_profile("all", deadline=None, derandomize=True)
settings.register_profile("decide", settings.get_profile("all"), max_examples=25)
#: For mutation tests, which turn the compiler off: few examples, and the first that fails will do.
settings.register_profile(
    "uncompiled",
    settings.get_profile("decide"),
    max_examples=10,
    phases=(Phase.explicit, Phase.generate),
)


def pytest_configure(config: pytest.Config) -> None:
    """Say how many examples Hypothesis tries, before a test module asks."""
    if "NUMBA_DISABLE_JIT" in os.environ:
        settings.load_profile("uncompiled")
    else:
        settings.load_profile("all" if config.option.markexpr == "slow" else "decide")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave slow tests out unless ``-m`` speaks of them."""
    if config.option.markexpr == "slow":
        for item in items:
            if is_hypothesis_test(getattr(item, "obj", None)):
                item.add_marker("slow")
    if "slow" in config.option.markexpr:
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    items[:] = [item for item in items if item not in set(slow)]
    config.hook.pytest_deselected(items=slow)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip browser tests where there is no browser; in CI let them fail instead."""
    if item.get_closest_marker("browser") and not CHROMIUM.exists() and "CI" not in os.environ:
        pytest.skip("needs Debian's chromium")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            message = f"a test tried to reach {address}"
            raise RuntimeError(message)
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local_only)
        yield
