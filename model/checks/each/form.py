"""Verdicts do not rest on the model's form."""

from model.analyses.results.checks import CheckPart, CheckResult
from model.analyses.results.record import Figure
from model.checks.check import Check, of_players
from model.checks.context import Context
from priors.wording import joined

__all__ = ["CHECK"]


def _run(context: Context) -> CheckResult:
    content = context.analyses["structure"]
    names = {name: one["label"] for name, one in content["switches"].items()}
    parts, strains = [], []
    for player, entry in content["players"].items():
        stated = entry["as_stated"]
        figure = Figure(stated["gain"], stated["gain_mcse"])
        by = joined([f"“{names[name]}”" for name in entry["reversed_by"]])
        sentence = f"{entry['label']}: the verdict depends on the model's form; reversed by {by}."
        parts.append(CheckPart(player, "review" if entry["depends"] else "pass", figure, sentence))
        strains.append(-figure.value)
    passing = "No switch of the model's form changes whether to leave or to go on."
    return of_players(CHECK, "USD billion", parts, strains, passing)


CHECK = Check(
    name="form",
    title="Verdicts in other forms of the model",
    place=130,
    limits=("form",),
    applies=lambda context: bool(context.analyses.get("structure", {}).get("players")),
    otherwise="The run was made without --structure: other forms of the model were not tried.",
    run=_run,
)
