"""Speed of a report in Chromium: its first paint, and the answer to a prior that is moved.

    uv run python -m benchmarks.page runs/base/report.html

Aims on an idle machine: 1 second and 100 milliseconds.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.reports.conftest import CHROMIUM, CHROMIUM_ARGUMENTS

MOVES = (0.1, 0.2, 0.3, 0.4, 0.5)
READY = "html[data-charts=drawn][data-what-if=ready]"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
MOVE = """shift => {
    window.decide.whatIf.apply([{ path: "market.size_2033", shift }]);
    return window.decide.lastUpdate;
}"""


def main() -> None:
    """Print both times of the report that is named."""
    report = Path(sys.argv[1]).resolve()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        page = browser.new_page()
        page.goto(report.as_uri())
        page.wait_for_selector(READY)
        paint = page.evaluate(PAINT)
        update = min(page.evaluate(MOVE, shift) for shift in MOVES)
        browser.close()
    print(f"first paint  {paint:8.0f} ms")
    print(f"update       {update:8.0f} ms")


if __name__ == "__main__":
    main()
