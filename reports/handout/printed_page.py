"""The first screen on one page of A4, printed by a Chromium that is on the machine."""

import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from markupsafe import Markup

from priors.errors import InputError
from reports.naming import Naming
from reports.page.looks import strategy_style
from reports.page.overview.first import first_screen
from reports.page.templating import asset, fill
from reports.page.view import View
from reports.text.strategies import question

__all__ = ["find_chromium", "pages", "printed_page"]

_STYLES = ("styles/base.css", "styles/overview.css", "../svg/charts.css", "styles/printed.css")
#: The rules for screens that are wide.
_WIDE = "@media (min-width: 900px)"
_NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "msedge"),
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
#: A proxy that nobody answers at: what is printed needs no network, and its printer gets none.
_ARGUMENTS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-extensions", "--disable-default-apps", "--disable-quic"),
    *("--proxy-server=127.0.0.1:9", "--no-pdf-header-footer"),
)
_SECONDS = 120
#: Sizes at which the page is tried, parts of its size on a screen.
_SIZES = (0.95, 0.85, 0.75, 0.6, 0.45)
#: Each page of a document is an object of its own; the tree of pages is of another type.
_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")


def printed_page(view: View, naming: Naming | None = None) -> bytes:
    """The first screen as a PDF of one page.

    Parameters
    ----------
    view : View
        The run with its decision, read within `reports.text.strategies.reporting`.
    naming : Naming, optional
        How its author calls it.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        Where no Chromium is on the machine, it prints nothing, or the companies are too many for
        one page.
    """
    naming, chromium = naming or Naming(), find_chromium()
    for size in _SIZES:
        content = _printed(chromium, _html(view, naming, size))
        if pages(content) == 1:
            return content
    raise InputError(f"--pdf: {len(view.players)} companies are too many for one page")


def find_chromium() -> str:
    """The program that prints.

    Returns
    -------
    str
        Its path.

    Raises
    ------
    InputError
        Where none is found.
    """
    found = next((path for name in _NAMES if (path := shutil.which(name))), "")
    found = found or next((path for path in _PLACES if Path(path).is_file()), "")
    if not found:
        raise InputError(
            "--pdf: needs Chromium, Chrome or Edge, and none is on this machine; "
            "open report.html in a browser and print it there"
        )
    return found


def pages(content: bytes) -> int:
    """How many pages a PDF by Chromium has.

    Parameters
    ----------
    content : bytes
        Of the file.

    Returns
    -------
    int
    """
    return len(_PAGE.findall(content))


def _html(view: View, naming: Naming, size: float) -> str:
    # Chromium asks how wide a usual page is, not the one that is printed, which is wide.
    styles = strategy_style() + "".join(map(asset, _STYLES)).replace(_WIDE, "@media all")
    return fill(
        "printed.html.j2",
        title=naming.title or f"{question('AI video')} Decision report",
        first=first_screen(view, naming),
        style=Markup(f"{styles}\nmain {{ zoom: {size}; }}\n"),  # noqa: S704  # of ours alone
    )


def _printed(chromium: str, html: str) -> bytes:
    """Print in a profile of its own, which is gone afterwards."""
    # What the browser leaves behind in its profile while it ends is no reason to fail.
    with TemporaryDirectory(prefix="decide-print-", ignore_cleanup_errors=True) as folder:
        page, out = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, encoding="utf-8")
        # Chromium has no sandbox for the superuser; the page has no script and loads nothing.
        root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        profile = f"--user-data-dir={Path(folder) / 'profile'}"
        _run([chromium, *_ARGUMENTS, *root, profile, f"--print-to-pdf={out}", page.as_uri()])
        content = out.read_bytes() if out.is_file() else b""
    if not content.startswith(b"%PDF-"):
        raise InputError(f"--pdf: {chromium} printed nothing")
    return content


def _run(command: list[str]) -> None:
    """Run a command and all that it starts, and end them all if it takes too long."""
    silent = subprocess.DEVNULL
    # in a group of its own, so that its children end with it
    with subprocess.Popen(
        command, stdin=silent, stdout=silent, stderr=silent, start_new_session=True
    ) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            raise InputError(f"--pdf: {command[0]} took more than {_SECONDS} seconds") from None
        finally:
            if process.poll() is None:
                process.kill()
            # Where there are no groups of processes, as on Windows, they end by themselves.
            with suppress(OSError, AttributeError):
                os.killpg(process.pid, signal.SIGKILL)
