"""The views under which a run's question is asked again: one record each."""

from dataclasses import dataclass

__all__ = ["BASE", "RISK_SHARE", "VIEWS", "View"]

#: Risk tolerance of a company as a share of its valuation: about a sixth of a company's equity
#: (R. A. Howard, Management Science 34 (1988), 679).
RISK_SHARE = 1.0 / 6.0


@dataclass(frozen=True, slots=True)
class View:
    """A view.

    Attributes
    ----------
    name : str
        Its one name in files.
    label : str
        How tables call it.
    subject : str
        How a sentence calls it, as what changes a verdict; in the singular.
    meaning : str
        What is otherwise, in a line.
    priors : str
        The shipped prior file whose own priors stand over the run's; empty where none do.
    averse : bool
        Whether strategies are compared by certainty equivalents.
    rivals : {"respond", "stay"}, optional
        What rivals do, where that is what the view is about.
    """

    name: str
    label: str
    subject: str
    meaning: str
    priors: str = ""
    averse: bool = False
    rivals: str | None = None


BASE = View("base", "Base", "the base", "the run itself, on as many draws as the views")

VIEWS: tuple[View, ...] = (
    BASE,
    View(
        "narrow",
        "Small market",
        "a small market",
        "the market of 2033 is the published forecast’s, about $3.4 billion",
        "narrow.toml",
    ),
    View(
        "breakout",
        "Breakout",
        "a breakout",
        "video takes a part of film, advertising and games: past $50 billion in 2033",
        "breakout.toml",
    ),
    View(
        "cheap_compute",
        "Cheap compute",
        "cheap compute",
        "chips and models get cheaper as fast as the record allows, and for long",
        "cheap_compute.toml",
    ),
    View(
        "fast_robotics",
        "Robots early",
        "early revenue from robots",
        "robots bring their first revenue between 2028 and 2030",
        "fast_robotics.toml",
    ),
    View(
        "slow_robotics",
        "Robots late",
        "late revenue from robots",
        "robots take as long as self-driving cars did, and may not pay at all",
        "slow_robotics.toml",
    ),
    View(
        "holder",
        "Shareholder’s view",
        "a shareholder’s view",
        "a present shareholder decides, and bears the whole repricing at the listing",
        "holder.toml",
    ),
    View(
        "risk_averse",
        "Risk-averse",
        "aversion to risk",
        "losses weigh more than gains: certainty equivalents under exponential utility, with a "
        "risk tolerance of a sixth of the company’s valuation",
        averse=True,
    ),
    View(
        "rivals_stay",
        "Rivals stay",
        "a field that no rival leaves",
        "no rival ever leaves",
        rivals="stay",
    ),
    View(
        "rivals_respond",
        "Rivals respond",
        "a field that rivals may leave",
        "rivals leave by their own rules",
        rivals="respond",
    ),
)
