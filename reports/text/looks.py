"""How a run's draws were added to until there were enough, in sentences."""

from collections.abc import Mapping
from typing import Any

from priors.wording import joined
from reports.text.numbers import count, money, number

__all__ = ["added", "kept_text", "looks_text", "required", "required_text"]

type Content = Mapping[str, Any]


def required(decision: Content) -> float | None:
    """Standard errors that a lead had to exceed; None where that is the usual two.

    Parameters
    ----------
    decision : mapping
        As in decision.json.

    Returns
    -------
    float or None
    """
    looks = decision.get("looks")
    if looks is None or looks["goal"] != "resolved":
        return None
    return float(looks["looks"][-1]["required"])


def required_text(errors: float | None) -> str:
    """How many standard errors a lead must exceed, in a sentence.

    Parameters
    ----------
    errors : float, optional
        From `required`.

    Returns
    -------
    str
    """
    return "two" if errors is None else f"{errors:.3g}"


def kept_text(attributes: Mapping[Any, Any]) -> str:
    """What a run in blocks keeps of its draws, and what is said of them alone.

    Parameters
    ----------
    attributes : mapping
        Of the run's tree, with ``kept``.

    Returns
    -------
    str
        Without a full stop.
    """
    kept, draws = count(int(attributes["kept"])), count(int(attributes["draws"]))
    return (
        f"run.nc keeps {kept} of the {draws} draws, the first of each chain; the decision, its "
        "tables and summary.csv are of all draws, charts, checks and further analyses of those kept"
    )


def added(decision: Content) -> str:
    """How many draws were used, and why no more.

    Parameters
    ----------
    decision : mapping
        As in decision.json.

    Returns
    -------
    str
        Empty of a run that was looked at once.
    """
    looks = decision.get("looks")
    if looks is None:
        return ""
    last, many = looks["looks"][-1], len(looks["looks"])
    used = f"{count(last['draws'])} draws in {last['chains']} randomizations, after {many} "
    used += "look" if many == 1 else "looks"
    if looks["stopped"] == "resolved":
        return f"{used}: every player’s best strategy is resolved"
    if looks["stopped"] == "precision":
        return f"{used}: the standard error of exit − stay is at most {_precision(looks)}"
    names = joined([_label(decision, player) for player in last["open"]])
    still = "not resolved" if looks["goal"] == "resolved" else f"not known to {_precision(looks)}"
    return f"{used}, more than {count(looks['max_draws'])} not being allowed: {still} for {names}"


def looks_text(decision: Content) -> str:
    """The same as sentences, with how the error rate was held.

    Parameters
    ----------
    decision : mapping
        As in decision.json.

    Returns
    -------
    str
        Empty of a run that was looked at once.
    """
    looks = decision.get("looks")
    if looks is None:
        return ""
    text = f"Draws were doubled as needed: {added(decision)}."
    if looks["goal"] != "resolved":
        return f"{text} No verdict had a part in when to stop."
    rate, last = 100.0 * looks["error_rate"], looks["looks"][-1]
    return (
        f"{text} Who looks again and again finds a lead by chance, so a lead had to exceed "
        f"{last['required']:.3g} standard errors at the last look, more at those before: a tie is "
        f"called resolved in at most {number(rate)} % of such runs."
    )


def _precision(looks: Content) -> str:
    return money(looks["looks"][-1]["required"])


def _label(decision: Content, player: str) -> str:
    entry = decision["players"].get(player)
    return player if entry is None else str(entry["label"])
