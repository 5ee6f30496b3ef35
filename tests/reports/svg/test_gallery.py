"""Every chart together: its classes are in the style sheet, and the browser keeps the promises."""

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from reports.page.svg import charts
from scripts.gallery import STYLE, drawn, page

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

#: Words that are too small as shown, leave their drawing, or stand on each other.
MISPLACED = """() => [...document.querySelectorAll('svg')].flatMap(svg => {
  if (!svg.getClientRects().length) return [];
  const whole = svg.getBoundingClientRect(), drawn = svg.viewBox.baseVal?.width;
  const scale = drawn ? whole.width / drawn : 1;
  const words = [...svg.querySelectorAll('text')].map(text => ({
    said: text.textContent, size: scale * parseFloat(getComputedStyle(text).fontSize),
    box: text.getBoundingClientRect()}));
  return words.flatMap(({said, size, box}, place) => [
    ...(size < 11.95 ? [['small', said, size]] : []),
    ...(box.left < whole.left - 1 || box.right > whole.right + 1 || box.top < whole.top - 2
      || box.bottom > whole.bottom + 2 ? [['outside', said]] : []),
    ...words.slice(0, place).filter(({box: other}) => box.left < other.right
      && other.left < box.right && box.top + 2 < other.bottom - 2 && other.top + 2 < box.bottom - 2
      ).map(other => ['overlap', said, other.said])]);
})"""


def test_every_class_of_the_charts_is_in_the_style_sheet() -> None:
    found = {
        name
        for _, _, svg in drawn()
        for element in ET.fromstring(f"<p>{svg}</p>").iter()
        for name in (element.get("class") or "").split()
    }
    known = set(re.findall(r"\.([a-z][a-z_0-9]*)", STYLE.read_text(encoding="utf-8")))
    # The chart's size without more is what the style sheet gives any text.
    assert found - known == {"axt"}


def test_every_chart_is_in_the_gallery() -> None:
    files = {path.stem for folder in charts.__path__ for path in _python(folder)}
    source = (STYLE.parents[3] / "scripts" / "gallery.py").read_text(encoding="utf-8")
    assert {name for name in files if f"charts.{name} import" not in source} == set()


def _python(folder: str) -> "list[Path]":
    from pathlib import Path

    return [path for path in Path(folder).glob("*.py") if path.stem != "__init__"]


def test_drawings_are_the_same_each_time() -> None:
    assert page() == page()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 360, 390, 900, 1280])
def test_words_are_readable_and_apart_as_shown(browser: "Browser", width: int) -> None:
    context = browser.new_context(offline=True, viewport={"width": width, "height": 800})
    try:
        opened = context.new_page()
        opened.set_content(page())
        assert opened.evaluate(MISPLACED) == []
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        context.close()
