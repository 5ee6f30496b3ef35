"""How the figures were made, and by what."""

from collections.abc import Iterator

from reports.page.part import Part
from reports.page.templating import fill
from reports.page.view import View
from reports.text.looks import added, kept_text, looks_text, required, required_text
from reports.text.numbers import count

__all__ = ["made"]

_SAMPLERS = {"sobol": "scrambled Sobol points", "random": "random points"}

#: Attributes of a run that a reader may ask for.
_NAMES = {
    "sampler": "Sampler",
    "version": "Version of decide",
    "command": "Command",
    "created": "Made on",
    "description": "What the priors are",
}


def made(view: View) -> Part:
    """The method in three paragraphs, and what the run says of itself.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Part
    """
    sampler = str(view.attributes.get("sampler", ""))
    html = fill(
        "details/made.html.j2",
        chains=view.verdict["chains"],
        required=required_text(required(view.verdict)),
        kept=kept_text(view.attributes) if "kept" in view.attributes else "",
        looks=looks_text(view.verdict),
        sampler=_SAMPLERS.get(sampler, sampler or "of the posterior"),
        facts=list(_facts(view)),
    )
    return Part("made", "How the figures were made", "Method", html)


def _facts(view: View) -> Iterator[tuple[str, str]]:
    verdict = view.verdict
    yield "Prior file", str(verdict["priors"])
    yield "Draws", f"{count(verdict['draws'])} in {verdict['chains']} randomizations"
    yield from _of_draws(view)
    yield "Seed", str(verdict["seed"])
    yield "Money", f"{verdict['currency']}, present value at 24 March 2026"
    for key, name in _NAMES.items():
        if view.attributes.get(key):
            yield name, str(view.attributes[key])
    if view.command:
        yield "The same run again", view.command


def _of_draws(view: View) -> Iterator[tuple[str, str]]:
    """What is to be said of some runs' draws: that most were not kept, how they were added to."""
    if "kept" in view.attributes:
        yield "Draws kept", kept_text(view.attributes)
    if text := added(view.verdict):
        yield "Draws added", text
