"""How the figures were made, and by what."""

from collections.abc import Iterator

from reports.page.templating import fill
from reports.page.view import Section, View
from reports.text.looks import added, kept_text, looks_text, required, required_text
from reports.text.numbers import count

__all__ = ["method", "provenance"]

_SAMPLERS = {"sobol": "scrambled Sobol points", "random": "random points"}

#: Attributes of a run that a reader may ask for.
_NAMES = {
    "sampler": "Sampler",
    "version": "Version of decide",
    "command": "Command",
    "created": "Made on",
    "description": "What the priors are",
}


def method(view: View) -> Section:
    """The method in three paragraphs.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section
    """
    sampler = str(view.attributes.get("sampler", ""))
    html = fill(
        "method.html.j2",
        chains=view.verdict["chains"],
        required=required_text(required(view.verdict)),
        kept=kept_text(view.attributes) if "kept" in view.attributes else "",
        looks=looks_text(view.verdict),
        sampler=_SAMPLERS.get(sampler, sampler or "of the posterior"),
    )
    return Section("method", "Method", html)


def provenance(view: View) -> Section:
    """What the run says of itself.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    Section
    """
    verdict = view.verdict
    facts = [
        ("Prior file", str(verdict["priors"])),
        ("Draws", f"{count(verdict['draws'])} in {verdict['chains']} randomizations"),
        *_of_draws(view),
        ("Seed", str(verdict["seed"])),
        ("Money", f"{verdict['currency']}, present value at 24 March 2026"),
    ]
    facts += [
        (name, str(view.attributes[key]))
        for key, name in _NAMES.items()
        if view.attributes.get(key)
    ]
    html = fill("provenance.html.j2", facts=facts)
    return Section("provenance", "Provenance", html)


def _of_draws(view: View) -> Iterator[tuple[str, str]]:
    """What is to be said of some runs' draws: that most were not kept, how they were added to."""
    if "kept" in view.attributes:
        yield "Draws kept", kept_text(view.attributes)
    if text := added(view.verdict):
        yield "Draws added", text
