"""The best strategy of a decision against the next: what the sensitivities are of."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from model.analyses.problems import Case
from model.economics.strategies import STRATEGY_NAMES
from model.numerics.standard_errors import is_resolved, mcse

__all__ = ["Comparison", "comparison"]

type Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The two strategies with the highest expected payoffs.

    Attributes
    ----------
    best, next : int
        Their places among the strategies.
    lead : array (chain, draw)
        Payoff of the best less that of the next.
    """

    best: int
    next: int
    lead: Array

    def described(self) -> dict[str, Any]:
        """Which they are, and by how much the best leads."""
        chains = self.lead.mean(axis=1)
        error = mcse(chains)
        return {
            "best": STRATEGY_NAMES[self.best],
            "next": STRATEGY_NAMES[self.next],
            "resolved": is_resolved(float(chains.mean()), error),
            "best_minus_next": float(chains.mean()),
            "best_minus_next_se": error,
        }


def comparison(case: Case, place: int) -> Comparison:
    """The comparison in the decision at `place` of a case."""
    payoffs = case.payoffs[:, place]
    order = np.argsort(-payoffs.mean(axis=0), kind="stable")
    best, following = int(order[0]), int(order[1])
    chains = case.npv.sizes["chain"]
    lead = (payoffs[:, best] - payoffs[:, following]).reshape(chains, -1)
    return Comparison(best, following, lead)
