"""The report as text: what it holds, and that nothing from outside gets into its markup."""

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest
import xarray as xr

from priors.characters import visible
from reports.page.html import render
from reports.text.advice import headline
from reports.text.advice_for_all import headline_of_all
from tests.reports.factory import PLAYERS, make_decision, make_run

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "quotes": "\"'><img src=x onerror=alert(1)>",
    "closing": "</style></script><!--",
    "template": "{{ 7 * 7 }}{% raw %}",
    "real option to left": "\u202eright to left\u202c",
    "long": "x" * 1_000,
}


class Parsed(HTMLParser):
    """Tags, attributes and text of a page; fails on what is not closed."""

    VOID = frozenset({"meta", "link", "br", "input", "img", "rect", "path", "line", "circle"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def page(made_up_run: xr.DataTree, made_up_decision: dict[str, Any]) -> str:
    return render(made_up_run, made_up_decision)


def test_the_markup_is_closed_and_anchors_lead_somewhere(page: str) -> None:
    parsed = Parsed(page)
    assert parsed.open == []
    ids = [attrs["id"] for _, attrs in parsed.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for tag, attrs in parsed.tags:
        if tag == "a":
            target = attrs["href"] or ""
            assert target.startswith("data:text/csv;") or target.removeprefix("#") in ids


def test_the_answer_comes_first(page: str, made_up_decision: dict[str, Any]) -> None:
    text = "".join(Parsed(page).text)
    flat = " ".join(text.split())
    first = headline_of_all(made_up_decision["players"], {})
    own = headline(made_up_decision["players"]["openai"], "")
    places = [
        flat.index(text)
        for text in (first, own, "Nothing leaves this page", "How the figures were made")
    ]
    assert places == sorted(places)


def test_nothing_is_asked_of_the_network(page: str) -> None:
    parsed = Parsed(page)
    for _, attrs in parsed.tags:
        for name in ("src", "href", "action", "srcset", "data", "poster"):
            value = attrs.get(name) or ""
            assert value == "" or value.startswith(("#", "data:"))
    policy = next(attrs["content"] for tag, attrs in parsed.tags if attrs.get("http-equiv"))
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_priors_stand_with_sources_and_reasons(page: str) -> None:
    text = "".join(Parsed(page).text)
    assert "Crunchbase, 2025" in text
    assert "mixture of 0.85 × lognormal, 10 %: 2, 90 %: 9 and 0.15 × lognormal" in text
    assert "players.openai.cost_ratio" in text


@pytest.fixture(scope="module")
def plain_tags() -> Counter[str]:
    run = make_run(64, 4)
    return Counter(tag for tag, _ in Parsed(render(run, make_decision(run))).tags)


def test_text_from_a_prior_file_stays_text(plain_tags: Counter[str]) -> None:
    labels = dict(zip(PLAYERS, HOSTILE.values(), strict=False))
    assert len(labels) == len(HOSTILE)
    every = " ".join(HOSTILE.values())
    run = make_run(64, 4, labels=labels, source=every, why=every)
    page = render(run, make_decision(run))
    parsed = Parsed(page)
    assert parsed.open == []
    # A plain report has as many tags, of the same kinds.
    assert Counter(tag for tag, _ in parsed.tags) == plain_tags
    assert not any("onerror" in attrs for _, attrs in parsed.tags)
    assert "49{%" not in page
    text = "".join(parsed.text)
    assert all(visible(hostile) in text for hostile in HOSTILE.values())


def test_players_left_out_of_the_decision_are_left_out_of_the_report(
    made_up_run: xr.DataTree, made_up_decision: dict[str, Any]
) -> None:
    decision = made_up_decision | {
        "players": {"pika": made_up_decision["players"]["pika"]},
    }
    del decision["types"]
    page = render(made_up_run, decision)
    assert "Pika" in page
    assert "Runway" not in re.sub(r"(?s)<script.*?</script>", "", page)


@pytest.mark.slow
def test_a_posterior_is_shown_with_what_it_learned_and_its_diagnostics(
    made_up_run: xr.DataTree,
) -> None:
    payoff = made_up_run["payoff"].to_dataset().isel(chain=slice(4))
    prior = made_up_run["prior"].to_dataset()
    learned = prior.isel(chain=slice(4)).copy()
    learned["market.size_2033"] = learned["market.size_2033"] + 50.0
    tree = xr.DataTree.from_dict({"prior": prior, "posterior": learned, "payoff": payoff})
    tree.attrs = made_up_run.attrs | {"chains": 4, "draws": 1024}
    page = render(tree, make_decision(tree))
    text = " ".join("".join(Parsed(page).text).split())
    assert "What the evidence changed" in text
    # Independent draws: R-hat is fine, and the moved quantity leads the table.
    assert "Yes: no quantity’s R-hat reaches 1.01" in text
    first = text[text.index("Moved by") :].removeprefix("Moved by ")
    assert first.startswith("Moved by, standard deviations Market in 2033")
    # Its draws are not made from a prior file: the page cannot move what they were drawn from.
    assert 'id="what-if-data"' not in page
    assert "cannot make the draws of its run again" in text
