"""What the Sobol points give: the variance of exit − stay against independent draws.

    uv run python -m benchmarks.points [--draws 65536] [--seeds 20] [--write]

The variance of a mean over one chain's draws is measured across chains, of several seeds, and
divided by what as many independent draws would give, the variance of a draw over their number.
1/10 is worth ten times the draws. "By number" draws each dimension from the Sobol column of its own
number, as the sampler did up to version 2. `--write` puts the table into docs/performance.md.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from model.numerics.arrays import Array
from model.sampling.defaults import (
    DEFAULT_CHAINS,
    DEFAULT_DRAWS,
    EARLIER_SAMPLER,
    RIVALS_RESPOND,
    RIVALS_STAY,
    SAMPLERS,
)
from model.simulation.simulate import simulate
from priors.reading.load import load_priors
from priors.reading.records import Priors
from scripts.document import write_part

__all__ = ["main", "ratios", "table"]

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
_MARKER = "points"
#: Column of the table to sampler, whether there are options, what rivals do, and share of seeds.
_RUNS = {
    "no options, by number": (EARLIER_SAMPLER, False, RIVALS_STAY, 1.0),
    "no options": (SAMPLERS[0], False, RIVALS_STAY, 1.0),
    "options, rivals stay": (SAMPLERS[0], True, RIVALS_STAY, 0.5),
    "options, rivals respond": (SAMPLERS[0], True, RIVALS_RESPOND, 0.5),
}


def ratios(
    priors: Priors,
    draws: int,
    seeds: Sequence[int],
    *,
    sampler: str = SAMPLERS[0],
    options: bool = False,
    rivals: str = RIVALS_STAY,
) -> Array:
    """Variance of mean exit − stay over that of as many independent draws.

    Parameters
    ----------
    priors : Priors
        From `load_priors`.
    draws : int
        Of a run, over all chains.
    seeds : sequence of int
        Of the runs.
    sampler, options, rivals
        As `simulate` takes them.

    Returns
    -------
    array (player,)
        Below 1 where the points are better than independent ones.
    """
    of_means, of_draws = [], []
    for seed in seeds:
        run = simulate(priors, draws, seed, sampler=sampler, options=options, rivals=rivals)
        npv = run["payoff"]["npv"]
        ahead = npv.sel(strategy="exit", drop=True) - npv.sel(strategy="stay", drop=True)
        of_means.append(ahead.mean("draw").var("chain", ddof=1).values)
        of_draws.append(ahead.var("draw", ddof=1).mean("chain").values)
    per_chain = draws // DEFAULT_CHAINS
    found: Array = np.mean(of_means, axis=0) / (np.mean(of_draws, axis=0) / per_chain)
    return found


def table(players: Sequence[str], columns: dict[str, Array]) -> str:
    """The ratios as fractions, in Markdown, players going down.

    Parameters
    ----------
    players : sequence of str
        Their names.
    columns : dict of str to array (player,)
        Heading to ratios.

    Returns
    -------
    str
    """
    rows = [["player", *columns], ["---"] * (len(columns) + 1)]
    rows += [
        [name, *(_fraction(column[place]) for column in columns.values())]
        for place, name in enumerate(players)
    ]
    rows.append(["**median**", *(_fraction(float(np.median(c))) for c in columns.values())])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _fraction(ratio: float) -> str:
    return f"1/{1.0 / ratio:.1f}"


def main(words: Sequence[str] | None = None) -> None:
    """Print the table, and write it where that is asked for.

    Parameters
    ----------
    words : sequence of str, optional
        The command line's.
    """
    parser = argparse.ArgumentParser(prog="points", description=__doc__.partition("\n")[0])
    parser.add_argument("--priors", default="base.toml")
    parser.add_argument("--draws", type=int, default=DEFAULT_DRAWS)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.name}")
    asked = parser.parse_args(words)
    priors, columns = load_priors(asked.priors), {}
    for heading, (sampler, options, rivals, share) in _RUNS.items():
        seeds = range(1, 1 + max(1, round(share * asked.seeds)))
        columns[heading] = ratios(
            priors, asked.draws, seeds, sampler=sampler, options=options, rivals=rivals
        )
    text = table([player.label for player in priors.players], columns)
    print(text)
    if asked.write:
        write_part(PAGE, _MARKER, text)


if __name__ == "__main__":
    main()
