"""What a report carries to be run again: the resolved priors, and how the draws were made."""

import zlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from model.sampling.defaults import RIVALS_STAY, SAMPLERS

if TYPE_CHECKING:
    from reports.page.view import View

__all__ = ["FORMAT", "KEY", "Source", "source_of"]

#: Of the element that holds it.
KEY = "run-source"
#: Of what is in it.
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Priors and settings of a run.

    Attributes
    ----------
    format : int
        Of this record.
    priors : str
        Text of the resolved prior file; in the page compressed (zlib), then in base64.
    draws, chains, seed : int
        How the draws were made.
    sampler, rivals : str
        As `decide simulate` takes them.
    options : bool
        Whether the real options are in the payoffs.
    without : sequence of str
        Strategies left out.
    structure : bool
        Whether other forms of the model were judged.
    """

    priors: str
    draws: int
    chains: int
    seed: int
    sampler: str
    rivals: str
    options: bool
    without: Sequence[str]
    structure: bool
    format: int = FORMAT


def source_of(view: "View") -> dict[str, Any] | None:
    """What the page of a run carries.

    Parameters
    ----------
    view : View
        The run with its decision.

    Returns
    -------
    dict or None
        A `Source`, its priors compressed; None of a posterior, whose evidence no page holds, and
        of a run that does not say what it was drawn from.
    """
    text = str(view.attributes.get("priors", ""))
    if view.posterior or not text:
        return None
    return {
        "format": FORMAT,
        "priors": b64encode(zlib.compress(text.encode(), 9)).decode("ascii"),
        **{name: int(view.attributes[name]) for name in ("draws", "chains", "seed")},
        "sampler": str(view.attributes.get("sampler", SAMPLERS[0])),
        "rivals": str(view.attributes.get("rivals", RIVALS_STAY)),
        "options": "option" in view.run.children,
        "without": view.without,
        "structure": "structure" in view.analyses,
    }
