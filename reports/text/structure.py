"""What is said of the verdicts in other forms of the model."""

from collections.abc import Mapping
from typing import Any

from priors.wording import joined

__all__ = ["forms_text", "short_label"]


def forms_text(content: Mapping[str, Any]) -> str:
    """Whose verdict rests on the form of the model, in a sentence or two.

    Parameters
    ----------
    content : mapping
        As in structure.json.

    Returns
    -------
    str
    """
    doubtful = []
    for player, entry in content["players"].items():
        if entry["depends"]:
            labels = [content["switches"][name]["label"].lower() for name in entry["reversed_by"]]
            doubtful.append(f"{short_label(entry, player)} ({joined(labels)})")
    tried = len(content["switches"])
    if not doubtful:
        return f"No verdict changes sides in any of the {tried} other forms of the model."
    verb = "depends" if len(doubtful) == 1 else "depend"
    return (
        f"{joined(doubtful)} {verb} on the model’s form: there the other side is best, whatever "
        "the standard error. “!” marks where."
    )


def short_label(entry: Mapping[str, Any], player: str) -> str:
    """A player's name without what stands in brackets.

    Parameters
    ----------
    entry : mapping
        Of structure.json; has a ``label`` where one is known.
    player : str
        Its one name.

    Returns
    -------
    str
    """
    return str(entry.get("label", player)).partition(" (")[0]
