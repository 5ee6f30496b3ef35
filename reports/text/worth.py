"""What it is worth to know a number before deciding, and which numbers matter most.

Everything is read from a player's entry in sensitivity.json.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from model.numerics.standard_errors import is_resolved
from reports.text.dollars import limit, measured
from reports.text.flips import Flip, first_flips, value_text
from reports.text.numbers import NOTHING
from reports.text.strategies import quantities
from reports.text.wording import within_sentence

__all__ = [
    "finding",
    "most_telling",
    "study_label",
    "study_worth",
    "worth",
    "worth_text",
    "worthwhile",
]

type Entry = Mapping[str, Any]

_NOTHING = "nothing"
#: How many numbers are listed although nothing is known to turn on them.
_LEAST = 3


def worth(of: Entry) -> float:
    """What knowing a number is worth: 0 where it cannot be told from nothing.

    Parameters
    ----------
    of : mapping
        An input of a player in sensitivity.json.

    Returns
    -------
    float
        EVPPI, USD billion.
    """
    value = of.get("evppi")
    return float(value) if value is not None and is_resolved(value, of["evppi_mcse"]) else 0.0


def worth_text(of: Entry) -> str:
    """The same with its error: ``$145 ± 4 m``, or ``nothing``.

    Parameters
    ----------
    of : mapping
        An input of a player in sensitivity.json.

    Returns
    -------
    str
    """
    if of.get("evppi") is None:
        return NOTHING
    value = worth(of)
    return measured(value, of["evppi_mcse"]) if value > 0.0 else _NOTHING


def worthwhile(entry: Entry, most: int) -> list[str]:
    """Paths of the numbers whose knowing is worth something, the most first.

    Parameters
    ----------
    entry : mapping
        A player in sensitivity.json.
    most : int
        How many at most.

    Returns
    -------
    list of str
    """
    found = {path: worth(of) for path, of in entry["inputs"].items()}
    return sorted((one for one in found if found[one] > 0.0), key=lambda one: -found[one])[:most]


def most_telling(entry: Entry, flips: Sequence[Flip], most: int) -> list[str]:
    """Paths of the numbers that a reader asks of first: by worth, then by how likely they flip.

    Those that the first table names are always among them.

    Parameters
    ----------
    entry : mapping
        A player in sensitivity.json.
    flips : sequence of Flip
        From `flips_of` the entry.
    most : int
        How many at most; numbers on which nothing turns only where fewer than three are left.

    Returns
    -------
    list of str
    """
    inputs, first = entry["inputs"], {one.path for one in first_flips(flips)}

    def key(path: str) -> tuple[float, float, float]:
        # What is sure comes first.
        likely = [one.share + one.sure for one in flips if one.path == path]
        return (
            -worth(inputs[path]),
            -max(likely, default=0.0),
            -(inputs[path].get("shapley") or 0.0),
        )

    ranked = sorted(inputs, key=key)
    telling = [one for one in ranked if key(one)[:2] < (0.0, 0.0)]
    named = [one for one in ranked if one in first]
    found = [*named, *(one for one in telling if one not in first)]
    found += [one for one in ranked if one not in found][: max(0, _LEAST - len(found))]
    return sorted(found[:most], key=key)


def finding(entry: Entry) -> str:
    """What may be paid to learn the number that is most worth knowing, in a title.

    Parameters
    ----------
    entry : mapping
        A player in sensitivity.json.

    Returns
    -------
    str
    """
    best = worthwhile(entry, 1)
    if not best:
        return "No single number is worth a study"
    of = entry["inputs"][best[0]]
    return f"Pay no more than {limit(of['evppi'], of['evppi_mcse'])} to learn {_the(best[0])}"


def _the(path: str) -> str:
    quantity = quantities().by_path(path)
    name = within_sentence(quantity.label)
    if quantity.event:
        return f"whether {name}"
    return f"its {name}" if name.startswith("own ") else f"the {name}"


def study_worth(entry: Entry, path: str) -> Entry | None:
    """The study at hand of a number, and what it is worth.

    Parameters
    ----------
    entry : mapping
        A player in sensitivity.json.
    path : str
        Of the number.

    Returns
    -------
    mapping or None
        Its own size, with its ``error``; None where it cannot be told from nothing, or stands above
        what knowing the number is worth, as no study can.
    """
    for study in entry.get("studies", ()):
        for size in study["sizes"]:
            if study["observe"] == path and size["size"] == 1.0:
                told = is_resolved(size["evsi"], size["evsi_mcse"])
                if told and size["evsi"] <= worth(entry["inputs"][path]):
                    return {"error": study["error"], **size}
    return None


def study_label(study: Entry, path: str) -> str:
    """What a study is called: ``A study of it that errs by 30 %``.

    Parameters
    ----------
    study : mapping
        From `study_worth`.
    path : str
        Of the number that it observes.

    Returns
    -------
    str
    """
    # The error of a number observed on a log scale is a part of it.
    unit = "fraction" if study["error"] == "lognormal" else quantities().by_path(path).unit
    return f"A study of it that errs by {value_text(study['sd'], unit)}"
