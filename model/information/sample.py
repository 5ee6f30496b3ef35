"""What a study is worth before it is done: it observes some quantities, with error.

The expected value of sample information (EVSI) is that of knowing the study's data. The data are
simulated once for each draw, from its quantities; what the payoffs are expected to be given the
data is then a regression like any other (Strong, Oakley, Brennan and Breeze 2015), and the rule
that decides by it is judged as in `model.information.perfect`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from model.information.arrays import Frame, arrange, check_payoffs
from model.information.estimate import Estimate, Progress, values_of
from model.numerics.arguments.door import checked
from model.numerics.arguments.labelled import SAMPLE, beside, dataset, payoffs
from model.numerics.arguments.scalars import found, maybe, real, switch
from model.numerics.arguments.scalars import seed as whole_seed
from model.numerics.arrays import Array
from priors.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["enbs", "evsi", "evsi_curve"]

#: Simulates a study's summary statistics for each draw.
type Simulator = Callable[["xr.Dataset", np.random.Generator], Any]

_ERRORS = ("normal", "lognormal")
_KEYS = ("observe", "error", "sd")
#: Key of the random numbers of studies.
_STUDY = 0x45565349


@checked(
    npv=payoffs("study", "evsi", "se", "method"),
    inputs=dataset,
    seed=whole_seed,
    trees=maybe(switch),
)
def evsi(
    npv: "xr.DataArray",
    inputs: "xr.Dataset",
    study: "Mapping[str, Any] | Simulator",
    *,
    seed: int = 0,
    trees: bool | None = None,
) -> "xr.Dataset":
    """Expected value of sample information of a study.

    Parameters
    ----------
    npv : DataArray
        Payoffs, dimensions ``draw``, ``strategy``, maybe ``chain`` and more.
    inputs : Dataset
        What is uncertain, on the same draws.
    study : mapping or callable
        ``{"observe": name, "error": "normal", "sd": x}`` observes that input plus a normal error
        of standard deviation x in the input's unit; with ``"lognormal"``, times the exponential
        of a normal error of standard deviation x. A function ``study(inputs, rng)`` returns the
        summary statistics that the study would give for each draw, as a DataArray, a Dataset, or
        a mapping of names to DataArrays, drawing its errors from the `numpy.random.Generator`;
        what it raises passes through as it is.
    seed : int
        Seed of the study's errors.
    trees : bool, optional
        As in `model.information.perfect.evppi`, where there are several statistics.

    Returns
    -------
    Dataset
        ``evsi``, ``se`` and ``method``, as from `model.information.perfect.evppi`.

    Raises
    ------
    InputError
        As `model.information.perfect.evppi`; where the study observes no input, has an unknown
        key or error, a negative standard deviation, or a lognormal error on a quantity that is
        not positive.
    """
    npv, inputs = beside(check_payoffs(npv), inputs, "strategy")
    frame, rng = arrange(npv, inputs), _generator(seed)
    if not isinstance(study, Mapping) and not callable(study):
        raise InputError(f"study is {found(study)}; a mapping or a function is expected")
    if callable(study):
        columns = [_columns_of(frame, npv, study(inputs.copy(deep=True), rng))]
    else:
        quantity, error, sd = _checked(study, inputs)
        places = _places_by_content(quantity)
        datum = _observed(quantity.isel(places), error, sd, rng)
        datum = datum.isel({dim: np.argsort(order) for dim, order in places.items()})
        columns = [[frame.column(datum)]]
    (estimate,) = values_of(frame.payoffs, columns, trees=_trees(frame, trees))
    return frame.labelled("study", [0], _figures([estimate])).isel(study=0, drop=True)


@checked(npv=payoffs("sd", "evsi", "se", "method", "enbs"), inputs=dataset, seed=whole_seed)
def evsi_curve(
    npv: "xr.DataArray",
    inputs: "xr.Dataset",
    study: Mapping[str, Any],
    sds: Sequence[float],
    *,
    cost: "float | Sequence[float] | None" = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> "xr.Dataset":
    """EVSI of the same study done better or worse: over a range of standard deviations.

    All studies share their standardised errors, so that they differ by their quality alone.

    Parameters
    ----------
    npv : DataArray
        As in `evsi`.
    inputs : Dataset
        As in `evsi`.
    study : mapping
        ``observe`` and ``error`` as in `evsi`; an ``sd`` is not used.
    sds : sequence of float
        Standard deviations of the error; 0 is perfect information.
    cost : float or sequence of float, optional
        Cost of the study, or of each.
    seed : int
        As in `evsi`.
    progress : callable, optional
        Called with the share of the work that is done, from 0 to 1.

    Returns
    -------
    Dataset
        Along ``sd``: ``evsi``, ``se``, ``method``; with a cost, ``enbs`` too.

    Raises
    ------
    InputError
        As `evsi` and `enbs`; where there is no standard deviation.
    """
    import xarray as xr

    if not len(sds):
        raise InputError("a curve needs at least one standard deviation")
    npv, inputs = beside(check_payoffs(npv), inputs, "strategy")
    frame = arrange(npv, inputs)
    data = [_observed(*_checked({**study, "sd": sd}, inputs), _generator(seed)) for sd in sds]
    columns = [[frame.column(one)] for one in data]
    estimates = values_of(frame.payoffs, columns, progress=progress)
    curve = frame.labelled("sd", [float(sd) for sd in sds], _figures(estimates))
    if cost is None:
        return curve
    if np.ndim(cost) and np.shape(cost) != (len(sds),):
        raise InputError(f"{np.size(cost)} costs for {len(sds)} studies")
    costs = xr.DataArray(np.broadcast_to(cost, len(sds)), coords={"sd": curve["sd"]})
    return curve.assign(enbs=enbs(curve, costs)["enbs"])


def enbs(evsi: "xr.Dataset", cost: "float | xr.DataArray", times: float = 1.0) -> "xr.Dataset":
    """Expected net benefit of sampling: what a study is worth above its cost.

    Parameters
    ----------
    evsi : Dataset
        From `evsi` or `evsi_curve`.
    cost : float or DataArray
        Cost of the study, in the unit of the payoffs.
    times : float
        How many decisions of this kind the study informs.

    Returns
    -------
    Dataset
        ``enbs`` and ``se``.

    Raises
    ------
    InputError
        Where the cost is negative or not finite.
    """
    import xarray as xr

    costs = np.asarray(cost, np.float64)
    if not (np.isfinite(costs) & (costs >= 0.0)).all():
        raise InputError(f"the cost of a study must be finite and not negative; it is {cost}")
    return xr.Dataset({"enbs": times * evsi["evsi"] - cost, "se": times * evsi["se"]})


def _generator(seed: int) -> np.random.Generator:
    """Random numbers of the study, not those of a caller who drew the inputs with the same seed.

    Without a key of its own, ``default_rng(seed)`` would repeat the inputs' own numbers: an error
    that says everything about what it blurs.
    """
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(_STUDY,)))


def _checked(study: Mapping[str, Any], inputs: "xr.Dataset") -> tuple["xr.DataArray", str, float]:
    """The observed input, the kind of error and its standard deviation."""
    for key in _KEYS:
        if key not in study:
            raise InputError(f"the study needs {key!r}")
    for key in study:
        if key not in _KEYS:
            raise InputError(f"the study has {key!r}; it may have {', '.join(_KEYS)}")
    name, error, sd = (study[key] for key in _KEYS)
    if name not in inputs:
        hint = did_you_mean(str(name), map(str, inputs.data_vars))
        raise InputError(f"the study observes {name!r}, which is no input{hint}")
    if error not in _ERRORS:
        raise InputError(f"the study's error is {error!r}; it may be {' or '.join(_ERRORS)}")
    if isinstance(sd, bool) or not isinstance(sd, int | float | np.number):
        raise InputError(f"the study's sd is {sd!r}, which is no number")
    if not 0.0 <= sd < np.inf:
        raise InputError(f"the study's sd is {sd}; it must be finite and not negative")
    sd = real("the study's sd", sd)
    if error == "lognormal" and not (inputs[name].values > 0.0).all():
        raise InputError(f"a lognormal error needs positive values; {name} has others")
    return inputs[name], str(error), float(sd)


def _places_by_content(quantity: "xr.DataArray") -> dict[str, Any]:
    """An order along each dimension beside the draws' that neither labels nor places decide.

    In it the random numbers are dealt out, so that players who stand elsewhere, or have other
    names, keep their errors.
    """
    others = [str(dim) for dim in quantity.dims if dim not in SAMPLE]
    return {
        dim: np.argsort(quantity.sum([one for one in quantity.dims if one != dim]).values)
        for dim in others
    }


def _observed(
    quantity: "xr.DataArray", error: str, sd: float, rng: np.random.Generator
) -> "xr.DataArray":
    """What a study of the quantity finds, one datum a draw."""
    noise = sd * rng.standard_normal(quantity.shape)
    return quantity + noise if error == "normal" else quantity * np.exp(noise)


def _columns_of(frame: Frame, npv: "xr.DataArray", told: Any) -> list[Array]:
    """What a study told, matched by labels; whatever is wrong with it is said to be the study's."""
    try:
        _, data = beside(npv, _statistics(told), "strategy")
        return [frame.column(one) for one in data.data_vars.values()]
    except InputError as error:
        raise InputError(f"what the study gave: {error}") from error


def _statistics(data: Any) -> dict[str, "xr.DataArray"]:
    import xarray as xr

    if isinstance(data, xr.DataArray):
        data = {"statistic": data}
    if not isinstance(data, Mapping) or not data:
        kind = type(data).__name__
        raise InputError(f"{kind}, but arrays of statistics with labels are expected")
    wrong = [name for name, values in data.items() if not isinstance(values, xr.DataArray)]
    if wrong:
        raise InputError(f"the statistic {wrong[0]!r} is no DataArray")
    return dataset("the mapping of statistics", data)


def _trees(frame: Frame, trees: bool | None) -> bool:
    return frame.payoffs.problems == 1 if trees is None else trees


def _figures(estimates: list[Estimate]) -> dict[str, list[Any]]:
    return {
        "evsi": [one.value for one in estimates],
        "se": [one.error for one in estimates],
        "method": [one.method for one in estimates],
    }
