"""A run in one piece where memory holds it, and in blocks where it does not."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from model.analyses.blocks.arguments import RUN
from model.analyses.blocks.memory import check_memory, in_one_piece, kept_per_chain
from model.analyses.blocks.payoffs import StoredPayoffs
from model.analyses.blocks.quantities import QuantityFigures
from model.analyses.blocks.ranges import SumsByRange
from model.analyses.blocks.summary import ENDS, summary_group
from model.analyses.columns import Columns, columns_of
from model.analyses.decision import decided
from model.analyses.judgement import judge, rows_of
from model.analyses.results.decision import Judgement
from model.analyses.results.record import plain
from model.economics.strategies import STAY, compared
from model.numerics.arguments.door import checked
from model.numerics.arrays import Array
from model.numerics.forks import check_fork
from model.numerics.scratch import Scratch, check_room
from model.numerics.standard_errors import mcse_of_each
from model.sampling.defaults import (
    DEFAULT_CHAINS,
    DEFAULT_DRAWS,
    DEFAULT_SEED,
    RIVALS_RESPOND,
)
from model.sampling.draws import Draws
from model.sampling.size import check_seed, check_size
from model.simulation import simulate as simulation
from model.simulation.blocks import Plan, evaluate_in_blocks
from priors.reading.records import Priors

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["simulate"]

#: Told the share of the work that is done.
type Progress = Callable[[float], None]

#: Part of the work that is making the draws and their payoffs; the rest is judging them.
_MAKING = 0.75


@checked(**RUN)
def simulate(  # noqa: PLR0913  # a public signature: all but three by keyword
    priors: Priors,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    chains: int = DEFAULT_CHAINS,
    sampler: str = "sobol",
    *,
    options: bool = True,
    rivals: str = RIVALS_RESPOND,
    without: Sequence[str] = (),
    progress: Progress | None = None,
) -> "xr.DataTree":
    """Draw from the joint prior and value every strategy of every player on the same draws.

    Parameters
    ----------
    priors : Priors
        From `load_priors`.
    draws : int
        Total over the chains; for ``sobol`` a power of two a chain.
    seed : int
        The same seed gives the same bytes on any number of cores.
    chains : int
        Independent randomizations, 4 or more: the Monte Carlo standard error is measured across
        them.
    sampler : {"sobol", "random"}
        Scrambled Sobol points, or independent pseudo-random ones.
    options : bool
        Whether players may leave later and come back.
    rivals : {"respond", "stay"}
        Whether rivals leave by their own rules, or all stay. Without `options` all stay.
    without : sequence of str
        Names of strategies that are not compared.
    progress : callable, optional
        Called with the share of the work that is done, from 0 to 1.

    Returns
    -------
    xarray.DataTree
        Group ``prior``: every quantity, (chain, draw) or (chain, draw, player). Group ``payoff``:
        ``npv`` (chain, draw, player, strategy), USD billion. With `options` also group ``option``:
        the year index ``timing`` (chain, draw, player, strategy) at whose end a real option is
        used, -1 for never, and the ``payoff`` of using it. Where rivals respond, also
        ``presence``: the ``last`` year in which each is there, and ``rivals_stay``: the ``npv``
        where none ever leaves. What has no draws stands in groups of its own: ``component`` has
        ``component_mean`` and ``component_mcse`` (player, strategy, component), ``option_value``
        the ``value`` of each real option with bounds (player, strategy), ``industry`` bands over
        the years of market, price, cost, shares and margins.

        More than 262,144 draws without `options` are made in blocks. ``prior`` and ``payoff`` then
        hold the first draws of each chain, 65,536 in all, whose number the attribute ``kept``
        states; the group ``whole`` holds what `decision` and ``summary.csv`` say of all of them,
        and the components are of all draws.

    Raises
    ------
    InputError
        Where the size or the sampler is impossible, a strategy cannot be left out, or neither
        memory nor scratch files have room for so many draws; or in a process that was forked while
        another thread was at work.
    NumericalError
        Where a draw's payoff is not finite: with the player and that draw's quantities.
    """
    check_fork()
    check_size(draws, chains, sampler)
    check_seed(seed)
    check_memory(priors, draws, options=options)
    if options or in_one_piece(draws):
        return simulation.simulate(
            priors,
            draws,
            seed,
            chains,
            sampler,
            options=options,
            rivals=rivals,
            without=without,
            progress=progress,
        )
    plan = Plan(
        priors, compared(priors.strategies, without), draws // chains, chains, seed, sampler
    )
    kept = kept_per_chain(plan.per_chain, chains) * chains
    check_room(chains, plan.cells, plan.per_chain)
    run = simulation.simulate(priors, kept, seed, chains, sampler, options=False, without=without)
    run.attrs |= {"draws": draws, "kept": kept}
    _add_whole(run, plan, progress or (lambda _: None))
    return run


def _add_whole(run: "xr.DataTree", plan: Plan, progress: Progress) -> None:
    """Put into a run that keeps a sample what is said of all its draws."""
    import xarray as xr

    ranges, quantities = SumsByRange(plan), QuantityFigures(plan, ENDS)

    def visit(chain: int, drawn: Draws, npv: Array) -> None:
        ranges.add(chain, drawn, npv)
        quantities.add(chain, drawn)

    with Scratch(plan.chains, plan.cells, plan.per_chain) as scratch:
        means = evaluate_in_blocks(plan, scratch, visit, lambda done: progress(_MAKING * done))
        payoffs = [StoredPayoffs(plan.strategies, scratch, [k]) for k in range(plan.cells[0])]
        columns = []
        for own in payoffs:
            columns.append(columns_of(partial(rows_of, own), own.chains))
            progress(_MAKING + (1.0 - _MAKING) * 0.5 * len(columns) / len(payoffs))
        verdict = _judge(run, plan, scratch, ranges, columns)
    table = summary_group(plan, columns, quantities.figures())
    parts = run["component"].to_dataset()
    parts["component_mean"] = parts["component_mean"].copy(data=means.mean(axis=0))
    parts["component_mcse"] = parts["component_mcse"].copy(data=mcse_of_each(means))
    run["component"] = xr.DataTree(parts)
    run["whole"] = xr.DataTree(table.assign(decision=((), np.array(json.dumps(verdict)))))
    progress(1.0)


def _judge(
    run: "xr.DataTree",
    plan: Plan,
    scratch: Scratch,
    ranges: SumsByRange,
    columns: Sequence[Columns],
) -> dict[str, object]:
    """The decision of all draws, as in ``decision.json``."""
    players = [player.name for player in plan.priors.players]

    def judge_members(members: Sequence[str], player: str | None) -> Judgement:
        del player
        places = [players.index(name) for name in members]
        own = StoredPayoffs(plan.strategies, scratch, places)
        known = columns[places[0]] if len(places) == 1 else None
        return judge(own, ranges.levers(places), columns=known)

    def staying(player: str) -> Iterator[Array]:
        own = StoredPayoffs(plan.strategies, scratch, [players.index(player)])
        return (own.column(chain, STAY) for chain in range(plan.chains))

    return plain(decided(run.attrs, plan.strategies, judge_members, staying, players))
