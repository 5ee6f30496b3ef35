"""Take the pictures of the report that README and docs show.

    uv run python scripts/screenshots.py [RUN]

Needs Debian's chromium (apt-get install chromium). Without RUN, the folder of a finished run, it
simulates base.toml first.
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.page.html import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
IMAGES = Path(__file__).parents[1] / "docs" / "images"
#: The report has few colours: more would only make the files larger.
COLOURS = 96


def main() -> None:
    """Render, open, photograph."""
    from playwright.sync_api import sync_playwright

    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "report.html"
        path.write_text(_report(sys.argv[1:]), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        desktop = _open(browser, path, 1280, 900)
        _save(desktop.screenshot(), "report.png")
        desktop.evaluate("location.hash = '#player=google'")
        _save(desktop.screenshot(), "company.png")
        _save(_open(browser, path, 1280, 900, color_scheme="dark").screenshot(), "report-dark.png")
        phone = _open(browser, path, 390, 844, device_scale_factor=2)
        _save(phone.screenshot(), "report-phone.png")
        browser.close()


def _report(arguments: list[str]) -> str:
    if arguments:
        from reports.run.reading import read_run

        stored = read_run(arguments[0])
        return render(stored.tree, stored.verdict, stored.analyses)
    from model.analyses.decision import decision
    from model.simulation.simulate import simulate
    from priors.reading.load import load_priors

    run = simulate(load_priors("base.toml"))
    return render(run, decision(run))


def _open(browser: "Browser", path: Path, width: int, height: int, **options: Any) -> "Page":
    context = browser.new_context(
        offline=True, viewport={"width": width, "height": height}, **options
    )
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-what-if=ready]")
    return page


def _save(picture: bytes, name: str) -> None:
    from PIL import Image

    image = Image.open(BytesIO(picture)).convert("RGB")
    small = image.quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(IMAGES / name, optimize=True)
    print(f"{IMAGES / name}: {(IMAGES / name).stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
