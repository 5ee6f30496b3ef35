"""The first screen printed: one page, by a browser that is there, or a line that says it is not."""

import pytest

from priors.errors import InputError
from reports.handout import printed_page as printing
from reports.naming import Naming
from reports.page.view import View


@pytest.mark.browser
def test_eight_companies_fit_on_a_page(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    """In type that can be read: 13 pixels, at 0.75, are 7 points."""
    assert len(view.players) == 8
    monkeypatch.setattr(printing, "_SIZES", [one for one in printing._SIZES if one >= 0.75])
    content = printing.printed_page(view, Naming("<b>Board</b>"))
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert printing.pages(content) == 1
    # A4 on its side, in points.
    assert b"/MediaBox [0 0 84" in content


@pytest.mark.browser
def test_too_many_companies_are_refused(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_SIZES", (4.0,))
    with pytest.raises(InputError, match="--pdf: 8 companies are too many for one page"):
        printing.printed_page(view)


def test_a_title_is_escaped(view: View) -> None:
    html = printing._html(view, Naming("<script>alert(1)</script>", "<i>Euros"), 0.9)
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)") == 2
    assert "&lt;i&gt;Euros of today" in html


def test_without_a_browser_a_line_says_so(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(printing, "_PLACES", ())
    with pytest.raises(InputError, match="--pdf: needs Chromium, Chrome or Edge, and none is on"):
        printing.printed_page(view)


def test_a_browser_that_prints_nothing_is_named(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "find_chromium", lambda: "/bin/true")
    with pytest.raises(InputError, match="--pdf: /bin/true printed nothing"):
        printing.printed_page(view)


def test_a_browser_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_SECONDS", 0.05)
    with pytest.raises(InputError, match=r"sleep took more than 0\.05 seconds"):
        printing._run(["sleep", "60"])


@pytest.mark.parametrize("count", [0, 1, 3])
def test_pages_are_counted_and_their_tree_is_not(count: int) -> None:
    content = b"<</Type /Pages /Kids []>>" + b"<</Type /Page\n/Parent 1 0 R>>" * count
    assert printing.pages(content) == count
