"""Write which column of the Sobol sequence each dimension of the sampler is drawn from.

The columns of a Sobol sequence are not alike: some pairs of them leave large holes for as many
draws as a chain has. So the quantities that matter most get the columns that go best together.
They choose one after the other, the most important first; each takes the column that makes the
variance of a scrambled estimate smallest, for a sum over players of products over the quantities
of the industry and of that player alone: what two players have of their own hardly ever meets in a
payoff.

That variance is a sum over points of products of kernels that know only how many of a coordinate's
leading digits are 0: see J. Dick and F. Pillichshammer (2010), "Digital Nets and Sequences", on
digital shifts and scrambling.

    uv run scripts/sobol_columns.py
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from model.numerics.arrays import Array
from model.sampling.dimensions import dimension
from model.sampling.sobol_sequence import MAX_DIMENSIONS, direction_numbers
from priors.registry.selection import select

TABLE = Path(__file__).parents[1] / "model" / "sampling" / "sobol_columns.txt"

HEADER = """\
# Which column of the Sobol sequence each dimension of the sampler is drawn from, in the order of
# dimensions; of prior files of the second edition. Made by scripts/sobol_columns.py.
"""

#: Part of the variance of exit − stay that each quantity has a hand in, on base.toml without real
#: options: the mean of its total effects over players. The others have less.
IMPORTANCE = {
    "market.size_2033": 0.45,
    "player.attractiveness": 0.23,
    "player.fixed_cost": 0.15,
    "player.salvage": 0.12,
    "player.synergy": 0.11,
    "market.fixed_cost_elasticity": 0.09,
    "player.discount_rate": 0.085,
    "robotics.profit_pool": 0.05,
    "competition.markup": 0.046,
    "player.robotics_capture": 0.045,
    "player.valuation": 0.035,
    "market.growth_fade": 0.032,
    "robotics.years_to_revenue": 0.031,
    "market.ceiling": 0.025,
    "robotics.success": 0.017,
    "player.funding": 0.017,
    "player.robotics_uplift": 0.0155,
    "player.robotics_complement": 0.015,
    "player.cost_ratio": 0.014,
    "player.compute_opportunity": 0.012,
    "player.consumer_subsidy_2026": 0.011,
    "ipo.delay_years": 0.0105,
    "competition.fringe_attractiveness": 0.01,
    "compute.scarcity_half_life": 0.008,
    "competition.fringe_growth": 0.008,
    "competition.commoditization_rate": 0.008,
    "market.size_2025": 0.0075,
    "competition.price_2026": 0.007,
    "compute.cost_gap_half_life": 0.006,
    "compute.chip_cost_decline": 0.006,
    "competition.share_half_life": 0.0055,
    "ipo.valuation_impact": 0.005,
    "compute.unit_cost_2026": 0.005,
    "player.price_premium": 0.005,
    "player.weight_2026": 0.005,
    "player.legal_loss": 0.005,
}
_LITTLE = 0.002
#: Share of the importance that a product is given: with so little, pairs count and triples hardly.
_WEIGHT = 0.1
#: Players who choose together: as many as the shipped file has.
_GROUP = 8
#: Binary logarithm of the number of draws a chain that the columns are to serve.
_SIZE = 12


def slots() -> Iterator[tuple[int, int | None, float]]:
    """Dimension, player (None for the industry) and importance of each quantity, best first."""
    quantities = select()
    ranked = sorted(quantities.every, key=lambda one: -IMPORTANCE.get(one.name, _LITTLE))
    per_player = len(quantities.of_player)
    players = (MAX_DIMENSIONS - len(quantities.shared)) // per_player
    for first in range(0, players, _GROUP):
        group = range(first, min(first + _GROUP, players))
        for quantity in ranked:
            own = quantity in quantities.of_player
            for player in group if own else [None] * (first == 0):
                place = dimension(quantities, quantity.name, player)
                yield place, player, IMPORTANCE.get(quantity.name, _LITTLE)


def kernels() -> Array:
    """Covariance of a scrambled coordinate at each point with the first: (column, point).

    1 for the first point with itself.
    """
    directions = direction_numbers(range(MAX_DIMENSIONS)).astype(np.int64)
    points = np.zeros((MAX_DIMENSIONS, 1 << _SIZE), np.int64)
    for bit in range(_SIZE):
        points[:, 1 << bit : 2 << bit] = points[:, : 1 << bit] ^ directions[:, bit, None]
    leading_zeros = 32 - np.frexp(points.astype(float))[1]
    covariance: Array = np.where(points > 0, 1.0 - 6.0 * 0.5 ** (leading_zeros + 2.0), 1.0)
    return covariance


class Products:
    """The products so far of each point, of the industry's quantities and of each player's own."""

    def __init__(self) -> None:
        self.kernels = kernels()
        self.shared = np.ones(1 << _SIZE)
        self.own: dict[int, Array] = {}

    def variances(self, player: int | None) -> Array:
        """Of an estimate if a further quantity is drawn from each column, up to a constant."""
        if player is None:
            weights = self.shared * (np.mean(list(self.own.values()), axis=0) if self.own else 1.0)
        else:
            weights = self.shared * self.own.setdefault(player, np.ones_like(self.shared))
        return self.kernels @ weights

    def add(self, player: int | None, column: int, importance: float) -> None:
        """Take in a quantity drawn from a column."""
        factor = 1.0 + _WEIGHT * importance * self.kernels[column]
        if player is None:
            self.shared *= factor
        else:
            self.own[player] *= factor


def columns() -> list[int]:
    """Column of each dimension (dimension,): each is taken once."""
    chosen: dict[int, int] = {}
    products, taken = Products(), np.zeros(MAX_DIMENSIONS)
    for place, player, importance in slots():
        chosen[place] = int(np.argmin(products.variances(player) + taken))
        taken[chosen[place]] = np.inf
        products.add(player, chosen[place], importance)
    rest = iter(np.flatnonzero(taken == 0.0).tolist())
    return [chosen[place] if place in chosen else next(rest) for place in range(MAX_DIMENSIONS)]


def main() -> None:
    """Write the table."""
    numbers = [str(column) for column in columns()]
    lines = [" ".join(numbers[start : start + 16]) for start in range(0, MAX_DIMENSIONS, 16)]
    TABLE.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TABLE.name}: {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
