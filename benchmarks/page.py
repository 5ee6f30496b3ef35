"""Speed of a report in Chromium: its first paint, and the answer to a prior that is moved.

    uv run python -m benchmarks.page runs/base/report.html

Aims on an idle machine: 1 second, 50 milliseconds to the first answer, and a second or two until it
has settled; medians of some moves.
"""

import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from tests.reports.conftest import CHROMIUM, CHROMIUM_ARGUMENTS

MOVES = (0.1, 0.2, 0.3, 0.4, 0.5)
READY = "html[data-charts=drawn][data-what-if=ready]"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
MOVE = """async shift => {
    await window.decide.whatIf.apply([{ path: "market.size_2033", shift }]);
    return [window.decide.lastUpdate, window.decide.lastRefinement];
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
        times = [page.evaluate(MOVE, shift) for shift in MOVES]
        update, settled = (median(one) for one in zip(*times, strict=True))
        browser.close()
    print(f"first paint  {paint:8.0f} ms")
    print(f"first answer {update:8.0f} ms")
    print(f"settled      {settled:8.0f} ms")


if __name__ == "__main__":
    main()
