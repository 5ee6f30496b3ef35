"""Stated quantiles come back, whatever is cut and moved; what cannot be is refused with reasons."""

import re
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from priors.distributions.build import FamilyError, build, quantile_keys
from tests.reference.examples import examples
from tests.reference.families import CASES, CUTS, FAMILIES, LINE, POSITIVE, UNIT, Cut

GRID = np.linspace(0.001, 0.999, 999)
#: Midpoints of cells of equal probability: their quantiles are even draws.
EVEN = (np.arange(20_000) + 0.5) / 20_000


FAMILIES_AND_PERCENTS = [(family, some) for family in FAMILIES for some in CASES[family].percents]


# --------------------------------------------------------------------------------- stated quantiles


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize(("family", "some"), FAMILIES_AND_PERCENTS)
def test_stated_quantiles_hold_after_cutting(family, some, cut):
    case = Cut(family, cut)
    stated = case.by_quantiles(some)
    found = build(stated, case.support)
    draws = found.ppf(EVEN)
    for percent in some:
        value = stated[f"p{percent:02d}"]
        assert found.cdf(value) == pytest.approx(percent / 100, abs=1e-8)
        assert found.quantile(percent / 100) == pytest.approx(value, rel=1e-6)
        assert np.mean(draws <= value) == pytest.approx(percent / 100, abs=1.01 / len(EVEN))


@pytest.mark.parametrize("cut", ["whole", "below", "above", "both"])
@pytest.mark.parametrize("family", sorted({*FAMILIES} - {"triangular", "uniform"}))
def test_the_family_with_these_quantiles_is_found(family, cut):
    """Cut or not, there is one such member: everywhere the same as the one they come from."""
    case = Cut(family, cut)
    found = build(case.by_quantiles(CASES[family].percents[0]), case.support)
    assert found.ppf(GRID) == pytest.approx(case.ppf(GRID), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("family", FAMILIES)
def test_scale_and_shift_move_stated_quantiles(family):
    case = Cut(family, "both")
    stated = case.by_quantiles(CASES[family].percents[0])
    found = build({**stated, "scale": 3.0, "shift": 0.5}, LINE)
    for key in quantile_keys(stated):
        moved = 3.0 * stated[key] + 0.5
        assert found.quantile(int(key[1:]) / 100) == pytest.approx(moved, rel=1e-6)


def test_quantiles_of_a_normal_and_a_lognormal_in_closed_form():
    score = stats.norm.ppf(0.9)
    normal = build({"family": "normal", "p10": -1.0, "p90": 5.0}, LINE)
    assert normal.parameters == pytest.approx((2.0, 3.0 / score))
    lognormal = build({"family": "lognormal", "p10": 2.0, "p90": 8.0}, POSITIVE)
    assert lognormal.parameters == pytest.approx((4.0, np.log(2.0) / score))
    uniform = build({"family": "uniform", "p25": 1.0, "p75": 2.0}, LINE)
    assert uniform.parameters == pytest.approx((0.5, 2.5))


@settings(max_examples=examples(40))
@given(
    family=st.sampled_from(["beta", "gamma"]),
    log_first=st.floats(-1.2, 5.0),
    log_second=st.floats(-1.2, 5.0),
    some=st.sampled_from([(1, 99), (10, 90), (5, 50), (50, 95)]),
    cut=st.sampled_from([(0.0, 1.0), (0.2, 1.0), (0.0, 0.7), (0.1, 0.8)]),
)
def test_a_beta_or_gamma_is_found_from_any_of_its_quantiles(
    family, log_first, log_second, some, cut
):
    first, second = np.exp([log_first, log_second])
    whole = stats.beta(first, second) if family == "beta" else stats.gamma(first, scale=second)
    low, high = cut
    stated = {"family": family}
    if low > 0.0:
        stated["lower"] = float(whole.ppf(low))
    if high < 1.0:
        stated["upper"] = float(whole.ppf(high))
    for percent in some:
        stated[f"p{percent:02d}"] = float(whole.ppf(low + percent / 100 * (high - low)))
    found = build(stated, UNIT if family == "beta" else POSITIVE)
    for percent in some:
        assert found.cdf(stated[f"p{percent:02d}"]) == pytest.approx(percent / 100, abs=1e-8)


@pytest.mark.parametrize(
    "reference",
    [
        stats.beta(0.35, 1.0),
        stats.beta(0.5, 60.0),
        stats.beta(0.8, 100.0),
        stats.beta(60.0, 0.8),
        stats.gamma(0.73, scale=4.5),
    ],
)
def test_a_beta_or_gamma_that_hugs_an_end_is_found(reference):
    family = reference.dist.name
    stated = {f"p{percent:02d}": float(reference.ppf(percent / 100)) for percent in (1, 99)}
    found = build({"family": family, **stated}, UNIT if family == "beta" else POSITIVE)
    assert found.ppf(GRID) == pytest.approx(reference.ppf(GRID), rel=1e-5)


@pytest.mark.parametrize(
    ("mode", "low", "high", "some"),
    [
        (0.2, 0.2, 0.6, (25, 50, 75)),
        (0.4, 0.4, 0.8, (25, 50, 75)),
        (0.1, 0.5, 0.8, (5, 50, 95)),
        (0.4, 0.5, 1.0, (1, 50, 99)),
        (1.0, 0.2, 0.6, (25, 50, 75)),
    ],
)
def test_a_triangle_of_which_a_slope_is_left_is_found(mode, low, high, some):
    """Of its three parameters fewer can be told from what lies between two of its quantiles."""
    whole = stats.triang(mode, 0.0, 5.0)
    stated = {f"p{p:02d}": float(whole.ppf(low + p / 100 * (high - low))) for p in some}
    stated |= {"lower": float(whole.ppf(low)), "upper": float(whole.ppf(high))}
    found = build({"family": "triangular", **stated}, LINE)
    assert found.ppf(GRID) == pytest.approx(whole.ppf(low + GRID * (high - low)), rel=1e-6)


def test_components_of_a_mixture_keep_their_own_quantiles():
    components = [
        {"weight": 0.7, "family": "lognormal", "p10": 2.0, "p90": 9.0, "upper": 12.0},
        {"weight": 0.3, "family": "gamma", "p05": 20.0, "p95": 80.0, "lower": 15.0},
    ]
    found = build({"family": "mixture", "components": components}, POSITIVE)
    assert found.cdf([2.0, 9.0, 12.0]) == pytest.approx([0.07, 0.63, 0.7], abs=1e-8)
    assert found.cdf([15.0, 20.0, 80.0]) == pytest.approx([0.7, 0.715, 0.985], abs=1e-8)
    draws = found.ppf(EVEN)
    assert not np.any((draws > 12.0) & (draws < 15.0))


def test_a_mixture_s_components_are_cut_to_its_bounds():
    """Their quantiles hold after cutting to the bounds of the whole."""
    components = [
        {"weight": 0.5, "family": "normal", "p10": 1.0, "p90": 2.0},
        {"weight": 0.5, "family": "normal", "p10": 5.0, "p90": 6.0},
    ]
    found = build({"family": "mixture", "components": components, "lower": 0.9}, LINE)
    assert found.cdf([0.9, 1.0, 2.0]) == pytest.approx([0.0, 0.05, 0.45], abs=1e-8)


def test_the_keys_of_quantiles_in_order_of_probability():
    stated = {"p90": 1, "p05": 1, "p00": 1, "p5": 1, "pert": 1, "p1a": 1, "p100": 1, "p50": 1}
    assert quantile_keys(stated) == ["p05", "p50", "p90"]


# ---------------------------------------------------------------------------- what may be moved out


@pytest.mark.parametrize(("shift", "allowed"), [(-0.0099, True), (-0.0101, False), (0.5, True)])
def test_shift_may_push_one_per_cent_out_of_the_support(shift, allowed):
    stated = {"family": "uniform", "low": 0.0, "high": 1.0, "shift": shift}
    if allowed:
        found = build(stated, POSITIVE)
        # what would leave is cut, the rest is drawn evenly
        assert found.support() == pytest.approx((max(shift, 0.0), 1.0 + shift))
        assert found.quantile(0.5) == pytest.approx((max(shift, 0.0) + 1.0 + shift) / 2.0)
    else:
        with pytest.raises(FamilyError, match=r"^shift: 1\.0% of the mass would leave the support"):
            build(stated, POSITIVE)


@pytest.mark.parametrize(("scale", "allowed"), [(1.01, True), (1.0102, False), (0.2, True)])
def test_scale_may_push_one_per_cent_out_of_the_support(scale, allowed):
    stated = {"family": "uniform", "low": 0.0, "high": 1.0, "scale": scale}
    if allowed:
        assert build(stated, UNIT).support() == pytest.approx((0.0, min(scale, 1.0)))
    else:
        with pytest.raises(FamilyError, match=r"^scale: 1\.0% of the mass would leave the support"):
            build(stated, UNIT)


def test_cutting_by_stated_bounds_is_no_loss():
    """Nine tenths are cut by a bound that is stated: the 1 % counts only what moving loses."""
    stated = {"family": "uniform", "low": 0.0, "high": 1.0, "upper": 0.1, "scale": 10.0}
    assert build(stated, UNIT).support() == (0.0, 1.0)


# ---------------------------------------------------------------------------------- what is refused

NORMAL = {"family": "normal", "mean": 1.0, "sd": 1.0}
PARTS = [
    {"weight": 0.5, "family": "normal", "mean": 1.0, "sd": 1.0},
    {"weight": 0.5, "family": "normal", "mean": 5.0, "sd": 1.0},
]
REFUSED = {
    "bound outside the support": (
        {**NORMAL, "lower": -1.0},
        POSITIVE,
        [("lower", "-1 is outside the support [0, inf]")],
    ),
    "upper bound outside the support": (
        {"family": "beta", "alpha": 2.0, "beta": 2.0, "upper": 2.0},
        UNIT,
        [("upper", "2 is outside the support [0, 1]")],
    ),
    "bounds out of order": (
        {**NORMAL, "lower": 3.0, "upper": 2.0},
        POSITIVE,
        [("lower", "3 is not below the upper bound 2")],
    ),
    "everything about the bounds at once": (
        {**NORMAL, "lower": 3.0, "upper": -2.0},
        POSITIVE,
        [
            ("upper", "-2 is outside the support [0, inf]"),
            ("lower", "3 is not below the upper bound -2"),
        ],
    ),
    "too few quantiles": (
        {"family": "normal", "p10": 1.0},
        LINE,
        [("", "found 1 quantiles (p10): normal takes 2")],
    ),
    "too many quantiles": (
        {"family": "beta", "p10": 0.1, "p50": 0.2, "p90": 0.5},
        UNIT,
        [("", "found 3 quantiles (p10, p50, p90): beta takes 2")],
    ),
    "a metalog of one quantile": (
        {"family": "metalog", "p50": 1.0},
        LINE,
        [("", "found 1 quantile: a metalog takes two or more")],
    ),
    "quantiles out of order": (
        {"family": "lognormal", "p10": 3.0, "p90": 2.0},
        POSITIVE,
        [("p90", "2 is not above p10 = 3")],
    ),
    "quantiles that are equal": (
        {"family": "metalog", "p10": 1.0, "p50": 1.0, "p90": 0.5},
        LINE,
        [("p50", "1 is not above p10 = 1"), ("p90", "0.5 is not above p50 = 1")],
    ),
    "a quantile outside the support": (
        {"family": "normal", "p10": -3.0, "p90": 2.0},
        POSITIVE,
        [("p10", "-3 is not inside [0, inf]")],
    ),
    "a quantile on a bound": (
        {"family": "beta", "p10": 0.0, "p90": 0.6, "upper": 0.6},
        UNIT,
        [("p10", "0 is not inside [0, 0.6]"), ("p90", "0.6 is not inside [0, 0.6]")],
    ),
    "a quantile that no lognormal has": (
        {"family": "lognormal", "p10": -0.05, "p90": 0.2},
        (-0.1, inf),
        [("p10", "-0.05 is not inside [0, inf] of a lognormal")],
    ),
    "a quantile that no gamma has": (
        {"family": "gamma", "p10": 0.0, "p90": 0.2},
        (-0.1, inf),
        [("p10", "0 is not inside [0, inf] of a gamma")],
    ),
    "quantiles that no beta has": (
        {"family": "beta", "p10": -0.5, "p90": 1.5},
        LINE,
        [
            ("p10", "-0.5 is not inside [0, 1] of a beta"),
            ("p90", "1.5 is not inside [0, 1] of a beta"),
        ],
    ),
    "quantiles too far apart for a cut normal": (
        {"family": "normal", "p10": 0.4, "p90": 1.9, "lower": 0.0, "upper": 2.0},
        POSITIVE,
        [("", "no normal distribution on [0, 2] has these quantiles")],
    ),
    "quantiles closer than floats can square": (
        {"family": "beta", "p10": 1e-200, "p90": 2e-200},
        UNIT,
        [("", "no beta distribution on [0, 1] has these quantiles")],
    ),
    "quantiles that no triangle has": (
        {"family": "triangular", "p10": 1.0, "p50": 1.01, "p90": 9.0},
        LINE,
        [("", "no triangular distribution on [-inf, inf] has these quantiles")],
    ),
    "quantiles that no pert has": (
        {"family": "pert", "p10": 1.0, "p50": 1.01, "p90": 9.0},
        LINE,
        [("", "no pert distribution on [-inf, inf] has these quantiles")],
    ),
    "quantiles through which a metalog falls": (
        {"family": "metalog", "p10": 1.0, "p50": 1.01, "p90": 9.0},
        LINE,
        [("", "no metalog distribution on [-inf, inf] has these quantiles")],
    ),
    "a deviation of zero": ({**NORMAL, "sd": 0.0}, LINE, [("sd", "0 is not above 0")]),
    "lognormal parameters below zero": (
        {"family": "lognormal", "median": -1.0, "log_sd": -2.0},
        POSITIVE,
        [("median", "-1 is not above 0"), ("log_sd", "-2 is not above 0")],
    ),
    "beta parameters of zero": (
        {"family": "beta", "alpha": 0.0, "beta": 0.0},
        UNIT,
        [("alpha", "0 is not above 0"), ("beta", "0 is not above 0")],
    ),
    "gamma parameters of zero": (
        {"family": "gamma", "shape": 0.0, "rate": -1.0},
        POSITIVE,
        [("shape", "0 is not above 0"), ("rate", "-1 is not above 0")],
    ),
    "weibull parameters of zero": (
        {"family": "weibull", "shape": 0.0, "life": -1.0},
        POSITIVE,
        [("shape", "0 is not above 0"), ("life", "-1 is not above 0")],
    ),
    "student_t parameters of zero": (
        {"family": "student_t", "location": 0.0, "spread": 0.0, "df": 0.0},
        LINE,
        [("spread", "0 is not above 0"), ("df", "0 is not above 0")],
    ),
    "two quantiles of a student_t": (
        {"family": "student_t", "p10": 1.0, "p90": 3.0},
        LINE,
        [("", "found 2 quantiles (p10, p90): student_t takes 3")],
    ),
    "quantiles that every df has": (
        {"family": "student_t", "p10": 1.0, "p50": 2.0, "p90": 3.0},
        LINE,
        [
            (
                "",
                "quantiles symmetric about p50 fit any df: expected others, such as p50, p75, p95",
            )
        ],
    ),
    "quantiles that no student_t has": (
        {"family": "student_t", "p50": 1.0, "p75": 2.0, "p95": 3.0},
        LINE,
        [("", "no student_t distribution on [-inf, inf] has these quantiles")],
    ),
    "a quantile that no weibull has": (
        {"family": "weibull", "p10": 0.0, "p90": 0.2},
        (-0.1, inf),
        [("p10", "0 is not inside [0, inf] of a weibull")],
    ),
    "ends out of order": (
        {"family": "uniform", "low": 2.0, "high": 2.0},
        LINE,
        [("high", "2 is not above low = 2")],
    ),
    "a mode outside the ends": (
        {"family": "pert", "low": 1.0, "mode": 4.0, "high": 3.0},
        LINE,
        [("mode", "4 is not between low and high")],
    ),
    "a triangle without width": (
        {"family": "triangular", "low": 1.0, "mode": 1.0, "high": 1.0},
        LINE,
        [("high", "1 is not above low = 1")],
    ),
    "no mass between the bounds": (
        {**NORMAL, "lower": 50.0},
        POSITIVE,
        [("", "only 0 of the mass lies in [50, inf]: expected the bulk of it there")],
    ),
    "a scale of zero": ({**NORMAL, "scale": 0.0}, LINE, [("scale", "0 is not above 0")]),
    "a shift too far": (
        {**NORMAL, "mean": 3.0, "shift": -3.0},
        POSITIVE,
        [("shift", "49.9% of the mass would leave the support [0, inf]: at most 1 %")],
    ),
    "a scale too large": (
        {"family": "beta", "alpha": 1.0, "beta": 1.0, "scale": 2.0},
        UNIT,
        [("scale", "50.0% of the mass would leave the support [0, 1]: at most 1 %")],
    ),
    "moved altogether": (
        {"family": "uniform", "low": 0.0, "high": 1.0, "shift": 5.0},
        UNIT,
        [("shift", "100.0% of the mass would leave the support [0, 1]: at most 1 %")],
    ),
    "a mixture moved too far": (
        {"family": "mixture", "components": PARTS, "shift": -3.0},
        POSITIVE,
        [("shift", "49.8% of the mass would leave the support [0, inf]: at most 1 %")],
    ),
    "a constant outside": (
        {"family": "constant", "value": 2.0},
        UNIT,
        [("value", "2 is outside [0, 1]")],
    ),
    "a constant moved outside": (
        {"family": "constant", "value": 0.75, "scale": 2.0},
        UNIT,
        [("value", "1.5 is outside [0, 1]")],
    ),
    "an impossible probability": (
        {"family": "bernoulli", "probability": 1.5},
        UNIT,
        [("probability", "1.5 is not between 0 and 1")],
    ),
    "an event where none can be": (
        {"family": "bernoulli", "probability": 0.5},
        (0.5, 2.0),
        [("probability", "0 is outside [0.5, 2]")],
    ),
    "values outside": (
        {"family": "discrete", "values": [-1.0, 0.5, 2.0], "weights": [0.2, 0.3, 0.5]},
        UNIT,
        [("values", "-1, 2 is outside [0, 1]")],
    ),
    "weights missing": (
        {"family": "discrete", "values": [1.0, 2.0], "weights": [1.0]},
        LINE,
        [("weights", "2 values and 1 weights: expected as many weights as values")],
    ),
    "a value twice": (
        {"family": "discrete", "values": [1.0, 1.0], "weights": [0.5, 0.5]},
        LINE,
        [("values", "a value is stated twice")],
    ),
    "weights that do not add up": (
        {"family": "discrete", "values": [1.0, 2.0], "weights": [0.5, 0.4]},
        LINE,
        [("weights", "the weights add up to 0.9, not to 1")],
    ),
    "a weight below zero": (
        {"family": "discrete", "values": [1.0, 2.0], "weights": [1.5, -0.5]},
        LINE,
        [("weights", "a weight is below 0")],
    ),
    "everything about a mixture at once": (
        {
            "family": "mixture",
            "components": [
                {"weight": 0.5, "family": "normal", "mean": 1.0, "sd": 0.0},
                {"weight": 0.6, "family": "normal", "p10": 1.0, "p90": 0.0},
                {"weight": 0.1, "family": "normal", "p10": 1.0},
            ],
        },
        LINE,
        [
            ("components.0.sd", "0 is not above 0"),
            ("components.1.p90", "0 is not above p10 = 1"),
            ("components.2", "found 1 quantiles (p10): normal takes 2"),
            ("components", "the weights add up to 1.2, not to 1"),
        ],
    ),
}


@pytest.mark.parametrize(("stated", "support", "problems"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_is_refused_with_every_reason(stated, support, problems):
    whole = "; ".join(f"{key}: {text}" if key else text for key, text in problems)
    with pytest.raises(FamilyError, match=f"^{re.escape(whole)}$") as caught:
        build(stated, support)
    assert caught.value.problems == tuple(problems)


@settings(max_examples=examples(60))
@given(
    family=st.sampled_from([*FAMILIES, "metalog"]),
    values=st.lists(
        st.floats(-1e9, 1e9) | st.sampled_from([0.0, 1.0, 1e-12, 1e-100]),
        min_size=3,
        max_size=3,
        unique=True,
    ),
    support=st.sampled_from([LINE, POSITIVE, UNIT, (-0.1, inf)]),
)
def test_whatever_quantiles_are_stated_they_hold_or_are_refused(family, values, support):
    case = CASES.get(family)
    percents = (10, 50, 90) if case is None else case.percents[0]
    keys = [f"p{percent:02d}" for percent in ((20, 70) if len(percents) == 2 else percents)]
    stated = dict(zip(keys, sorted(values), strict=False))
    try:
        found = build({"family": family, **stated}, support)
    except FamilyError:
        return
    for key, value in stated.items():
        assert found.cdf(value) == pytest.approx(int(key[1:]) / 100, abs=1e-6)
