"""What it is worth to know before deciding: everything, one quantity, or several together.

The expected value of perfect information (EVPI) is the mean, over the draws, of what the best
strategy of that draw pays above the strategy that is best on average. The expected value of
partial perfect information (EVPPI; Brennan et al. 2007) is the same for someone who learns some
quantities only, and so decides by the expected payoffs given these. Where quantities are
correlated, learning one tells of the others too, and its EVPPI counts that.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from model.information.arrays import arrange, check_payoffs, sample_of
from model.information.estimate import Progress, at_least_a_member, values_of
from model.numerics.arguments.door import checked
from model.numerics.arguments.labelled import beside, dataset, payoffs
from model.numerics.arguments.scalars import function, mapping, maybe, switch
from model.numerics.standard_errors import mcse_of_each
from priors.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["evpi", "evppi"]

#: Means this close, in the largest of them, differ by rounding only.
_TIE = 1e-14


@checked(npv=payoffs("evpi", "mcse"))
def evpi(npv: "xr.DataArray") -> "xr.Dataset":
    """Expected value of perfect information: the mean regret of the best strategy.

    Parameters
    ----------
    npv : DataArray
        Payoffs, dimensions ``draw``, ``strategy``, maybe ``chain`` and more.

    Returns
    -------
    Dataset
        ``evpi`` and ``mcse``, its Monte Carlo standard error, with the other dimensions of `npv`.
        The error is measured across chains where there are several, otherwise from the draws; of
        strategies that tie for the best it is the largest. It is NaN, not known, of a single draw,
        and where one strategy is the best in every draw by amounts that vary: the value is then 0
        so far, and another draw might show otherwise.

    Raises
    ------
    InputError
        Where a dimension is missing, there are fewer than two strategies, or a payoff is not
        finite.
    """
    import xarray as xr

    npv = check_payoffs(npv)
    sample, mean = sample_of(npv), npv.mean(sample_of(npv))
    best = mean.argmax("strategy")
    regret = npv.max("strategy") - npv.isel(strategy=best).drop_vars("strategy", errors="ignore")
    size = np.maximum(mean.max("strategy"), -mean.min("strategy"))
    tied = mean >= mean.max("strategy") - _TIE * size
    if (tied.sum("strategy") > 1).any():
        # Whichever is taken for the best, the value is the same; the errors differ.
        errors = _error(npv.max("strategy") - npv).where(tied).max("strategy")
    else:
        errors = _error(regret)
    # Amounts that are the same in every draw are certain.
    lead = npv - npv.isel(strategy=best).drop_vars("strategy", errors="ignore")
    varies = (lead.max(sample) > lead.min(sample)).any("strategy")
    errors = errors.where((regret.max(sample) > 0.0) | ~varies)
    return xr.Dataset({"evpi": regret.mean(sample), "mcse": errors})


def _error(regret: "xr.DataArray") -> "xr.DataArray":
    """Standard error of its mean: across chains, otherwise of independent draws; of one, NaN."""
    sample = sample_of(regret)
    figures = regret.mean("draw") if regret.sizes.get("chain", 1) > 1 else regret
    over = [name for name in sample if name in figures.dims]
    if all(figures.sizes[name] == 1 for name in over):
        return figures.mean(over) * np.nan
    return figures.reduce(mcse_of_each, over)


@checked(
    npv=payoffs("input", "evppi", "se", "method"),
    inputs=dataset,
    groups=maybe(mapping),
    singles=switch,
    trees=maybe(switch),
    progress=maybe(function),
)
def evppi(
    npv: "xr.DataArray",
    inputs: "xr.Dataset | Mapping[str, Any]",
    groups: Mapping[str, Sequence[str]] | None = None,
    *,
    singles: bool = True,
    trees: bool | None = None,
    progress: Progress | None = None,
) -> "xr.Dataset":
    """Expected value of partial perfect information, of each input and of groups of inputs.

    A regression gives the expected payoffs given the information; the strategy that is best by it
    is judged by the payoffs of draws that the regression has not seen (`information_rule`). One
    input is fitted by a penalised spline in its rank, an event or class by the means of its
    groups, several inputs by polynomial chaos or by boosted trees. Cross-validation chooses the
    smoothness, whether payoffs are capped before the fit, trees or polynomials, and whether to act
    on the information at all. A group is given the value of its best member where its own rule
    earns less: who learns several quantities may go by one of them.

    The estimate is unbiased for the rule that was fitted, so a little low for the best rule; it
    may come out below zero by chance, where the information is worth less than its error. A group's
    is the largest of several such estimates: where nothing in it is worth anything, it comes out
    above zero by 0.3 of its error on average with 2 members, by 1 with 20.

    Parameters
    ----------
    npv : DataArray
        Payoffs, dimensions ``draw``, ``strategy``, maybe ``chain`` and more (such as ``player``:
        each is a decision of its own). Four chains or more are taken as independent
        randomizations; otherwise the draws are pooled.
    inputs : Dataset or mapping
        What is uncertain, on the same draws: dimensions of the sample, maybe more of `npv`'s. They
        are matched by labels where both have any. Classes are numbers, not text.
    groups : mapping of str to sequence of str, optional
        Name of a group → names of its inputs.
    singles : bool
        Whether each input is valued by itself too, not the groups only.
    trees : bool, optional
        Whether trees are tried for groups; by default where there is one decision only, because
        they take about a second for each.
    progress : callable, optional
        Called with the share of the work that is done, from 0 to 1.

    Returns
    -------
    Dataset
        Along ``input`` (single inputs, then groups), and the other dimensions of `npv`: ``evppi``;
        ``se``, its standard error across chains, NaN where no draw shows any; ``method``:
        ``spline``, ``means``, ``polynomial chaos``, ``boosted trees``, the first three with
        ``capped`` before where payoffs were capped for the fit; ``by NAME alone`` for a group that
        goes by one member; and ``none`` where acting on the information did not pay in any fold.

    Raises
    ------
    InputError
        Where dimensions or draws do not fit, there are fewer than 64 draws, a value is not finite,
        or a group is empty, names an input that there is not, or has an input's name.

    Notes
    -----
    Two things bias the estimate downwards where draws are few. Where strategies are tied on
    average, what is best without information is the largest of noisy means, high by 0.4 standard
    errors of their difference; EVPI has this bias too. And where the tail of a payoff carries its
    mean, or a quantity tells little beside the noise, the rule is fitted poorly. Means of 200
    estimates from 1,000 independent draws (60 of 16,384) against closed forms, with w(s) lognormal
    of mean 1 and standard deviation s of its logarithm:

    ==================================================  ===========  ============
    benefit of the second strategy, x what is learned   1,000 draws  16,384 draws
    ==================================================  ===========  ============
    normal, mean 0, sd of x and of the noise 1 and 1    −5 %         −1 %
    the same, 1 and 3; 0.3 and 1                        −12, −13 %   −2, −2 %
    the same, 0.1 and 1                                 −48 %        −6 %
    the same, 1 and 1, but mean 0.5 or 1                −1, −1 %     0, 0 %
    x(1) w(1) − 1                                       −9 %         −2 %
    x(1.5) w(1.5) − 1                                   −20 %        −5 %
    x(1) w(1) − 0.9                                     −2 %         0 %
    event of probability ½, ±0.2, noise 1               −12 %        −2 %
    ==================================================  ===========  ============

    All but the one of −48 % are within 1.1 standard errors of a single estimate. Quasi-random
    draws know means better, and are biased less at ties.

    Of values above two errors, the spread over seeds is 0.96 to 1.15 of the errors stated, in
    65,536 draws of the model. A value of 0 says that acting did not pay in cross-validation: what
    is worth less than a rule's error cannot be told from nothing. Its error is that of the rule if
    it had been acted on; NaN, not known, where that would have changed nothing in any draw. A
    quantity that is the same in all draws is taken for a constant, worth exactly 0.

    Folds go by the order of the labels of chains, and draws are dealt by their numbers: other
    labels in the same order change nothing, those in another order deal the chains otherwise, which
    moves figures within their errors.
    """
    npv, inputs = beside(check_payoffs(npv), inputs, "strategy")
    names = [str(name) for name in inputs.data_vars]
    groups = dict(groups or {})
    _check_groups(groups, names)
    together = {name: list(dict.fromkeys(members)) for name, members in groups.items()}
    wanted = [*(names if singles else []), *together]
    if not wanted:
        raise InputError("there is no input to learn")
    frame = arrange(npv, inputs)
    # A group is compared with its members, which are therefore valued whether asked for or not.
    members = {one for several in together.values() for one in several}
    sets = {name: [name] for name in names if singles or name in members} | together
    columns = {name: frame.column(inputs[name]) for name in names if name in sets}
    estimates = values_of(
        frame.payoffs,
        [[columns[name] for name in several] for several in sets.values()],
        trees=frame.payoffs.problems == 1 if trees is None else trees,
        progress=progress,
    )
    found = dict(zip(sets, estimates, strict=True))
    for group, several in together.items():
        found[group] = at_least_a_member(found[group], {one: found[one] for one in several})
    figures: dict[str, list[Any]] = {
        "evppi": [found[name].value for name in wanted],
        "se": [found[name].error for name in wanted],
        "method": [found[name].method for name in wanted],
    }
    return frame.labelled("input", wanted, figures)


def _check_groups(groups: Mapping[str, Sequence[str]], names: list[str]) -> None:
    for group, members in groups.items():
        if group in names:
            raise InputError(f"group {group!r} has the name of an input")
        if isinstance(members, str) or not members:
            raise InputError(f"group {group!r} needs a list of inputs")
        for member in members:
            if member not in names:
                hint = did_you_mean(str(member), names)
                raise InputError(f"group {group!r} names {member!r}, which is no input{hint}")
