"""`decide report` in forms to pass on: what goes where, and what is refused."""

import pytest

from reports.handout import printed_page


def test_text_is_all_that_stdout_has_and_the_run_is_left_alone(decide, copy):
    before = {path.name: path.read_bytes() for path in copy.iterdir()}
    result = decide("report", copy, "--text", "--title", "For the board")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("For the board\n\n")
    assert "decide sensitivity RUN" in result.stdout
    assert len(result.stdout.encode()) <= 4_000
    assert result.stderr == ""
    assert {path.name: path.read_bytes() for path in copy.iterdir()} == before


def test_a_workbook_goes_beside_the_run_or_where_it_is_told(decide, copy, tmp_path):
    assert decide("report", copy, "--xlsx").exit_code == 0
    result = decide("report", copy, "--xlsx", "here.xlsx")
    assert result.stderr == "written: here.xlsx\n"
    assert (tmp_path / "here.xlsx").read_bytes() == (tmp_path / "copy.xlsx").read_bytes()


def test_a_title_is_that_of_the_page(decide, copy):
    result = decide("report", copy, "--title", "Q3 <b>&", "--currency-label", "Euros")
    assert result.exit_code == 0, result.stderr
    page = (copy / "report.html").read_text()
    assert "<title>Q3 &lt;b&gt;&amp;</title>" in page
    assert page.count("Q3 &lt;b&gt;&amp;") >= 2
    assert "Q3 <b>" not in page
    assert "Euros of today’s value" in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("a.xlsx",), "a.xlsx: expected no name: neither --xlsx nor --pdf is there"),
        (("--xlsx", "a.pdf"), "a.pdf: expected .xlsx"),
        (("--xlsx", "a.xlsx", "b.xlsx"), "b.xlsx: expected one name a form, found a.xlsx too"),
        (("--xlsx", "no/a.xlsx"), "no"),
        (("--xlsx", "--title", " "), "--title: expected a line of up to 200 visible characters"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(decide, copy, tmp_path, words, said):
    before = sorted(tmp_path.iterdir())
    result = decide("report", copy, *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_nothing_is_written_where_one_form_fails(decide, copy, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(printed_page, "_PLACES", ())
    result = decide("report", copy, "--xlsx", "--pdf", "--text")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("decide: --pdf: needs Chromium, Chrome or Edge")
    assert not list(tmp_path.glob("*.xlsx"))
