"""The best strategy of a decision against the next: what the sensitivities are of."""

from dataclasses import dataclass

import numpy as np

from model.analyses.problems import Case
from model.analyses.results.drivers import Lead
from model.analyses.results.record import Figure
from model.numerics.arrays import Array

__all__ = ["Comparison", "comparison"]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The two strategies with the highest expected payoffs.

    Attributes
    ----------
    best, next : int
        Their places among the strategies.
    lead : array (chain, draw)
        Payoff of the best less that of the next.
    strategies : tuple of str
        Names of all that are compared, in their order.
    """

    best: int
    next: int
    lead: Array
    strategies: tuple[str, ...]

    def described(self) -> Lead:
        """Which they are, and by how much the best leads.

        Returns
        -------
        Lead
            Their names, and the mean lead, USD billion, with its standard error across the
            chains.
        """
        lead = Figure.mean(self.lead.mean(axis=1))
        return Lead(
            best=self.strategies[self.best],
            next=self.strategies[self.next],
            resolved=lead.resolved,
            best_minus_next=lead,
        )


def comparison(case: Case, place: int) -> Comparison:
    """The comparison in the decision at `place` of a case.

    Parameters
    ----------
    case : Case
        Decisions with their payoffs.
    place : int
        Place of the decision in `case.names`.

    Returns
    -------
    Comparison
        Of two strategies with equal means the one that is listed first is the best.
    """
    payoffs = case.payoffs[:, place]
    order = np.argsort(-payoffs.mean(axis=0), kind="stable")
    best, following = int(order[0]), int(order[1])
    chains = case.npv.sizes["chain"]
    lead = (payoffs[:, best] - payoffs[:, following]).reshape(chains, -1)
    return Comparison(best, following, lead, case.strategies)
