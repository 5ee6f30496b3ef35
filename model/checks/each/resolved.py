"""Every verdict is clear of its own Monte Carlo error."""

import math

from model.analyses.results.checks import CheckPart, CheckResult
from model.analyses.results.record import Figure
from model.checks.check import Check, of_players
from model.checks.context import Context
from model.checks.wording import money

__all__ = ["CHECK"]


def _run(context: Context) -> CheckResult:
    parts, strains = [], []
    for player, entry in context.decision["players"].items():
        lead = entry["best_minus_next"]
        figure = Figure(lead["mean"], lead["mean_mcse"])
        sentence = (
            f"{entry['label']}: {entry['best']} leads {entry['next']} by {money(figure.value)} "
            f"with a standard error of {money(figure.mcse)}: more draws would tell "
            "them apart."
        )
        parts.append(CheckPart(player, "pass" if entry["resolved"] else "review", figure, sentence))
        strains.append(figure.mcse / figure.value if figure.value > 0.0 else math.inf)
    required = next(iter(context.decision["players"].values())).get("required")
    errors = "two" if required is None else f"{required:.3g}"
    passing = f"Every player's best strategy leads the next by more than {errors} standard errors."
    return of_players(CHECK, "USD billion", parts, strains, passing)


CHECK = Check(
    name="resolved",
    title="Verdicts resolved",
    place=120,
    limits=("resolved",),
    applies=lambda context: bool(context.decision["players"]),
    otherwise="No player is reported.",
    run=_run,
)
