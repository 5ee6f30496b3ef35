"""What PyTensor cannot write as a graph, called from one: the economics, and numerical inverses.

PyTensor's default backend compiles a graph with Numba and calls Ops that it does not know from
there as Python. That is what is wanted here, so it is registered, and gives no warning.
"""

import warnings
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pytensor.tensor as pt
from pytensor.gradient import grad_not_implemented
from pytensor.graph.basic import Apply
from pytensor.graph.op import Op
from pytensor.link.numba.dispatch.basic import generate_fallback_impl, numba_funcify
from scipy import special

from model.economics import kernel
from model.economics.components import COMPONENT_NAMES
from model.economics.neutral import complete_globals, complete_players
from model.economics.operations import factors_of
from model.economics.strategies import STRATEGIES, Strategy
from model.numerics.arrays import Array
from model.sampling.quantile_functions import LARGEST_SCORE
from priors.distributions.distribution import Distribution
from priors.registry.selection import Selection, select

__all__ = ["Called", "DistributionFunction", "MixtureQuantile", "Payoff", "mixture_quantiles"]


_NODES_PER_UNIT = 80
#: Points of each bracket that are looked at together: one pass of NumPy narrows it this far.
_SECTIONS = 64
_PASSES = 12
#: In a bracket as narrow as this, relative to its place, a chord is as good as the curve.
_NARROW = 1e-8


class Payoff(Op):  # type: ignore[misc]  # PyTensor's Op has no type
    """Every payoff of one joint draw, by the serial kernel.

    Inputs: ``globals_`` (stated global quantity,) and ``players`` (player, stated player quantity),
    in the order and units of `quantities`. Outputs, USD billion: components (player, strategy,
    component), and their sums, the NPV (player, strategy), without the real options and with
    rivals who stay. It has no gradient.

    Parameters
    ----------
    strategies : tuple of Strategy
        Those compared; by default those that every file has.
    quantities : Selection, optional
        Those of the prior file; what it lacks of the registry takes its neutral value. By default
        all of the registry.
    """

    __props__ = ("strategies", "quantities")

    def __init__(
        self, strategies: tuple[Strategy, ...] = STRATEGIES, quantities: Selection | None = None
    ) -> None:
        self.strategies = strategies
        self.quantities = select() if quantities is None else quantities
        self._factors = factors_of(strategies, [one.key for one in self.quantities.factors])

    def make_node(self, globals_: Any, players: Any) -> Any:
        """Apply it to two tensors.

        Parameters
        ----------
        globals_ : tensor (stated global quantity,)
            In the registry's units.
        players : tensor (player, stated player quantity)
            In the registry's units.

        Returns
        -------
        Apply
        """
        globals_ = pt.as_tensor(globals_, dtype="float64")
        players = pt.as_tensor(players, dtype="float64")
        shape = (players.type.shape[0], len(self.strategies))
        components = pt.tensor(dtype="float64", shape=(*shape, len(COMPONENT_NAMES)))
        return Apply(
            self, [globals_, players], [components, pt.tensor(dtype="float64", shape=shape)]
        )

    def perform(self, _node: Any, inputs: Any, output_storage: Any) -> None:
        """Evaluate one draw.

        Parameters
        ----------
        _node : Apply
            Not used.
        inputs : list of array
            The two inputs.
        output_storage : list of list
            Filled with both outputs.
        """
        globals_, players = inputs
        components, npv = kernel.evaluate(
            complete_globals(globals_[:, None], self.quantities),
            complete_players(players[:, :, None], self.quantities),
            factors=self._factors,
            serial=True,
        )
        output_storage[0][0], output_storage[1][0] = components[0], npv[0]

    def pullback(self, inputs: Any, _outputs: Any, _cotangents: Any) -> list[Any]:
        """There is none: the funding limit makes payoffs jump.

        Parameters
        ----------
        inputs : list of tensor
            The two inputs.
        _outputs : list of tensor
            Not used.
        _cotangents : list of tensor
            Not used.

        Returns
        -------
        list of tensor
            They raise an error once a gradient is taken.
        """
        reason = "payoffs jump where funding runs out; condition on quantities, not on payoffs"
        return [grad_not_implemented(self, place, x, reason) for place, x in enumerate(inputs)]


class _OfNumbers(Op):  # type: ignore[misc]  # PyTensor's Op has no type
    """A function of numbers (n,), to numbers (n,)."""

    def make_node(self, x: Any) -> Any:
        x = pt.as_tensor(x, dtype="float64")
        return Apply(self, [x], [x.type()])

    def pullback(self, inputs: Any, _outputs: Any, _cotangents: Any) -> list[Any]:
        return [grad_not_implemented(self, 0, inputs[0], "its user states the slope")]


class _OfDistribution(_OfNumbers):
    """A function that a distribution gives."""

    __props__ = ("distribution",)

    def __init__(self, distribution: Distribution) -> None:
        self.distribution = distribution


class MixtureQuantile(_OfDistribution):
    """Quantiles (n,) of a mixture at normal scores (n,)."""

    def perform(self, _node: Any, inputs: Any, output_storage: Any) -> None:
        """Solve for each.

        Parameters
        ----------
        _node : Apply
            Not used.
        inputs : list of array (n,)
            The scores.
        output_storage : list of list
            Filled with the quantiles.
        """
        output_storage[0][0] = mixture_quantiles(self.distribution, inputs[0])


class DistributionFunction(_OfDistribution):
    """Probabilities (n,) of values up to (n,)."""

    def perform(self, _node: Any, inputs: Any, output_storage: Any) -> None:
        """Compute each.

        Parameters
        ----------
        _node : Apply
            Not used.
        inputs : list of array (n,)
            The values.
        output_storage : list of list
            Filled with the probabilities.
        """
        output_storage[0][0] = self.distribution.cdf(inputs[0])


class Called(_OfNumbers):
    """A NumPy function of fixed numbers (n,) or (1,) and of numbers (n,)."""

    __props__ = ("function", "fixed")

    def __init__(self, function: Callable[[Array, Array], Array], fixed: Array) -> None:
        self.function = function
        self.fixed = tuple(fixed.tolist())

    def perform(self, _node: Any, inputs: Any, output_storage: Any) -> None:
        """Call it.

        Parameters
        ----------
        _node : Apply
            Not used.
        inputs : list of array (n,)
            The numbers that vary.
        output_storage : list of list
            Filled with the function's values.
        """
        output_storage[0][0] = self.function(np.array(self.fixed), inputs[0])


def _called_as_python(op: Op, node: Any, **kwargs: Any) -> Any:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Numba will use object mode", UserWarning)
        return generate_fallback_impl(op, node, **kwargs)


numba_funcify.register(Payoff, _called_as_python)
numba_funcify.register(_OfNumbers, _called_as_python)


@lru_cache(maxsize=4096)
def _brackets(mixture: Distribution) -> Array:
    """Quantiles (node,) at equidistant scores: the ends of brackets."""
    half = int(LARGEST_SCORE * _NODES_PER_UNIT)
    return mixture.from_score(np.arange(-half, half + 1) / _NODES_PER_UNIT)


def mixture_quantiles(mixture: Distribution, scores: Array) -> Array:
    """Quantiles (n,) of a mixture at normal scores (n,): a few at a time, and soon.

    The same as ``mixture.from_score`` up to rounding, for scores in a table's range in a tenth of
    its time: the bracket from the table is cut into sections, all looked at together, until it is
    so narrow that its chord will do.

    Parameters
    ----------
    mixture : Distribution
        With components.
    scores : array (n,)
        Standard normal.

    Returns
    -------
    array (n,)
        In the quantity's unit.
    """
    nodes = _brackets(mixture)
    place = np.floor((scores + LARGEST_SCORE) * _NODES_PER_UNIT).astype(np.int64)
    if np.any(place < 0) or np.any(place > len(nodes) - 2):
        return mixture.from_score(scores)
    # Rounding may have put a node a hair to the wrong side: take the cells beside it too.
    low, high = nodes[np.maximum(place - 1, 0)], nodes[np.minimum(place + 2, len(nodes) - 1)]
    goal, step = special.ndtr(scores)[:, None], np.linspace(0.0, 1.0, _SECTIONS + 1)
    rows = np.arange(len(scores))
    for _ in range(_PASSES):
        x = low[:, None] + (high - low)[:, None] * step
        reached = mixture.cdf(x)
        first = np.clip((reached < goal).sum(axis=1), 1, _SECTIONS)
        low, high = x[rows, first - 1], x[rows, first]
        if np.all(high - low <= _NARROW * np.maximum(np.abs(low), np.abs(high))):
            break
    below, above = reached[rows, first - 1], reached[rows, first]
    rise = above - below
    share = np.where(rise > 0.0, (goal[:, 0] - below) / np.where(rise > 0.0, rise, 1.0), 1.0)
    return np.asarray(low + (high - low) * np.clip(share, 0.0, 1.0))
