"""The options that several commands share: one definition each."""

from pathlib import Path
from typing import Annotated

import typer

from model.sampling.defaults import RIVALS, SAMPLERS

__all__ = [
    "AnyPriors",
    "Chains",
    "DrawCount",
    "FinishedRun",
    "Force",
    "FromPage",
    "Json",
    "MaxDraws",
    "NoOptions",
    "Out",
    "Overrides",
    "Players",
    "Precision",
    "Quiet",
    "Rivals",
    "Sampler",
    "Seed",
    "UntilResolved",
    "Without",
]

DrawCount = Annotated[
    int, typer.Option("--draws", help="Joint draws, all chains together.", metavar="N")
]
UntilResolved = Annotated[
    bool,
    typer.Option("--until-resolved", help="Double the draws until every best strategy is clear."),
]
Precision = Annotated[
    float | None,
    typer.Option(
        "--precision",
        metavar="USD_BILLION",
        help="Double the draws until exit − stay has a standard error of at most this.",
    ),
]
MaxDraws = Annotated[
    int | None,
    typer.Option(
        "--max-draws",
        metavar="N",
        help="The most draws that these two may use.  [default: 8 × --draws]",
    ),
]
Chains = Annotated[
    int,
    typer.Option(
        "--chains",
        help="Independent randomizations; standard errors are measured across them.",
        metavar="N",
    ),
]
Seed = Annotated[int, typer.Option("--seed", help="The same seed gives the same draws.", min=0)]
Sampler = Annotated[
    str,
    typer.Option(
        "--sampler", metavar="|".join(SAMPLERS), help="Scrambled Sobol or pseudo-random points."
    ),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Folder of the run.  [default: runs/NAME]"),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the run in --out.")]
Players = Annotated[
    list[str] | None,
    typer.Option("--player", metavar="NAME", help="Report this player only; may be repeated."),
]
Overrides = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Override the prior file, as in market.size_2033.scale=1.5; may be repeated.",
    ),
]
NoOptions = Annotated[
    bool,
    typer.Option("--no-options", help="Leave out the real options: leaving later, coming back."),
]
Rivals = Annotated[
    str,
    typer.Option(
        "--rivals",
        metavar="|".join(RIVALS),
        help="Whether rivals leave by their own rules, or all stay.",
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="STRATEGY", help="Leave a strategy out; may be repeated."),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but warnings and errors.")]
Json = Annotated[bool, typer.Option("--json", help="Print decision.json instead of the tables.")]
FinishedRun = Annotated[
    Path | None,
    typer.Argument(metavar="[RUN]", help="Folder of a finished run, instead of --priors."),
]
FromPage = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="REPORT",
        help="A report.html: its priors and settings, not --priors. Other options beat them.",
    ),
]
AnyPriors = Annotated[
    str | None,
    typer.Option(
        "--priors",
        metavar="FILE",
        help="Prior file: a path, or the name of a shipped one (see: decide priors list).",
    ),
]
