"""The whole answer in plain words, short enough for a mail: what page and terminal say of it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from priors.characters import visible
from reports.naming import Naming
from reports.page.overview.first import bets_in_general, lead
from reports.page.view import View
from reports.text.advice import headline, sentence
from reports.text.advice_for_all import groups_of, headline_of_all
from reports.text.checks import summary
from reports.text.company import company
from reports.text.flips import Flip, bet_on, first_flips, flips_of, nothing_likely
from reports.text.numbers import count
from reports.text.strategies import LABELS, question
from reports.text.wording import within_sentence
from reports.text.worlds import of_100
from reports.text.worth import finding, worth, worthwhile

__all__ = ["LIMIT", "plain_text"]

#: Most bytes of the text, as UTF-8.
LIMIT = 4_000
_NOT_COMPUTED = "not computed; decide sensitivity RUN does"


def plain_text(view: View, naming: Naming | None = None) -> str:
    """The answer: headline, what decides, a paragraph a company, what is worth knowing, checks.

    Parameters
    ----------
    view : View
        The run with its decision, read within `reports.text.strategies.reporting`.
    naming : Naming, optional
        How its author calls it.

    Returns
    -------
    str
        At most `LIMIT` bytes; what is left out of it to keep that, it says.
    """
    naming = naming or Naming()
    flips = {name: flips_of(of) for name, of in view.analysed("sensitivity").items()}
    order = [name for group in groups_of(view.players) for name in group.players]
    head, tail = _head(view, flips, naming), _tail(view, naming)
    for cut in (_whole, _briefly, _headline):
        lines = [cut(view, name, flips) for name in order]
        text = _text([*head, *lines, *_NOTES[cut], *tail])
        if _size(text) <= LIMIT:
            return text
    return _of_some(head, lines, tail)


def _text(parts: Sequence[str]) -> str:
    lines = [re.sub(r"\s+", " ", visible(part)).strip() for part in parts]
    return "\n\n".join(line for line in lines if line) + "\n"


def _size(text: str) -> int:
    return len(text.encode("utf-8"))


def _of_some(head: Sequence[str], lines: Sequence[str], tail: Sequence[str]) -> str:
    """As many companies as there is room for; names and titles may be of any length."""
    for shown in range(len(lines) - 1, -1, -1):
        note = f"{count(len(lines) - shown)} more companies are left out: there is no room."
        text = _text([*head, *lines[:shown], note, *tail])
        if _size(text) <= LIMIT:
            return text
    return text.encode("utf-8")[: LIMIT - 4].decode("utf-8", "ignore") + "…\n"


def _head(view: View, flips: Mapping[str, Sequence[Flip]], naming: Naming) -> tuple[str, ...]:
    return (
        naming.title or f"{question('AI video')} Decision as of 24 March 2026",
        headline_of_all(view.players, bets_in_general(flips)),
        lead(view),
    )


def _tail(view: View, naming: Naming) -> tuple[str, ...]:
    checks = view.analyses.get("checks")
    made = f", made {day}" if (day := str(view.attributes.get("created", ""))[:10]) else ""
    source = (
        f"{count(view.verdict['draws'])} possible worlds from the priors "
        f"“{view.verdict['priors']}”, seed {view.verdict['seed']}{made}; evidence to "
        f"24 March 2026. {naming.currency} of today’s value, before tax. {_again(view)}"
    )
    return (
        f"Worth knowing first: {_worth(view)}.",
        f"Checks: {'decide check RUN makes them' if checks is None else summary(checks)}.",
        source,
    )


_WORTH = 3


def _worth(view: View) -> str:
    """What the companies to which a number is worth most should learn, and for how much."""
    found = view.analysed("sensitivity")
    if not found:
        return _NOT_COMPUTED
    first = {name: one[0] for name, of in found.items() if (one := worthwhile(of, 1))}
    order = sorted(first, key=lambda name: -worth(found[name]["inputs"][first[name]]))
    said = [
        f"{company(found[name]['label'])}: {within_sentence(finding(found[name]))}"
        for name in order[:_WORTH]
    ]
    return "; ".join(said) or "no single number is worth a study"


def _again(view: View) -> str:
    return f"Again: {view.command}" if view.command else ""


def _headline(view: View, name: str, flips: Mapping[str, Sequence[Flip]]) -> str:
    return f"- {headline(view.players[name], bet_on(flips.get(name, ())))}."


def _briefly(view: View, name: str, flips: Mapping[str, Sequence[Flip]]) -> str:
    parts = [_headline(view, name, flips), sentence(view.players[name], others=False)]
    return " ".join(parts)


def _whole(view: View, name: str, flips: Mapping[str, Sequence[Flip]]) -> str:
    return f"{_briefly(view, name, flips)} {_change(flips.get(name))}"


def _change(flips: Sequence[Flip] | None) -> str:
    """What would change the verdict, as the first table has it."""
    if flips is None:
        return ""
    shown = [
        f"{one.name} {one.where}: {'' if one.sure else 'perhaps '}"
        f"{within_sentence(LABELS[one.to])} ({of_100(one.share)} of 100)"
        for one in first_flips(flips)
    ]
    return f"{'; '.join(shown) or nothing_likely(flips)}."


_NOTES: Mapping[Any, tuple[str, ...]] = {
    _whole: (),
    _briefly: ("What would change each verdict is left out here: there is no room.",),
    _headline: ("Sentences are cut to headlines: there is no room. The report has them.",),
}
