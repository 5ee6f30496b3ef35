"""Which quantities drive an outcome: on a function of independent inputs, or on joint draws.

`sobol` evaluates a function of independent inputs. `shapley`, `tornado` and `regional_sensitivity`
read joint draws, correlated as they are. A quantity's correlated companions move with it in all
three: `tornado` lets them follow, `shapley` shares out what they have in common, and
`regional_sensitivity` shows a quantity that does nothing itself but goes along with one that does.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from model.numerics.arguments.door import checked
from model.numerics.arguments.labelled import beside, dataset
from model.numerics.arguments.labelled import outcome as an_outcome
from model.numerics.arguments.scalars import function as a_function
from model.numerics.arguments.scalars import mapping, real, whole
from model.numerics.arguments.scalars import seed as a_seed
from model.numerics.arrays import Array
from model.numerics.labelled_draws import Column, Outcome, input_columns, unlabel
from model.numerics.standard_errors import error_of_sum
from model.numerics.threads import in_threads
from model.sensitivity import pick_freeze
from model.sensitivity import regional as two_samples
from model.sensitivity.conditional_curves import Ends, conditional_ends
from model.sensitivity.shapley_basis import input_basis
from model.sensitivity.shapley_effects import Effects, learning_orders, shapley_effects
from model.sensitivity.shapley_regression import degrees
from priors.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["regional_sensitivity", "shapley", "sobol", "tornado"]


#: Scramblings of `sobol`; the 97.5 % point of Student's t with one degree less. With 4, a sequence
#: gains more where it gains at all, but the t quantile of 3.18 makes every interval a third wider.
_SCRAMBLINGS = 8
_T = 2.3646242515927844
#: Points in each at least.
_FEWEST_POINTS = 8
#: Numbers in a sample at most (1 GB in all), and in all that the function is given (minutes).
_MOST_POINTS = 2**26
_MOST_NUMBERS = 2**33
#: Pairs of orders in which `shapley` learns the inputs.
_ORDER_PAIRS = 30
#: Threads of `shapley`: each holds about 0.3 GB at 65,536 draws.
_MOST_THREADS = 4
#: A Kolmogorov–Smirnov distance that is reached once in 20 times where there is no difference.
_KOLMOGOROV_95 = 1.3581015157406195


@checked(function=a_function, marginals=mapping, n=whole(), seed=a_seed)
def sobol(
    function: pick_freeze.Function,
    marginals: Mapping[str, pick_freeze.Quantile],
    n: int = 4096,
    seed: int = 0,
) -> "xr.Dataset":
    """First-order and total Sobol indices of a function of independent inputs.

    Parameters
    ----------
    function : callable
        (row, input) → (row,), or (row, output) for several outputs at once. What it raises passes
        through as it is.
    marginals : mapping
        Name of each input to its inverse distribution function, on arrays in (0, 1).
    n : int
        Base sample, a power of two from 64; the function is evaluated n · (inputs + 2) times.
    seed : int
        Of the scramblings.

    Returns
    -------
    Dataset
        Along ``input`` (and ``output``, where there are several): ``first_order``, the share of
        the variance that goes on average when the input becomes known; ``total_order``, the share
        that stays on average when all others become known; each with the ends ``_lower`` and
        ``_upper`` of a 95 % interval. NaN where an output does not vary. The attribute
        ``evaluations`` counts the function's rows.

    Raises
    ------
    InputError
        If `n` is no such power of two, there is no input, or the function's result has another
        shape.
    NumericalError
        If a point or a result is not finite.

    Notes
    -----
    The points are 8 independent scramblings of n / 8 points of a Sobol sequence. The estimates pool
    them; the intervals (jackknife over the scramblings, Student's t with 7 degrees of freedom) are
    as narrow as the sequence makes them. Measured on the functions of Ishigami and Sobol, over 400
    seeds at 256, 1,024 and 4,096 points: the intervals of each index hold the exact one in 93 to
    98 % of seeds, and the standard error is 0.91 to 1.10 times the true one. Estimators: A.
    Saltelli et al., Computer Physics Communications 181 (2010), 259; M. J. W. Jansen, ibid. 117
    (1999), 35.
    """
    import xarray as xr

    least = _FEWEST_POINTS * _SCRAMBLINGS
    if n < least or n & (n - 1):
        near = sorted({max(least, 1 << max(n, 1).bit_length() - up) for up in (1, 0)})
        raise InputError(
            f"n is {n}; a power of two is needed, such as {' or '.join(map(str, near))}"
        )
    if not marginals:
        raise InputError("no inputs given")
    _check_work(n, len(marginals))
    for name, quantile in marginals.items():
        a_function(f"the marginal of {name!r}", quantile)
    sums = pick_freeze.scramblings(function, marginals, n, _SCRAMBLINGS, seed)
    found = pick_freeze.indices(sums)
    dims = ("input", "output")
    variables = {}
    for name in ("first_order", "total_order"):
        value, se = getattr(found, name), getattr(found, f"{name}_se")
        variables[name] = (dims, value)
        variables[f"{name}_lower"] = (dims, value - _T * se)
        variables[f"{name}_upper"] = (dims, value + _T * se)
    result = xr.Dataset(
        variables,
        coords={"input": list(marginals)},
        attrs={"n": n, "evaluations": n * (len(marginals) + 2), "seed": seed, "interval": 0.95},
    )
    return result.isel(output=0) if sums[0].flat else result


def _check_work(n: int, inputs: int) -> None:
    """Refuse at once what would take hours, or more memory than machines have."""
    if n * inputs > _MOST_POINTS or n * inputs * (inputs + 2) > _MOST_NUMBERS:
        most = min(_MOST_POINTS // inputs, _MOST_NUMBERS // (inputs * (inputs + 2)))
        least = _FEWEST_POINTS * _SCRAMBLINGS
        if most < least:
            raise InputError(f"marginals: {inputs:,} inputs are too many")
        largest = 1 << most.bit_length() - 1
        raise InputError(f"n is {n:,}; with {inputs:,} inputs {largest:,} is the largest")


@checked(outcome=an_outcome("input", "shapley", "se", "explained"), inputs=dataset, seed=a_seed)
def shapley(
    outcome: "xr.DataArray", inputs: "xr.Dataset | Mapping[str, Any]", seed: int = 0
) -> "xr.Dataset":
    """Shapley effects from joint draws: shares of the variance, whatever the correlations.

    Parameters
    ----------
    outcome : DataArray
        Dimension ``draw``, maybe ``chain``, and others, such as ``player``, for several outcomes.
    inputs : Dataset or mapping
        Variables with the outcome's ``draw`` (and ``chain``), maybe its other dimensions too.
    seed : int
        Of the random orders in which the inputs are learnt.

    Returns
    -------
    Dataset
        Along ``input`` (and the outcome's other dimensions): ``shapley``, shares adding up to 1,
        and ``se``; without ``input``: ``explained``, the share of the outcome's variance that the
        regression explains in draws left out of it (below 0 where it is worse than the mean). NaN
        for an outcome that does not vary.

    Raises
    ------
    InputError
        If dimensions or draws do not match, or there are fewer than 64 draws.
    NumericalError
        If a value is not finite.

    Notes
    -----
    What a set of inputs explains is measured by one regression of the outcome on polynomials of
    each input and products of them, chosen by cross-validation
    (`model.sensitivity.shapley_regression`); the shares are shares of what it explains. In a linear
    Gaussian model that is exact (Owen and Prieur 2017). Elsewhere what it misses, ``1 −
    explained``, is left out: it may belong to any input, so that an input's share of the whole
    variance lies between ``shapley · explained`` and that plus ``1 − explained``; ``se`` holds
    sampling error only. It is measured across ``chain`` where there are 8 or more, so that
    scrambled Sobol points, each scrambling a chain, have the errors that they earn; the points of a
    single sequence without chains are taken as random, and ``se`` is then up to 36 times the true
    error (Ishigami's function, 16,384 points). Where the tails are so heavy that a few draws are
    most of the variance, no estimator knows its shares well: take the outcome's ranks then
    (``outcome.rank("draw")``), or a winsorized outcome. An estimate of a share near 0 may be
    slightly negative.
    """
    outcome, inputs = beside(outcome, inputs)
    bare = unlabel(outcome, inputs)
    found = list(input_columns(inputs, outcome, bare))
    names = list(map(str, inputs.data_vars))
    degree = degrees(len(names), len(bare.values))
    orders = learning_orders(len(names), _ORDER_PAIRS, seed)
    bases = _each(lambda one: input_basis(one.values, degree), found)

    def effects(column: int) -> Effects:
        own = [basis for one, basis in zip(found, bases, strict=True) if column in one.outcomes]
        return shapley_effects(bare.values[:, column], own, bare.starts, orders)

    results = _each(effects, range(bare.values.shape[1]))
    explained = np.array([one.explained for one in results])
    return _dataset(
        bare,
        names,
        shapley=np.stack([one.share for one in results], axis=-1),
        se=np.stack([one.se for one in results], axis=-1),
    ).assign(explained=bare.labelled(explained))


@checked(outcome=an_outcome("input", "low", "high", "mean"), inputs=dataset, low=real, high=real)
def tornado(
    outcome: "xr.DataArray",
    inputs: "xr.Dataset | Mapping[str, Any]",
    low: float = 0.1,
    high: float = 0.9,
) -> "xr.Dataset":
    """The outcome's conditional mean with each input at a low and at a high quantile.

    All other inputs keep their distribution given this one: what is correlated with it follows,
    nothing is frozen at a median. An event is taken at 0 and at 1.

    Parameters
    ----------
    outcome : DataArray or array (draw,)
        As for `shapley`.
    inputs : Dataset or mapping
        As for `shapley`.
    low : float
        Probability of the low quantile.
    high : float
        Probability of the high quantile.

    Returns
    -------
    Dataset
        Along ``input`` (and the outcome's other dimensions): ``low`` and ``high``, the conditional
        means, in the outcome's unit; ``swing``, high less low; each with its standard error
        ``_se``, across chains; ``low_value`` and ``high_value``, the input's quantiles. Without
        ``input``: ``mean``, of all draws.

    Raises
    ------
    InputError
        If the probabilities are not in order in (0, 1), dimensions or draws do not match, or there
        are fewer than 64 draws.
    NumericalError
        If a value is not finite.

    Notes
    -----
    A local quadratic regression on the input's normal score: two points of the curve from which
    switching values are read (`model.numerics.local_regression`).
    """
    if not 0.0 < low < high < 1.0:
        raise InputError(f"low and high are {low} and {high}; 0 < low < high < 1 is needed")
    outcome, inputs = beside(outcome, inputs)
    bare = unlabel(outcome, inputs)
    found = list(input_columns(inputs, outcome, bare))
    block = bare.block

    def means(one: Column) -> Ends:
        return conditional_ends(one.values, bare.values[:, one.outcomes], block, (low, high))

    shape = (len(inputs.data_vars), bare.values.shape[1])
    table = {name: np.empty(shape) for name in ("low", "high", "swing")}
    table |= {f"{name}_se": np.empty(shape) for name in table}
    table |= {name: np.empty(shape) for name in ("low_value", "high_value")}
    for one, at in zip(found, _each(means, found), strict=True):
        cells = one.position, one.outcomes
        values = {"low": at.mean[0], "high": at.mean[1], "swing": at.mean[1] - at.mean[0]}
        errors = (at.error[:, 0], at.error[:, 1], at.error[:, 1] - at.error[:, 0])
        for (name, value), error in zip(values.items(), errors, strict=True):
            table[name][cells] = value
            table[f"{name}_se"][cells] = error_of_sum(error)
        table["low_value"][cells], table["high_value"][cells] = at.value
    names = list(map(str, inputs.data_vars))
    return _dataset(bare, names, **table).assign(mean=bare.labelled(bare.values.mean(axis=0)))


@checked(outcome_is_better=an_outcome("input"), inputs=dataset)
def regional_sensitivity(
    outcome_is_better: "xr.DataArray", inputs: "xr.Dataset | Mapping[str, Any]"
) -> "xr.Dataset":
    """Which inputs tell the draws where an outcome is better from those where it is not.

    Regional sensitivity analysis (Hornberger and Spear 1981): an input matters to the sign of the
    decision as far as its distribution differs between the two groups of draws.

    Parameters
    ----------
    outcome_is_better : DataArray
        True or False; dimensions as the outcome of `shapley`.
    inputs : Dataset or mapping
        As for `shapley`.

    Returns
    -------
    Dataset
        Along ``input`` (and the outcome's other dimensions): ``distance``, the Kolmogorov–Smirnov
        distance of the two groups (0: alike, 1: apart), ``se``, ``at``, the input's value at which
        the two distribution functions are farthest apart, ``median_better`` and ``median_worse``.
        Without ``input``: ``probability_better``, and ``null``, the distance that an input of no
        influence exceeds once in 20 times. NaN where all draws are in one group.

    Raises
    ------
    InputError
        If dimensions or draws do not match, or there are fewer than 64 draws.
    NumericalError
        If a value is not finite.

    Notes
    -----
    The distance is a largest difference and so never 0 by chance: compare it with ``null``, which
    is for independent draws; for quasi-random draws it is an upper bound.
    """
    outcome, inputs = beside(outcome_is_better, inputs)
    bare = unlabel(outcome, inputs)
    better = np.ascontiguousarray(bare.values.T > 0.0)
    found = list(input_columns(inputs, outcome, bare))

    def distances(one: Column) -> list[two_samples.Distance]:
        return [two_samples.distance(one.values, better[k], bare.starts) for k in one.outcomes]

    names = ("distance", "se", "at", "median_better", "median_worse")
    table = {name: np.empty((len(inputs.data_vars), len(better))) for name in names}
    for one, row in zip(found, _each(distances, found), strict=True):
        for column, at in zip(one.outcomes, row, strict=True):
            cell = one.position, column
            for name, value in zip(names, (at.distance, at.se, at.at, *at.medians), strict=True):
                table[name][cell] = value
    count, draws = better.sum(axis=1), better.shape[1]
    with np.errstate(divide="ignore"):
        null = _KOLMOGOROV_95 * np.sqrt(1.0 / count + 1.0 / (draws - count))
    return _dataset(bare, list(map(str, inputs.data_vars)), **table).assign(
        probability_better=bare.labelled(better.mean(axis=1)),
        null=bare.labelled(np.where(np.isfinite(null), null, np.nan)),
    )


def _dataset(bare: Outcome, names: list[str], **tables: Array) -> "xr.Dataset":
    """Tables (input, column) as a Dataset along ``input`` and the outcome's dimensions."""
    import xarray as xr

    return xr.Dataset({key: bare.labelled(value, input=names) for key, value in tables.items()})


def _each[T, R](work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """Do the same to each item, in threads, each with one thread for its linear algebra.

    So the result does not depend on the number of cores, and small matrices are not slowed down
    by threads that wait for each other.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(limits=1, user_api="blas"):
        return in_threads(work, items, most=_MOST_THREADS)
